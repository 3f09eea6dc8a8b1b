"""The pack linter says what is wrong with a pack, and nothing about a sound one."""

import pytest

from cleaner.strip.linter import lint, test_pack
from cleaner.strip.pack import load
from tests.strip.pages import pack

LINE = 'kind = "line"\nmatch = ["回复", "回复 2"]\nno_match = ["回复了", "请回复"]\n'


def faults(*entries: str) -> list[str]:
    loaded = load(pack(*entries))
    return [fault.what for fault in (*test_pack(loaded), *lint([loaded]))]


def test_a_sound_pack_has_no_faults() -> None:
    assert faults('id = "x"\n' + LINE + 'pattern = "回复(?: [0-9])?"') == []


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
        (['id = "x"\n' + LINE + 'needs = ["y"]\npattern = "回复(?: [0-9])?"'], "needs an entry"),
        (['id = "x"\n' + LINE + 'strength = "weak"\npattern = "回复(?: [0-9])?"'], "has weak entries and 0 anchors"),
    ],
)
def test_a_fault_is_found(entries: list[str], fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(*entries))
