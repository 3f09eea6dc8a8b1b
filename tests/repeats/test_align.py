"""What is equal in two pieces, against the slow way to find it."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from cleaner.repeats.align import matching

PIECES = st.text("甲乙丙a", max_size=24)


@given(PIECES, PIECES)
def test_equal_parts_are_those_of_difflib(one: str, other: str) -> None:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    expected = {(a + k, b + k) for a, b, size in matcher.get_matching_blocks() for k in range(size)}
    found = matching(one, other)
    assert found == sorted(found)
    assert {(a + k, b + k) for a, b, size in found for k in range(size)} == expected
