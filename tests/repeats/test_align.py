"""What is equal in two pieces, against the slow way to find it, and what is read of them at a time."""

from difflib import SequenceMatcher
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.repeats import align
from cleaner.repeats.align import common, grown, matching, stretch

PIECES = st.text("甲乙丙a", max_size=24)


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
