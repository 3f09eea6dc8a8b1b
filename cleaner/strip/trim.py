"""Head, profiles and tail: what no rule names goes outward from what rules have found, never across running text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaner.strip.decide import Evidence
from cleaner.strip.page import Page
from cleaner.strip.rules import Hit
from cleaner.strip.zones import Layout, is_role

# A line of a profile (name, rank, mood) is not longer than this.
_PROFILE = 24
# A profile holds no more lines than this that no rule knows.
_PROFILE_LINES = 12
# A title is not shorter than this, and not longer.
_TITLE = (4, 100)
# A title of this length is as good as a longer one; twice as long it is a row of navigation rather.
_FULL = 30
# Navigation on one line has more parts than this; so has no title.
_MANY = 6
_PARTS = re.compile(" +")
_CRUMB = re.compile(r"[|>›»→]|:$")
_BULLETS = "•·*-"
# What a head or a foot must hold before the lines around go too: so many different rules.
_KINDS = 2


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A line that goes by its place."""

    line: int
    rule: str


@dataclass(frozen=True)
class Ground:
    """What the trimming rests on.

    Attributes:
        page: the page.
        layout: its zones.
        known: the lines that a hit covers whole, by hit.
    """

    page: Page
    layout: Layout
    known: dict[int, list[Hit]]

    def unknown(self, first: int, last: int) -> Iterator[int]:
        """The lines of ``[first, last)`` that hold something and that no rule knows."""
        return (at for at in range(first, last) if not self.page.lines[at].blank and at not in self.known)

    def kinds(self, first: int, last: int) -> int:
        """How many different rules know a line of ``[first, last)``."""
        return len({hit.entry.name for at in range(first, last) for hit in self.known.get(at, ())})


def ground_of(evidence: Evidence) -> Ground:
    """The ground of a page: what its rules know for sure, and what the weak ones of packs that are awake know."""
    known: dict[int, list[Hit]] = {}
    for hit in evidence.hits:
        if hit.start < 0 and (hit.entry.strength != "weak" or hit.entry.pack in evidence.awake):
            for line in range(hit.line, hit.last + 1):
                known.setdefault(line, []).append(hit)
    return Ground(evidence.page, evidence.layout, known)


def trimmed(ground: Ground) -> list[Trimmed]:
    """The lines of head, profiles and tail that go by their place."""
    if not ground.layout.sure:
        return []
    title = title_of(ground)
    found = [*_head(ground, title), *_tail(ground, title)]
    if ground.layout.thread:
        found += _profiles(ground, title)
    return found


def title_of(ground: Ground) -> int:
    """The line of the title, -1 when there is none to protect.

    Of the lines above the body that no rule knows it is the one that looks most like a title and stands most like one:
    below the navigation, above the line of date and source.
    """
    candidates = [at for at in ground.unknown(0, ground.layout.first) if _title_like(ground, at)]
    return max(candidates, key=lambda at: _titleness(ground, at), default=-1)


def _titleness(ground: Ground, at: int) -> float:
    """How much a line looks like the title of its page, higher is more."""
    page = ground.page
    line = page.lines[at]
    before, after = _neighbours(ground, at)
    worth = 2 * min(len(line.shadow), _FULL) / _FULL + 0.5 * at / max(ground.layout.first, 1)
    worth += 1.5 * _plays(ground, after, "meta") + 0.5 * (after in ground.known)
    worth += 1.0 * _plays(ground, before, "nav") + 0.5 * (before in ground.known)
    worth -= 1.5 * (page.text[line.start : line.content_end].lstrip()[:1] in _BULLETS)
    worth += 0.7 * (before < 0 and len(line.shadow) >= 2 * _TITLE[0])
    worth -= 2.0 * (len(_PARTS.split(line.shadow)) > _MANY or bool(_CRUMB.search(line.shadow)))
    return worth - 1.0 * (len(line.shadow) > 2 * _FULL)


def _neighbours(ground: Ground, at: int) -> tuple[int, int]:
    """The lines that hold something next above and below, -1 where there is none."""
    solid = ground.page.solid
    rank = bisect_left(solid, at)
    return solid[rank - 1] if rank else -1, solid[rank + 1] if rank + 1 < len(solid) else -1


def _plays(ground: Ground, at: int, role: str) -> bool:
    return any(is_role(hit, role) for hit in ground.known.get(at, ()))


def _title_like(ground: Ground, at: int) -> bool:
    line = ground.page.lines[at].shadow
    letters = sum(char.isalpha() for char in line)
    return _TITLE[0] <= len(line) <= _TITLE[1] and letters * 2 >= len(line) and not ground.page.sentences[at]


def _head(ground: Ground, title: int) -> Iterator[Trimmed]:
    """The lines above the title, when rules know enough of them."""
    end = max(title, 0)
    if ground.kinds(0, end) < _KINDS:
        return
    wanted = ground.page.lines[title].shadow
    for at in ground.unknown(0, end):
        if not ground.page.sentences[at] and not _same_title(ground.page.lines[at].shadow, wanted):
            yield Trimmed(at, "strip/zone/head")


def _same_title(line: str, title: str) -> bool:
    return len(line) >= _TITLE[0] and (line in title or title in line)


def _tail(ground: Ground, title: int) -> Iterator[Trimmed]:
    """The lines below the first rule's line under the body."""
    lines = ground.page.lines
    feet = [at for at in ground.known if at > ground.layout.last and _is_foot(ground.known[at])]
    if not feet or ground.kinds(min(feet), len(lines)) < _KINDS:
        return
    for at in ground.unknown(min(feet) + 1, len(lines)):
        if not ground.page.sentences[at] and at != title:
            yield Trimmed(at, "strip/zone/tail")


def _is_foot(hits: Iterable[Hit]) -> bool:
    return any(is_role(hit, "foot") or (hit.entry.strength == "anchor" and hit.entry.acts) for hit in hits)


def _profiles(ground: Ground, title: int) -> Iterator[Trimmed]:
    """The short lines between the end of one post, or the title, and the header of the next."""
    posts = ground.layout.posts
    for number, post in enumerate(posts):
        if number:
            ends = [at for at in range(posts[number - 1], post) if at in ground.known and _plays(ground, at, "end")]
            start = max(ends, default=-1)
        else:
            start = title
        if start < 0:
            continue
        between = list(ground.unknown(start + 1, post))
        short = all(len(ground.page.lines[at].shadow) <= _PROFILE and not ground.page.sentences[at] for at in between)
        if short and len(between) <= _PROFILE_LINES and ground.kinds(start + 1, post):
            yield from (Trimmed(at, "strip/zone/profile") for at in between)
