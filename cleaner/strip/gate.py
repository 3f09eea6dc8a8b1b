"""The gate: one look at a text says whether it holds anything that could act; most texts hold nothing and are done."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from cleaner.strip.finder import Trial
from cleaner.strip.grammars import labels_of, table_labels
from cleaner.strip.pack import Entry
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
        places: where strings stand that entries and patterns need, in order, and which they are.
    """

    rules: Rules
    text: str
    detectors: frozenset[int]
    inline: tuple[Entry, ...]
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
        tests = rules.finder.tests
        for line in self.lines:
            yield any(test.wakes and test.matches(line) for test in tests(line))
        yield from self._needed()

    def _needed(self) -> Iterator[bool]:
        """Whether an alternative that an atom told matches the line of the atom."""
        if not self.places:
            return
        contents = self.text.split("\n")
        starts = list(accumulate((len(content) + 1 for content in contents), initial=0))
        for at, clues in self.places:
            tests = [clue for clue in clues if isinstance(clue, Trial) and clue.wakes]
            if tests:
                whole = blankless(contents[bisect_right(starts, at) - 1])
                ways = dict.fromkeys((whole, bare(whole)))
                yield any(test.branch.begins(line) and test.matches(line) for line in ways for test in tests)

    def _tables(self) -> Iterator[bool]:
        """Whether a block that labels tell has enough of them."""
        rules = self.rules
        begun = [line for line in self.lines if line[:2] in rules.label_starts or line[0].isdigit()]
        seen = labels_of(begun, rules.labels)
        for number, block in enumerate(rules.blocks):
            if block.entry.strength == "weak" or not block.labels:
                continue
            table = block.entry.grammar == "metadata"
            labels = table_labels(block.entry, self.lines) if table else seen.get(number, ())
            yield len(labels) >= block.entry.least


def glance(text: str, rules: Rules) -> Glance:
    """One look at a folded text, for some rules."""
    found = rules.gate.Match(text) or ()
    loose = len(rules.loose)
    detectors = frozenset(number - loose for number in found if number >= loose)
    woken = tuple(rules.loose[number] for number in sorted(found) if number < loose)
    places = sorted(rules.index.scan(text, code_points(text)), key=lambda place: place[0])
    return Glance(rules, text, detectors, woken, tuple(places))
