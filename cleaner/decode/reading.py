"""Bytes to text in codecs that are known already, keeping whatever encoding the text would not give back.

The fast way is a strict decode that encodes back to the same bytes. Where that fails, each line is read by itself,
and the lines that are damaged or hold two codecs are aligned (see `align`).
"""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from cleaner.core.document import BytePatch, Segment
from cleaner.decode.align import LOST, Unit, align, cost_of, plain, script_of
from cleaner.decode.codec import DOUBLE_BYTE, Codec, codec
from cleaner.decode.model import model

_MARK = re.compile("[\udd00-\uddff][\udc00-\udcff]*")
_LINE = re.compile(rb"[^\n]{8192}[^\x00-\x2f]*[\x00-\x2f]?|[^\n]*\n|[^\n]+")
# Lines; long ones end at the next byte that no multi-byte character holds, so that no character is torn.
ANCHOR = 8
"""So many natural characters in a row are where they belong: half a character off, every other one is rare."""
LENGTHY = 2048
"""Bytes; of a longer line only what is doubtful is aligned."""
LONG = 1 << 17
"""Bytes; what is longer and holds no place to cut at is read straight, for aligning it would take too much memory."""
UTF8_RUN = re.compile(rb"(?:[\xe2-\xef][\x80-\xbf]{2}){2,}")
"""Two or more three-byte characters in a row; by chance one in ten thousand characters of GBK begins one."""
_KINDS = bytes(ord("L") if 0xE2 <= byte <= 0xEF else ord("c") if 0x80 <= byte < 0xC0 else 0 for byte in range(256))
RARE = 8.5
"""Nats; most hanzi of natural text cost less, and nearly none of those that stand half a character off. Two rare ones
in a row make a line strange."""
SURE = 6.0
LIKELIER = 2.0
"""Nats that an alignment must win over the straight reading of a line: of one that loses nothing, and of one that
does."""
DRAWN = 30.0
"""The same for a line with colours: blocks and lines that pictures are drawn with are rare in texts and not there."""


def holds_utf8(data: bytes) -> bool:
    """Whether `UTF8_RUN` is found: the same answer, fifty times faster on Chinese text without one."""
    return b"LccLcc" in data.translate(_KINDS)


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Stands lone surrogates in for undecodable bytes, since no decoder makes any: first U+DDxx, then U+DCxx."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(chr((0xDC00 if place else 0xDD00) + byte) for place, byte in enumerate(lost)), error.end


_KEEP = "cleaner-keep"
codecs.register_error(_KEEP, _keep)


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
class _Builder:
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


def read(data: bytes, name: str) -> Reading:
    r"""All of the bytes in one codec; what it does not decode becomes U+FFFD with a patch.

    >>> read(b"\xc4\xe3\xff\xba\xc3", "gb18030").text
    '你�好'
    """
    known = codec(name)
    if not known.unit:
        return _stateful(data, known)
    if _round_trips(data, known):
        return Reading(known.decode(data))
    if name not in DOUBLE_BYTE:
        return _marked(data, known)
    return _cut_off(data, known) or read_mixed(data, (name,))


def _round_trips(data: bytes, known: Codec) -> bool:
    try:
        return known.encode(known.decode(data)) == data
    except UnicodeError:
        return False


def _cut_off(data: bytes, known: Codec) -> Reading | None:
    """The reading of data that is whole but for a character cut off at its end."""
    try:
        known.decode(data)
    except UnicodeDecodeError as error:
        at, incomplete = error.start, error.reason.startswith("incomplete")
    else:
        return None
    rest = data[at:]
    if not incomplete or rest in known.extra or not _round_trips(data[:at], known):
        return None
    text = known.decode(data[:at])
    return Reading(text + LOST, (BytePatch(len(text), len(text) + 1, rest),))


def _stateful(data: bytes, known: Codec) -> Reading:
    text = codecs.decode(data, known.python, "replace")
    try:
        same = known.encode(text) == data
    except UnicodeError:
        same = False
    return Reading(text, () if same else (BytePatch(0, len(text), data),))


def _marked(data: bytes, known: Codec) -> Reading:
    """One pass of Python's decoder; runs of undecodable bytes as it reports them."""
    text = known.decode(data, _KEEP)
    builder = _Builder((known.name,))
    at = 0
    for mark in _MARK.finditer(text):
        builder.add(text[at : mark.start()], 0)
        lost = bytes(ord(char) & 0xFF for char in mark.group())
        builder.add_units([Unit(lost, LOST, 0, exact=False)])
        at = mark.end()
    builder.add(text[at:], 0)
    reading = builder.build()
    if rebuilt(reading, known.name) == data:
        return reading
    return Reading(reading.text, (BytePatch(0, len(reading.text), data),))


