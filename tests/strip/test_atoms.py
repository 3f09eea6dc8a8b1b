"""What a pattern is said to need stands in whatever it matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.strip.atoms import branches
from cleaner.strip.branch import ENDLESS, Branch, key_of
from cleaner.strip.re2set import program
from cleaner.strip.rules import rules


def as_python(pattern: str) -> re.Pattern[str]:
    """The pattern in the syntax of Python, its properties widened to all letters: to make texts of."""
    return re.compile(
        re.sub(r"\\x\{(\w+)\}", lambda code: re.escape(chr(int(code[1], 16))), re.sub(r"\\p\{\w+\}", r"\\w", pattern))
    )


def says_true(branch: Branch, text: str) -> bool:
    fits = branch.low <= len(text) - text.count(" ") <= branch.high
    fits &= not branch.ends or not text.strip(" ") or text.rstrip(" ")[-1] in branch.ends
    return branch.begins(key_of(text)) and fits and (not branch.atoms or any(atom in text for atom in branch.atoms))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("回到 *顶部|页首", [("回到",), ("页首",)]),
        ("(?:回到|返回)顶部", [("回到顶部", "返回顶部")]),
        ("查看:? *[0-9]+", [("查看",)]),
        (".{0,60}版权所有.*", [("版权所有",)]),
        ("(?:首页|新闻)+", [("新闻", "首页")]),
        ("(?:首页|[0-9])+", [()]),
        ("[ab]c{0,3}发布", [("发布",)]),
        ("a[0-9]?b", [("a",)]),
        ("(?P<cut>发帖心情) .*", [("发帖心情 ",)]),
        (r"\x{feff}?\[复制\]", [("[复制]",)]),
        ("(?i)abc", [()]),
        ("[[:alpha:]]+", [()]),
        (r"\Qa.b\E", [()]),
    ],
)
def test_the_atoms_of_a_pattern(pattern: str, expected: list[tuple[str, ...]]) -> None:
    assert [branch.atoms for branch in branches(pattern)] == expected


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [
        ("回到 *顶部", "部"),
        ("第[0-3]+[楼层]? *", "0123层楼"),
        ("(?:更多|下页)?[ >]*", ">多页"),
        ("共[0-9]+页.?", ""),
        (r"共\p{L}", ""),
        ("[^a]", ""),
        ("a(?:b|c.*)", ""),
        ("(?:ab)+$", "b"),
    ],
)
def test_the_ends_of_what_a_pattern_matches(pattern: str, ends: str) -> None:
    assert [branch.ends for branch in branches(pattern)] == [ends]


@pytest.mark.parametrize(
    ("pattern", "starts", "low", "high"),
    [
        ("回到 *顶部", ("回到",), 4, 4),
        ("[0-3]{2,4}楼", ("0", "1", "2", "3"), 3, 5),
        ("a?b?c", ("ab", "ac", "bc", "c"), 1, 3),
        ("(?:ab|c.*)d", ("ab", "c"), 2, ENDLESS),
        ("x*yz", ("x", "yz"), 2, ENDLESS),
        ("[-|]*回 *到", ("回到",), 2, ENDLESS),
        ("-{3,}", ("",), 3, ENDLESS),
        ("[ |]+[a-c]", ("a", "b", "c"), 1, ENDLESS),
        (".?a", (), 1, 2),
        ("[^a]b", (), 1, 2),
    ],
)
def test_what_a_match_begins_with_and_how_long_it_is(
    pattern: str, starts: tuple[str, ...], low: int, high: int
) -> None:
    branch = branches(pattern)[0]
    assert set(branch.starts) == {*starts}
    assert (branch.low, branch.high) == (low, high)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_whatever_a_pattern_of_the_packs_matches_has_what_the_pattern_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(sorted({one for entry in rules().entries for one in entry.patterns})))
    branch = data.draw(st.sampled_from(branches(re.sub(r"(?<!\\)\?\?$", "", pattern))))
    text = data.draw(st.from_regex(as_python(branch.source), fullmatch=True))
    if text and program(branch.source).fullmatch(text):
        assert says_true(branch, text)


@given(
    st.from_regex(r"(?:[ab.]|\[ab\]|\[\^a\]|\((?:\?:)?[ab.|]{0,4}\)|[?*+]|\{[0-3],[4-9]\}|\|){1,9}", fullmatch=True),
    st.text("abc", max_size=6),
)
@settings(max_examples=200)
def test_no_made_up_pattern_matches_without_what_it_needs(pattern: str, text: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    found = branches(pattern)
    if text and compiled.fullmatch(text):
        assert any(says_true(branch, text) for branch in found)
    assert any(re.compile(branch.source).fullmatch(text) for branch in found) == bool(compiled.fullmatch(text))
