"""The gate: one look at a text says whether it holds anything that could act; most texts hold nothing and are done."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple

from cleaner.strip.branch import key_of
from cleaner.strip.entry import Entry
from cleaner.strip.finder import Shape, Trial, fitting
from cleaner.strip.grammars import blocks_of, labels_in, table_labels
from cleaner.strip.page import Line, Page, wide
from cleaner.strip.re2set import program
from cleaner.strip.rules import Rules, masked
from cleaner.strip.told import Told
from cleaner.text.shadow import code_points

# The numbers of the detectors.
JAMMER, PINYIN = 0, 1
# A page on one line has at least so many characters and this share of all characters of its text.
_LEAST, _SHARE = 120, 0.6
# So much of a line tells its script.
_SAMPLE = 2000


class Clues(NamedTuple):
    """What strings in a line tell: alternatives that may match it, and inline entries that may match in it."""

    trials: dict[Trial, None]
    entries: dict[Entry, None]


@dataclass(frozen=True)
class Glance:
    """What one look at a page found.

    Attributes:
        rules: what was looked for.
        page: the page.
        known: what is remembered of its lines, by content.
        fresh: its lines, not blank, of which nothing is remembered, each content once.
        detectors: the numbers of the detectors to run.
        inline: the entries of ``rules.loose`` that may match in a fresh line.
    """

    rules: Rules
    page: Page
    known: Mapping[str, Told]
    fresh: Sequence[Line]
    detectors: frozenset[int]
    inline: tuple[Entry, ...]

    @cached_property
    def opens(self) -> bool:
        """Whether the page holds something that acts by itself, or wakes what does not."""
        if self.detectors or any(told.wakes for told in self.known.values()):
            return True
        return any(self._inline()) or any(self._lines()) or any(self._tables())

    @cached_property
    def clues(self) -> Mapping[int, Clues]:
        """What strings in the fresh lines tell, by line."""
        text = joined(self.fresh)
        starts = list(accumulate((len(line.content) + 1 for line in self.fresh), initial=0))
        found: dict[int, Clues] = {}
        for at, clue in self.rules.index.scan(text, code_points(text)):
            clues = found.setdefault(bisect_right(starts, at) - 1, Clues({}, {}))
            clues.trials.update(clue.trials)
            if clue.entries:
                clues.entries.update(dict.fromkeys(clue.entries))
        return found

    def _inline(self) -> Iterator[bool]:
        loose = ((line, self.inline) for line in self.fresh) if self.inline else ()
        told = ((self.fresh[at], clues.entries) for at, clues in self.clues.items() if clues.entries)
        for line, entries in chain(loose, told):
            yield any(entry.sure and program(entry.pattern).search(line.content) for entry in entries)

    def _lines(self) -> Iterator[bool]:
        rules, lines = self.rules, readings(self.fresh)
        yield not rules.waking_literals.isdisjoint(lines)
        if rules.waking_skeletons:
            yield not rules.waking_skeletons.isdisjoint(map(masked, lines))
        known, finder = rules.finder.waking, rules.finder
        shapes = list(map(Shape, lines))
        for line, shape in zip(lines, shapes, strict=True):
            if line[:2] in known or line[0] in known or not line[:2].isalnum():
                yield any(trial.matches(shape) for trial in fitting(finder.trials(shape, waking=True), shape))
        for trial in finder.rest:
            yield trial.wakes and any(trial.matches(shape) for shape in shapes if trial.fits(shape))
        yield from self._needed()

    def _needed(self) -> Iterator[bool]:
        """Whether an alternative that an atom told matches the line of the atom."""
        for at, clues in self.clues.items():
            waking = [trial for trial in clues.trials if trial.wakes]
            for shape in map(Shape, readings((self.fresh[at],)) if waking else ()):
                yield any(trial.matches_told(shape) for trial in fitting(waking, shape))

    def _tables(self) -> Iterator[bool]:
        """Whether a block that labels tell has enough of them."""
        rules, lines = self.rules, readings(self.page.filled)
        begun = [line for line in lines if line[:2] in rules.label_starts or line[0].isdigit()]
        labels = {label for line in begun for label in labels_in(line, rules.labels)}
        for number, kinds in blocks_of(labels, rules.labels).items():
            entry = rules.blocks[number].entry
            yield entry.grammar != "metadata" and entry.strength != "weak" and kinds >= entry.least
        keys = rules.table_keys
        rows = [line for line in lines if line[:2] in keys or (not line[:2].isalnum() and key_of(line) in keys)]
        for block in rules.blocks if rows else ():
            entry = block.entry
            if entry.grammar == "metadata" and entry.strength != "weak":
                yield len(table_labels(entry, rows)) >= entry.least


def glance(page: Page, rules: Rules) -> Glance:
    """One look at a page, for some rules."""
    every = {line.content: line for line in page.filled}
    known = {content: told for content in every if (told := rules.known.get(content))}
    fresh = [line for content, line in every.items() if content not in known]
    found = sorted(rules.gate.Match(joined(fresh).encode()) or ()) if fresh else ()
    loose = PINYIN + 1
    detectors = frozenset(number for number in found if number < loose).union(
        *(one.detectors for one in known.values())
    )
    inline = tuple(rules.loose[number - loose] for number in found if number >= loose)
    return Glance(rules, page, known, fresh, detectors, inline)


def detectors_of(line: Line, rules: Rules) -> frozenset[int]:
    """The numbers of the detectors that something in a line wakes."""
    return frozenset(number for number in rules.gate.Match(line.content.encode()) or () if number in (JAMMER, PINYIN))


def joined(lines: Iterable[Line]) -> str:
    """Lines as one text."""
    return "\n".join([line.content for line in lines])


def readings(lines: Sequence[Line]) -> list[str]:
    """Lines, folded; those with bullets also with these."""
    return [*(line.shadow for line in lines), *(line.whole for line in lines if line.whole is not line.shadow)]


def flat_line(page: Page) -> Line | None:
    """The line that holds a whole page, None when there is none; only in scripts that write without blanks."""
    sizes = list(map(len, page.shadows))
    longest = max(sizes, default=0)
    if longest < max(_LEAST, _SHARE * sum(sizes)):
        return None
    line = page.filled[sizes.index(longest)]
    return line if wide(line.shadow[:_SAMPLE]) else None
