"""Spans of a text that are spoken for, kept in order: what goes, and what must stay because a copy of it goes."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spans:
    """Disjoint spans ``(start, end, shift)`` in order; the shift leads to where the same text stands.

    >>> spans = Spans()
    >>> spans.add(5, 9, -5)
    >>> list(spans.free(0, 12)), spans.overlaps(8, 20), spans.moved(6)
    ([(0, 5), (9, 12)], True, 1)
    """

    items: list[tuple[int, int, int]] = field(default_factory=list)

    def _touching(self, start: int, end: int) -> list[tuple[int, int, int]]:
        low = max(bisect_left(self.items, (start, 0, 0)) - 1, 0)
        high = bisect_left(self.items, (end, 0, 0))
        return [item for item in self.items[low:high] if item[1] > start]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span shares a place with ``[start, end)``."""
        return bool(self._touching(start, end))

    def free(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of ``[start, end)`` that no span holds."""
        for low, high, _ in self._touching(start, end):
            if start < low:
                yield start, low
            start = max(start, high)
        if start < end:
            yield start, end

    def add(self, start: int, end: int, shift: int = 0) -> None:
        """Puts in what is free of ``[start, end)``."""
        for low, high in list(self.free(start, end)):
            insort(self.items, (low, high, shift))

    def moved(self, at: int) -> int:
        """Where the text at `at` stands in the end: led on by the shift of the span that holds it, and so forth."""
        while held := self._touching(at, at + 1):
            if not held[0][2]:
                break
            at += held[0][2]
        return at
