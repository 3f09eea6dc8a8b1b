"""List pages are told by a rule of theirs or by their items, are flagged and stay; texts with dates are no lists."""

import pytest

from tests.strip.pages import ARTICLE, THREAD, stripped

NAMES = ("江边步道", "老码头", "渡口茶馆", "湿地公园", "行道树", "旧书摊", "水文站", "轮渡")
TITLES = [f"关于{name}{what}的通知" for name in NAMES for what in ("改造方案", "开放时间")]
HEAD = "网站首页\n新闻中心\n政务公开\n当前位置：首页 > 政务公开 > 通知公告\n"
FOOT = "首页 上一页 1 2 3 下一页 尾页 共 32 页\n【打印本页】【关闭窗口】\n版权所有 江城日报 京ICP备12345678号\n"


def listed(shape: str) -> str:
    """A list page with items in this shape: T and D stand for a title and a date."""
    items = (shape.replace("T", title).replace("D", f"2020-05-{day:02}") for day, title in enumerate(TITLES, 1))
    return HEAD + "".join(f"{item}\n" for item in items) + FOOT


@pytest.mark.parametrize("shape", ["T D", "• T [D]", "D T", "T\nD", "T\n\nD 10:20", "[D] T"])
def test_a_page_of_titles_and_dates_is_flagged_and_stays(shape: str) -> None:
    done = stripped(listed(shape))
    assert done.text == listed(shape)
    assert [flag.rule for flag in done.flags] == ["strip/list"]


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        THREAD,
        ARTICLE.replace("江边步道一期投入使用\n", "".join(f"{title} 2020-05-06\n" for title in TITLES[:9])),
        HEAD + "".join(f"{title}\n" for title in TITLES) + FOOT,  # no dates
        "".join(f"{title} 2020-05-06\n" for title in TITLES),  # nothing of a page
    ],
)
def test_other_pages_are_not_flagged(text: str) -> None:
    assert "strip/list" not in [flag.rule for flag in stripped(text).flags]


def test_a_chronicle_is_left_alone_either_way() -> None:
    text = "江城大事记\n" + "".join(f"2020年5月{day}日 {title}\n" for day, title in enumerate(TITLES, 1))
    assert stripped(text).text == text
