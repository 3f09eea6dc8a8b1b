"""Every example of every built-in pack holds."""

import pytest

from cleaner.strip.entry import Pack
from cleaner.strip.linter import lint, test_pack
from cleaner.strip.pack import built_in

PACKS = built_in()


@pytest.mark.parametrize("pack", PACKS, ids=[pack.name for pack in PACKS])
def test_examples_of_a_pack_hold(pack: Pack) -> None:
    assert [str(fault) for fault in test_pack(pack)] == []


def test_built_in_packs_have_nothing_that_lint_objects_to() -> None:
    assert [str(fault) for fault in lint(PACKS)] == []
