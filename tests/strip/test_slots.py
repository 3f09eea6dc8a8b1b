"""What stands in the same place in every post: short posts, names, and what interfaces say again and again."""

import pytest

from cleaner.strip.page import page_of
from cleaner.strip.slots import slots_of
from tests.strip.pages import stripped

KINDS = {"回复 举报": "buttons", "发表于": "header", "积分": "profile"}
LONG = "座钟停了三年,上个周末拆开来看,发条完好,只是油干了。"


def short(*posts: str) -> list[str]:
    """Which lines of these posts, sentences aside, are taken for short ones; each has a header, a text, and buttons."""
    text = "".join(f"发表于 {number} 楼\n{post}\n回复 举报\n小禾\n积分 3\n" for number, post in enumerate(posts))
    page = page_of(text)
    marks = {at: KINDS[start] for at in page.solid for start in KINDS if page.lines[at].shadow.startswith(start)}
    return [page.lines[at].shadow for at in sorted(slots_of(page, marks, ()).said) if not page.sentences[at]]


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
        (LONG, "此帖已被删除", "此帖已被删除", "此帖已被删除"),  # interfaces repeat themselves
        (LONG, "2", LONG, "---"),  # no words
        ("顶", "好", "赞"),  # a rank or a name is as long
        (LONG, "短"),  # too few to tell
    ],
)
def test_what_an_interface_could_say_is_no_post(posts: tuple[str, ...]) -> None:
    assert short(*posts) == []


def test_names_beside_posts_are_none() -> None:
    assert "小禾" not in short(LONG, "支持一下", LONG, LONG)


def test_comments_of_a_word_or_two_below_a_short_article_stay() -> None:
    words = ("可以的 好好休息", "元旦快乐", "这放假方式有点奇特啊", "羡慕", "我已经放假了 哈哈哈")
    comments = "".join(f"小禾{at}\n2021-01-01 10:3{at}:38\n{word}\n点赞\n评论\n" for at, word in enumerate(words))
    article = "登录\n注册\n放假的日子\n发布于 2020-12-30 19:24:15\n又要放假了,提前祝大家元旦快乐!\n"
    left = stripped(f"{article}8条评论\n请登录后发表观点\n{comments}").text.splitlines()
    assert [word for word in words if word not in left] == []


def test_the_last_post_of_a_thread_stays_however_short() -> None:
    words = ("less", "split -b 200m app.log", "EmEditor,付费,但是真香", "单行 20M 建议先打一顿写日志的人", "klogg +1")
    posts = "".join(f"    {at}\nuser{at}\n  2020-05-19 11:1{at}:03 +08:00\n{word}\n" for at, word in enumerate(words))
    head = "有没有一种编辑器,打开日志不卡?\n这是一个创建于 1290 天前的主题,其中的信息可能已经有所发展或是发生改变。\n"
    text = f"首页 注册 登录\n{head}线上拉下来的日志有点大,打开就卡死。\n5 条回复 • 2020-05-19 19:33:50 +08:00\n{posts}"
    text += "关于 · 帮助文档 · 博客 · API · FAQ · 实用小工具 · 2891 人在线 最高记录 5168\n"
    left = stripped(text).text.splitlines()
    assert [word for word in words if word not in left] == []


BOARD = """社区首页
老座钟修理手记
{posts}返回列表
您需要登录后才可以回帖 登录 | 立即注册
Powered by Discuz! X3.4
"""
POST = "{name}\n{more}发表于 2023-2-4 0{at}:12:00 | 显示全部楼层\n{text}\n{below}回复 支持 反对\n使用道具 举报\n"
NAMES = ("听雨", "北岸", "摆渡人", "小禾", "过客")


def thread(*texts: str, more: str = "", below: str = "") -> list[str]:
    """What is left of a thread of these posts."""
    filled = zip(NAMES, texts, strict=False)
    posts = (POST.format(name=name, more=more, at=at, text=text, below=below) for at, (name, text) in enumerate(filled))
    return stripped(BOARD.format(posts="".join(posts))).text.splitlines()


def test_names_and_what_comes_back_with_every_post_go() -> None:
    left = thread(LONG, LONG[3:], "支持一下", LONG[5:], LONG[7:], more="本月之星\n", below="望山社区 与邻居说说话\n")
    assert "支持一下" in left
    assert not {*NAMES[1:], "望山社区 与邻居说说话"}.intersection(left)
    assert left.count("本月之星") <= 1  # above the first post nothing is sure


@pytest.mark.parametrize("post", ["谢谢分享", "顶", "+1", "沙发", "路过看看", "很好很强大"])
def test_what_many_users_say_stays(post: str) -> None:
    assert thread(LONG, post, post, post, LONG).count(post) == 3


@pytest.mark.parametrize("post", ["谢谢分享", "+1", "路过看看", "很好很强大"])
def test_what_all_users_say_stays(post: str) -> None:
    assert thread(post, post, post, post, post).count(post) == 5
