"""A text with what its bytes had beside it, how it is put together, and its bytes again."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from cleaner.core.document import BytePatch, Segment
from cleaner.decode.align import LOST, Unit
from cleaner.decode.codec import codec


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with what its bytes had beside it."""

    text: str
    patches: tuple[BytePatch, ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def lost(self) -> list[BytePatch]:
        """The patches that stand for undecodable bytes."""
        return [patch for patch in self.patches if self.text[patch.start : patch.end] == LOST and patch.data]


@dataclass(slots=True)
class Builder:
    """Collects text, patches and runs of codecs."""

    names: Sequence[str]
    parts: list[str] = field(default_factory=list)
    size: int = 0
    patches: list[BytePatch] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, text: str, number: int) -> None:
        """Text that encodes back to its bytes."""
        if self.runs and self.runs[-1][2] == number:
            self.runs[-1] = (self.runs[-1][0], self.size + len(text), number)
        else:
            self.runs.append((self.size, self.size + len(text), number))
        self.parts.append(text)
        self.size += len(text)

    def add_units(self, units: Iterable[Unit]) -> None:
        """Units, those that do not encode back each with a patch."""
        for (number, exact), group in groupby(units, key=lambda unit: (unit.codec, unit.exact)):
            if exact:
                self.add("".join(unit.text for unit in group), number)
                continue
            for unit in group:
                self.patches.append(BytePatch(self.size, self.size + len(unit.text), unit.data))
                self.add(unit.text, number)

    def build(self) -> Reading:
        """The whole."""
        segments: tuple[Segment, ...] = ()
        if len({number for _, _, number in self.runs}) > 1:
            segments = tuple(Segment(start, end, self.names[number]) for start, end, number in self.runs)
        return Reading("".join(self.parts), tuple(self.patches), segments)


def behind(head: bytes, reading: Reading) -> Reading:
    """A reading with lost bytes before it: the rest of a character whose beginning was cut off."""
    if not head:
        return reading
    patches = [replace(each, start=each.start + 1, end=each.end + 1) for each in reading.patches]
    later = [replace(each, start=each.start + 1, end=each.end + 1) for each in reading.segments]
    if later:
        later[0] = replace(later[0], start=0)
    return Reading(LOST + reading.text, (BytePatch(0, 1, head), *patches), tuple(later))


def rebuilt(reading: Reading, name: str) -> bytes:
    """The bytes that a reading stands for; `name` is the codec where there are no segments."""
    segments = reading.segments or (Segment(0, len(reading.text), name),)
    return b"".join(_rebuilt(reading, segments))


def _rebuilt(reading: Reading, segments: Sequence[Segment]) -> Iterator[bytes]:
    starts = [patch.start for patch in reading.patches]
    for segment in segments:
        known = codec(segment.codec)
        at = segment.start
        last = segment.end == len(reading.text)
        first, behind_ = bisect_left(starts, segment.start), bisect_left(starts, segment.end)
        for patch in reading.patches[first : None if last else behind_]:
            yield known.encode(reading.text[at : patch.start])
            yield patch.data
            at = patch.end
        yield known.encode(reading.text[at : segment.end])
