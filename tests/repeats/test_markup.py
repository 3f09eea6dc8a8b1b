"""A copy inside markup goes only where no half of an element stays, and only for what a reader sees of it."""

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repeats import Repeats
from cleaner.repeats.markup import fences, seen, tears, untorn

TOLD = (
    "傍晚的河边总有人在散步，水面上漂着几片叶子，卖糖葫芦的推着车从桥上慢慢走过。孩子们跟在后面又跑又笑，老人们坐着。"
)
OTHER = "修志的人大概没有想到，后来的抄本把这一段又抄了一遍，而且抄错了地方。"


def deduped(text: str) -> Document:
    return run_stage(Repeats(), Document("a", text, Source("a", "", 0)))


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{TOLD}</p>\n<p>{OTHER}</p>\n<p>{TOLD}</p>\n",
        f"<p>{TOLD}</p>\n<p>{OTHER}</p>\n<p>{TOLD}\n<b>到此</b>为止，一共就是这些了。</p>\n",
    ],
)
def test_what_is_left_of_markup_is_as_balanced_as_it_was(text: str) -> None:
    left = deduped(text).text
    assert left.count("<p>") - left.count("</p>") == text.count("<p>") - text.count("</p>")


def test_tags_that_stand_again_are_no_passage() -> None:
    tag = '<div class="entry-of-the-day" style="text-indent: 1em; margin-left: 1em; margin-top: 5px" lang="zh">'
    text = "\n".join(f"{tag}{words}</div>" for words in (OTHER, TOLD, "全书到此为止，卷末附有校勘记。"))
    assert deduped(text).text == text


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("一二三", False),
        ("<p>一</p>", False),
        ("一<br>二", False),
        ("<img src='a'/>一", False),
        ("<![CDATA[一]]>", False),
        ("一</p><p>二", False),
        ("一</b></p><p><b>二", False),
        ("一</b></p><b><p>二", True),
        ("一</p>", True),
        ("<p>一", True),
        ("<p><b>一</p></b>", True),
        ("一]]>", True),
    ],
)
def test_half_an_element_is_torn(text: str, *, torn: bool) -> None:
    assert tears(f"前。{text}后。", 2, 2 + len(text)) is torn


def test_a_cut_that_ends_inside_a_tag_tears_it() -> None:
    text = '一段。<a href="page.html">二</a>'
    assert tears(text, 0, 8)
    assert tears(text, 8, len(text))
    assert not tears(text, 0, 3)


def test_what_a_reader_sees_is_counted() -> None:
    assert seen('<a href="x">二</a>三<br/>') == 2


def test_the_tags_at_the_ends_stay_where_they_would_be_torn() -> None:
    text = "<p>一</p><p>二</p>"
    assert untorn(text, 3, 8) == (3, 4)
    assert untorn(text, 0, 4) == (3, 4)
    assert untorn(text, 8, 16) == (8, 16)


def test_a_copy_at_the_end_of_an_element_leaves_its_tag() -> None:
    text = f"<p>{TOLD}</p><p>{OTHER}</p>\n<p>全书到此为止。{TOLD}</p>\n[原文](a)\n"
    assert deduped(text).text == f"<p>{TOLD}</p><p>{OTHER}</p>\n<p>全书到此为止。</p>\n[原文](a)\n"


def test_a_block_of_code_stands_at_any_depth_of_a_list() -> None:
    assert fences("- 一\n      ```\n      a = 1\n      ```\n二\n") == [4, 26]
