"""Laws and their articles."""

from cleaner.repeats.laws import articles, has_articles


def test_articles_are_told_by_their_numbers() -> None:
    law = "第一条 为了加强管理，制定本办法。\n第二条 本办法适用于本县。\n第三条 本办法自发布之日起施行。\n"
    assert has_articles(law)
    assert articles(law[4:]) == ["第二条", "第三条"]
    assert has_articles("将引言修改为：“甲”。将第一条修改为：“乙”。将第二条修改为：“丙”。")
