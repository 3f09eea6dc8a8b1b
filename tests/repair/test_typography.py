"""Punctuation and decimal points: put right between hanzi, left alone everywhere else."""

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repair import Repair, RepairOptions


def done(text: str, **options: object) -> str:
    after = run_stage(Repair(RepairOptions(**options)), Document("a", text, Source("a", "", 0)))  # type: ignore[arg-type]
    assert after.original == text
    return after.text


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("各位代表:\n现在,我报告工作", "各位代表：\n现在，我报告工作"),
        ("坚定不移稳农业, 在建设上突破", "坚定不移稳农业，在建设上突破"),
        ("增长10.5%,达到15个,增长;下降", "增长10.5%，达到15个，增长；下降"),
        ("对各县(市)区", "对各县（市）区"),
        ("政府工作报告(摘要)", "政府工作报告（摘要）"),
        ("(上接二版)", "（上接二版）"),
        ("“好”,他说:“走!”", "“好”，他说：“走！”"),
        ("怎么?没有!", "怎么？没有！"),
        ("决议(草案),通过", "决议（草案），通过"),
    ],
)
def test_becomes_full_width(text: str, full: str) -> None:
    assert done(text, punctuation="full") == full
    assert done(full, punctuation="full") == full


@pytest.mark.parametrize(
    "text",
    [
        "1,200元 10:30 3:2",
        "Hello, world (really)",
        "http://example.com/搜索?词=中文,编码",
        "邮箱 someone@example.com:中",
        "函数f(x)的值",
        "中国(China)的GDP(亿元)",
        '{"姓名":"张三","年龄":3}',
        "姓名\t年龄,性别",
        "a,b,c;d:e",
        "Windows,Linux",
        "x = 甲,乙",
    ],
)
def test_stays_half_width(text: str) -> None:
    assert done(text, punctuation="full") == text


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("总产值725。6亿元,增长40。5%", "总产值725.6亿元,增长40.5%"),
        ("投资额1067。5亿元", "投资额1067.5亿元"),
        ("下降0。3个百分点", "下降0.3个百分点"),
        ("更新管网215。8公里", "更新管网215.8公里"),
        ("面积３。５万亩", "面积３.５万亩"),
    ],
)
def test_becomes_a_decimal_point(text: str, point: str) -> None:
    assert done(text, decimal_point=True) == point


@pytest.mark.parametrize(
    "text",
    [
        "完成15。2021年全市",
        "截至2020。5亿元到账",
        "共有15。3月份又来",
        "排第一。6亿人口",
        "编号12。3号楼",
        "改造40个。192所学校",
        "版本1。2。3",
        "得分15。8人参加",
    ],
)
def test_stays_a_full_stop(text: str) -> None:
    assert done(text, decimal_point=True) == text
