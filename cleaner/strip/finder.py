"""Which whole-line patterns match which line, without trying them all.

A pattern is looked up by the first letters of the line when it is known what it begins with, else by its atoms
(`cleaner.strip.atoms`), which an index finds in the whole text at once. What is left is tried with RE2, one alternative
at a time, compiled when first tried: an RE2 set of some hundred patterns takes a tenth of a second to compile and, for
every new line, half a millisecond to build its states.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.strip.atoms import Branch, key_of
from cleaner.strip.index import listed
from cleaner.strip.re2set import whole

# A beginning that more alternatives than this share says little: those that have atoms are found by these instead.
_CROWD = 40
# What atoms must weigh to be looked for in a text; less when nothing else tells a line that may match.
RARE, _SCARCE = 3.0, 2.5
# So many short lines are remembered: what pages have around their texts is said again and again.
_REMEMBERED, _SHORT = 1 << 16, 80

Numbers = frozenset[int]
NONE: Numbers = frozenset()


class Shape(NamedTuple):
    """A line and what rules most patterns out: its size, blanks not counted, and its key (`cleaner.strip.atoms`)."""

    line: str
    size: int
    key: str


def shape_of(line: str) -> Shape:
    """The shape of a line."""
    return Shape(line, len(line) - line.count(" "), key_of(line))


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """An alternative of the pattern `number`, and whether it wakes: a line that it matches may go by itself."""

    number: int
    branch: Branch
    wakes: bool

    def matches(self, shape: Shape) -> bool:
        """Whether the alternative matches all of a line."""
        return self.branch.may_match(shape.line, shape.size) and bool(whole(self.branch.source).Match(shape.line))


@dataclass(frozen=True, eq=False)
class Finder:
    """Patterns, prepared.

    Attributes:
        starts: the alternatives whose keys are known, by key or its first character.
        needed: the alternatives that only an atom tells, by atom; whoever knows the text gives those of a line.
        rest: the alternatives that are tried on every line.
        seen: what `numbers` said of short lines.
    """

    starts: Mapping[str, tuple[Trial, ...]]
    needed: Mapping[str, tuple[Trial, ...]]
    rest: tuple[Trial, ...]
    seen: dict[str, Numbers]

    def trials(self, key: str) -> tuple[Trial, ...]:
        """The alternatives that may match a line with this key, those of `needed` aside."""
        found = self.starts.get(key, ()) + self.rest
        return found + self.starts.get(key[0], ()) if len(key) > 1 else found

    def numbers(self, line: str, more: Iterable[Trial] = ()) -> Numbers:
        """The patterns that match all of a line.

        Args:
            line: the line, not empty, no blank at its ends.
            more: the alternatives of `needed` of which the line holds an atom.
        """
        known = self.seen.get(line)
        if known is None:
            shape = shape_of(line)
            trials = dict.fromkeys((*self.trials(shape.key), *(one for one in more if one.branch.begins(shape.key))))
            known = frozenset(trial.number for trial in trials if trial.matches(shape)) or NONE
            if len(line) <= _SHORT:
                if len(self.seen) >= _REMEMBERED:
                    self.seen.clear()
                self.seen[line] = known
        return known


def finder(patterns: Sequence[tuple[Sequence[Branch], bool]], *, indexed: bool = True) -> Finder:
    """Patterns prepared.

    Args:
        patterns: by number, the alternatives of each, and whether it wakes.
        indexed: whether there is an index; without one no alternative is left to its atoms.
    """
    trials = [Trial(number, branch, wakes) for number, (own, wakes) in enumerate(patterns) for branch in own]
    crowds = Counter(start for trial in trials for start in trial.branch.starts)
    starts, needed, rest = list[tuple[str, Trial]](), list[tuple[str, Trial]](), list[Trial]()
    for trial in trials:
        branch = trial.branch
        crowd = max((crowds[start] for start in branch.starts), default=0)
        least = RARE if crowd else _SCARCE
        if indexed and branch.weight >= least and not 0 < crowd <= _CROWD:
            needed += ((atom, trial) for atom in branch.atoms)
        elif crowd:
            starts += ((start, trial) for start in branch.starts)
        else:
            rest.append(trial)
    return Finder(listed(starts), listed(needed), tuple(rest), {})
