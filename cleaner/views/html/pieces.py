"""A document as pieces of text that need no offsets: JavaScript counts UTF-16 units where we count code points."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeAlias

from cleaner.core.edits import Edit
from cleaner.views.html.places import Mark

# Plain text; or plain text that marks point at; or what an edit removed, with the marks that lie within it.
Piece: TypeAlias = str | tuple[int, str, list[int]]

PLAIN = -1


def pieces(original: str, edits: tuple[Edit, ...], marks: tuple[Mark, ...]) -> list[Piece]:
    """The original from its first to its last character.

    A piece is plain text, or ``(edit, text, marks)`` where `edit` is the number of the edit that took the text (-1:
    none) and `marks` are the numbers of the marks on it.

    >>> from cleaner.core.edits import cut
    >>> pieces("one two three", (cut("one two three", 4, 8, "strip/demo"),), (Mark(0, 3, "flag"),))
    [(-1, 'one', [0]), ' ', (0, 'two ', []), 'three']
    """
    return list(_pieces(original, edits, marks))


def _pieces(original: str, edits: tuple[Edit, ...], marks: tuple[Mark, ...]) -> Iterator[Piece]:
    cuts = sorted({offset for mark in marks for offset in (mark.start, mark.end)})
    pointing = _Pointing(marks)
    at = 0
    for number, edit in enumerate(edits):
        yield from _plain(original, at, edit.start, cuts, pointing)
        yield number, edit.removed, pointing.within(edit.start, edit.end)
        at = edit.end
    yield from _plain(original, at, len(original), cuts, pointing)


def _plain(original: str, start: int, end: int, cuts: list[int], pointing: "_Pointing") -> Iterator[Piece]:
    while start < end:
        index = bisect_left(cuts, start + 1)
        stop = min(cuts[index], end) if index < len(cuts) else end
        held = pointing.over(start)
        yield (PLAIN, original[start:stop], held) if held else original[start:stop]
        start = stop


class _Pointing:
    """Which marks lie where; asked from left to right, so that each mark is taken up and laid down once."""

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        self.waiting = sorted(range(len(marks)), key=lambda number: (marks[number].start, number), reverse=True)
        self.marks = marks
        self.held: list[int] = []

    def over(self, offset: int) -> list[int]:
        """The marks that cover the offset."""
        self._take_up(offset)
        self.held = [number for number in self.held if self.marks[number].end > offset]
        return sorted(self.held)

    def within(self, start: int, end: int) -> list[int]:
        """The marks that have no other place than ``[start, end)``."""
        self._take_up(end - 1)
        inside = [number for number in self.held if start <= self.marks[number].start and self.marks[number].end <= end]
        self.held = [number for number in self.held if self.marks[number].end > end]
        return sorted(inside)

    def _take_up(self, offset: int) -> None:
        while self.waiting and self.marks[self.waiting[-1]].start <= offset:
            self.held.append(self.waiting.pop())
