"""The slots of a thread: what stands between two lines that rules know comes back with every post.

Below lines of one kind stand the posts, and a short line there is a short post; between two others stand names, ranks
and the values of a profile.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.strip.guards import SAID
from cleaner.strip.memory import remembered
from cleaner.strip.page import Page
from cleaner.strip.rules import masked

# The kinds of the header of a post and of what ends it.
POST, END = "post", "end"
# A slot comes back at least so often.
_TIMES = 3
# Below lines of one kind stand posts when these have so many characters on average, and all that stands there makes up
# this share of what no rule knows. A long text counts as so many characters.
_POST, _SHARE, _LONG = 5, 0.25, 60
# A short post has at most so many lines.
_LINES = 3
# A name, a rank or a value has at most so many characters, and a slot holds so many of them.
_NAME, _NAMES = 24, 4
# What comes back in this share of the posts, and so often at least, is the interface's; it is not longer.
_MOST, _OFTEN, _LABEL = 0.5, 3, 40


class Slots(NamedTuple):
    """What the slots of a thread hold, by line.

    Attributes:
        said: short posts.
        named: names, ranks and values of a profile.
        again: what comes back with most posts.
    """

    said: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()


NO_SLOTS = Slots()
_skeleton = remembered(masked)


class _Run(NamedTuple):
    """The lines between two lines that rules know, and the kinds of these."""

    above: str
    below: str
    lines: Sequence[int]

    @property
    def is_post(self) -> bool:
        """Whether nothing else stands between the header of a post and its end."""
        return (self.above, self.below) == (POST, END)


def slots_of(page: Page, marks: Mapping[int, str], posts: Sequence[int]) -> Slots:
    """The slots of a page of posts.

    Between the header of a post and its end something was said. Elsewhere a line that comes back is no post for its
    place: interfaces repeat themselves. Nor is it the interface's where it may be all that a post says: so do users.

    Args:
        page: the page.
        marks: the lines that rules know, each with its kind.
        posts: the header of every post, and where the last one ends.
    """
    runs = _runs(page, marks)
    kinds = _kinds_above_posts(page, runs)
    seen = Counter(page.shadows)
    once = {at for at, line in zip(page.solid, page.shadows, strict=True) if seen[line] < _TIMES}
    few = [run for run in runs if len(run.lines) <= _LINES and (run.is_post or run.above in kinds)]
    said = {at for run in few for at in run.lines if at in once and (run.is_post or _has_words(page.lines[at].shadow))}
    alike = [run for run in few if once.isdisjoint(run.lines)]
    said.update(at for run in alike if run.is_post for at in run.lines)
    again = _again(page, posts, marks).difference(*(run.lines for run in alike))
    return Slots(frozenset(said), frozenset(_named(page, runs, kinds)), frozenset(again))


def _has_words(line: str) -> bool:
    return any(map(str.isalpha, line))


def _runs(page: Page, marks: Mapping[int, str]) -> list[_Run]:
    known = [(rank, marks[at]) for rank, at in enumerate(page.solid) if at in marks]
    return [
        _Run(above, below, page.solid[first + 1 : last])
        for (first, above), (last, below) in pairwise(known)
        if last > first + 1
    ]


def _kinds_above_posts(page: Page, runs: Sequence[_Run]) -> frozenset[str]:
    """The kinds of lines below which posts stand: below one of them most is written, below the others running text."""
    times, sizes = Counter(run.above for run in runs), defaultdict[str, int](int)
    for run in runs:
        sizes[run.above] += min(_LONG, sum([len(page.lines[at].shadow) for at in run.lines]))
    texts = {run.above for run in runs if any(page.sentences[at] for at in run.lines)}
    texts.add(max(sizes, key=sizes.__getitem__, default=""))
    least = _SHARE * sum(sizes.values())
    often = {kind: count for kind, count in times.items() if count >= _TIMES and kind in texts}
    return frozenset(kind for kind, count in often.items() if sizes[kind] >= max(least, _POST * count))


def _named(page: Page, runs: Sequence[_Run], kinds: frozenset[str]) -> set[int]:
    """The lines of slots that hold nothing but names; none where it is not known where posts stand."""
    slots: dict[tuple[str, str], list[Sequence[int]]] = {}
    for run in runs:
        if kinds and run.above not in kinds and not run.is_post:
            slots.setdefault((run.above, run.below), []).append(run.lines)
    return {
        at
        for places in slots.values()
        if len(places) >= _TIMES and all(_are_names(page, lines) for lines in places)
        for lines in places
        for at in lines
    }


def _again(page: Page, posts: Sequence[int], marks: Mapping[int, str]) -> set[int]:
    """The lines that come back with most posts, whatever their numbers; not where a post says nothing else."""
    end = bisect_left(page.solid, posts[-1]) if posts else 0
    lines = zip(page.solid[:end], page.shadows[:end], strict=True)
    words = {at: _skeleton(line) for at, line in lines if at not in marks}
    regions = [[at for at in range(first + 1, after) if at in words] for first, after in pairwise(posts)]
    seen = Counter(word for own in regions for word in {words[at] for at in own if not page.sentences[at]})
    most = max(_OFTEN, _MOST * len(regions))
    back = {word for word, count in seen.items() if count >= most and len(word) <= _LABEL and word[-1] not in SAID}
    silent = [own for own in regions if all(words[at] in back for at in own)]
    if len(regions) - len(silent) < most:
        return set()
    return {at for at, word in words.items() if word in back}.difference(*silent)


def _are_names(page: Page, lines: Sequence[int]) -> bool:
    texts = [page.lines[at].shadow for at in lines]
    return len(texts) <= _NAMES and all(len(text) <= _NAME and text[-1] not in SAID for text in texts)
