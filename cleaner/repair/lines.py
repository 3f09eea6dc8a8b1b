r"""Lines that hold something, found without looking at the others; ``\n``, ``\r\n`` and ``\r`` end a line."""

import re
from collections.abc import Iterator

_END = re.compile(r"\r\n|\r|\n|\Z")


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, int]]:
    r"""``(start, content_end, end)`` of each line in which the pattern matches.

    >>> list(lines_with(re.compile("x"), "a\nbx\r\nc\rxx"))
    [(2, 4, 6), (8, 10, 10)]
    """
    at = 0
    while found := pattern.search(text, at):
        start = max(text.rfind("\n", at, found.start()), text.rfind("\r", at, found.start()), at - 1) + 1
        stop = _END.search(text, found.start())
        content_end, at = stop.span() if stop else (len(text), len(text))
        yield start, content_end, at
