"""What the second forest is told of the first, against the slow obvious count."""

from itertools import takewhile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.strip.model.second import SAID, said_of

ODDS = st.lists(st.floats(-12, 12).filter(lambda one: abs(one) > 1e-3), min_size=1, max_size=40)


def obvious(odds: list[float], at: int) -> dict[str, float]:
    """What is told of one line."""
    chances = [1 / (1 + np.exp(-one)) for one in odds]
    bounded = [min(max(one, -7.0), 7.0) for one in odds]
    above, below = odds[:at][::-1], odds[at + 1 :]
    before = len(list(takewhile(lambda one: (one > 0) == (odds[at] > 0), above)))
    after = len(list(takewhile(lambda one: (one > 0) == (odds[at] > 0), below)))
    found = {"said": bounded[at], "page_said": float(np.mean(chances))}
    found["page_certain"] = sum(one > 0.9 for one in chances) / len(chances)
    for step in (-3, -2, -1, 1, 2, 3):
        found[f"said{step:+d}"] = bounded[at + step] if 0 <= at + step < len(odds) else -9.0
    for reach in (3, 12):
        found[f"said_above_{reach}"] = sum(chances[max(at - reach, 0) : at]) / reach
        found[f"said_below_{reach}"] = sum(chances[at + 1 : at + 1 + reach]) / reach
    found["said_run"] = (before + 1 + after) * (1 if odds[at] > 0 else -1)
    return found | {"said_since": before, "said_until": after + 1}


@given(ODDS)
def test_what_is_told_is_what_counting_line_by_line_gives(odds: list[float]) -> None:
    told = said_of(np.array(odds))
    assert told.shape == (len(SAID), len(odds))
    for at, column in enumerate(told.T):
        assert dict(zip(SAID, column.tolist(), strict=True)) == pytest.approx(obvious(odds, at), abs=1e-5)


def test_runs_and_distances_end_at_sixty() -> None:
    told = dict(zip(SAID, said_of(np.ones(200)), strict=True))
    assert set(told["said_run"].tolist()) == {60.0}
    assert told["said_since"].max() == told["said_until"].max() == 60.0
