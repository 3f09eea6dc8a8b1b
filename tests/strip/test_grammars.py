"""Runs of lines that a block grammar accepts, and those that it must not."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.strip.grammars import Sheet, runs
from cleaner.strip.pack import load
from cleaner.strip.page import reads_as_sentence
from cleaner.strip.rules import Block, compiled
from tests.strip.pages import pack
from tests.strip.test_match import cuts

PROFILE = 'kind = "block"\ngrammar = "profile"\nlabels = ["主题", "帖子", "积分", "UID"]\nvalues = ["新手上路|版主"]'
SHARE = 'kind = "block"\ngrammar = "vocabulary"\nlabels = ["微信", "新浪微博", "QQ空间", "更多平台"]'
TABLE = 'kind = "block"\ngrammar = "metadata"\nlabels = ["索引号", "主题分类", "发文机关", "成文日期"]'
CYCLE = """kind = "block"\ngrammar = "cycle"\nlines = ["[\\\\p{L}]{2,8}", "{D}", "广东省??", "回复"]"""
SPAN = 'kind = "block"\ngrammar = "span"\nfirst = "选择其他平台.*"\nlast = "更多平台.*"\nmost = 6'
LIST = 'kind = "block"\ngrammar = "heading"\nfirst = "相关新闻:?"'


@pytest.mark.parametrize(
    ("entry", "lines", "run"),
    [
        (PROFILE, "听雨\n3\n主题\n\n5\n帖子\n10\n积分\n新手上路\n正文。", "3\n主题\n\n5\n帖子\n10\n积分\n新手上路"),
        (PROFILE, "主题\n506\n帖子: 12\nUID: 7\n一行字", "主题\n506\n帖子: 12\nUID: 7"),
        (PROFILE, "主题\n3\n主题\n4\n主题\n5", None),
        (PROFILE, "主题\n他说\n帖子\n他说\n积分", None),
        (SHARE, "分享\n微信\n新浪微博\nQQ空间\n再见", "微信\n新浪微博\nQQ空间"),
        (SHARE, "微信 | 新浪微博 | QQ空间 12", "微信 | 新浪微博 | QQ空间 12"),
        (SHARE, "微信 新浪微博 和 QQ空间", None),
        (TABLE, "索引号：61\n主题分类：农业\n发文机关：县政府\n通知", "索引号：61\n主题分类：农业\n发文机关：县政府"),
        (TABLE, "• 索 引 号:\n  61\n• 主题分类:\n• 发文机关:\n  县政府", "• 索 引 号:\n  61\n• 主题分类:\n• 发文机关:"),
        (
            TABLE,
            "索引号 61 主题分类 农业\n发文机关 县政府 成文日期 2019-11-29",
            "索引号 61 主题分类 农业\n发文机关 县政府 成文日期 2019-11-29",
        ),
        (TABLE, "索引号：61\n各单位：请于月底前报送，逾期不候。\n主题分类：农业\n完", None),
        (
            CYCLE,
            "老王\n2020-1-1\n广东省\n回复\n老李\n2020-1-2\n回复\n完",
            "老王\n2020-1-1\n广东省\n回复\n老李\n2020-1-2\n回复",
        ),
        (CYCLE, "老王\n2020-1-1\n回复\n完", None),
        (SPAN, "选择其他平台 >>\n微信\n微博\n更多平台...\n正文", "选择其他平台 >>\n微信\n微博\n更多平台..."),
        (SPAN, "选择其他平台 >>\n他说,明天早上八点出发,请大家准时到齐。\n更多平台...", None),
        (SPAN, "选择其他平台 >>\na\nb\nc\nd\ne\nf\n更多平台...", None),
        (
            LIST,
            "相关新闻:\n• 步道投入使用\n• 方案公示\n他说,明天早上八点出发,请大家准时到齐。",
            "相关新闻:\n• 步道投入使用\n• 方案公示",
        ),
        (LIST, "相关新闻\n他说,明天早上八点出发,请大家准时到齐。", None),
        (
            LIST,
            "相关新闻\n步道何时才能走到湿地公园?\n方案公示\n他说。",
            "相关新闻\n步道何时才能走到湿地公园?\n方案公示\n他说。",
        ),
        (
            LIST,
            "相关新闻\n• 步道何时才能走到湿地公园?\n• 步道昨天开工了,全长六公里。\n请问步道何时才能走到湿地公园?\n顶",
            "相关新闻\n• 步道何时才能走到湿地公园?\n• 步道昨天开工了,全长六公里。",
        ),
        (LIST, "相关新闻\n步道何时才能走到湿地公园?\n他说,明天早上八点出发,请大家准时到齐。", None),
    ],
)
def test_the_run_of_a_grammar(entry: str, lines: str, run: str | None) -> None:
    assert cuts(entry, lines) == ([] if run is None else [run])


def obvious(block: Block, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The runs of a cycle, a span or a heading, looked for from every line on."""
    at = 0
    while at < len(sheet.lines):
        last = at - 1
        if block.steps:
            last = longest_cycle(block, sheet, at)
        elif block.first in sheet.numbers[at] and block.last >= 0:
            reach = range(at + 1, min(at + block.entry.most, len(sheet.lines)))
            closing = next((now for now in reach if block.last in sheet.numbers[now] or sheet.stops[now]), -1)
            last = closing if closing >= 0 and block.last in sheet.numbers[closing] else last
        elif block.first in sheet.numbers[at]:
            items = range(at + 1, min(at + block.entry.most, len(sheet.lines) - 1) + 1)
            ends = (now for now in items if block.first in sheet.numbers[now] or sheet.stops[now])
            last = next(ends, items.stop) - 1
            last = last if last - at >= block.entry.least else at - 1
        if last >= at:
            yield at, last
        at = max(at, last) + 1


def longest_cycle(block: Block, sheet: Sheet, at: int) -> int:
    """Where cycles in a row that begin in a line end; before it when they are too few."""
    end, count = at, 0
    while True:
        now = end
        for number, optional in block.steps:
            if now < len(sheet.lines) and not sheet.stops[now] and number in sheet.numbers[now]:
                now += 1
            elif not optional:
                now = -1
                break
        if now <= end:
            return end - 1 if count >= block.entry.least else at - 1
        end, count = now, count + 1


TEXT = "他说,明天早上八点出发,请大家准时到齐."
RUNS = (
    'grammar = "cycle"\nlines = ["a.*", "(?:b.*)??", ".*c"]\nleast = 2',
    'grammar = "cycle"\nlines = ["(?:a.*)??", "b.*", "(?:.*c)??"]\nleast = 2',
    'grammar = "span"\nfirst = "a.*"\nlast = ".*c"\nmost = 4',
    'grammar = "heading"\nfirst = "a.*"\nleast = 2\nmost = 3',
)


@pytest.mark.parametrize("entry", RUNS)
@given(
    lines=st.lists(
        st.sampled_from(["ab", "a", "bc", "ac", "b", "x", "他说,明天早上八点出发,请大家准时到齐."]), max_size=14
    )
)
@settings(max_examples=60)
def test_runs_are_those_that_are_found_from_every_line_on(entry: str, lines: list[str]) -> None:
    one = load(pack('id = "x"\nkind = "block"\n' + entry))
    used = compiled((one,), one.entries)
    numbers = [used.finder.numbers(line) for line in lines]
    sheet = Sheet(lines, [reads_as_sentence(line) for line in lines], numbers, [False] * len(lines))
    assert list(runs(used.blocks[0], sheet)) == list(obvious(used.blocks[0], sheet))
