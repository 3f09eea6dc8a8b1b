"""The entries of all packs in use, compiled: lookups for literals and labels, an RE2 set for lines, one for inline."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from cleaner.errors import PackError
from cleaner.strip.pack import Entry, Pack, built_in, load

_K = TypeVar("_K")
_V = TypeVar("_V")

_NUMBER = re.compile("[0-9]+")
_COUNTED = re.compile(r"(?<!\[xpP])\{([0-9]*)(?:,[0-9]*)?\}")
# Memory of one RE2 set; the default of 8 MB makes it fall back to slow matching with some hundred patterns.
_SET_MEMORY = 256 << 20


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
class Block:
    """A block entry, its labels as a set and its patterns as numbers in the set of whole-line patterns.

    Attributes:
        entry: the entry.
        labels: see `known_labels`.
        values: the numbers of the patterns that may stand between labels.
        steps: of a cycle: the number of each line's pattern, and whether it may be absent.
        first: the number of the pattern that opens a span or a heading's list, -1 without one.
        last: the same for the pattern that closes a span.
    """

    entry: Entry
    labels: frozenset[str]
    values: frozenset[int]
    steps: tuple[tuple[int, bool], ...]
    first: int
    last: int


def _block(entry: Entry, numbers: Mapping[str, int]) -> Block:
    return Block(
        entry,
        known_labels(entry),
        frozenset(numbers[value] for value in entry.values),
        tuple((numbers[step.removesuffix("??")], step.endswith("??")) for step in entry.lines),
        numbers.get(entry.first, -1),
        numbers.get(entry.last, -1),
    )


@dataclass(frozen=True, eq=False)
class Rules:
    """The compiled entries of several packs.

    Attributes:
        packs: the packs in use.
        entries: their entries in use.
        literals: line entries by the literal that a line is.
        skeletons: the same for literals that are compared with every number masked.
        numbers: the number of each whole-line pattern in `line_set`.
        lined: line entries by the number of their pattern.
        inline: inline entries, in the order of `inline_set`.
        blocks: block entries.
        labels: the numbers of the blocks in `blocks` that know a label.
    """

    packs: tuple[Pack, ...]
    entries: tuple[Entry, ...]
    literals: Mapping[str, tuple[Entry, ...]]
    skeletons: Mapping[str, tuple[Entry, ...]]
    numbers: Mapping[str, int]
    lined: Mapping[int, tuple[Entry, ...]]
    inline: tuple[Entry, ...]
    blocks: tuple["Block", ...]
    labels: Mapping[str, tuple[int, ...]]

    @cached_property
    def line_set(self) -> Any:
        """An RE2 set of every whole-line pattern, to be matched with the shadow of one line; made when first asked."""
        return _set(map(relaxed, self.numbers), whole=True)

    @cached_property
    def exact(self) -> dict[int, str]:
        """The patterns of which `line_set` holds a relaxed form, by number: what it finds must match these as well."""
        return {number: pattern for pattern, number in self.numbers.items() if relaxed(pattern) != pattern}

    @cached_property
    def inline_set(self) -> Any:
        """An RE2 set of the inline patterns, to be searched in a whole shadow; made when first asked."""
        return _set((relaxed(entry.pattern) for entry in self.inline), whole=False)

    @cached_property
    def forums(self) -> frozenset[str]:
        """The packs of forum engines: those that know where a post begins or ends."""
        return frozenset(entry.pack for entry in self.entries if entry.role in {"post", "end"})

    @cached_property
    def wakes(self) -> dict[str, int]:
        """How many different anchors wake each pack."""
        return {pack.name: pack.wake for pack in self.packs}


@cache
def rules(packs: tuple[str, ...] = (), only: tuple[str, ...] = (), disable: tuple[str, ...] = ()) -> Rules:
    """The built-in packs and further ones (their TOML texts), compiled.

    Args:
        packs: TOML texts of further packs; one with the name of a built-in pack takes its place.
        only: names of packs or globs of ``pack/id``; when given, nothing else acts.
        disable: names of packs or globs of ``pack/id`` that do not act.

    Raises:
        PackError: a pack does not load, or a name in `only` or `disable` fits no entry.
    """
    own = [load(text, f"pack {number}") for number, text in enumerate(packs, 1)]
    names = {pack.name for pack in own}
    chosen = tuple(pack for pack in built_in() if pack.name not in names) + tuple(own)
    every = [entry for pack in chosen for entry in pack.entries]
    for wanted in (*only, *disable):
        if not any(_fits(entry, wanted) for entry in every):
            raise PackError("no pack and no entry has this name", wanted, "see cleaner rules list")
    entries = tuple(
        entry
        for entry in every
        if (not only or any(_fits(entry, name) for name in only)) and not any(_fits(entry, name) for name in disable)
    )
    return compiled(chosen, entries)


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
        patterns += (*block.values, *steps, block.first, block.last)
    numbers = {pattern: number for number, pattern in enumerate(dict.fromkeys(filter(None, patterns)))}
    return Rules(
        packs,
        entries,
        _table((literal, entry) for entry in lines if not entry.masked for literal in entry.literals),
        _table((literal, entry) for entry in lines if entry.masked for literal in entry.literals),
        numbers,
        _table((numbers[entry.pattern], entry) for entry in lines if entry.pattern),
        inline,
        tuple(_block(entry, numbers) for entry in raw),
        _table((label, number) for number, entry in enumerate(raw) for label in known_labels(entry)),
    )


@cache
def known_labels(block: Entry) -> frozenset[str]:
    """The labels of a block entry without colons at their ends."""
    return frozenset(label.rstrip(": ") for label in block.labels)


def _spelt(entry: Entry) -> Entry:
    """An inline entry with its literals as a pattern."""
    return replace(entry, pattern="|".join(re.escape(literal) for literal in entry.literals))


def _table(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    table: dict[_K, list[_V]] = {}
    for key, value in pairs:
        table.setdefault(key, []).append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in table.items()}


def relaxed(pattern: str) -> str:
    r"""A pattern that matches wherever this one does, with ``*`` and ``+`` in the place of counts.

    RE2 writes a counted repetition out copy by copy; without them all patterns together compile in a tenth of the time
    and match in a third. What a set of them finds is matched again with the pattern itself.

    >>> relaxed(r"[0-9]{2,4}年.{0,9}\p{Han}{3}\x{feff}")
    '[0-9]+年.*\\p{Han}+\\x{feff}'
    """
    return _COUNTED.sub(lambda count: "*" if count[1] in ("", "0") else "+", pattern)


def _options() -> Any:
    import re2

    chosen = re2.Options()
    chosen.log_errors = False
    chosen.never_nl = True  # a line is a line, whatever a negated class would like
    chosen.max_mem = _SET_MEMORY
    return chosen


def search_set(patterns: Iterable[str]) -> Any:
    """A compiled RE2 set of patterns to be searched in a text; None when there are none."""
    return _set(patterns, whole=False)


def _set(patterns: Iterable[str], *, whole: bool) -> Any:
    """A compiled RE2 set of patterns that match all of a text or somewhere in it; None when there are none."""
    import re2

    made: Any = (re2.Set.FullMatchSet if whole else re2.Set.SearchSet)(_options())  # type: ignore[no-untyped-call] # re2 has no annotations
    count = 0
    for pattern in patterns:
        made.Add(pattern)
        count += 1
    if not count:
        return None
    made.Compile()
    return made


@cache
def program(pattern: str) -> Any:
    """A compiled RE2 pattern."""
    import re2

    return re2.compile(pattern, _options())  # type: ignore[no-untyped-call] # re2 has no annotations
