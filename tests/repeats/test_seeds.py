"""Candidates: what is told of a handful of k-grams, and of a law, before any are looked for."""

import random

import numpy as np
import pytest

from cleaner.repeats import seeds
from cleaner.repeats.seeds import candidates
from cleaner.repeats.stream import stream

TOLD = "春天的早晨村口的老槐树下坐满了等着听故事的孩子大家都不说话只听见风吹树叶的声音"


def drawn(seed: int, count: int) -> str:
    return "".join(map(chr, np.random.default_rng(seed).integers(0x4E00, 0x9FA5, count)))


@pytest.mark.parametrize("seed", range(60))
def test_a_handful_of_k_grams_brings_the_candidates_that_their_clusters_bring(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)  # noqa: S311 - no secret, a repeatable draw
    copies = [TOLD[rng.randrange(24) :][: rng.randrange(8, 40)] for _ in range(rng.randrange(2, 5))]
    made = stream("，".join(drawn(seed + place, rng.randrange(60)) + copy for place, copy in enumerate(copies)))
    found = candidates(made, 26)
    monkeypatch.setattr(seeds, "_HANDFUL", 0)
    assert np.array_equal(found, candidates(made, 26))


@pytest.mark.parametrize(("length", "needed", "count"), [(100, 0, 1), (100, 130, 0), (180, 0, 1), (180, 130, 1)])
def test_where_a_repeat_has_to_be_long_shorter_ones_bring_no_candidates(length: int, needed: int, count: int) -> None:
    made = stream(f"{drawn(1, 3000)}，{(told := drawn(2, length))}，{drawn(3, 2000)}，{told}。")
    assert len(candidates(made, 26, lambda: needed)) == count
