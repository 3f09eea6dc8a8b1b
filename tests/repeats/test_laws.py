"""Laws and their articles."""

from cleaner.repeats.laws import articles, articles_recur, has_articles

LAW = "第一条 为了加强管理，制定本办法。\n第二条 本办法适用于本县。\n第三条 本办法自发布之日起施行。\n"


def test_articles_are_told_by_their_numbers() -> None:
    assert has_articles(LAW)
    assert articles(LAW, 4, len(LAW)) == ["第二条", "第三条"]
    assert has_articles("将引言修改为：“甲”。将第一条修改为：“乙”。将第二条修改为：“丙”。")
    assert not has_articles("将甲修改为“乙”。又将乙修改为丙，后来再将丙修改为丁。")


def test_points_of_a_talk_are_no_articles() -> None:
    assert not has_articles("第一条，是历史。\n第二条，是现实。\n第三条的规定另说。\n第四条、第五条从略。\n")


def test_an_article_begins_with_its_line() -> None:
    text = "　　第七条 依照第三条规定办理。\n"
    assert articles(text, 2, len(text)) == ["第七条"]
    assert articles(text, text.index("第三"), len(text)) == []


def test_an_article_that_stands_twice_is_seen() -> None:
    assert not articles_recur(LAW)
    assert articles_recur(LAW + "第二条 本办法适用于本县。\n")
    assert articles_recur(LAW + "　　第二条 本办法适用于本县。\n" + "  " * 6 + "第五条 本办法适用于本县。\n")
    assert articles_recur(LAW + "第九条 甲。\n" + "  " * 6 + "第九条 甲。\n")
    assert articles_recur(LAW + "第四条 本办法由县人民政府解释。第二条 本办法适用于本县。\n")


def test_an_article_put_behind_a_sentence_is_one_and_a_reference_is_none() -> None:
    text = "有关部门应当公布。第七条 依照第三条规定办理。第三条规定的除外。"
    assert articles(text, text.index("第七"), len(text)) == ["第七条"]
    assert articles("一。 第七条 依照规定办理。", 3, 15) == ["第七条"]
