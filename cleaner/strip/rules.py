"""The entries of all packs in use, compiled: a lookup for literals, an RE2 set for lines, another one for inline."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from cleaner.errors import PackError
from cleaner.strip.pack import Entry, Pack, built_in, load
from cleaner.strip.page import BULLET

_NUMBER = re.compile("[0-9]+")
# Memory of one RE2 set; the default of 8 MB makes it fall back to slow matching with some hundred patterns.
_SET_MEMORY = 256 << 20


def masked(line: str) -> str:
    """A line with every number as one ``0``: its skeleton.

    >>> masked("共 12 页 / 3,456 条")
    '共 0 页 / 0,0 条'
    """
    return _NUMBER.sub("0", line)


@dataclass(frozen=True, slots=True)
class Hit:
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


@dataclass(frozen=True)
class Rules:
    """The compiled entries of several packs."""

    packs: tuple[Pack, ...]
    entries: tuple[Entry, ...]
    literals: Mapping[str, tuple[Entry, ...]]
    skeletons: Mapping[str, tuple[Entry, ...]]
    lined: tuple[Entry, ...]
    inline: tuple[Entry, ...]
    blocks: tuple[Entry, ...]
    line_set: Any = None
    inline_set: Any = None

    @property
    def wakes(self) -> dict[str, int]:
        """How many different anchors wake each pack."""
        return {pack.name: pack.wake for pack in self.packs}


def options() -> Any:
    """The RE2 options of every pattern: case as it stands, line by line, quiet."""
    import re2

    chosen = re2.Options()
    chosen.log_errors = False
    chosen.never_nl = True
    chosen.max_mem = _SET_MEMORY
    return chosen


def search_set(patterns: Iterable[str]) -> Any:
    """A compiled RE2 set that says which of the patterns match somewhere, or None when there are none."""
    import re2

    made: Any = re2.Set.SearchSet(options())  # type: ignore[no-untyped-call] # re2 has no annotations
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

    chosen = re2.Options()
    chosen.log_errors = False
    chosen.never_nl = True
    return re2.compile(pattern, chosen)  # type: ignore[no-untyped-call] # re2 has no annotations


def whole_line(pattern: str) -> str:
    """A pattern that must fill a line of a multi-line text, bullets and blanks aside."""
    return rf"(?m)^ *{BULLET}(?:{pattern}) *$"


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


def compiled(packs: tuple[Pack, ...], entries: tuple[Entry, ...]) -> Rules:
    """The entries sorted by the way they are matched."""
    lines = [entry for entry in entries if entry.kind == "line"]
    lined = tuple(entry for entry in lines if entry.pattern)
    inline = tuple(entry if entry.pattern else _spelt(entry) for entry in entries if entry.kind == "inline")
    return Rules(
        packs,
        entries,
        _lookup(entry for entry in lines if entry.literals and not entry.masked),
        _lookup(entry for entry in lines if entry.literals and entry.masked),
        lined,
        inline,
        tuple(entry for entry in entries if entry.kind == "block"),
        search_set(whole_line(entry.pattern) for entry in lined),
        search_set(entry.pattern for entry in inline),
    )


def _spelt(entry: Entry) -> Entry:
    """An inline entry with its literals as a pattern."""
    return replace(entry, pattern="|".join(re.escape(literal) for literal in entry.literals))


def _fits(entry: Entry, wanted: str) -> bool:
    return entry.pack == wanted or fnmatchcase(entry.name, wanted)


def _lookup(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        for literal in entry.literals:
            table[literal] = (*table.get(literal, ()), entry)
    return table
