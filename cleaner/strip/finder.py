"""Which whole-line patterns match which line, without trying them all.

A pattern is looked up by the first letters of the line when it is known what it begins with, else by its atoms
(`cleaner.strip.atoms`), which an index finds in the whole text at once. What is left is tried with RE2, one alternative
at a time, compiled when first tried: an RE2 set of some hundred patterns takes a tenth of a second to compile and, for
every new line, half a millisecond to build its states.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.strip.branch import Branch, key_of
from cleaner.strip.index import listed
from cleaner.strip.re2set import Whole, whole

# A beginning that more alternatives than this share says little: those that have atoms are found by these instead.
_CROWD = 40
# What atoms must weigh to be looked for in a text (two ideographs); less when nothing else tells a line that may match.
RARE, _SCARCE = 5.0, 2.5
# To look for many atoms in a long line costs more than to try the pattern: so many, times the length of the line.
_DEAR = 500
# So many beginnings of lines are remembered.
_REMEMBERED = 1 << 16

Numbers = frozenset[int]
NONE: Numbers = frozenset()


class Shape:
    """A line and what rules most patterns out: its size, blanks not counted, and its key (`cleaner.strip.branch`)."""

    __slots__ = ("_data", "_key", "line", "size")

    def __init__(self, line: str) -> None:
        self.line, self.size = line, len(line) - line.count(" ")
        self._key: str | None = None
        self._data: bytes | None = None

    @property
    def key(self) -> str:
        """Its first two letters or digits."""
        if self._key is None:
            self._key = key_of(self.line)
        return self._key

    @property
    def data(self) -> bytes:
        """The line in UTF-8, as RE2 reads it."""
        if self._data is None:
            self._data = self.line.encode()
        return self._data


class Trial:
    """An alternative of the pattern `number`, and whether it wakes: a line that it matches may go by itself.

    Compared by identity. What is asked of every line is kept beside the branch: to fetch it there costs more than to
    compare it.
    """

    __slots__ = ("_whole", "atoms", "branch", "ends", "high", "low", "number", "wakes")

    def __init__(self, number: int, branch: Branch, *, wakes: bool) -> None:
        self.number, self.branch, self.wakes = number, branch, wakes
        self.low, self.high, self.ends, self.atoms = branch.low, branch.high, branch.ends, branch.atoms
        self._whole: Whole | None = None

    def fits(self, shape: Shape) -> bool:
        """Whether a line has the size and the end of a match."""
        return self.low <= shape.size <= self.high and (not self.ends or shape.line[-1] in self.ends)

    def matches(self, shape: Shape) -> bool:
        """Whether the alternative matches all of a line that it fits."""
        dear = len(self.atoms) * len(shape.line) > _DEAR
        may = dear or not self.atoms or any(map(shape.line.__contains__, self.atoms))
        return may and self._match(shape.data)

    def matches_told(self, shape: Shape) -> bool:
        """The same for a line of which is known that it holds an atom of the alternative."""
        return self.branch.begins(shape.key) and self._match(shape.data)

    def _match(self, data: bytes) -> bool:
        if self._whole is None:
            self._whole = whole(self.branch.source)
        return self._whole.match(data)


def fitting(trials: Iterable[Trial], shape: Shape) -> list[Trial]:
    """The alternatives that match lines of such a size and such an end."""
    size, last = shape.size, shape.line[-1]
    return [one for one in trials if one.low <= size <= one.high and (not one.ends or last in one.ends)]


@dataclass(frozen=True, eq=False)
class Finder:
    """Patterns, prepared.

    Attributes:
        starts: the alternatives whose keys are known, by key or its first character.
        marks: others that begin with a mark, by the mark.
        needed: the alternatives that only an atom tells, by atom; whoever knows the text gives those of a line.
        rest: the alternatives of which neither is known, to be tried on every line.
        told: what `trials` said, by key and first character.
    """

    starts: Mapping[str, tuple[Trial, ...]]
    marks: Mapping[str, tuple[Trial, ...]]
    needed: Mapping[str, tuple[Trial, ...]]
    rest: tuple[Trial, ...]
    told: dict[tuple[str, str], tuple[tuple[Trial, ...], tuple[Trial, ...]]]

    def trials(self, shape: Shape, *, waking: bool = False) -> tuple[Trial, ...]:
        """The alternatives that may match a line for its beginning; all of them, or those that wake."""
        key, mark = shape.key, shape.line[0]
        found = self.told.get((key, mark))
        if found is None:
            every = self.starts.get(key, ()) + self.marks.get(mark, ())
            every += self.starts.get(key[0], ()) if len(key) > 1 else ()
            found = every, tuple(trial for trial in every if trial.wakes)
            if len(self.told) >= _REMEMBERED:
                self.told.clear()
            self.told[key, mark] = found
        return found[waking]

    @cached_property
    def waking(self) -> frozenset[str]:
        """Keys, first letters and marks of the lines that an alternative that wakes may match for its beginning."""
        known = (*self.starts.items(), *self.marks.items())
        return frozenset(start for start, trials in known if any(trial.wakes for trial in trials))

    def numbers(self, line: str, needed: Iterable[Trial] = ()) -> Numbers:
        """The patterns that match all of a line.

        Args:
            line: the line, not empty, no blank at its ends.
            needed: the alternatives of `self.needed` of which the line holds an atom.
        """
        shape = Shape(line)
        trials = fitting((*self.trials(shape), *self.rest), shape)
        begun = [trial.number for trial in trials if trial.matches(shape)]
        told = [trial.number for trial in fitting(needed, shape) if trial.matches_told(shape)]
        return frozenset((*begun, *told)) or NONE


def finder(patterns: Sequence[tuple[Sequence[Branch], bool]]) -> Finder:
    """Patterns prepared: by number, the alternatives of each, and whether it wakes."""
    trials = [Trial(number, branch, wakes=wakes) for number, (own, wakes) in enumerate(patterns) for branch in own]
    crowds = Counter(start for trial in trials for start in trial.branch.starts)
    starts, marks, needed = list[tuple[str, Trial]](), list[tuple[str, Trial]](), list[tuple[str, Trial]]()
    rest = list[Trial]()
    for trial in trials:
        branch = trial.branch
        crowd = max((crowds[start] for start in branch.starts), default=0)
        if branch.marks:
            marks += ((mark, trial) for mark in branch.marks)
        elif branch.weight >= (RARE if crowd else _SCARCE) and not 0 < crowd <= _CROWD:
            needed += ((atom, trial) for atom in branch.atoms)
        elif crowd:
            starts += ((start, trial) for start in branch.starts)
        else:
            rest.append(trial)
    return Finder(listed(starts), listed(marks), listed(needed), tuple(rest), {})
