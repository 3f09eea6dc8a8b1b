"""The index finds every string wherever it stands, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from cleaner.strip.index import Index
from cleaner.text.shadow import code_points
from tests.strategies import texts


def found(strings: list[str], text: str) -> list[tuple[int, str]]:
    return sorted(Index({string: string for string in strings}).scan(text, code_points(text)))


@given(
    st.lists(st.text("ab回复\U00020000", min_size=1, max_size=5)), st.one_of(texts(), st.text("ab回复\U00020000\ud800"))
)
def test_strings_are_found_as_by_looking_everywhere(strings: list[str], text: str) -> None:
    everywhere = sorted((at, one) for one in set(strings) for at in range(len(text)) if text.startswith(one, at))
    assert found(strings, text) == everywhere


def test_overlapping_strings_and_single_characters_are_found() -> None:
    assert found(["回复", "复", "回复列", "|"], "返回复列|回") == [(1, "回复"), (1, "回复列"), (2, "复"), (4, "|")]
