"""Small edits out of a line as it was and as it should be."""

import re
from collections.abc import Callable, Iterator

Change = tuple[int, int, str]

# Repairs leave these alone and write neither: ASCII survives every codec, except that a blank may stand for byte A0.
_ASCII = re.compile(r"[\x00-\x7f]+")
_INK = re.compile(r"[\x00-\x1f\x21-\x7f]+")
# Ideographs, kana, hangul and their punctuation are not in the repertoire of any single-byte codec.
_WIDE = re.compile(r"[^\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+")


def changes(before: str, after: str) -> list[Change]:
    r"""``(start, end, replacement)`` that lead from `before` to `after`, as small as the text both keep allows.

    >>> changes("a Ã© b Ã¨", "a é b è")
    [(2, 4, 'é'), (7, 9, 'è')]
    """
    for kept in (_ASCII, _INK):
        if kept.findall(before) == kept.findall(after):
            gaps = zip(_gaps(kept, before), _gaps(kept, after), strict=True)
            found = (trimmed(start, before[start:end], after[low:high]) for (start, end), (low, high) in gaps)
            return [change for change in found if change]
    change = trimmed(0, before, after)
    return [change] if change else []


def changes_by_island(before: str, after: str, fix: Callable[[str], str]) -> list[Change]:
    """Like `changes`, but where each run between ideographs gives its part of `after` by itself, one by one.

    >>> fix = lambda text: text.replace("Ã©", "é")
    >>> changes_by_island("中Ã©文文Ã©中", "中é文文é中", fix)
    [(1, 3, 'é'), (5, 7, 'é')]
    """
    islands = [(match.start(), match.group(), fix(match.group())) for match in _WIDE.finditer(before)]
    parts: list[str] = []
    at = 0
    for start, old, new in islands:
        parts += (before[at:start], new)
        at = start + len(old)
    if "".join((*parts, before[at:])) != after:
        return changes(before, after)
    return [
        (start + low, start + high, text)
        for start, old, new in islands
        if old != new
        for low, high, text in changes(old, new)
    ]


def trimmed(start: int, old: str, new: str) -> Change | None:
    """The change at `start` without what both have in common at their ends; None when they are the same.

    >>> trimmed(10, "abcd", "axd")
    (11, 13, 'x')
    """
    if old == new:
        return None
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _gaps(kept: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in kept.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)
