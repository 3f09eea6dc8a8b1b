r"""Lines that hold something, found without looking at the others; ``\n``, ``\r\n`` and ``\r`` end a line."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

LineSpan: TypeAlias = tuple[int, int, int]
"""Where a line starts, where its content ends, where its terminator ends."""

_END = re.compile(r"\r\n|\r|\n|\Z")


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[LineSpan]:
    r"""The lines in which the pattern matches.

    >>> list(lines_with(re.compile("x"), "a\nbx\r\nc\rxx"))
    [(2, 4, 6), (8, 10, 10)]
    """
    at = 0
    while found := pattern.search(text, at):
        yield (line := _line(text, found.start(), at))
        at = line[2]


def lines_at(places: Iterable[int], text: str) -> Iterator[LineSpan]:
    r"""The lines in which the places lie, which must be ascending.

    >>> list(lines_at([3, 8, 9], "a\nbx\r\nc\rxx"))
    [(2, 4, 6), (8, 10, 10)]
    """
    at = 0
    for place in places:
        if place >= at:
            yield (line := _line(text, place, at))
            at = line[2]


def _line(text: str, place: int, at: int) -> LineSpan:
    """The line around a place, no further back than `at`, where a line begins."""
    start = max(text.rfind("\n", at, place), text.rfind("\r", at, place), at - 1) + 1
    stop = _END.search(text, place)
    content_end, end = stop.span() if stop else (len(text), len(text))
    return start, content_end, end
