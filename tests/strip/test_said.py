"""Short posts are told by where they stand: where the other posts of their thread stand, and by nothing else."""

import pytest

from cleaner.strip.page import page_of
from cleaner.strip.said import said
from tests.strip.pages import stripped

KINDS = {"回复 举报": "buttons", "发表于": "header", "积分": "profile"}
LONG = "座钟停了三年,上个周末拆开来看,发条完好,只是油干了。"


def short(*posts: str) -> list[str]:
    """Which lines of these posts are taken for short ones; each is a header, what it says, and buttons."""
    text = "".join(f"发表于 {number} 楼\n{post}\n回复 举报\n小禾\n积分 3\n" for number, post in enumerate(posts))
    page = page_of(text)
    marks = {at: KINDS[start] for at in page.solid for start in KINDS if page.lines[at].shadow.startswith(start)}
    return [page.lines[at].shadow for at in sorted(said(page, marks))]


def test_short_posts_are_told_among_long_ones_and_by_themselves() -> None:
    assert short(LONG, "支持一下", LONG, "顶") == ["支持一下", "顶"]
    assert short("沙发上坐坐也好啊", "支持一下老座钟啊", "修得真不错啊朋友") == [
        "沙发上坐坐也好啊",
        "支持一下老座钟啊",
        "修得真不错啊朋友",
    ]


@pytest.mark.parametrize(
    "posts",
    [
        (LONG, "此帖已被删除", LONG, "此帖已被删除"),  # interfaces repeat themselves
        (LONG, "2", LONG, "---"),  # no words
        ("顶", "好", "赞"),  # a rank or a name is as long
        (LONG, "短"),  # too few to tell
    ],
)
def test_what_an_interface_could_say_is_no_post(posts: tuple[str, ...]) -> None:
    assert [line for line in short(*posts) if line != page_of(LONG).lines[0].shadow] == []


def test_names_beside_posts_are_none() -> None:
    assert "小禾" not in short(LONG, "支持一下", LONG, LONG)


def test_comments_of_a_word_or_two_below_a_short_article_stay() -> None:
    words = ("可以的 好好休息", "元旦快乐", "这放假方式有点奇特啊", "羡慕", "我已经放假了 哈哈哈")
    comments = "".join(f"小禾{at}\n2021-01-01 10:3{at}:38\n{word}\n点赞\n评论\n" for at, word in enumerate(words))
    article = "登录\n注册\n放假的日子\n发布于 2020-12-30 19:24:15\n又要放假了,提前祝大家元旦快乐!\n"
    left = stripped(f"{article}8条评论\n请登录后发表观点\n{comments}").text.splitlines()
    assert [word for word in words if word not in left] == []
