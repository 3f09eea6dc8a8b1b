"""Lines of a page, and which of them read as running text."""

import pytest
from hypothesis import given

from cleaner.strip.page import page_of, reads_as_sentence
from cleaner.text.segments import lines
from cleaner.text.shadow import shadow
from tests.strategies import texts


@given(texts())
def test_lines_are_those_of_the_text(text: str) -> None:
    page = page_of(text)
    assert [(line.start, line.end, line.content_end) for line in page.lines] == [
        (span.start, span.end, span.content_end) for span in lines(text)
    ]
    assert len(page.shadow) == len(text)


@pytest.mark.parametrize(
    "line",
    [
        "五年来,坚定不移贯彻新发展理念。",
        "他问:“这片水过去就是南边了吗?”",
        "为切实做好防控工作,保障安全,现就有关事项通知如下:",
        "The committee met on Tuesday and agreed to publish the minutes.",
        "一、压实工作责任,主要负责同志亲自部署,分管负责同志具体抓落实,做到件件有着落,事事有回音,并及时报告有关情况",
    ],
)
def test_running_text_is_told(line: str) -> None:
    assert reads_as_sentence(shadow(line))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "谢谢。",
        "删除该留言吗?",
        "关于我们 | 广告服务 | 联系我们",
        "致敬改革开放四十年，文化大家讲述亲历",
        "首艺联搭建艺术电影放映平台 四部儿童…",
        "Copyright © 1997-2019 by example.com. all rights reserved",
        "您需要登录后才可以回帖 登录 | 立即注册",
        "2023-2-3 21:00:09",
    ],
)
def test_headlines_buttons_and_notices_are_not_running_text(line: str) -> None:
    assert not reads_as_sentence(shadow(line))


UNSTOPPED = [
    "山里的雾气从早上就没有散过",
    "我们把帐篷搭在溪边的草地上",
    "孩子们跑来跑去也不觉得累了",
    "晚饭是一锅热汤和自己种的菜",
    "夜里下了一点雨但是没有风声",
    "第二天起来的时候云都还在脚下",
]


def test_many_lines_that_talk_are_running_text_although_no_stop_ends_them() -> None:
    assert page_of("\n".join(UNSTOPPED)).sentences == [True] * 6


@pytest.mark.parametrize(
    "rows",
    [
        UNSTOPPED[:5],
        [*UNSTOPPED[:3], "首页", *UNSTOPPED[3:]],
        [f"• {line}" for line in UNSTOPPED],
        ["市政府召开春季防汛工作部署会议", "第三届青年文化艺术节闭幕仪式举行"] * 3,
    ],
    ids=["too few", "parted by a button", "a list", "headlines"],
)
def test_few_lines_lists_and_headlines_are_no_text_without_stops(rows: list[str]) -> None:
    assert not any(page_of("\n".join(rows)).sentences)
