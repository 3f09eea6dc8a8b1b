"""The shadow has the length of its text, and its stored tables are what the slow construction builds."""

import unicodedata
from importlib.metadata import version

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.text.build_folds import FOLDS, words
from cleaner.text.shadow import LIMIT, MATCHING, Fold, code_points, folded, shadow, table, to_text, word_mask

# What the stored tables were built with; other versions know other characters.
UNICODE, OPENCC = "14.0.0", "1.4.2"

same_unicode = pytest.mark.skipif(unicodedata.unidata_version != UNICODE, reason=f"the tables are of Unicode {UNICODE}")
any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
any_folds = st.integers(0, (1 << len(FOLDS)) - 1).map(Fold)


@same_unicode
@pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: fold.name)
def test_the_stored_folds_are_those_that_are_built(fold: Fold) -> None:
    if fold is Fold.SCRIPT and version("opencc") != OPENCC:
        pytest.skip(f"the table is of OpenCC {OPENCC}")
    built = np.arange(LIMIT, dtype=np.uint32)
    pairs = FOLDS[fold]()
    built[list(pairs)] = list(pairs.values())
    assert np.array_equal(table(fold), built)


@same_unicode
def test_the_stored_words_are_those_that_are_built() -> None:
    runs = np.flatnonzero(np.diff(word_mask(), prepend=False, append=False)).reshape(-1, 2)
    assert np.array_equal(runs, words())


@given(any_text, any_folds)
def test_a_shadow_has_the_length_of_its_text_and_folds_in_the_order_of_the_folds(text: str, folds: Fold) -> None:
    one_by_one = code_points(text)
    for fold in folds:
        one_by_one = table(fold)[one_by_one]
    assert len(shadow(text, folds)) == len(text)
    assert np.array_equal(folded(code_points(text), folds), one_by_one)


def test_a_fold_of_a_fold_is_itself() -> None:
    assert np.array_equal(table(MATCHING)[table(MATCHING)], table(MATCHING))


@given(any_text)
def test_code_points_and_text_are_inverse(text: str) -> None:
    assert to_text(code_points(text)) == text


@pytest.mark.parametrize(
    ("fold", "text", "shape"),
    [
        (Fold.WIDTH, "Ａ１，a體", "A1,a體"),
        (Fold.CASE, "AÄ体", "aä体"),
        (Fold.CASE, "A", "a"),
        (Fold.SCRIPT, "A體", "A体"),
        (Fold.DIGITS, "a19٣", "a000"),
        (Fold.PUNCTUATION, "“—、", '"-,'),
        (Fold.SPACE, "a\u3000\tb\n", "a  b\n"),
    ],
)
def test_each_fold_does_its_own_and_nothing_else(fold: Fold, text: str, shape: str) -> None:
    assert shadow(text, fold) == shape
