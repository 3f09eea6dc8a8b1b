import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.dedup import DedupOptions, candidates, companions, observe_texts, outlines
from cleaner.dedup.outline import of_hashes
from cleaner.dedup.shingles import shingle_hash
from cleaner.dedup.sketch import EMPTY, mixed
from tests.dedup import oracle
from tests.dedup.corpus import corpus, edited, passages

OPTIONS = DedupOptions()


def slowly(text: str) -> list[int]:
    """Each shingle falls into the slot that the upper seven bits of its mixed hash name; the least one stays there."""
    slots = [int(EMPTY)] * 128
    for shingle in oracle.shingles(text):
        value = int(mixed(np.array([shingle_hash(shingle)], np.uint32))[0])
        slots[value >> 25] = min(slots[value >> 25], value)
    return slots


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), max_size=5))
@settings(deadline=None, max_examples=40)
def test_an_outline_keeps_the_least_hash_of_each_slot(texts: list[str]) -> None:
    assert outlines(texts, OPTIONS).T.tolist() == [slowly(text) for text in texts]


def test_a_chunk_border_between_texts_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(corpus(10).values())
    whole = outlines(texts, OPTIONS)
    monkeypatch.setattr("cleaner.dedup.records.CHUNK", 500)
    np.testing.assert_array_equal(outlines(texts, OPTIONS), whole)


@pytest.mark.parametrize("threshold", [0.7, 0.8, 0.9, 1.0])
def test_whatever_reaches_the_threshold_is_let_through(threshold: float) -> None:
    texts = list(corpus(150).values())
    options = DedupOptions(threshold=threshold)
    held = observe_texts([str(number) for number in range(len(texts))], texts, options)
    pairs = [
        pair for pair in candidates(held, options).tolist() if oracle.jaccard(*(texts[at] for at in pair)) >= threshold
    ]
    paired = {at for pair in pairs for at in pair}
    assert paired <= set(companions(outlines(texts, options), options).tolist())
    assert threshold == 1 or len(paired) > 50


@pytest.mark.parametrize("threshold", [0.7, 0.8, 0.9])
@pytest.mark.parametrize("shingles", [40, 150, 1000])
def test_of_pairs_exactly_at_the_threshold_none_is_lost(threshold: float, shingles: int) -> None:
    generator, pairs = np.random.default_rng(shingles), 1000
    common = round(threshold * shingles)
    sets = generator.integers(0, 1 << 32, (pairs, shingles), np.uint32)
    apart = common + (shingles - common) // 2
    hashes = [row for union in sets for row in (union[:apart], np.concatenate((union[:common], union[apart:])))]
    starts = np.cumsum([0, *map(len, hashes)])
    found = companions(of_hashes(np.concatenate(hashes), starts), DedupOptions(threshold=threshold))
    assert len(found) == 2 * pairs


def test_unlike_texts_are_passed_over() -> None:
    texts = passages(2000)
    assert not len(companions(outlines(texts, OPTIONS), OPTIONS))
    chance = random.Random(1)  # noqa: S311 - seeded on purpose
    half = [edited(text, 250, chance, "甲乙丙") for text in texts]
    assert max(map(oracle.jaccard, texts, half)) < 0.55
    assert not len(companions(outlines(texts + half, OPTIONS), OPTIONS))


def test_short_and_empty_texts_and_the_members_of_a_crowd_are_let_through() -> None:
    texts = ["", "短", "", *passages(2000)[:1] * 40]
    assert companions(outlines(texts, OPTIONS), OPTIONS).tolist() == list(range(len(texts)))


def test_below_a_threshold_that_unrelated_texts_reach_by_chance_all_are_let_through() -> None:
    options = DedupOptions(threshold=0.5)
    assert companions(outlines(passages(2000), options), options).tolist() == list(range(len(passages(2000))))


def test_order_does_not_matter() -> None:
    held = outlines(list(corpus(40).values()), OPTIONS)
    order = np.random.default_rng(3).permutation(held.shape[1])
    assert sorted(order[companions(held[:, order], OPTIONS)].tolist()) == companions(held, OPTIONS).tolist()


def test_no_texts_no_companions() -> None:
    assert companions(outlines([], OPTIONS), OPTIONS).tolist() == []
