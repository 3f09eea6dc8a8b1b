"""What the trimming of a page rests on: its zones, and which rules know which of its lines."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from cleaner.strip.decide import Evidence
from cleaner.strip.page import Page
from cleaner.strip.rules import Hit
from cleaner.strip.zones import Layout


@dataclass(frozen=True)
class Ground:
    """What the trimming rests on.

    Attributes:
        page: the page.
        layout: its zones.
        known: the lines that a hit covers whole, by hit.
        shaped: the lines that have the form of content (headings, rows of tables, dialogue).
        kept: those of them that no rule knows, and fenced code.
    """

    page: Page
    layout: Layout
    known: dict[int, list[Hit]]
    shaped: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()

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
        return self.kept.union(at for at, hits in self.known.items() if not all(hit.entry.acts for hit in hits))

    def kinds(self, first: int, last: int) -> int:
        """How many different rules know a line of ``[first, last)``."""
        return len({hit.entry.name for at, hits in self.known.items() if first <= at < last for hit in hits})

    def sure(self, first: int, last: int) -> int:
        """How many different rules that are not weak know a line of ``[first, last)``."""
        hits = (hit for at, hits in self.known.items() if first <= at < last for hit in hits)
        return len({hit.entry.name for hit in hits if hit.entry.strength != "weak"})

    @cached_property
    def _roles(self) -> dict[int, set[str]]:
        """The roles of each line that a rule which is not weak gives one."""
        roles: dict[int, set[str]] = {}
        for at, hits in self.known.items():
            for hit in hits:
                if hit.entry.role and hit.entry.strength != "weak":
                    roles.setdefault(at, set()).add(hit.entry.role)
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
        if hit.start < 0 and (hit.entry.strength != "weak" or hit.entry.pack in evidence.awake):
            for line in range(hit.line, hit.last + 1):
                known.setdefault(line, []).append(hit)
    page = evidence.page
    return Ground(page, evidence.layout, known, page.shaped, page.fenced | (page.shaped - known.keys()))
