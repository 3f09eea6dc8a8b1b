"""What tells of a hint that no passage can come of it, against the slow way to tell it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.repeats.hints import lies_in

# Most of the marks are one, so that many stretches stand again.
WORDS = st.lists(st.sampled_from("甲甲甲甲乙"), min_size=2, max_size=60).map("".join)


def slowly(words: str, at: int, back: int, length: int) -> bool:
    """Whether so many characters in a row, the one at `at` or the one before it among them, stand `back` before too."""
    starts = range(max(at - length, back), min(at, len(words) - length) + 1)
    return any(words[start : start + length] == words[start - back : start - back + length] for start in starts)


@settings(max_examples=300)
@given(WORDS, st.data(), st.integers(1, 16))
def test_an_equal_stretch_is_found_wherever_it_lies_around_a_hint(words: str, data: st.DataObject, length: int) -> None:
    at = data.draw(st.integers(1, len(words) - 1))
    back = data.draw(st.integers(1, at))
    assert lies_in(words, (at, back, 0), length) == slowly(words, at, back, length)
