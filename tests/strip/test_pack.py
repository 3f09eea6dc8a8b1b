"""What a pack may say, and how it is told that it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import PackError
from cleaner.strip.macros import written_out
from cleaner.strip.pack import load
from cleaner.strip.re2set import program
from tests.strip.pages import pack

LINE = 'id = "x"\nkind = "line"\n'


def test_literals_are_folded_and_ideographs_of_patterns_simplified() -> None:
    one, two = load(
        pack(LINE + 'literals = ["返回頂部：", "Log In"]', LINE.replace("x", "y") + 'pattern = "註冊"')
    ).entries
    assert one.literals == ("返回顶部:", "log in")
    assert two.pattern == "注册"


@pytest.mark.parametrize(
    ("macro", "good", "bad"),
    [
        ("{N}", ["12", "1,204", "1.2万", "14k", "100+"], ["", "a", "一"]),
        (
            "{D}",
            [
                "2023-2-3 21:00:09",
                "2010/3/7",
                "2012年3月4日",
                "昨天 19:21",
                "3 天前",
                "2 hours ago",
                "jan 5, 2012 3:04 pm",
            ],
            ["12", "明天见", "may be"],
        ),
        ("{T}", ["9:05", "21:00:09", "上午 9:05", "3:04 pm"], ["21", "9.05"]),
        ("{U}", ["oldtree", "老张_1"], ["a b", "他说,", ""]),
        ("{S}", ["", "  "], ["a"]),
    ],
)
def test_macros_mean_what_they_say(macro: str, good: list[str], bad: list[str]) -> None:
    pattern = program(written_out(macro))
    assert [text for text in good if not pattern.fullmatch(text)] == []
    assert [text for text in bad if pattern.fullmatch(text)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pack", "not TOML"),
        ("a = 1", r"\[pack\]"),
        ('[pack]\nname = "Demo"\nwhy = "w"', "'Demo' is no name"),
        ('[pack]\nname = "demo"', "why is missing"),
        (pack(LINE + 'pattern = "a"', LINE + 'pattern = "b"'), "two entries have this id"),
        (pack(LINE + 'pattern = "a"\nliterals = ["b"]'), "either pattern or literals"),
        (pack(LINE), "either pattern or literals"),
        (pack(LINE + 'pattern = "("'), "pattern: "),
        (pack(LINE + "pattern = '\\d+'"), r"ASCII only"),
        (pack(LINE + 'pattern = "回复："'), "no shadow has"),
        (pack(LINE + 'pattern = "Powered"'), "lower case"),
        (pack(LINE + 'pattern = "(?=a)"'), "pattern: "),
        (pack(LINE + 'pattern = "a"\nzone = "top"'), "zone is 'top'"),
        (pack(LINE + 'pattern = "a"\ncolour = "red"'), "unknown key 'colour'"),
        (pack(LINE + 'pattern = "a"\nwithin = "3"'), "within must be of type int"),
        (pack(LINE + 'pattern = "a"\nmatch = ["a"]\nno_match = ["b", "c"]'), "two examples"),
        (pack('id = "x"\nkind = "block"\ngrammar = "heading"'), "grammar's fields"),
        (pack('id = "x"\nkind = "block"\npattern = "a"'), "grammar"),
        ('entry = [1]\n[pack]\nname = "demo"\nwhy = "w"', "entry is no table"),
    ],
)
def test_what_is_wrong_is_said_with_the_place(text: str, said: str) -> None:
    with pytest.raises(PackError, match=said) as caught:
        load(text, "my.toml")
    assert str(caught.value).startswith("my.toml")


@given(st.text(max_size=60))
def test_no_text_makes_the_loader_fail_in_another_way(text: str) -> None:
    with pytest.raises(PackError):
        load(text + '\n[[entry]]\nid = "x"\n[[')
