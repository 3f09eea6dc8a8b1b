"""Scores on labelled documents, pinned: they only go up. `python -m benchmarks.strip` prints all of them."""

import json
import os
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.strip import Strip, StripOptions
from cleaner.strip.evaluate import Labelled, Result, Row, evaluate, labels_of, table
from cleaner.strip.options import Mode
from cleaner.strip.pack import built_in

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif("CLEANER_GOLD" not in os.environ, reason="CLEANER_GOLD names no folder of labelled documents"),
]

# Measured on the labelled documents. The goals are F1 0.93 at a loss of 1.0% (forum threads 0.95 at 0.5%) on documents
# that nobody has seen; what the figure is when half of the rules are unknown to the page stands in WITHOUT_HALF.
# Of one page on one line the labels name only the chrome at its head; what goes at its foot, 45 characters from the
# editor's line to the licence, counts as lost in the first and the third group.
FLOORS = {
    "chrome": (0.985, 0.0015),
    "forum": (0.98, 0.001),
    "low chrome": (0.94, 0.0045),
    "ads": (1.0, 0.0),
    "blog": (0.99, 0.001),
    "english": (0.93, 0.001),
    "gov": (0.99, 0.001),
    "japanese": (0.97, 0.001),
    "news": (0.97, 0.001),
    "novel": (0.97, 0.001),
    "wechat": (0.97, 0.001),
    "wiki": (1.0, 0.0),
    "hard negatives": (1.0, 0.0),
}
WITHOUT_HALF = (0.86, 0.003)


@cache
def documents() -> tuple[Labelled, ...]:
    folder = Path(os.environ["CLEANER_GOLD"]) / "chrome"
    found = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode()
        found.append(Labelled(path.stem, data["family"], text, labels_of(data)))
    return tuple(found)


@cache
def results(mode: Mode) -> tuple[Result, ...]:
    return tuple(evaluate(Strip(StripOptions(mode=mode)), documents()))


def row(group: str, scored: Sequence[Result]) -> Row:
    return next(row for row in table(scored) if row.group == group)


@pytest.mark.parametrize("group", FLOORS)
def test_balanced_stays_above_its_floor(group: str) -> None:
    least, loss = FLOORS[group]
    found = row(group, results("balanced"))
    assert found.score.f1 >= least or found.score.right == 0
    assert found.score.loss <= loss


def test_safe_is_precise_and_touches_no_hard_negative() -> None:
    found = row("chrome", results("safe")).score
    assert found.precision >= 0.995
    assert found.recall >= 0.55
    assert found.loss <= 0.001
    assert row("hard negatives", results("safe")).hurt == 0


def test_aggressive_touches_no_hard_negative_either() -> None:
    assert row("hard negatives", results("aggressive")).score.loss <= 0.005


def test_pages_of_which_half_the_rules_know_nothing_are_cleaned_nearly_as_well_and_as_safely() -> None:
    """An estimate of unseen wordings: a random half of all rules is left out, so that place and grammar must do."""
    chance = random.Random(1)  # noqa: S311 - a reproducible choice, no secret
    names = tuple(entry.name for pack in built_in() for entry in pack.entries if chance.random() < 0.5)
    scored = evaluate(Strip(StripOptions(disable=names)), documents())
    least, loss = WITHOUT_HALF
    assert row("chrome", scored).score.f1 >= least
    assert row("chrome", scored).score.loss <= loss
    assert row("hard negatives", scored).score.loss <= 0.005


@pytest.mark.parametrize("mode", ["safe", "balanced", "aggressive"])
def test_every_labelled_document_is_at_rest_after_one_clean(mode: Mode) -> None:
    stage = Strip(StripOptions(mode=mode))
    for labelled in documents():
        source = Source(labelled.id, "0" * 64, 0)
        once = run_stage(stage, Document(labelled.id, labelled.text, source))
        assert once.original == labelled.text
        assert not stage.find(Document(labelled.id, once.text, source)).edits, labelled.id
