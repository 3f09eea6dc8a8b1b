"""The entries of all packs in use, compiled: lookups for literals and labels, an RE2 set for lines, one for inline."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache, cached_property
from typing import Any, NamedTuple

from cleaner.errors import PackError
from cleaner.strip import jammer, pinyin
from cleaner.strip.branch import key_of
from cleaner.strip.entry import Entry, Pack
from cleaner.strip.finder import RARE, Finder, Shape, Trial, finder, fitting
from cleaner.strip.index import Index, listed
from cleaner.strip.re2set import by_line, search_set
from cleaner.strip.ready import branches_of, ready_packs
from cleaner.strip.told import Told

_NUMBER = re.compile("[0-9]+")


def masked(line: str) -> str:
    """A line with every number as one ``0``: its skeleton.

    >>> masked("共 12 页 / 3,456 条")
    '共 0 页 / 0,0 条'
    """
    return _NUMBER.sub("0", line)


class Hit(NamedTuple):
    """An entry that matched: on line `line` of the page, and what it would cut.

    Attributes:
        entry: the rule.
        line: index of the (first) line.
        last: index of the last line, `line` itself unless the entry is a block.
        start: first code point of the text to cut, -1 for whole lines.
        end: one past the last code point, -1 for whole lines.
    """

    entry: Entry
    line: int
    last: int
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """What may stand between the labels of a block, as alternatives of its patterns."""

    starts: Mapping[str, tuple[Trial, ...]]
    rest: tuple[Trial, ...]

    def match(self, text: str) -> bool:
        """Whether a line or a word, not empty, is a value."""
        shape = Shape(text)
        known = self.starts.get(shape.key, ()) + self.starts.get(shape.key[:1], ()) + self.rest
        return any(trial.matches(shape) for trial in fitting(known, shape))


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A block entry, its labels as a set and its patterns as numbers of `Rules.numbers`.

    Attributes:
        entry: the entry.
        labels: see `known_labels`.
        values: what may stand between labels.
        steps: of a cycle: the number of each line's pattern, and whether it may be absent.
        first: the number of the pattern that opens a span or a heading's list, -1 without one.
        last: the same for the pattern that closes a span.
    """

    entry: Entry
    labels: frozenset[str]
    values: "Values"
    steps: tuple[tuple[int, bool], ...]
    first: int
    last: int


def _values(entry: Entry) -> Values:
    trials = [Trial(0, branch, wakes=False) for value in entry.values for branch in branches_of(value)]
    starts = listed((start, trial) for trial in trials for start in trial.branch.starts)
    return Values(starts, tuple(trial for trial in trials if not trial.branch.starts))


def _block(entry: Entry, numbers: Mapping[str, int]) -> Block:
    return Block(
        entry,
        known_labels(entry),
        _values(entry),
        tuple((numbers[step.removesuffix("??")], step.endswith("??")) for step in entry.lines),
        numbers.get(entry.first, -1),
        numbers.get(entry.last, -1),
    )


