"""The built-in packs as they are loaded in a run: one JSON file, checked, folded and looked through beforehand.

Reading the TOML files, folding their literals and looking for the atoms of their patterns takes a second, and every
command would pay for it. ``python -m cleaner.strip.ready`` writes the file anew when a pack has changed; a test holds
that it is what the packs say, and until then the packs themselves are read.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

from cleaner.strip.branch import Branch
from cleaner.strip.entry import Entry, Pack
from cleaner.strip.sources import sources

_FILE = Path(__file__).with_name("packs.json")
# Lists of strings are written as one text: it is read in a tenth of the time.
_BETWEEN = "\n"
# What only whoever reads or tests a rule wants to see.
_LEFT_OUT = ("match", "no_match")
_DEFAULTS = {field.name: field.default for field in fields(Entry) if field.init}
_TUPLES = tuple(name for name, default in _DEFAULTS.items() if default == ())


@cache
def ready_packs() -> tuple[Pack, ...]:
    """The built-in packs without the examples of their entries, by name."""
    data = _data()
    if data is None:
        from cleaner.strip.pack import built_in

        return built_in()
    return tuple(
        Pack(name, why, tuple(_entry(name, entry) for entry in entries), wake, learned)
        for name, why, wake, learned, entries in data["packs"]
    )


@cache
def ready_branches() -> Mapping[str, tuple[Branch, ...]]:
    """What `cleaner.strip.atoms.branches` says of the patterns of the built-in packs."""
    data = _data()
    if data is None:
        return {}
    pairs = zip(_patterns(ready_packs()), data["branches"], strict=True)
    return {pattern: tuple(_branch(pattern, facts) for facts in own) for pattern, own in pairs}


def branches_of(pattern: str) -> tuple[Branch, ...]:
    """The alternatives of a pattern, built-in or not."""
    return ready_branches().get(pattern) or _looked_through(pattern)


@cache
def _looked_through(pattern: str) -> tuple[Branch, ...]:
    from cleaner.strip.atoms import branches

    return branches(pattern)


def dump() -> str:
    """The content that the file should have."""
    from cleaner.strip.atoms import branches
    from cleaner.strip.pack import built_in

    packs = built_in()
    data = {
        "digest": _digest(),
        "packs": [[p.name, p.why, p.wake, p.learned, [_facts(entry) for entry in p.entries]] for p in packs],
        "branches": [[_spelt(one, branch) for branch in branches(one)] for one in _patterns(packs)],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _patterns(packs: Iterable[Pack]) -> Iterable[str]:
    """The patterns that lines are looked up by, each once."""
    entries = [entry for pack in packs for entry in pack.entries]
    steps = ((line.removesuffix("??") for line in entry.lines) for entry in entries)
    single = ((entry.pattern, entry.first, entry.last, *entry.values) for entry in entries)
    return dict.fromkeys(filter(None, chain(chain.from_iterable(single), chain.from_iterable(steps))))


def _facts(entry: Entry) -> dict[str, Any]:
    given = {name: getattr(entry, name) for name in _DEFAULTS if name not in ("pack", *_LEFT_OUT)}
    told = {name: value for name, value in given.items() if value != _DEFAULTS[name] or _DEFAULTS[name] is MISSING}
    return {name: _BETWEEN.join(value) if name in _TUPLES else value for name, value in told.items()}


def _entry(pack: str, facts: dict[str, Any]) -> Entry:
    for name in _TUPLES:
        if name in facts:
            facts[name] = tuple(facts[name].split(_BETWEEN))
    return Entry(pack=pack, **facts)


def _spelt(pattern: str, branch: Branch) -> list[Any]:
    """A branch with its source as a place in the pattern."""
    source, low, high, starts, marks, ends, atoms, weight = branch
    lists = (_BETWEEN.join(strings) for strings in (starts, marks, atoms))
    return [pattern.index(source), len(source), low, high, *lists, ends, weight]


def _branch(pattern: str, facts: list[Any]) -> Branch:
    at, size, low, high, *lists, ends, weight = facts
    starts, marks, atoms = (tuple(joined.split(_BETWEEN)) if joined else () for joined in lists)
    return Branch(pattern[at : at + size], low, high, starts, marks, ends, atoms, weight)


@cache
def _data() -> dict[str, Any] | None:
    """The content of the file; None when it is not of the packs as they are."""
    data: dict[str, Any] = json.loads(_FILE.read_bytes()) if _FILE.is_file() else {}
    return data if data.get("digest") == _digest() else None


def _digest() -> list[list[Any]]:
    """The name, size and checksum of every pack: it tells a pack that was changed, not one that was forged."""
    return [[name, len(text), crc32(text)] for name, text in sources()]


def without_examples(pack: Pack) -> Pack:
    """A pack as it stands in the file."""
    return replace(pack, entries=tuple(replace(entry, match=(), no_match=()) for entry in pack.entries))


if __name__ == "__main__":
    _FILE.write_text(dump(), "utf-8")
