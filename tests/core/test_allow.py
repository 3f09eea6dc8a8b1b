"""Accepted findings: which ones an entry speaks of, and that the text stays."""

import pytest

from cleaner.api import Pipeline
from cleaner.core.allow import Allow, text_digest
from cleaner.plan import Plan

TEXT = "他推开窗子，看见院子里的槐树已经落尽了叶子。\n\nad1 webp\n"
ENTRY = Allow("seeds/a.txt", "strip/ads/*", text_digest("ad1 webp"))


@pytest.mark.parametrize(
    ("path", "id_", "speaks"),
    [
        ("seeds/a.txt", "seeds/a.txt", True),
        ("seeds/a.txt", "a.txt", True),
        ("a.txt", "seeds/a.txt", True),
        ("seeds/*.txt", "a.txt", True),
        ("seeds/a.txt", "other/a.txt", False),
        ("seeds/a.txt", "b.txt", False),
    ],
)
def test_the_shorter_of_glob_and_id_decides_how_many_parts_count(path: str, id_: str, speaks: bool) -> None:  # noqa: FBT001 - a column of the table
    assert Allow(path, "*", "").speaks_of(id_) is speaks


@pytest.mark.parametrize(
    ("id_", "rule", "text"),
    [("b.txt", "strip/ads/x", "ad1 webp"), ("a.txt", "repeats/x", "ad1 webp"), ("a.txt", "strip/ads/x", "ad2 webp")],
    ids=["other path", "other rule", "other text"],
)
def test_an_entry_speaks_of_nothing_else(id_: str, rule: str, text: str) -> None:
    assert not ENTRY.accepts(id_, rule, text)


def test_an_accepted_text_stays_in_its_document_and_goes_from_others() -> None:
    pipeline = Pipeline(Plan(allow=(ENTRY,)))
    assert pipeline(TEXT, "a.txt").text == TEXT
    assert pipeline(TEXT, "b.txt").text != TEXT