def behind(head: bytes, reading: Reading) -> Reading:
    """A reading with lost bytes before it: the rest of a character whose beginning was cut off."""
    if not head:
        return reading
    patches = [replace(each, start=each.start + 1, end=each.end + 1) for each in reading.patches]
    later = [replace(each, start=each.start + 1, end=each.end + 1) for each in reading.segments]
    if later:
        later[0] = replace(later[0], start=0)
    return Reading(LOST + reading.text, (BytePatch(0, 1, head), *patches), tuple(later))


def read_mixed(data: bytes, names: Sequence[str]) -> Reading:
    """The bytes in several stateless codecs, line by line and inside lines; the first name is the file's own.

    Where bytes are lost, lines that lose none but read strangely are aligned as well: with a half character gone, the
    rest of a line can still decode by chance.
    """
    known = tuple(codec(name) for name in names)
    reading = _lines(data, known, wary=False)
    # A character cut off at the very end says nothing about the rest.
    if any(patch.end < len(reading.text) for patch in reading.lost):
        return _lines(data, known, wary=True)
    return reading


def _lines(data: bytes, known: tuple[Codec, ...], *, wary: bool) -> Reading:
    builder = _Builder(tuple(each.name for each in known))
    last = 0
    for match in _LINE.finditer(data):
        line = match.group()
        if line.isascii():
            builder.add(line.decode("ascii"), last)
        elif (simple := _simple(line, known, wary=wary)) is not None:
            builder.add(*simple)
        else:
            builder.add_units(_units(line, known, last, wary=wary))
        last = builder.runs[-1][2]
    return builder.build()


def _simple(line: bytes, known: tuple[Codec, ...], *, wary: bool) -> tuple[str, int] | None:
    """The line in the one codec that it can be in, and that codec's number; None when it must be aligned."""
    mixed = len(known) > 1
    for number, each in enumerate(known):
        if mixed and each.name != "utf-8" and holds_utf8(line):
            continue
        if mixed and each.name == "utf-8" and not holds_utf8(line):
            continue
        if _round_trips(line, each):
            text = each.decode(line)
            return None if wary and _is_strange(text, each.name) else (text, number)
    return None


def _is_strange(text: str, name: str) -> bool:
    rare = model().emissions(text, script_of(name)) > RARE
    return bool((rare[:-1] & rare[1:]).any())


def _units(line: bytes, known: tuple[Codec, ...], last: int, *, wary: bool) -> Iterator[Unit]:
    """The units of a line as a decoder takes them from left to right, and others where they are likelier by far."""
    straight = plain(line, known[0])
    if len(known) == 1 and not wary and all(unit.text != LOST for unit in straight):
        yield from straight
        return
    # Two codecs in one line leave no stretch to trust; a short line is aligned as a whole, which finds a little more.
    parted = len(known) == 1 and len(line) > LENGTHY
    for region, doubtful in _regions(straight) if parted else [(straight, True)]:
        units = _aligned(region, known, last, wary=wary) if doubtful else region
        last = units[-1].codec if units else last
        yield from units


def _regions(units: list[Unit]) -> Iterator[tuple[list[Unit], bool]]:
    """Stretches that are natural or hold a rare character here and there, and those that are to be aligned (True)."""
    at = 0
    for start, end in _anchors(units):
        yield units[at:start], _is_doubtful(units[at:start])
        yield units[start:end], False
        at = end
    yield units[at:], _is_doubtful(units[at:])


def _anchors(units: list[Unit]) -> Iterator[tuple[int, int]]:
    """Long runs of natural units, without their ends, which the neighbours need as context."""
    at = 0
    for natural, group in groupby(units, key=_is_natural):
        size = len(list(group))
        if natural and size >= ANCHOR:
            yield at + 2, at + size - 2
        at += size


def _is_natural(unit: Unit) -> bool:
    return unit.cost <= RARE and unit.text != LOST


def _is_doubtful(units: list[Unit]) -> bool:
    """Whether something is lost, or two strange characters stand side by side."""
    if any(unit.text == LOST for unit in units):
        return True
    return any(not _is_natural(one) and not _is_natural(two) for one, two in pairwise(units))


def _aligned(straight: list[Unit], known: tuple[Codec, ...], last: int, *, wary: bool) -> list[Unit]:
    """The likelier of two readings; nothing is lost for a little likelihood where the file's own codec decodes it."""
    data = b"".join(unit.data for unit in straight)
    if len(data) > LONG:
        return straight
    whole = all(unit.text != LOST for unit in straight)
    units = align(data, known, last)
    if whole and not wary and any(unit.text == LOST for unit in units):
        return straight
    gain = DRAWN if b"\x1b[" in data else SURE if whole else LIKELIER
    return units if cost_of(straight) - cost_of(units) > gain else straight


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
