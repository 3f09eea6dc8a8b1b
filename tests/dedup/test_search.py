import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.dedup import DedupOptions, bands, candidates, observe_texts
from cleaner.dedup.search import buckets, least_equal, pairs_of
from tests.dedup.corpus import corpus


def by_two_loops(sketches: np.ndarray, options: DedupOptions) -> list[list[int]]:
    cut = bands(options)
    pairs = []
    for i in range(sketches.shape[1]):
        for j in range(i + 1, sketches.shape[1]):
            equal = sketches[:, i] == sketches[:, j]
            banded = equal[: cut.count * cut.rows].reshape(cut.count, cut.rows)
            if banded.all(axis=1).any() and equal[:64].sum() >= least_equal(options):
                pairs.append([i, j])
    return pairs


@given(st.integers(0, 2**32), st.integers(1, 18), st.sampled_from((0.6, 0.8, 0.9)))
@settings(deadline=None, max_examples=50)
def test_candidates_are_the_pairs_that_share_a_band(seed: int, documents: int, threshold: float) -> None:
    generator = np.random.default_rng(seed)
    # Slots of few values share bands often; the level of each document says how often.
    sketches = (generator.random((128, documents)) < generator.random(documents)).astype(np.uint32)
    options = DedupOptions(threshold=threshold)
    assert pairs_of(sketches, options).tolist() == by_two_loops(sketches, options)


def test_candidates_do_not_depend_on_the_order_of_records() -> None:
    texts = corpus(40)
    options = DedupOptions()
    records = observe_texts(list(texts), list(texts.values()), options)
    shuffled = records.take(np.random.default_rng(3).permutation(len(records)))
    named = [
        {frozenset((held.digests[i].tobytes(), held.digests[j].tobytes())) for i, j in candidates(held, options)}
        for held in (records, shuffled)
    ]
    assert named[0] == named[1]
    assert len(named[0]) > 10


def test_a_group_that_many_bands_give_is_kept_once() -> None:
    sketches = np.arange(128 * 5, dtype=np.uint32).reshape(128, 5)
    sketches[:, 3] = sketches[:, 1]
    groups = buckets(sketches, bands(DedupOptions()))
    assert (groups.members.tolist(), groups.sizes.tolist()) == ([1, 3], [2])


def test_columns_that_differ_in_each_band_are_in_no_group() -> None:
    sketches = np.zeros((128, 2), np.uint32)
    sketches[4::5, 1] = 1
    assert not len(buckets(sketches, bands(DedupOptions())))


def test_no_documents_no_candidates() -> None:
    assert candidates(observe_texts([], [], DedupOptions()), DedupOptions()).shape == (0, 2)
