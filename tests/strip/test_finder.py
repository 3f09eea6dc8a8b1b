"""The finder says of every line what trying every pattern says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.strip.atoms import branches
from cleaner.strip.finder import Finder, finder
from cleaner.strip.re2set import program

PATTERNS = (
    "回复|支持.*",
    "[0-9]{1,4}",
    "第[0-9]+楼",
    ".{0,9}版权.*",
    "[^,]{1,9}",
    "a+b",
    "(?:首页|新闻)(?: (?:首页|新闻))*",
)
LINES = st.lists(
    st.sampled_from(["回复", "支持", "12", "第", "楼", "版权", ",", "aa", "b", "首页", " "]), min_size=1
).map(lambda parts: "".join(parts).strip())


def numbers(made: Finder, line: str) -> set[int]:
    more = [trial for atom, trials in made.needed.items() if atom in line for trial in trials]
    return set(made.numbers(line, dict.fromkeys(more)))


@given(line=LINES.filter(bool))
@settings(max_examples=100)
def test_the_numbers_are_those_of_the_patterns_that_match(line: str) -> None:
    made = finder([(branches(pattern), True) for pattern in PATTERNS])
    assert made.starts
    assert made.needed
    assert made.rest
    expected = {number for number, pattern in enumerate(PATTERNS) if program(pattern).fullmatch(line)}
    assert numbers(made, line) == numbers(made, line) == expected
