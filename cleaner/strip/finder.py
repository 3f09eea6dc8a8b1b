"""Which whole-line patterns match which line, without trying them all.

A pattern is looked up by the first characters of the line when it is known what it begins with, else by its atoms
(`cleaner.strip.atoms`), which an index finds in the whole text at once. What is left is tried with RE2, one alternative
at a time, compiled when first tried: an RE2 set of some hundred patterns takes a tenth of a second to compile and, for
every new line, half a millisecond to build its states.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaner.strip.atoms import Branch
from cleaner.strip.index import listed
from cleaner.strip.re2set import whole

# A beginning that more alternatives than this share says little: those that have atoms are found by these instead.
_CROWD = 40
# So many short lines are remembered: what pages have around their texts is said again and again.
_REMEMBERED, _SHORT = 1 << 16, 80

Numbers = frozenset[int]
NONE: Numbers = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """An alternative of the pattern `number`, and whether it wakes: a line that it matches may go by itself."""

    number: int
    branch: Branch
    wakes: bool

    def matches(self, line: str) -> bool:
        """Whether the alternative matches all of a line."""
        return self.branch.may_match(line) and bool(whole(self.branch.source).Match(line))


@dataclass(frozen=True, eq=False)
class Finder:
    """Patterns, prepared.

    Attributes:
        starts: the alternatives that begin with one or two characters.
        needed: the alternatives that only an atom tells, by atom; whoever knows the text gives those of a line.
        rest: the alternatives that are tried on every line.
        seen: what `numbers` said of short lines.
    """

    starts: Mapping[str, tuple[Trial, ...]]
    needed: Mapping[str, tuple[Trial, ...]]
    rest: tuple[Trial, ...]
    seen: dict[str, Numbers]

    def tests(self, line: str) -> tuple[Trial, ...]:
        """The alternatives that may match a line, those of `needed` aside."""
        found = self.starts.get(line[:2], ()) + self.rest
        return found + self.starts.get(line[0], ()) if len(line) > 1 else found

    def numbers(self, line: str, more: Iterable[Trial] = ()) -> Numbers:
        """The patterns that match all of a line.

        Args:
            line: the line, not empty, no blank at its ends.
            more: the alternatives of `needed` of which the line holds an atom.
        """
        known = self.seen.get(line)
        if known is None:
            tests = dict.fromkeys((*self.tests(line), *(test for test in more if test.branch.begins(line))))
            known = frozenset(test.number for test in tests if test.matches(line)) or NONE
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
    tests = [Trial(number, branch, wakes) for number, (own, wakes) in enumerate(patterns) for branch in own]
    crowds = Counter(start for test in tests for start in _starts(test.branch))
    starts, needed, rest = list[tuple[str, Trial]](), list[tuple[str, Trial]](), list[Trial]()
    for test in tests:
        begin = _starts(test.branch)
        crowd = max((crowds[start] for start in begin), default=0)
        if indexed and test.branch.telling and not 0 < crowd <= _CROWD:
            needed += ((atom, test) for atom in test.branch.atoms)
        elif crowd:
            starts += ((start, test) for start in begin)
        else:
            rest.append(test)
    return Finder(listed(starts), listed(needed), tuple(rest), {})


def _starts(branch: Branch) -> list[str]:
    """What a line may begin with for the branch to match: no line of a page begins with a blank."""
    return [start for start in branch.starts if start[0] != " "]
