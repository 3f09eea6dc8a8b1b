"""The gate: one look at a text says whether it holds anything that could act; most texts hold nothing and are done."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from cleaner.strip.branch import key_of
from cleaner.strip.entry import Entry
from cleaner.strip.finder import Shape, Trial
from cleaner.strip.grammars import labels_of, table_labels
from cleaner.strip.page import bare, begins_with_bullet, blankless
from cleaner.strip.re2set import program
from cleaner.strip.rules import Rules, masked
from cleaner.text.shadow import code_points

# The numbers of the detectors.
JAMMER, PINYIN = 0, 1


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
    """

    rules: Rules
    text: str
    detectors: frozenset[int]
    inline: tuple[Entry, ...]
    rest: tuple[Trial, ...]
    places: tuple[tuple[int, tuple[Trial | Entry, ...]], ...]

    @cached_property
    def opens(self) -> bool:
        """Whether the text holds something that acts by itself, or wakes what does not."""
        return bool(self.detectors) or any(self._inline()) or any(self._lines()) or any(self._tables())

    def _inline(self) -> Iterator[bool]:
        found = (clue for _, clues in self.places for clue in clues if isinstance(clue, Entry))
        for entry in dict.fromkeys(chain(self.inline, found)):
            yield entry.strength != "weak" and bool(program(entry.pattern).search(self.text))

    @cached_property
    def lines(self) -> list[str]:
        """The lines without blanks at their ends, those with bullets also without these."""
        whole = [line for line in map(blankless, self.text.split("\n")) if line]
        return whole + [line for line in map(bare, filter(begins_with_bullet, whole)) if line]

    def _lines(self) -> Iterator[bool]:
        rules = self.rules
        yield not rules.waking_literals.isdisjoint(self.lines)
        if rules.waking_skeletons:
            yield not rules.waking_skeletons.isdisjoint(map(masked, self.lines))
        known = rules.finder.waking
        begun = [line for line in self.lines if line[:2] in known or line[0] in known or not line[:2].isalnum()]
        for shape in map(Shape, begun):
            yield any(trial.matches(shape) for trial in rules.finder.trials(shape, waking=True))
        for shape in map(Shape, self.lines if self.rest else ()):
            yield any(trial.wakes and trial.matches(shape) for trial in self.rest)
        yield from self._needed()

    def _needed(self) -> Iterator[bool]:
        """Whether an alternative that an atom told matches the line of the atom."""
        told: dict[int, list[Trial]] = {}
        contents = self.text.split("\n") if self.places else []
        starts = list(accumulate((len(content) + 1 for content in contents), initial=0))
        for at, clues in self.places:
            if trials := [clue for clue in clues if isinstance(clue, Trial) and clue.wakes]:
                told.setdefault(bisect_right(starts, at) - 1, []).extend(trials)
        for number, trials in told.items():
            whole = blankless(contents[number])
            for shape in map(Shape, {whole, bare(whole)}):
                yield any(one.branch.begins(shape.key) and one.matches(shape) for one in dict.fromkeys(trials))

    def _tables(self) -> Iterator[bool]:
        """Whether a block that labels tell has enough of them."""
        rules = self.rules
        begun = [line for line in self.lines if line[:2] in rules.label_starts or line[0].isdigit()]
        seen = labels_of(begun, rules.labels)
        rows = [line for line in self.lines if key_of(line) in rules.table_keys]
        for number, block in enumerate(rules.blocks):
            if block.entry.strength == "weak" or not block.labels:
                continue
            table = block.entry.grammar == "metadata"
            labels = table_labels(block.entry, rows) if table else seen[number].labels if number in seen else ()
            yield len(labels) >= block.entry.least


def glance(text: str, rules: Rules) -> Glance:
    """One look at a folded text, for some rules."""
    found = sorted(rules.gate.Match(text) or ())
    loose, rest = PINYIN + 1, PINYIN + 1 + len(rules.loose)
    detectors = frozenset(number for number in found if number < loose)
    inline = tuple(rules.loose[number - loose] for number in found if loose <= number < rest)
    others = tuple(rules.finder.rest[number - rest] for number in found if number >= rest)
    places = sorted(rules.index.scan(text, code_points(text)), key=lambda place: place[0])
    return Glance(rules, text, detectors, inline, others, tuple(places))
