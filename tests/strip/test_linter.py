"""The pack linter says what is wrong with a pack, and nothing about a sound one."""

import pytest

from cleaner.strip.linter import lint, test_pack
from cleaner.strip.pack import load
from tests.strip.pages import pack

LINE = 'kind = "line"\nmatch = ["回复", "回复 2"]\nno_match = ["回复了", "请回复"]\n'


PATTERN = 'pattern = "回复(?: [0-9])?"'


def faults(*entries: str) -> list[str]:
    loaded = load(pack(*entries))
    return [fault.what for fault in (*test_pack(loaded), *lint([loaded]))]


def test_a_sound_pack_has_no_faults() -> None:
    assert faults('id = "x"\n' + LINE + 'pattern = "回复(?: [0-9])?"') == []


@pytest.mark.parametrize(
    "entries",
    [
        ['id = "x"\n' + LINE + PATTERN + '\nneeds = ["y"]', 'id = "y"\n' + LINE + PATTERN],  # in another place
        ['id = "x"\n' + LINE + PATTERN, 'id = "y"\n' + LINE + 'strength = "anchor"\nliterals = ["回复", "回复 2"]'],
        ['id = "x"\n' + LINE + 'pattern = "(?:回|答)复(?: [0-9])?"\nunless = "回复 3"'],
        ['id = "x"\n' + LINE + 'pattern = "回复|[^ ]{1,5} 2"\nneeds = ["x"]'],  # broad, but never alone
    ],
)
def test_entries_that_differ_in_their_place_or_say_different_things_are_sound(entries: list[str]) -> None:
    assert faults(*entries) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        (['id = "x"\n' + LINE + 'pattern = "回复"'], "does not match its example"),
        (['id = "x"\n' + LINE + 'pattern = ".*回复.*"'], "matches what it must not"),
        (
            ['id = "x"\nkind = "inline"\nmatch = ["历⟦史广告⟧", "广告"]\nno_match = ["广", "告"]\npattern = "广告"'],
            "cuts something else",
        ),
        (['id = "x"\n' + LINE + 'pattern = ".*"'], "is too broad"),
        ([f'id = "{name}"\n' + LINE + 'pattern = "回复(?: [0-9])?"' for name in "xy"], "says again"),
        ([f'id = "{name}"\n' + LINE + f'pattern = "回{name}?复(?: [0-9])?"' for name in "xy"], "is covered by"),
        (['id = "x"\n' + LINE + 'pattern = "回复(?: [0-9])?|a$b"'], "a part of its pattern can never match"),
        (['id = "x"\n' + LINE + 'pattern = "回复(?: [0-9])?"\nunless = "^回复"'], "its unless forbids its example"),
        (['id = "x"\n' + LINE + 'pattern = "回复|回复(?: [0-9])|回复"'], "says an alternative twice"),
        (['id = "x"\n' + LINE + 'pattern = "回复(?: [0-9])?|[< ]+"'], "is too broad: no word tells"),
        (
            ['id = "x"\n' + LINE + 'strength = "weak"\nzone = "head"\npattern = "回.*|[^ ]{1,5}"'],
            "is too broad: it matches",
        ),
        (
            [
                f'id = "{name}"\n' + LINE + said
                for name, said in (("x", PATTERN), ("y", 'literals = ["回复", "回复 2"]'))
            ],
            "has a literal that demo/x covers",
        ),
        (['id = "x"\n' + LINE + 'needs = ["y"]\npattern = "回复(?: [0-9])?"'], "needs an entry"),
        (['id = "x"\n' + LINE + 'strength = "weak"\npattern = "回复(?: [0-9])?"'], "has weak entries and 0 anchors"),
    ],
)
def test_a_fault_is_found(entries: list[str], fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(*entries))