class Clue(NamedTuple):
    """What a string in a text tells: alternatives that may match its line, and inline entries that may match in it."""

    trials: dict[Trial, None]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class Rules:
    """The compiled entries of several packs.

    Attributes:
        packs: the packs in use.
        entries: their entries in use.
        literals: line entries by the literal that a line is.
        skeletons: the same for literals that are compared with every number masked.
        numbers: the number of each whole-line pattern in `finder`.
        waking: the numbers of those that can make a page worth a look.
        lined: line entries by the number of their pattern.
        inline: inline entries.
        blocks: block entries.
        labels: the numbers of the blocks in `blocks` that know a label.
    """

    packs: tuple[Pack, ...]
    entries: tuple[Entry, ...]
    literals: Mapping[str, tuple[Entry, ...]]
    skeletons: Mapping[str, tuple[Entry, ...]]
    numbers: Mapping[str, int]
    waking: frozenset[int]
    lined: Mapping[int, tuple[Entry, ...]]
    inline: tuple[Entry, ...]
    blocks: tuple["Block", ...]
    labels: Mapping[str, tuple[int, ...]]

    @cached_property
    def finder(self) -> Finder:
        """The whole-line patterns, prepared."""
        return finder([(branches_of(pattern), number in self.waking) for pattern, number in self.numbers.items()])

    @cached_property
    def index(self) -> Index[Clue]:
        """What to look for in a text: the strings that alternatives of whole-line patterns or inline entries need."""
        needed, inline = self.finder.needed, listed((atom, entry) for entry in self.inline for atom in clues(entry))
        return Index(
            {atom: Clue(dict.fromkeys(needed.get(atom, ())), inline.get(atom, ())) for atom in {**needed, **inline}}
        )

    @cached_property
    def known(self) -> dict[str, Told]:
        """What is known of lines that were seen, by content."""
        return {}

    @cached_property
    def cutting(self) -> frozenset[Entry]:
        """The line entries that cut a part of their line."""
        return frozenset(entry for entries in self.lined.values() for entry in entries if "(?P<cut>" in entry.pattern)

    @cached_property
    def sited(self) -> frozenset[Entry]:
        """The entries that want a site."""
        return frozenset(entry for entry in (*self.entries, *self.inline) if entry.site)

    @cached_property
    def bound(self) -> frozenset[Entry]:
        """The entries that have a say even where their pack is asleep: all but weak ones that serve no other."""
        serving = {name for entry in self.entries for name in entry.needs}
        every = (*self.entries, *self.inline)
        return frozenset(one for one in every if one.sure or one.kind == "block" or one.name in serving)

    @cached_property
    def turning(self) -> frozenset[int]:
        """The numbers of the patterns at which a post begins or ends, whatever else stands on the page."""
        roles = {"post", "end"}
        return frozenset(
            number
            for number, entries in self.lined.items()
            if any(entry.role in roles and entry.strength == "anchor" and not entry.needs for entry in entries)
        )

    @cached_property
    def witnessed(self) -> frozenset[Entry]:
        """The line entries that want several different literals on a page."""
        return frozenset(entry for entry in self.entries if entry.kind == "line" and entry.least > 1)

    @cached_property
    def loose(self) -> tuple[Entry, ...]:
        """The inline entries that no string tells."""
        return tuple(entry for entry in self.inline if not clues(entry))

    @cached_property
    def gate(self) -> Any:
        """An RE2 set of what no index finds in a text: what wakes the detectors, and the loose inline entries."""
        inline = (by_line(entry.pattern) for entry in self.loose)
        return search_set((jammer.GATE, pinyin.GATE, *inline))

    @cached_property
    def waking_literals(self) -> frozenset[str]:
        """The lines that make a page worth a look."""
        return frozenset(line for line, entries in self.literals.items() if any(map(_wakes, entries)))

    @cached_property
    def waking_skeletons(self) -> frozenset[str]:
        """The same for lines with their numbers masked."""
        return frozenset(line for line, entries in self.skeletons.items() if any(map(_wakes, entries)))

    @cached_property
    def label_starts(self) -> frozenset[str]:
        """The first two characters of every label."""
        return frozenset(label[:2] for label in self.labels)

    @cached_property
    def table_keys(self) -> frozenset[str]:
        """The key of every label of a metadata table."""
        return frozenset(
            key_of(label) for one in self.blocks if one.entry.grammar == "metadata" for label in one.labels
        )

    @cached_property
    def tables(self) -> tuple["Block", ...]:
        """The metadata tables."""
        return tuple(block for block in self.blocks if block.entry.grammar == "metadata")

    @cached_property
    def openings(self) -> Mapping[int, tuple["Block", ...]]:
        """The blocks without labels, by the number of the pattern that matches their first line."""
        told = (block for block in self.blocks if not block.labels and block.entry.grammar != "metadata")
        return listed((block.steps[0][0] if block.steps else block.first, block) for block in told)

    @cached_property
    def forums(self) -> frozenset[str]:
        """The packs of forum engines: those that know where a post begins or ends."""
        return frozenset(entry.pack for entry in self.entries if entry.role in {"post", "end"})

    @cached_property
    def own(self) -> frozenset[str]:
        """The packs that are not built in."""
        return frozenset(pack.name for pack in set(self.packs).difference(ready_packs()))

    @cached_property
    def wakes(self) -> dict[str, int]:
        """How many different anchors wake each pack."""
        return {pack.name: pack.wake for pack in self.packs}


