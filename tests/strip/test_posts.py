"""Posts of unknown boards are told by headers in one shape and by what comes back between them, and by nothing less."""

import pytest

from cleaner.strip.posts import posts_of
from tests.strip.pages import stripped

WORDS = frozenset(("回复", "举报", "引用", "楼", "等级", "来自", "赞"))
SAID = ("今天沿着河堤走了十里路,柳树都绿了。", "照片呢", "芦苇边上那条路去年还不通,修得真快。", "晚上就发")
NAMES = ("小禾", "北岸", "摆渡人", "小禾")
TIMES = ("2019-03-04 10:20", "2019-03-04 11:05", "昨天 12:30", "2019-03-05 08:15")


def board(post: str, times: int = 4) -> list[str]:
    """The lines of a board with posts in this shape: N, D and T stand for a name, a date and a text."""
    filled = zip(NAMES[:times], TIMES[:times], SAID[:times], strict=True)
    posts = [post.replace("N", name).replace("D", date).replace("T", text) for name, date, text in filled]
    return "\n".join(posts).split("\n")


def left(lines: list[str]) -> list[str]:
    """What stays of a page."""
    dated = [at for at, line in enumerate(lines) if ":" in line and any(time in line for time in TIMES)]
    found = posts_of(lines, [len(line) > 12 and line.endswith("。") for line in lines], dated, WORDS)
    gone = {*found.headers, *found.around} if found else set()
    return [line for at, line in enumerate(lines) if at not in gone]


@pytest.mark.parametrize(
    ("post", "first"),
    [
        ("D\nT\n回复 举报", []),
        ("N 发表于 D\nT\n回复\n举报", []),
        ("N\n来自: 江城\nD\nT\n赞 3\n回复", ["小禾", "来自: 江城"]),  # above the first header nothing is sure
        ("发表于 D | 1楼\n等级: 三级\nT\n引用", []),
        ("N\n1楼\nD\nT\n回复\n举报", ["小禾", "1楼"]),
    ],
)
def test_headers_buttons_and_names_go(post: str, first: list[str]) -> None:
    assert left(board(post)) == [*first, *SAID]


@pytest.mark.parametrize(
    "lines",
    [
        board("D\nT\n回复 举报", times=2),  # too few
        board("N D\nT"),  # a chat: nothing comes back
        board("D\nT\n谢谢分享"),  # what users say, not what interfaces say
        ["2019-03-04 10:20 开工", "上游来水", "2019-03-04 11:05", "回复", "举报", "昨天 12:30 收工", "水位回落"],
    ],
)
def test_what_only_looks_like_posts_stays(lines: list[str]) -> None:
    assert left(lines) == lines


def test_a_post_of_one_word_stays_beside_a_name_of_one_word() -> None:
    lines = board("N\nD\nT\n回复").copy()
    lines[lines.index("照片呢")] = "顶"
    assert "顶" in left(lines)


def test_an_unknown_board_is_cut_into_posts() -> None:
    page = (
        "登录\n注册\n春天的河堤\n"
        + "\n".join(board("N\n1楼\nD\n来自 安卓客户端\nT\n赞 3\n回复\n举报"))
        + "\n加载更多\n"
    )
    text = stripped(page).text
    assert all(said in text for said in SAID)
    assert "举报" not in text
    assert "11:05" not in text


def test_comments_below_an_article_do_not_make_it_a_head() -> None:
    article = "".join(f"第{number}天的河堤上,柳树又绿了一些,野鸭子也多了几只。\n" for number in "一二三四五六七")
    page = "春天的河堤\n" + article + "\n".join(board("N\nD\nT\n回复 举报")) + "\n"
    text = stripped(page).text
    assert text.startswith("春天的河堤\n" + article)
    assert all(said in text for said in SAID)


def test_a_post_that_says_what_a_button_says_stays() -> None:
    lines = board("N\nD\nT\n赞\n回复 举报")
    lines[lines.index("照片呢")] = "赞"
    assert left(lines).count("赞") == 1
