from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.dedup import DedupOptions, verify
from cleaner.dedup.compare import Comparer, prepare, prepared
from tests.dedup import oracle
from tests.dedup.corpus import corpus

OPTIONS = DedupOptions()
TEXT = st.text(st.sampled_from("甲乙丙 ，Ab1\n😀\ud800"), max_size=25)


@given(TEXT, TEXT)
@settings(deadline=None)
def test_scores_are_those_of_sets_of_strings(one: str, two: str) -> None:
    score = verify(one, two, OPTIONS)
    assert score.jaccard == oracle.jaccard(one, two)
    assert score.containment == oracle.containment(one, two)
    if oracle.shingles(one) and oracle.shingles(two):
        assert score.lacking == oracle.lacking(one, two)


@given(st.lists(TEXT, max_size=5), st.sampled_from(("char", "word")))
@settings(deadline=None, max_examples=50)
def test_texts_prepared_together_are_as_those_prepared_alone(texts: list[str], unit: str) -> None:
    for together, text in zip(prepared(texts, unit), texts, strict=True):
        alone = prepare(text, unit)
        assert together.form.raw == text
        for name in ("begins", "ordered", "distinct"):
            np.testing.assert_array_equal(getattr(together, name), getattr(alone, name))
        for name in ("points", "places", "grams"):
            np.testing.assert_array_equal(getattr(together.form, name), getattr(alone.form, name))


def test_documents_that_are_expected_are_read_together_and_once() -> None:
    texts = corpus(20)
    read = list[str]()

    def reading(name: str) -> str | None:
        read.append(name)
        return None if name == first else texts[name]

    first, *rest = texts
    comparer = Comparer(reading, OPTIONS, list(texts))
    assert comparer(first, rest[0]) is None
    assert sorted(read) == sorted(texts)
    alone = Comparer(texts.__getitem__, OPTIONS)
    assert [comparer(*pair) for pair in pairwise(rest)] == [alone(*pair) for pair in pairwise(rest)]
    assert sorted(read) == sorted(texts)


def test_scores_of_real_passages_are_those_of_sets_of_strings() -> None:
    texts = list(corpus(20).values())
    for one, two in pairwise(texts):
        score = verify(one, two, OPTIONS)
        assert (score.jaccard, score.lacking) == (oracle.jaccard(one, two), oracle.lacking(one, two))


@pytest.mark.parametrize("unit", ["char", "word"])
def test_word_shingles_are_of_five_words(unit: str) -> None:
    options = DedupOptions(unit=unit)
    score = verify("one two three four five six", "ONE, two three-four five! seven", options)
    assert (score.jaccard == pytest.approx(1 / 3)) == (unit == "word")


def test_an_ideograph_is_a_word() -> None:
    words, characters = DedupOptions(unit="word"), DedupOptions()
    one, two = "好作风就是核心竞争力抓作风就是抓发展", "好作风就是核心竞争力抓作风也是抓发展"
    assert verify(one, two, words) == verify(one, two, characters)


def test_words_differ_by_their_letters_order() -> None:
    assert verify("ab cd ef gh ij", "ba dc fe hg ji", DedupOptions(unit="word")).jaccard == 0
