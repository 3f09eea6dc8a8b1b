"""Of a page on one line, its ends go as far as rules know them; titles and texts stay, and so do texts with blanks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.strip import StripOptions, flattened
from cleaner.strip.flattened import cuts_of
from cleaner.strip.gate import flat_line, glance
from cleaner.strip.page import page_of
from cleaner.strip.parts import Part, may_lose_an_end, near_parts
from cleaner.strip.rules import rules
from tests.strip.pages import stripped

TEXT = "江边步道二期工程昨日开工，全长六公里，预计明年五月完工。 工程负责人说，沿线将增设十二处休息亭，并补种行道树。"
HEAD = "首页 新闻中心 政务公开 当前位置：首页 > 新闻中心 > 正文 江边步道二期工程开工 字体：大 中 小 打印 分享到： "
TAIL = " 责任编辑：李四 上一篇：老码头改造方案公示 下一篇：没有了 版权所有 京ICP备12345678号-1 网站标识码：2201010001"
BOARD = (
    "设为首页收藏本站 找回密码 注册 查看: 806|回复: 2 [转贴] 老座钟的修理经过 [复制链接] 发表于 2023-2-3 21:00:09 "
    "| 显示全部楼层 |阅读模式 本帖最后由 听雨 于 2023-2-3 21:02 编辑 座钟停了三年,拆开来看,发条完好,只是油干了。 "
    "先用汽油洗一遍齿轮,再点上油。 回复 使用道具 举报 您需要登录后才可以回帖 登录 | 立即注册 本版积分规则 "
    "Archiver|手机版|小黑屋|某某论坛 Powered by Discuz! X3.4"
)


def left(text: str, mode: str = "balanced") -> str:
    return stripped(text + "\n", StripOptions(mode=mode, model=False)).text.rstrip("\n")  # type: ignore[arg-type]


def test_the_ends_go_and_the_title_stays() -> None:
    assert left(HEAD + TEXT + TAIL) == "江边步道二期工程开工 " + TEXT


@pytest.mark.parametrize("text", [HEAD + TEXT + TAIL, BOARD, TEXT + TAIL, HEAD + TEXT, HEAD + TEXT * 3 + TAIL + TEXT])
def test_the_parts_up_to_the_first_text_tell_what_all_parts_do(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = cuts_of(page_of(text), rules())
    monkeypatch.setattr(flattened, "near_parts", lambda parts, _: parts)
    assert found == cuts_of(page_of(text), rules())


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (TEXT * 2, False),
        ("\t" + TEXT * 2 + " \u3000", False),
        (re.sub("[。 ]", "", TEXT) * 9, False),  # a part that is longer than any run
        (HEAD + TEXT + TAIL, True),
        (HEAD + TEXT * 2, True),
        (TEXT * 2 + TAIL, True),
        (TEXT * 2 + " 版权声明：本网站所有内容未经许可不得转载，违者必究。", True),
        ("版权声明：本网站所有内容未经许可不得转载，违者必究。 " + TEXT * 2, True),
        (TEXT * 2 + " 关闭 " + TEXT[27:], True),  # a notice may begin with what is no text
    ],
)
def test_an_end_is_looked_at_unless_it_is_a_text_that_no_rule_knows(text: str, may: bool) -> None:  # noqa: FBT001 - a column
    assert may_lose_an_end(glance(page_of(text), rules())) == may


@given(
    st.lists(
        st.sampled_from([*(HEAD + TEXT + TAIL).split(), *BOARD.split(), TEXT, "。", "\t", "```", "\r\n"]), max_size=30
    )
)
def test_where_no_end_may_go_none_does(words: list[str]) -> None:
    text = " ".join([TEXT, *words, TEXT] if len(words) % 2 else words)
    if not may_lose_an_end(glance(page_of(text), rules())):
        assert not cuts_of(page_of(text), rules())


def test_near_parts_reach_to_the_first_text() -> None:
    parts = [Part(at, at + 1, text) for at, text in enumerate([False, True, False, True, False, False])]
    assert near_parts(parts, "head") == parts[:2]
    assert near_parts(parts, "tail") == parts[2:]
    assert near_parts(parts[:1], "head") == near_parts(parts[:1], "tail") == parts[:1]


def test_a_board_on_one_line_keeps_its_post() -> None:
    title, post = (
        "[转贴] 老座钟的修理经过 ",
        "座钟停了三年,拆开来看,发条完好,只是油干了。 先用汽油洗一遍齿轮,再点上油。",
    )
    assert left(BOARD) == title + post


def test_in_safe_mode_a_joined_line_is_left_to_inline_rules() -> None:
    assert TEXT in left(HEAD + TEXT + TAIL, "safe")
    assert "网站标识码" in left(HEAD + TEXT + TAIL, "safe")


@pytest.mark.parametrize(
    "text",
    [
        TEXT * 3,
        "责任编辑要对稿件负责。 " + TEXT + " 网站应当标明版权所有和网站标识码。",
        "打印 " + TEXT + " 关闭",  # words that a text may say as well
        TEXT + " 责任编辑：李四",  # one line of chrome is no page
        "The bridge is open to all from today on. " * 6 + "Share Print Powered by Discuz! X3.4",
        "春眠不觉晓 处处闻啼鸟 夜来风雨声 花落知多少 " * 6,
    ],
)
def test_a_text_with_blanks_comes_back_unchanged(text: str) -> None:
    assert left(text) == text


def test_what_goes_inside_a_line_is_counted_as_evidence() -> None:
    chapter = (
        "第三章 渡口 船到江心的时候起了风。老人把桨横过来，看着天。“要下雨了。”他说。船上的人都不说话，只听见水声。"
    )
    novel = f"{chapter * 2}(本章未完,请点击下一页继续阅读) 上一章 目录 下一章"
    assert left(novel) == chapter * 2


def test_only_a_line_that_holds_most_of_the_text_is_a_page() -> None:
    flat = HEAD + TEXT + TAIL
    assert flat_line(page_of(flat)) is not None
    assert flat_line(page_of(" " * len(flat) + flat + " " * len(flat))) is not None  # blanks around it do not count
    assert flat_line(page_of(flat + "\n" + TEXT * 4)) is None
    assert flat_line(page_of("短")) is None


def test_a_long_line_takes_linear_time() -> None:
    text = "渡口 " * 300_000 + TEXT * 2000
    assert left(text) == text
