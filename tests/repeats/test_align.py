"""What is equal in two pieces, against the slow way to find it, and what is read of them at a time."""

from difflib import SequenceMatcher
from itertools import takewhile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.repeats import align
from cleaner.repeats.align import common, grown, matching, stretch

PIECES = st.text("甲乙丙a", max_size=24)


def drawn(seed: int, count: int) -> str:
    return "".join(map(chr, np.random.default_rng(seed).integers(0x4E00, 0x9FA5, count)))


@given(PIECES, PIECES)
def test_equal_parts_are_those_of_difflib(one: str, other: str) -> None:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    expected = {(a + k, b + k) for a, b, size in matcher.get_matching_blocks() for k in range(size)}
    found = matching(one, other)
    assert found == sorted(found)
    assert {(a + k, b + k) for a, b, size in found for k in range(size)} == expected


@given(st.text("甲乙", max_size=80), st.text("甲乙", max_size=80), st.text("甲乙", max_size=40))
def test_the_common_prefix_is_that_found_mark_by_mark(before: str, one: str, other: str) -> None:
    one, other = before + one, before + other
    equal = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    assert common(one, other) == sum(1 for _ in equal)


@given(st.text("甲乙丙丁", min_size=30, max_size=120), st.lists(st.integers(0, 119), max_size=12), st.integers(0, 20))
def test_an_alignment_is_the_same_however_little_is_read_at_a_time(told: str, edits: list[int], between: int) -> None:
    again = "".join("戊" if place in edits else mark for place, mark in enumerate(told))
    words, back = told + "己" * between + again, len(told) + between
    at = back + len(told) // 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(align, "_CHUNK", 1 << 12)
        seed = stretch(words, at, back)
        whole = grown(words, seed)
        patch.setattr(align, "_CHUNK", 8)
        assert stretch(words, at, back) == seed
        assert grown(words, seed) == whole


@pytest.mark.parametrize("paragraphs", [20, 320])
def test_what_is_read_of_two_long_copies_is_in_proportion_to_them(
    paragraphs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [drawn(seed, 150) for seed in range(paragraphs)]
    words = "".join(told) + "".join(paragraph[:-1] + "a" for paragraph in told)
    read = 0

    def counted(one: str, other: str) -> int:
        nonlocal read
        read += len(one) + len(other)
        return common(one, other)

    monkeypatch.setattr(align, "common", counted)
    seed = stretch(words, paragraphs * 150, paragraphs * 150)
    assert len(grown(words, seed)) == paragraphs
    assert read < 10 * len(words)
