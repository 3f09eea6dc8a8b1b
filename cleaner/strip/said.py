"""What users wrote in a word or two: short lines that stand where the other posts of their thread hold their text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleaner.strip.page import Page

# Below lines of one kind stand posts when so many of them have something below them, of so many characters on average,
# and all that makes up this share of what no rule knows. A long text counts as so many characters.
_TIMES, _POST, _SHARE, _LONG = 3, 5, 0.25, 60
# A short post has at most so many lines.
_LINES = 3


def said(page: Page, marks: Mapping[int, str]) -> frozenset[int]:
    """The lines of short posts: such as stand below a line of a kind below which the posts of a thread stand.

    A line that comes back says nothing by where it stands: interfaces repeat themselves.

    Args:
        page: a page of posts.
        marks: the lines that rules know, each with its kind.
    """
    below: dict[str, list[Sequence[int]]] = {}
    for kind, run in _runs(page, marks):
        below.setdefault(kind, []).append(run)
    sizes = {kind: sum(_size(page, run) for run in runs) for kind, runs in below.items()}
    least = _SHARE * sum(sizes.values())
    often = [kind for kind, runs in below.items() if len(runs) >= _TIMES]
    kinds = [kind for kind in often if sizes[kind] >= max(least, _POST * len(below[kind]))]
    posts = [run for kind in kinds for run in below[kind] if len(run) <= _LINES]
    seen = Counter(page.shadows)
    return frozenset(at for run in posts for at in run if _is_said(page.lines[at].shadow, seen))


def _is_said(line: str, seen: Mapping[str, int]) -> bool:
    return seen[line] == 1 and any(map(str.isalpha, line))


def _size(page: Page, run: Sequence[int]) -> int:
    return min(_LONG, sum(len(page.lines[at].shadow) for at in run))


def _runs(page: Page, marks: Mapping[int, str]) -> Iterator[tuple[str, Sequence[int]]]:
    """The lines between every two marks, each with the kind of the mark above."""
    known = [(rank, marks[at]) for rank, at in enumerate(page.solid) if at in marks]
    for (first, kind), (last, _) in pairwise(known):
        if last > first + 1:
            yield kind, page.solid[first + 1 : last]