Names = tuple[str, ...]


@cache
def rules(packs: Names = (), only: Names = (), disable: Names = ()) -> Rules:
    """The built-in packs and further ones (their TOML texts), compiled.

    Args:
        packs: TOML texts of further packs; one with the name of a built-in pack takes its place.
        only: names of packs or globs of ``pack/id``; when given, nothing else acts.
        disable: names of packs or globs of ``pack/id`` that do not act.

    Raises:
        PackError: a pack does not load, or a name in `only` or `disable` fits no entry.
    """
    chosen = _with(ready_packs(), packs)
    return compiled(chosen, _in_force(chosen, only, disable))


def entries_in_force(packs: Names = (), only: Names = (), disable: Names = ()) -> tuple[Entry, ...]:
    """The entries of `rules`, those of the built-in packs with their examples; raises what `rules` does."""
    from cleaner.strip.pack import built_in

    return _in_force(_with(built_in(), packs), only, disable)


def _with(built: Iterable[Pack], packs: Names) -> tuple[Pack, ...]:
    if not packs:
        return tuple(built)
    from cleaner.strip.pack import load

    own = [load(text, f"pack {number}") for number, text in enumerate(packs, 1)]
    names = {pack.name for pack in own}
    return (*(pack for pack in built if pack.name not in names), *own)


def _in_force(packs: Iterable[Pack], only: Names, disable: Names) -> tuple[Entry, ...]:
    every = [entry for pack in packs for entry in pack.entries]
    for wanted in (*only, *disable):
        if not any(_fits(entry, wanted) for entry in every):
            raise PackError("no pack and no entry has this name", wanted, "see cleaner rules list")
    return tuple(
        entry
        for entry in every
        if (not only or any(_fits(entry, name) for name in only)) and not any(_fits(entry, name) for name in disable)
    )


def _fits(entry: Entry, wanted: str) -> bool:
    return entry.pack == wanted or fnmatchcase(entry.name, wanted)


def compiled(packs: tuple[Pack, ...], entries: tuple[Entry, ...]) -> Rules:
    """The entries sorted by the way they are matched."""
    lines = [entry for entry in entries if entry.kind == "line"]
    inline = tuple(entry if entry.pattern else _spelt(entry) for entry in entries if entry.kind == "inline")
    raw = [entry for entry in entries if entry.kind == "block"]
    patterns = [entry.pattern for entry in lines if entry.pattern]
    for block in raw:
        steps = (step.removesuffix("??") for step in block.lines)
        patterns += (*steps, block.first, block.last)
    numbers = {pattern: number for number, pattern in enumerate(dict.fromkeys(filter(None, patterns)))}
    opening = ((entry, entry.pattern or entry.first or (*entry.lines, "")[0].removesuffix("??")) for entry in entries)
    return Rules(
        packs,
        entries,
        listed((literal, entry) for entry in lines if not entry.masked for literal in entry.literals),
        listed((literal, entry) for entry in lines if entry.masked for literal in entry.literals),
        numbers,
        frozenset(numbers[pattern] for entry, pattern in opening if pattern in numbers and _wakes(entry)),
        listed((numbers[entry.pattern], entry) for entry in lines if entry.pattern),
        inline,
        tuple(_block(entry, numbers) for entry in raw),
        listed((label, number) for number, entry in enumerate(raw) for label in known_labels(entry)),
    )


@cache
def known_labels(block: Entry) -> frozenset[str]:
    """The labels of a block entry without colons at their ends."""
    return frozenset(label.rstrip(": ") for label in block.labels)


def _wakes(entry: Entry) -> bool:
    """Weak entries never act alone."""
    return entry.strength != "weak"


@cache
def clues(entry: Entry) -> tuple[str, ...]:
    """The strings of which a line must hold one for an inline entry to match in it; empty when there are none."""
    found = branches_of(entry.pattern)
    return tuple(atom for branch in found for atom in branch.atoms) if all(one.weight >= RARE for one in found) else ()


def _spelt(entry: Entry) -> Entry:
    """An inline entry with its literals as a pattern."""
    return replace(entry, pattern="|".join(re.escape(literal) for literal in entry.literals))
