"""Where the benchmark plants: passages that nothing but a copy explains, edits that leave facts alone."""

import random

import pytest

from benchmarks.repeats.apt import SENTENCE_END, ends, is_place, is_source
from benchmarks.repeats.plant import edited

TOLD = "傍晚的河边总有人在散步，水面上漂着几片叶子，卖糖葫芦的推着车从桥上慢慢走过，孩子们跟在后面跑。"


@pytest.mark.parametrize(
    ("passage", "apt"),
    [
        (TOLD, True),
        (f"{TOLD}（未完", False),
        (f"<b>{TOLD}", False),
        (f"**{TOLD}", False),
        (f"> {TOLD}", False),
        (f"```\n{TOLD}\n```\n", False),
        ("The Final Stages of a Long River\nWhat You Should Know Before Crossing It.\n", False),
        ("首页\n新闻\n论坛\n登录\n注册\n联系我们\n走吧。", False),
        ("see the manual of the ferry and the bell, second edition，河水涨了。", False),
    ],
)
def test_only_whole_prose_is_copied(passage: str, *, apt: bool) -> None:
    text = f"{TOLD[::-1]}\n\n{passage}\n\n完"
    start = text.index(passage)
    assert is_source(text, start, start + len(passage)) == apt


def test_what_stands_twice_is_not_copied() -> None:
    assert not is_source(TOLD + TOLD, 0, len(TOLD))


def test_rows_that_differ_in_numbers_are_not_copied() -> None:
    row, other = (
        f"月朔大余{day}日，小余{rest}分；冬至大余三十六日，小余二十四分，无闰月。"
        for day, rest in (("十九", "六百一十四"), ("四十七", "九百三十一"))
    )
    assert is_source(f"{row}\n{TOLD}", 0, len(row))
    assert not is_source(f"{row}\n{TOLD}\n{other}", 0, len(row))


def test_a_sentence_goes_on_behind_etc() -> None:
    text = "boats, bells etc. and ropes. The end."
    assert [text[:at] for at in ends(text, SENTENCE_END)] == ["boats, bells etc. and ropes. ", text]


def test_no_copy_is_put_behind_a_line_that_announces_one() -> None:
    text = f"老人说：\n{TOLD}\n{TOLD}"
    assert [is_place(text, at) for at in (5, 6 + len(TOLD))] == [False, True]


@pytest.mark.parametrize("fact", ["王大山", "３５", "ⅷ", "三十", "《老街志》", "清河县"])
def test_edits_leave_facts_alone(fact: str) -> None:
    rng = random.Random(7)  # noqa: S311 - no secret, a repeatable draw
    passage = f"那年{fact}的事情，{TOLD}"
    copies = [edited(passage, rng, 0.3, TOLD)[0] for _ in range(50)]
    assert all(fact in copy for copy in copies)
    assert any(copy != passage for copy in copies)
