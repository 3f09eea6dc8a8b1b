"""Real-looking documents that repeat themselves on purpose: nothing goes from any of them."""

from pathlib import Path

import pytest

from cleaner.core.document import Document, Source
from cleaner.repeats import Repeats, RepeatsOptions

NEGATIVE = sorted((Path(__file__).parents[2] / "fixtures" / "negative").rglob("*.txt"))


def test_there_are_documents_to_leave_alone() -> None:
    assert len(NEGATIVE) >= 40


@pytest.mark.parametrize("keep", ["first", "last", "whole"])
@pytest.mark.parametrize("path", NEGATIVE, ids=lambda path: path.stem)
def test_nothing_goes(path: Path, keep: str) -> None:
    text = path.read_bytes().decode()
    found = Repeats(RepeatsOptions(keep=keep)).find(Document(path.name, text, Source(path.name, "", 0)))
    assert found.edits == ()


def test_quotations_go_when_asked() -> None:
    path = next(path for path in NEGATIVE if path.stem == "mail-thread")
    document = Document(path.name, path.read_bytes().decode(), Source(path.name, "", 0))
    assert len(Repeats(RepeatsOptions(quotes=True)).find(document).edits) == 1
