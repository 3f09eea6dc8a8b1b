"""The built-in packs as one file say what the TOML files say."""

from pathlib import Path

import pytest

from cleaner.strip import ready
from cleaner.strip.atoms import branches
from cleaner.strip.entry import Entry, Pack
from cleaner.strip.pack import built_in
from cleaner.strip.rules import entries_in_force, rules

FILE = Path(ready.__file__).with_name("packs.json")


def facts(packs: tuple[Pack, ...]) -> list[object]:
    """Everything in packs, to be compared: entries themselves are compared by identity."""
    names = Entry.__slots__
    return [(p.name, p.why, p.wake, p.learned, [[getattr(e, n) for n in names] for e in p.entries]) for p in packs]


def test_the_file_is_what_the_packs_say() -> None:
    said = "run python -m cleaner.strip.ready"
    assert ready.dump() == FILE.read_text("utf-8"), said
    assert facts(ready.ready_packs()) == facts(tuple(map(ready.without_examples, built_in())))


def test_what_is_known_of_patterns_is_what_looking_through_them_says() -> None:
    known = ready.ready_branches()
    assert known
    for pattern in list(known)[::40]:
        assert known[pattern] == branches(pattern)
    used = rules()
    assert {*used.numbers, *(entry.pattern for entry in used.inline)} <= {*known, ""} | {
        entry.pattern for entry in used.inline if entry.literals
    }


def test_a_file_of_other_packs_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = (ready.ready_packs.__wrapped__, ready.ready_branches.__wrapped__, ready._data.__wrapped__)
    monkeypatch.setattr(ready, "_digest", lambda: [["discuz.toml", 1, 2]])
    assert fresh[2]() is None
    monkeypatch.setattr(ready, "_data", lambda: None)
    assert fresh[0]() == built_in()
    assert fresh[1]() == {}


def test_rules_are_shown_with_their_examples() -> None:
    shown = {entry.name: entry for entry in entries_in_force()}
    used = {entry.name: entry for entry in rules().entries}
    assert shown.keys() == used.keys()
    assert all(len(entry.match) > 1 and len(entry.no_match) > 1 for entry in shown.values())
    assert not any(entry.match for entry in used.values())
