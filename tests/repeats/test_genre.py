"""Kinds of text that repeat themselves on purpose."""

import pytest

from cleaner.repeats.genre import articles, genre, has_articles, has_voices, introduced, quoted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("五年来，我们始终坚持以改革创新为根本动力，统筹发展和安全，各项事业取得了新的进步。", ""),
        ("啦啦啦\n我是卖报的小行家\n不等天明去等派报\n一面走一面叫", "verse"),
        ("| 名称 | 数量 | 单价 |\n| 螺丝 | 十个 | 两元 |", "table"),
        ("姓名：______ 性别：____ 出生日期：______", "table"),
        ("for (int i = 0; i < n; ++i) {\n    total += values[i] * weights[i];\n}", "code"),
    ],
)
def test_prose_may_go_and_the_others_stay(text: str, kind: str) -> None:
    assert genre(text).guarded(40) == kind


def test_prose_among_headings_and_items_is_prose() -> None:
    said = "先把压缩包放到一个没有空格的路径里，再运行目录下的安装脚本，等它提示完成以后重新登录一次。"
    page = "### 安装\n\n- 下载\n- 解压\n- 登录\n" * 4
    assert genre(page).guarded(40) == "verse"
    assert genre(page + said).guarded(40) == ""


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("法兴议曰：日有缓急，未见其证。", 5, True),
        ("他说：“走吧，我们一起走。”", 4, True),
        ("The mayor said, “We go.”", 17, True),
        ("他说得很好。我们一起走吧。", 6, False),
        ("道：\n\n次日天明，师徒起身。", 4, False),
    ],
)
def test_words_are_introduced_on_their_own_line(text: str, start: int, *, said: bool) -> None:
    assert introduced(text, start) == said


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("> 原来的话在这里。", 2, True),
        ("> 前一句在这里。原来的话在这里。", 9, False),
        ("Anna wrote:\nThe old words.", 12, True),
        ("Quote from\nAnna\nThe old words.", 0, True),
        ("引用：\n原来的话在这里。", 4, True),
        ("> 一句引文。\n\n自己的话在这里。", 9, False),
    ],
)
def test_a_quotation_begins_at_the_head_of_its_line(text: str, start: int, *, said: bool) -> None:
    assert quoted(text, start) == said


def test_voices_are_many_of_the_lines() -> None:
    talk = "甲：今天走吗？\n乙：走吧。\n甲：好。\n"
    assert has_voices(talk)
    assert not has_voices(talk + "他们就这样走了。\n" * 8)


def test_articles_are_told_by_their_numbers() -> None:
    law = "第一条 为了加强管理，制定本办法。\n第二条 本办法适用于本县。\n第三条 本办法自发布之日起施行。\n"
    assert has_articles(law)
    assert articles(law[4:]) == ["第二条", "第三条"]
    assert has_articles("将引言修改为：“甲”。将第一条修改为：“乙”。将第二条修改为：“丙”。")


def test_sentences_on_lines_of_very_unequal_length_may_be_prose() -> None:
    text = "及镇京口，淹又为镇军参军事，领南东海郡丞。\n景素不纳。\n乃赠诗十五首以讽焉。\n会东海太守陆澄丁艰。"
    assert genre(text).sentences
    assert not genre("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n" * 3).sentences
