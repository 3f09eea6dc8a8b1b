"""Candidates: what is told of a law before any are looked for."""

import numpy as np
import pytest

from cleaner.repeats.seeds import candidates
from cleaner.repeats.stream import stream


def drawn(seed: int, count: int) -> str:
    return "".join(map(chr, np.random.default_rng(seed).integers(0x4E00, 0x9FA5, count)))


@pytest.mark.parametrize(("length", "needed", "count"), [(100, 0, 1), (100, 130, 0), (180, 0, 1), (180, 130, 1)])
def test_where_a_repeat_has_to_be_long_shorter_ones_bring_no_candidates(length: int, needed: int, count: int) -> None:
    made = stream(f"{drawn(1, 3000)}，{(told := drawn(2, length))}，{drawn(3, 2000)}，{told}。")
    assert len(candidates(made, 26, needed)) == count
