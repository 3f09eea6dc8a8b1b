"""Forms that are content whatever words they hold."""

import pytest

from cleaner.strip.guards import fenced, shaped
from cleaner.strip.page import page_of
from tests.strip.pages import ARTICLE, THREAD, stripped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("第三章 打印与分享\n第十二条 关闭\n一、收藏\n(二)举报", {0, 1, 2, 3}),
        ("| 回复 | 查看 |\n|---|---|\n| 1 | 2 |", {0, 1, 2}),
        ("甲:里面请!\n乙:老规矩。\n甲:好嘞!\n幕落", {0, 1, 2}),
        ("1. Links ............ 1–12\n第一节 登录……………………9\nIndex . . . . . . . . xv\nand so on... 3", {0, 1, 2}),
        ("各镇要落实责任,主要负责同志亲自部署。\n清河县人民政府\n2023年11月6日\n(此件公开发布)\n打印", {1, 2, 3}),
        ("会议决定自即日起执行,请各单位遵照。\n清河县财政局\n清河县教育局\n二〇二三年十一月六日", {1, 2, 3}),
        ("首页\n清河县人民政府\n2023年11月6日\n打印", set()),
        ("各镇要落实责任,主要负责同志亲自部署。\n清河县财政局主办\n2023年11月6日", set()),
        ("二楼\n1 号楼 4 户\n2 号楼 6 户\n10 号楼 12 户\n共 22 户", {1, 2, 3}),
        ("1 号楼 4 户\n2 号楼 6 户", set()),
        ("2019年5月 (3)\n2019年4月 (7)\n2019年3月 (2)", set()),
        ("1 / 5\n2 / 5\n3 / 5", set()),
        ("序号\n1\n甲\n女\n中学\n书法\n81\n2\n乙\n男\n小学\n78\n3\n丙\n男\n中学\n陶艺\n77\n打印", set(range(1, 18))),
        ("1\n甲\n女\n中学\n81\n2\n乙\n男\n小学\n78\n打印", set()),
        ("1\n江边步道开工\n8211\n热\n2\n座钟修好了\n5530\n热\n3\n面馆又开张了\n1204\n热", set()),
        ("1\n甲\n女\n中学\n81\n4\n乙\n男\n小学\n78\n9\n丙\n男\n大学\n77", set()),
        ("1\n0\n0\n,\n0\n2\n0\n0\n,\n0\n3\n0\n0\n,\n0", set()),
        ("1\n甲\n女\n中学\n81\n2\n乙\n男\n" + "学" * 40 + "\n78\n3\n丙\n男\n大学\n77", set()),
        ("来源:本站\n作者:李四\n编辑:王五", set()),
        ("第一次来\n一个人\n1. 首页", set()),
    ],
)
def test_forms_are_told(text: str, lines: set[int]) -> None:
    assert shaped(page_of(text)) == lines


def test_an_open_fence_guards_nothing() -> None:
    assert fenced(page_of("a\n```\n返回列表\n")) == frozenset()


def test_code_in_fences_stays_even_from_strong_rules() -> None:
    code = "```\n返回列表\nPowered by Discuz! X3.4\n```\n"
    assert code in stripped(THREAD.replace("谢谢分享。\n", "谢谢分享。\n" + code)).text


def test_a_list_of_strings_in_a_program_stays_even_from_strong_rules() -> None:
    code = '  "返回列表",\n  "Powered by Discuz! X3.4",\n  "本帖最后由 甲 于 2020-1-1 编辑",\n'
    assert code in stripped(THREAD.replace("谢谢分享。\n", "谢谢分享。\n" + code)).text


def test_two_quoted_lines_are_no_list_of_strings() -> None:
    assert fenced(page_of('"返回列表",\n"登录",\n注册')) == frozenset()


def test_numbered_headings_below_a_foot_stay() -> None:
    page = ARTICLE.replace("【打印本页】", "第二章 附则\n【打印本页】")
    assert "第二章 附则\n" in stripped(page).text
