"""What the line model does on labelled pages of sites that it was not trained on, by family: the floors only go up.

The model is trained four times, each time on three quarters of the sites, and most rules are left out, as on pages of
sites that their authors had not read. ``python -m benchmarks.strip.train --folds 4`` does the same with all pages that
one has.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from benchmarks.strip.samples import clean_in, marked_in, sources_in
from benchmarks.strip.train import crossed
from cleaner.strip.evaluate import Row, table

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif("CLEANER_GOLD" not in os.environ, reason="CLEANER_GOLD names no folder of labelled documents"),
]

ROOT = Path(__file__).parents[2]
# F1 at least, loss at most. Measured when this was written: chrome 0.930 at 0.21%, forum 0.883 at 0.24%, blog 0.983 at
# 0.32%, gov 0.968 at 0.59%, japanese 0.978 (91 lines), news 0.965, novel 0.769 (24 lines), wechat 0.879. Before, sites
# were drawn into two halves anew whenever a page was added, and figures moved by a point for that alone; news was 0.968
# then (two lines more), and is the only one whose floor fell.
FLOORS = {
    "chrome": (0.928, 0.0025),
    "forum": (0.88, 0.003),
    "blog": (0.98, 0.004),
    "gov": (0.965, 0.006),
    "japanese": (0.975, 0.001),
    "news": (0.962, 0.001),
    "novel": (0.765, 0.001),
    "wechat": (0.875, 0.001),
}


@cache
def rows() -> dict[str, Row]:
    sources = sources_in(Path(os.environ["CLEANER_GOLD"]) / "chrome", known=True)
    sources += clean_in(ROOT / "fixtures" / "negative") + marked_in(ROOT / "benchmarks" / "strip" / "pages.toml")
    results = crossed(sources, 4, ("balanced",))[("balanced", True)]
    return {row.group: row for row in table(results)}


@pytest.mark.parametrize("group", FLOORS)
def test_pages_of_sites_that_the_model_does_not_know_are_cleaned_this_well(group: str) -> None:
    least, loss = FLOORS[group]
    score = rows()[group].score
    assert score.f1 >= least
    assert score.loss <= loss


def test_no_hard_negative_is_touched() -> None:
    assert rows()["hard negatives"].hurt == 0
