"""What the trimming of a page rests on: its zones, and which rules know which of its lines."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cleaner.strip.decide import Evidence
from cleaner.strip.entry import Entry
from cleaner.strip.page import Page
from cleaner.strip.posts import key_of
from cleaner.strip.rules import Hit, known_labels
from cleaner.strip.slots import END, NO_SLOTS, POST, Slots, slots_of
from cleaner.strip.zones import Layout

# A date with its year, or a time of day: titles speak of years and days, hardly ever so exactly.
_DATE = re.compile(
    r"[12][0-9]{3} ?[-/.年] ?[0-9]{1,2} ?[-/.月] ?[0-9]{1,2}|(?<![0-9:])[0-2]?[0-9]:[0-5][0-9](?![0-9])"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
    r" [0-9]{1,2}(?:st|nd|rd|th)?,? [12][0-9]{3}"
)
# Who wrote it, by name.
_BY = re.compile(
    r"(?:(?:posted |written |published )?by|von|par|por) [^.!?:;]{3,40}$|posted(?: on| in)?$"
    r"|(?:作者|来源|记者|编辑|撰文|文|图)[:/|丨·] ?[^,.!?;]{2,20}$"
)
# A post begins or ends at what plays one of these.
_TURNS = (POST, END)
# A line of date and source is not longer than this.
_BYLINE = 80


@lru_cache(1 << 14)
def bears_date(line: str) -> bool:
    """Whether a short line bears a date or says who wrote something."""
    return bool(_DATE.search(line) or _BY.match(line))


@dataclass(frozen=True)
class Ground:
    """What the trimming rests on.

    Attributes:
        page: the page.
        layout: its zones.
        known: the lines that a hit covers whole, by hit.
        kept: the lines that have the form of content or the place of a post and that no rule knows, and fenced code.
        slots: what stands in the same place in every post.
    """

    page: Page
    layout: Layout
    known: dict[int, list[Hit]]
    kept: frozenset[int] = frozenset()
    slots: Slots = NO_SLOTS

    def unknown(self, first: int, last: int) -> list[int]:
        """The lines of ``[first, last)`` that hold something and that no rule knows."""
        return [at for at in self._solid(first, last) if at not in self.known]

    def loose(self, first: int, last: int) -> list[int]:
        """The lines of ``[first, last)`` that hold something and that nothing holds."""
        return [at for at in self._solid(first, last) if at not in self.held]

    def _solid(self, first: int, last: int) -> list[int]:
        solid = self.page.solid
        return solid[bisect_left(solid, first) : bisect_left(solid, last)]

    @cached_property
    def held(self) -> frozenset[int]:
        """What stays: the lines in `kept`, and those that a rule keeps on purpose (``acts = false``)."""
        if all(entry.acts for entry in self.entries):
            return self.kept
        return self.kept.union(at for at, hits in self.known.items() if not all(hit.entry.acts for hit in hits))

    def kinds(self, first: int, last: int) -> int:
        """How many different rules know a line of ``[first, last)``."""
        known = self.known
        return len({hit.entry for at in range(first, last) if at in known for hit in known[at]})

    @cached_property
    def entries(self) -> frozenset[Entry]:
        """The rules that know a line."""
        return frozenset(hit.entry for hits in self.known.values() for hit in hits)

    @cached_property
    def sure(self) -> int:
        """How many different rules that are not weak know a line."""
        return sum(entry.sure for entry in self.entries)

    @cached_property
    def dated(self) -> frozenset[int]:
        """The lines that say when and by whom the text was published: a rule says so, or a short one bears a date."""
        lines = zip(self.page.solid, self.page.shadows, strict=True)
        told = (at for at, roles in self._roles.items() if "meta" in roles)
        return frozenset([at for at, line in lines if len(line) <= _BYLINE and bears_date(line)]).union(told)

    @cached_property
    def _roles(self) -> dict[int, set[str]]:
        """The roles of each line that a rule which is not weak gives one."""
        roles: dict[int, set[str]] = {}
        for at, hits in self.known.items():
            for hit in hits:
                if hit.entry.plays:
                    roles.setdefault(at, set()).add(hit.entry.plays)
        return roles

    def plays(self, at: int, role: str) -> bool:
        """Whether a rule that is not weak gives the line this role."""
        return role in self._roles.get(at, ())

    def neighbours(self, at: int) -> tuple[int, int]:
        """The lines that hold something next above and below, -1 where there is none."""
        solid = self.page.solid
        rank = bisect_left(solid, at)
        return solid[rank - 1] if rank else -1, solid[rank + 1] if rank + 1 < len(solid) else -1


def ground_of(evidence: Evidence) -> Ground:
    """The ground of a page: what its rules know for sure, and what the weak ones of packs that are awake know."""
    known: dict[int, list[Hit]] = {}
    for hit in evidence.hits:
        entry, first, last, start, _ = hit
        if start < 0 and (entry.sure or entry.pack in evidence.awake):
            for line in range(first, last + 1):
                known.setdefault(line, []).append(hit)
    page = evidence.page
    slots = _slots(evidence, known)
    said = frozenset(at for at in slots.said if not bears_date(page.lines[at].shadow))
    kept = page.fenced | (page.shaped - known.keys()) | said
    return Ground(page, evidence.layout, known, kept, slots)


def _slots(evidence: Evidence, known: Mapping[int, Sequence[Hit]]) -> Slots:
    """The slots of a page where posts were told."""
    page = evidence.page
    posts = sorted({hit.line for hit in evidence.hits if hit.entry.plays == POST})
    told = [hit.line for hit in evidence.hits if hit.entry.grammar == "posts"]
    if not posts and not told:
        return NO_SLOTS
    first, last = min((*posts, *told)), max((evidence.layout.last, *told))
    foot = min((at for at in known if at > last), default=last)  # what closes the last slot
    marks = {at: _kind(hits, page.lines[at].shadow) for at, hits in known.items() if first <= at <= foot}
    return slots_of(page, marks, (*posts, last + 1))


def _kind(hits: Sequence[Hit], line: str) -> str:
    """What a line is that rules know: the header of a post, its end, or what one of them says."""
    entry = hits[0].entry
    for hit in hits:
        if hit.entry.plays in _TURNS:
            return hit.entry.plays
    return key_of(line, known_labels(entry)) if entry.grammar == "posts" else entry.name
