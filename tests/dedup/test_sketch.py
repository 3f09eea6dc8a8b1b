import pickle

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.dedup import DedupOptions, from_datasketch, observe_texts, to_datasketch
from cleaner.dedup.normal import normalise
from cleaner.dedup.shingles import shingle_hash
from cleaner.dedup.sketch import sketches
from cleaner.text.shadow import to_text
from tests.dedup.corpus import passages

TEXTS = st.lists(st.text(st.characters(exclude_categories=()), max_size=60), max_size=6)


def by_datasketch(text: str) -> MinHash:
    plain = to_text(normalise([text]).points)
    minhash = MinHash(num_perm=128, scheme="affine32", seed=1, hashfunc=shingle_hash)
    minhash.update_batch([plain[at : at + 5] for at in range(len(plain) - 4)])
    return minhash


@given(TEXTS)
@settings(deadline=None)
def test_sketches_of_a_batch_equal_datasketch_slot_for_slot(texts: list[str]) -> None:
    records = observe_texts([str(i) for i in range(len(texts))], texts, DedupOptions())
    for number, text in enumerate(texts):
        np.testing.assert_array_equal(records.sketch(number), by_datasketch(text).hashvalues)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "中",
        "中文四字",
        "中文五个字",
        "😀𠀀𠮷野家的牛丼",
        "\ud800ab\udfffcde\ud83d\ude00f",
        "ab" * 2_000,
        "\0" * 9 + "é" * 9,
    ],
    ids=["empty", "one", "four", "five", "supplementary", "surrogates", "long", "controls"],
)
def test_sketches_of_odd_texts_equal_datasketch(text: str) -> None:
    records = observe_texts(["before", "it", "behind"], ["前面的一段文字", text, "后面的一段文字"], DedupOptions())
    np.testing.assert_array_equal(records.sketch(1), by_datasketch(text).hashvalues)


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=9), max_size=6), st.integers(1, 7))
@settings(deadline=None, max_examples=30)
def test_block_size_does_not_matter(rows: list[list[int]], block: int) -> None:
    hashes = np.array([value for row in rows for value in row], np.uint32)
    starts = np.cumsum([0, *map(len, rows)])
    np.testing.assert_array_equal(sketches(hashes, starts, block), sketches(hashes, starts))


def test_datasketch_objects_merge_update_and_count_as_its_own() -> None:
    one, two = passages()[:2]
    records = observe_texts(["1", "2"], [one, two], DedupOptions())
    ours, theirs = [to_datasketch(records.sketch(i)) for i in (0, 1)], [by_datasketch(text) for text in (one, two)]
    assert ours[0].jaccard(theirs[1]) == theirs[0].jaccard(theirs[1])
    assert MinHash.union(*ours) == MinHash.union(*theirs)
    assert LeanMinHash(ours[0]) == LeanMinHash(theirs[0])
    ours[0].update("新的一段字")
    theirs[0].update("新的一段字")
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(ours[0])).hashvalues, theirs[0].hashvalues)  # noqa: S301 - our own
    np.testing.assert_array_equal(from_datasketch(theirs[1]), records.sketch(1))


def test_datasketch_lsh_answers_alike() -> None:
    texts = passages()[:12]
    records = observe_texts([str(i) for i in range(12)], [text + texts[0][:300] for text in texts], DedupOptions())
    ours, theirs = MinHashLSH(params=(16, 8)), MinHashLSH(params=(16, 8))
    for number, text in enumerate(texts):
        ours.insert(number, to_datasketch(records.sketch(number)))
        theirs.insert(number, by_datasketch(text + texts[0][:300]))
    for number in range(12):
        sketch = to_datasketch(records.sketch(number))
        assert set(ours.query(sketch)) == set(theirs.query(sketch))


def test_foreign_sketches_are_refused() -> None:
    with pytest.raises(ValueError, match="not comparable"):
        from_datasketch(MinHash(num_perm=128, scheme="legacy"))
