"""The gate: one look at a text says whether it holds anything that could act; most texts hold nothing and are done."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from operator import itemgetter

from cleaner.strip.branch import key_of
from cleaner.strip.entry import Entry
from cleaner.strip.finder import Shape, Trial
from cleaner.strip.grammars import labels_of, table_labels
from cleaner.strip.page import bare, begins_with_bullet, blankless, wide
from cleaner.strip.re2set import program
from cleaner.strip.rules import Rules, masked
from cleaner.text.shadow import code_points

# The numbers of the detectors.
JAMMER, PINYIN = 0, 1
# A page on one line has at least so many characters, this share of all characters of its text, and so many blanks.
LEAST, SHARE, _BLANKS = 120, 0.6, 2
# So much of a line tells its script.
SAMPLE = 2000


@dataclass(frozen=True)
class Glance:
    """What one look at a folded text found.

    Attributes:
        rules: what was looked for.
        text: the text.
        detectors: the numbers of the detectors to run.
        inline: the entries of ``rules.loose`` that may match somewhere.
        rest: the alternatives of ``rules.finder.rest`` that may.
        places: where strings stand that entries and patterns need, in order, and which they are.
        shapes: the lines that were looked at closely so far.
    """

    rules: Rules
    text: str
    detectors: frozenset[int]
    inline: tuple[Entry, ...]
    rest: tuple[Trial, ...]
    places: tuple[tuple[int, tuple[Trial | Entry, ...]], ...]
    shapes: dict[str, Shape] = field(default_factory=dict, compare=False)

    @cached_property
    def opens(self) -> bool:
        """Whether the text holds something that acts by itself, or wakes what does not."""
        return bool(self.detectors) or any(self._inline()) or any(self._lines()) or any(self._tables())

    def _inline(self) -> Iterator[bool]:
        found = (clue for _, clues in self.places for clue in clues if isinstance(clue, Entry))
        for entry in dict.fromkeys(chain(self.inline, found)):
            yield entry.strength != "weak" and bool(program(entry.pattern).search(self.text))

    @cached_property
    def contents(self) -> list[str]:
        """The lines, blank ones too, without blanks at their ends."""
        return list(map(blankless, self.text.split("\n")))

    @cached_property
    def lines(self) -> list[str]:
        """The lines that are not blank, those with bullets also without these."""
        whole = list(filter(None, self.contents))
        return whole + list(filter(None, map(bare, filter(begins_with_bullet, whole))))

    @cached_property
    def longest(self) -> str:
        """The longest line, as it stands."""
        return max(self.text.split("\n"), key=len)

    @cached_property
    def flat(self) -> bool:
        """Whether the text may be a page on one line: most of it is one, and this one has parts."""
        line = self.longest
        most = len(line) >= max(LEAST, SHARE * len(self.text))
        return most and line.count(" ") >= _BLANKS and wide(line[:SAMPLE])

    def shape(self, line: str) -> Shape:
        """What is known of a line at a glance."""
        found = self.shapes.get(line)
        if found is None:
            found = self.shapes[line] = Shape(line)
        return found

    def _lines(self) -> Iterator[bool]:
        rules = self.rules
        yield not rules.waking_literals.isdisjoint(self.lines)
        if rules.waking_skeletons:
            yield not rules.waking_skeletons.isdisjoint(map(masked, self.lines))
        known, finder = rules.finder.waking, rules.finder
        for line in self.lines:
            if line[:2] in known or line[0] in known or not line[:2].isalnum():
                shape = self.shape(line)
                yield any(trial.matches(shape) for trial in finder.trials(shape, waking=True))
        rest = [trial for trial in self.rest if trial.wakes]
        for shape in map(self.shape, self.lines if rest else ()):
            yield any(trial.matches(shape) for trial in rest)
        yield from self._needed()

    def _needed(self) -> Iterator[bool]:
        """Whether an alternative that an atom told matches the line of the atom."""
        told: dict[int, list[Trial]] = {}
        starts = list(accumulate((len(content) + 1 for content in self.text.split("\n")), initial=0))
        for at, clues in self.places:
            if trials := [clue for clue in clues if isinstance(clue, Trial) and clue.wakes]:
                told.setdefault(bisect_right(starts, at) - 1, []).extend(trials)
        for number, trials in told.items():
            whole = self.contents[number]
            for shape in map(self.shape, {whole, bare(whole)}):
                yield any(trial.matches_told(shape) for trial in dict.fromkeys(trials))

    def _tables(self) -> Iterator[bool]:
        """Whether a block that labels tell has enough of them."""
        rules = self.rules
        begun = [line for line in self.lines if line[:2] in rules.label_starts or line[0].isdigit()]
        for number, known in labels_of(begun, rules.labels).items():
            entry = rules.blocks[number].entry
            yield entry.grammar != "metadata" and entry.strength != "weak" and len(known.labels) >= entry.least
        keys = rules.table_keys
        rows = [line for line in self.lines if line[:2] in keys or (not line[:2].isalnum() and key_of(line) in keys)]
        for block in rules.blocks if rows else ():
            entry = block.entry
            if entry.grammar == "metadata" and entry.strength != "weak":
                yield len(table_labels(entry, rows)) >= entry.least


def glance(text: str, rules: Rules) -> Glance:
    """One look at a folded text, for some rules."""
    found = sorted(rules.gate.Match(text.encode()) or ())
    loose, rest = PINYIN + 1, PINYIN + 1 + len(rules.loose)
    detectors = frozenset(number for number in found if number < loose)
    inline = tuple(rules.loose[number - loose] for number in found if loose <= number < rest)
    others = tuple(rules.finder.rest[number - rest] for number in found if number >= rest)
    places = sorted(rules.index.scan(text, code_points(text)), key=itemgetter(0))
    return Glance(rules, text, detectors, inline, others, tuple(places))
