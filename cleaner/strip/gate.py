"""The gate: one look at a text says whether it holds anything that could act; most texts hold nothing and are done."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter

from cleaner.strip.branch import key_of
from cleaner.strip.entry import Entry
from cleaner.strip.finder import Shape, Trial, fitting
from cleaner.strip.grammars import labels_of, table_labels
from cleaner.strip.index import listed
from cleaner.strip.page import Line, Page, wide
from cleaner.strip.re2set import by_line, program
from cleaner.strip.rules import Clue, Rules, masked
from cleaner.text.shadow import code_points

# The numbers of the detectors.
JAMMER, PINYIN = 0, 1
# A page on one line has at least so many characters and this share of all characters of its text.
_LEAST, _SHARE = 120, 0.6
# So much of a line tells its script.
_SAMPLE = 2000


@dataclass(frozen=True)
class Glance:
    """What one look at a page found.

    Attributes:
        rules: what was looked for.
        page: the page.
        detectors: the numbers of the detectors to run.
        inline: the entries of ``rules.loose`` that may match somewhere.
        rest: the alternatives of ``rules.finder.rest`` that may.
        places: where strings stand that entries and patterns need, in order, and which they are.
    """

    rules: Rules
    page: Page
    detectors: frozenset[int]
    inline: tuple[Entry, ...]
    rest: tuple[Trial, ...]
    places: Sequence[tuple[int, Clue]]

    @cached_property
    def opens(self) -> bool:
        """Whether the page holds something that acts by itself, or wakes what does not."""
        return bool(self.detectors) or any(self._inline()) or any(self._lines()) or any(self._tables())

    def _inline(self) -> Iterator[bool]:
        found = (entry for _, clue in self.places for entry in clue.entries)
        for entry in dict.fromkeys(chain(self.inline, found)):
            yield entry.strength != "weak" and bool(program(by_line(entry.pattern)).search(self.page.shadow))

    def _lines(self) -> Iterator[bool]:
        rules, lines = self.rules, self.page.readings
        yield not rules.waking_literals.isdisjoint(lines)
        if rules.waking_skeletons:
            yield not rules.waking_skeletons.isdisjoint(map(masked, lines))
        known, finder = rules.finder.waking, rules.finder
        for line in lines:
            if line[:2] in known or line[0] in known or not line[:2].isalnum():
                shape = Shape(line)
                trials = fitting(finder.trials(shape, waking=True), shape.size)
                yield any(trial.matches(shape) for trial in trials)
        rest = [trial for trial in self.rest if trial.wakes]
        for shape in map(Shape, lines if rest else ()):
            yield any(trial.matches(shape) for trial in fitting(rest, shape.size))
        yield from self._needed()

    def _needed(self) -> Iterator[bool]:
        """Whether an alternative that an atom told matches the line of the atom."""
        for at, trials in self.told.items():
            line = self.page.lines[at]
            for shape in map(Shape, {line.whole, line.shadow}):
                fit = fitting(trials, shape.size)
                yield any(trial.wakes and trial.matches_told(shape) for trial in fit)

    @cached_property
    def told(self) -> dict[int, dict[Trial, None]]:
        """The alternatives that a string in a line tells, by line, each once."""
        found: dict[int, dict[Trial, None]] = {}
        starts = [line.start for line in self.page.lines]
        for at, clue in self.places:
            if clue.trials:
                found.setdefault(bisect_right(starts, at) - 1, {}).update(clue.trials)
        return found

    @cached_property
    def inside(self) -> dict[Entry, Sequence[int]]:
        """The lines in which each inline entry may match."""
        starts = [line.start for line in self.page.lines]
        places = ((entry, at) for at, clue in self.places if clue.entries for entry in clue.entries)
        lines = listed((entry, bisect_right(starts, at) - 1) for entry, at in places)
        return {**lines, **dict.fromkeys(self.inline, self.page.solid)}

    def _tables(self) -> Iterator[bool]:
        """Whether a block that labels tell has enough of them."""
        rules, lines = self.rules, self.page.readings
        begun = [line for line in lines if line[:2] in rules.label_starts or line[0].isdigit()]
        for number, known in labels_of(begun, rules.labels).items():
            entry = rules.blocks[number].entry
            yield entry.grammar != "metadata" and entry.strength != "weak" and len(known.labels) >= entry.least
        keys = rules.table_keys
        rows = [line for line in lines if line[:2] in keys or (not line[:2].isalnum() and key_of(line) in keys)]
        for block in rules.blocks if rows else ():
            entry = block.entry
            if entry.grammar == "metadata" and entry.strength != "weak":
                yield len(table_labels(entry, rows)) >= entry.least


def glance(page: Page, rules: Rules) -> Glance:
    """One look at a page, for some rules."""
    text = page.shadow
    found = sorted(rules.gate.Match(text.encode()) or ())
    loose, rest = PINYIN + 1, PINYIN + 1 + len(rules.loose)
    detectors = frozenset(number for number in found if number < loose)
    inline = tuple(rules.loose[number - loose] for number in found if loose <= number < rest)
    others = tuple(rules.finder.rest[number - rest] for number in found if number >= rest)
    places = sorted(rules.index.scan(text, code_points(text)), key=itemgetter(0))
    return Glance(rules, page, detectors, inline, others, places)


def flat_line(page: Page) -> Line | None:
    """The line that holds a whole page, None when there is none; only in scripts that write without blanks."""
    longest = max(page.lines, key=lambda line: len(line.shadow), default=None)
    if longest is None or len(longest.shadow) < _LEAST or not wide(longest.shadow[:_SAMPLE]):
        return None
    if len(longest.shadow) < _SHARE * sum(len(line.shadow) for line in page.lines):
        return None
    return longest
