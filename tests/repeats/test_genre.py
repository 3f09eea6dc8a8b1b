"""Kinds of text that repeat themselves on purpose."""

import pytest

from cleaner.repeats.genre import genre


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("五年来，我们始终坚持以改革创新为根本动力，统筹发展和安全，各项事业取得了新的进步。", ""),
        ("啦啦啦\n我是卖报的小行家\n不等天明去等派报\n一面走一面叫", "verse"),
        ("| 名称 | 数量 | 单价 |\n| 螺丝 | 十个 | 两元 |", "table"),
        ("姓名：______ 性别：____ 出生日期：______", "table"),
        (
            "见[手册](a/b.html)、[索引](c/d.html)和[勘误](e/f.html)，"
            + "其中所记的年代都不相同，" * 2
            + "以手册为准。",
            "",
        ),
        (
            "老街到此为止。\u3000\u3000过了桥是新街。\u3000\u3000"
            + "新街上没有树，夏天热，" * 3
            + "走过的人都打着伞。",
            "",
        ),
        ("`/dev/a` 是真的，`/dev/b` 是假的，**前者会停**，后者不会；`web` 一节里写着它们的 `role` 和 `port`。", ""),
        ("26、名册：" + "河边的人家按门牌排列，一户一页。搬走的人家也留着。" * 3 + "由村长核对", ""),
        ("26、河边的人家按门牌排列！　搬走的人家也要留着吗", "verse"),
        ("26、河边人家的名册和搬走的人家、新来的人家的名册，按门牌排列，写在最后，由村长核对", "verse"),
        ("女□手调羹汤，烹饪之法自有家传，生非女手调不甘，久而久之，客来者皆称其味胜于市脯十倍。", ""),
        ("□ 已婚 □ 未婚 （请在空格内打勾）", "table"),
        (
            "The ferry did not run, for the river\nwas high and nobody minded it much until the second\nweek.",
            "",
        ),
        ("设成 (3) 就把空的行留着，(2) 和 (3) 不再起作用 (见 (4))，其他的 (5) 照旧 (重启以后生效)，不用改名册。", ""),
        ("灯的<ruby>亮度<rt>brightness</rt></ruby>写在[第二页][2]和[第三页][3]，改过以后要按一下红色的按钮。", ""),
        ("return results;\nView button = find(R.id.button);\nsetMenuBar(menubar)", "code"),
        ("class Parent {\n    let queue = Queue(label: name)\n    func start(with material: Kind) {", "code"),
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


def test_sentences_on_lines_of_very_unequal_length_may_be_prose() -> None:
    text = "及镇京口，淹又为镇军参军事，领南东海郡丞。\n景素不纳。\n乃赠诗十五首以讽焉。\n会东海太守陆澄丁艰。"
    assert genre(text).sentences
    assert not genre("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n" * 3).sentences
