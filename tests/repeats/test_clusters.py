"""Clusters of pairs, against the slow way to find them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.repeats import align, clusters
from cleaner.repeats.clusters import Hint

REACH, SHORTEST, HALF_BAND = 48, 12, 16
Pair = tuple[int, int]


def in_band(band: list[Pair]) -> Iterator[Hint]:
    """The clusters of pairs in one band, in the order of the text."""
    start = 0
    for end, (place, _) in enumerate(band, 1):
        if end < len(band) and band[end][0] - place <= REACH:
            continue
        span = place - band[start][0]
        if end - start >= 4 and end - start >= 0.05 * span and span >= SHORTEST:
            runs = [list(run) for _, run in groupby(band[start:end], lambda pair: pair[1])]
            at, back = max(runs, key=len)[0]
            yield at, back, span
        start = end


def slowly(pairs: list[Pair]) -> list[Hint]:
    bands: defaultdict[int, list[Pair]] = defaultdict(list)
    for place, back in pairs:
        bands[back // HALF_BAND].append((place, back))
        bands[back // HALF_BAND + 1].append((place, back))
    return sorted({hint for band in bands.values() for hint in in_band(sorted(band))})


@st.composite
def pairs(draw: st.DrawFn) -> list[Pair]:
    """Runs of pairs on diagonals that lie near one another, with strays among them."""
    found: list[Pair] = []
    for _ in range(draw(st.integers(0, 5))):
        place, back = draw(st.integers(100, 400)), draw(st.integers(13, 100))
        for step, shift in draw(st.lists(st.tuples(st.integers(1, 60), st.sampled_from([0, 0, 0, 1, 20])), max_size=9)):
            place += step
            found.append((place, back + shift))
    return found


@pytest.mark.parametrize("few", [0, 1 << 12], ids=["bands by turns", "all bands at once"])
@given(pairs())
def test_clusters_are_those_of_the_slow_way(few: int, found: list[Pair]) -> None:
    places, backs = (
        (np.array(numbers, np.uint64) for numbers in zip(*found, strict=True))
        if found
        else [np.empty(0, np.uint64)] * 2
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters, "_FEW", few)
        halves = [(places[:2], backs[:2]), (places[2:], backs[2:])]
        assert clusters.clusters(iter(halves), REACH, SHORTEST) == slowly(found)


@pytest.mark.parametrize("back", range(60, 60 + HALF_BAND))
def test_a_cluster_goes_on_behind_whatever_an_alignment_passes_over(back: int) -> None:
    longest = int(align._DROP / align._COST)
    for shift in range(1, longest + 1):
        places, backs = np.array([100, 110, 130, 140], np.uint64), np.array([back] * 2 + [back + shift] * 2, np.uint64)
        assert [span for _, _, span in clusters.clusters(iter([(places, backs)]), REACH, SHORTEST)] == [40]
