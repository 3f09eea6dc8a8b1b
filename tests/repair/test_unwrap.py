"""Paragraphs broken inside a sentence are rejoined; headings, lists, tables and verse are not touched."""

import pytest

from cleaner.core.edits import Patch
from cleaner.repair.unwrap import unwrap_edits

PROSE = "五年来，我们始终推动高质量发展，始终坚持把改善民生放在首位，不断推进改革开放，"
REST = "主题，在应对经济下行中强韧启动。"


def unwrapped(text: str) -> str:
    return Patch("repair", tuple(unwrap_edits(text))).apply(text)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", " \n", "\r"])
def test_a_broken_sentence_is_rejoined(gap: str) -> None:
    assert unwrapped(PROSE + "推动发展为" + gap + REST) == PROSE + "推动发展为" + REST


def test_a_text_wrapped_at_a_fixed_width_becomes_one_line() -> None:
    lines = [PROSE[:38], "推动高质量发展为主题，在应对经济下行中强韧启动，在推动结构调整中求突破", "的过程，已经完成。"]
    assert unwrapped("\n".join(lines)) == "".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        PROSE + "完成。\n\n" + REST,
        PROSE + "为\n\n\n\n" + REST,
        "二、目标定位和重点任务\n\n" + REST,
        PROSE + "推动\n\n(二) 发展目标，为实现上述目标。",
        PROSE + "推动\n\n二、重点任务，为实现。",
        PROSE + "推动\n　　新的一段，从这里开始。",
        PROSE + "推动\n第一条 为了规范，制定本法。",
        PROSE + "推动\n2024年，全市。",
        PROSE + "推动\n- 列表，一项。",
        PROSE + "推动\n标题",
        "床前明月光，疑是地上霜\n举头望明月，低头思故乡",
        "姓名\t年龄，性别，籍贯，职业，住址，电话，邮编，备注，其他，日期，编号，单位\n张三\t，三十",
        "| 表 | 格，一二三四五六七八九十一二三四五六七八九十一二三四五六七八\n| 二，三 |",
        "责任编辑：张三，电话，一二三四五六七八九十一二三四五六七八九十\n来源：本站，转载",
    ],
)
def test_stays_as_it_is(text: str) -> None:
    assert unwrapped(text) == text
