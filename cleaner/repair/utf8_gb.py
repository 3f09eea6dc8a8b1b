"""UTF-8 that was read as GB18030 (涓枃缂栫爜), read back as far as its bytes came through.

GB18030 takes the three bytes of a hanzi two at a time. Where an odd number of bytes stands before an ASCII character or
the end of the line, the last byte has no partner: readers drop it, or write U+FFFD or a question mark for it. Elsewhere
U+FFFD (or the euro sign of code page 936) stands for byte 80, which cannot begin a pair.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.repair.legacy import gb18030_bytes

LOST = -1
"""Stands in a sequence for a byte that is gone."""
_EURO = "€"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One character as the bytes of its UTF-8; the last may be `LOST`."""

    bytes: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all its bytes came through."""
        return LOST not in self.bytes

    def candidates(self) -> list[str]:
        """The characters that it can be: one, or those with each value of the lost byte.

        >>> Sequence((0xE4, 0xB8, 0xAD)).candidates(), len(Sequence((0xE4, 0xB8, LOST)).candidates())
        (['中'], 64)
        """
        lasts = range(0x80, 0xC0) if self.bytes[-1] == LOST else self.bytes[-1:]
        chars = (bytes((*self.bytes[:-1], last)).decode("utf-8", "ignore") for last in lasts)
        return [char for char in chars if char == "\u3000" or (char and char.isprintable())]


@dataclass(frozen=True, slots=True)
class Run:
    """``line[start:end]``, which holds no ASCII but a question mark at its end, is these characters in UTF-8."""

    start: int
    end: int
    sequences: tuple[Sequence, ...]


def runs(line: str) -> Iterator[Run]:
    """The longest runs of a line that are UTF-8 read as GB18030, single characters included.

    >>> [(run.start, run.end, len(run.sequences)) for run in runs("x缂栫爜2021骞?")]
    [(1, 4, 2), (8, 10, 1)]
    """
    at = 0
    while at < len(line):
        if line[at] < "\x80":
            at += 1
            continue
        run = _Reading(line, at).run()
        if run:
            yield run
        at = run.end if run else at + 1


@dataclass(slots=True)
class _Reading:
    """Reads a run from `start` on, byte by byte, and keeps the last place at which characters and bytes both ended."""

    line: str
    start: int
    pending: list[int] = field(default_factory=list)
    need: int = 0
    done: list[Sequence] = field(default_factory=list)
    whole: tuple[int, int] = (-1, 0)

    def run(self) -> Run | None:
        at = self.start
        while at < len(self.line) and self.line[at] >= "\x80":
            if not self._feed_all(self._bytes(at)):
                break
            at += 1
            if not self.need:
                self.whole = at, len(self.done)
        else:
            self._at_ascii(at)
        end, count = self.whole
        return Run(self.start, end, tuple(self.done[:count])) if count else None

    def _at_ascii(self, at: int) -> None:
        """A sequence that lacks one byte here has lost it."""
        if self.need == 1 and self._feed(LOST):
            self.whole = at + (self.line[at : at + 1] == "?"), len(self.done)

    def _bytes(self, at: int) -> tuple[int, ...]:
        """The bytes behind a character, none if it cannot stand in such a run."""
        char = self.line[at]
        if char == "\ufffd":
            last = at + 1 == len(self.line) or self.line[at + 1] < "\x80"
            return (LOST if last and self.need == 1 else 0x80,)
        if char == _EURO and (self.need == 2 or not self._continues(at + 1)):
            return (0x80,)
        data = gb18030_bytes(char)
        return tuple(data) if len(data) == 2 else ()

    def _continues(self, at: int) -> bool:
        """Whether the character there begins with a continuation byte."""
        following = gb18030_bytes(self.line[at]) if at < len(self.line) else b""
        return following[:1] >= b"\x80" and following[:1] < b"\xc0"

    def _feed_all(self, data: tuple[int, ...]) -> bool:
        return bool(data) and all(self._feed(byte) for byte in data)

    def _feed(self, byte: int) -> bool:
        """Takes one byte; False when it cannot stand here."""
        if self.need:
            if byte != LOST and not 0x80 <= byte < 0xC0:
                return False
            self.pending.append(byte)
            self.need -= 1
        else:
            self.need = _following(byte)
            if not self.need and byte >= 0x80:
                return False
            self.pending = [byte]
        if not self.need:
            self.done.append(Sequence(tuple(self.pending)))
        return True


def _following(lead: int) -> int:
    """The number of bytes after a first byte; 0 for one that begins nothing that Chinese text has.

    Of the two-byte sequences only the letters and signs of Latin-1 count: to GBK the others are everyday words (系统).
    """
    if lead in (0xC2, 0xC3):
        return 1
    if 0xE2 <= lead <= 0xEF:
        return 2
    return 3 if lead == 0xF0 else 0
