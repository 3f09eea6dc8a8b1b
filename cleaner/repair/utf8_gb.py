"""UTF-8 that was read as GB18030 (涓枃缂栫爜), read back as far as its bytes came through.

GB18030 takes the three bytes of a hanzi two at a time. Where an odd number of bytes stands before an ASCII character or
the end of the line, the last byte has no partner: readers drop it, or write U+FFFD or a question mark for it. Elsewhere
U+FFFD (or the euro sign of code page 936) stands for byte 80, which cannot begin a pair.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from cleaner.repair.legacy import gb18030_bytes

_EURO = "€"
_LASTS = [bytes((byte,)) for byte in range(0x80, 0xC0)]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One character as the bytes of its UTF-8.

    Attributes:
        data: the bytes that came through.
        is_whole: whether these are all; else the last one is lost.
        char: the character; empty when a byte is lost, or when text has no such character.
    """

    data: bytes
    is_whole: bool
    char: str


@lru_cache(maxsize=1 << 10)
def completions(data: bytes) -> str:
    r"""The characters that a sequence can be that lacks its last byte.

    >>> len(completions(b"\xe4\xb8"))
    64
    """
    return "".join(_character(data + last) for last in _LASTS)


# A large document has some 5,000 different characters.
@lru_cache(maxsize=1 << 14)
def sequence(data: bytes, *, is_whole: bool = True) -> Sequence:
    """The sequence of these bytes.

    >>> sequence("中".encode()).char
    '中'
    """
    return Sequence(data, is_whole, _character(data) if is_whole else "")


def _character(data: bytes) -> str:
    """The character; empty when text has no such one."""
    char = data.decode("utf-8", "ignore")
    return char if char.isprintable() or char == "\u3000" else ""


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
    pending: bytearray = field(default_factory=bytearray)
    need: int = 0
    done: list[Sequence] = field(default_factory=list)
    whole: tuple[int, int] = (-1, 0)

    def run(self) -> Run | None:
        at = self.start
        while at < len(self.line) and self.line[at] >= "\x80":
            if self._stands_for_lost(at):
                at += 1
                self._lose(at)
                break
            if not self._feed(self._bytes(at)):
                break
            at += 1
            if not self.need:
                self.whole = at, len(self.done)
        else:
            if self.need == 1:
                self._lose(at + (self.line[at : at + 1] == "?"))
        end, count = self.whole
        return Run(self.start, end, tuple(self.done[:count])) if count else None

    def _stands_for_lost(self, at: int) -> bool:
        """Whether U+FFFD stands there for a byte that found no partner."""
        return self.line[at] == "\ufffd" and self.need == 1 and self.line[at + 1 : at + 2].isascii()

    def _lose(self, end: int) -> None:
        """The sequence lacks its last byte here."""
        self.done.append(sequence(bytes(self.pending), is_whole=False))
        self.whole = end, len(self.done)

    def _bytes(self, at: int) -> bytes:
        """The bytes behind a character, none if it cannot stand in such a run."""
        char = self.line[at]
        if char == "\ufffd" or (char == _EURO and (self.need == 2 or not self._continues(at + 1))):
            return b"\x80"
        data = gb18030_bytes(char)
        return data if len(data) == 2 else b""

    def _continues(self, at: int) -> bool:
        """Whether the character there begins with a continuation byte."""
        following = gb18030_bytes(self.line[at]) if at < len(self.line) else b""
        return following[:1] >= b"\x80" and following[:1] < b"\xc0"

    def _feed(self, data: bytes) -> bool:
        """Takes the bytes of a character; False when they cannot stand here."""
        for byte in data:
            if not self.need:
                self.need = _following(byte)
                if not self.need and byte >= 0x80:
                    return False
                self.pending.clear()
            elif 0x80 <= byte < 0xC0:
                self.need -= 1
            else:
                return False
            self.pending.append(byte)
            if not self.need:
                self.done.append(sequence(bytes(self.pending)))
        return bool(data)


def _following(lead: int) -> int:
    """The number of bytes after a first byte; 0 for one that begins nothing that Chinese text has.

    Of the two-byte sequences only the letters and signs of Latin-1 count: to GBK the others are everyday words (系统).
    """
    if lead in (0xC2, 0xC3):
        return 1
    if 0xE2 <= lead <= 0xEF:
        return 2
    return 3 if lead == 0xF0 else 0
