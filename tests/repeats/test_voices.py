"""What somebody says or cites."""

import pytest

from cleaner.repeats.voices import asked, cited, decreed, has_voices, introduced, quoted, spoken, voiced


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("法兴议曰：日有缓急，未见其证。", 5, True),
        ("他说：“走吧，我们一起走。”", 4, True),
        ("The mayor said, “We go.”", 17, True),
        ("据镇里的人介绍，我们一起走。", 8, True),
        ("他说得很好。我们一起走吧。", 6, False),
        ("道：\n\n次日天明，师徒起身。", 4, False),
        ("对老街的人而言，日子照旧。", 8, False),
        ("一般来说，日子照旧。", 5, False),
    ],
)
def test_words_are_introduced_on_their_own_line(text: str, start: int, *, said: bool) -> None:
    assert introduced(text, start) == said


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("> 原来的话在这里。", 2, True),
        ("> 前一句在这里。原来的话在这里。", 9, False),
        ("> 前一句在这里。原来的话在这里。\n> 还有一句。", 9, True),
        ("> 前一句在这里。原来的话在这里。\n还有一句。", 9, False),
        ("Anna wrote:\nThe old words.", 12, True),
        ("Quote from\nAnna\nThe old words.", 0, True),
        ("引用：\n原来的话在这里。", 4, True),
        ("> 一句引文。\n\n自己的话在这里。", 9, False),
        ("anna\nsaid:\nThe old words.", 11, True),
        ("Anna said in\nThe thread\nThe old words.", 24, True),
        ("It was what she said.\nThe old words.", 22, False),
        ("Anna said in\nThe thread\n:\nFirst.\nSecond.\nThe old words.", 41, True),
        ("Anna wrote:\nMine. The old words.", 18, False),
    ],
)
def test_a_quotation_begins_at_the_head_of_its_line(text: str, start: int, *, said: bool) -> None:
    assert quoted(text, start, len(text)) == said


def test_voices_are_many_of_the_lines() -> None:
    talk = "甲：今天走吗？\n乙：走吧。\n甲：好。\n"
    assert has_voices(talk)
    assert not has_voices(talk + "他们就这样走了。\n" * 8)
    assert not has_voices("8:30以后，人都来了。\n**9:40**，人又走了。\n10：15，天黑了。\n")
    assert not has_voices("甲说道：“今天走吗？”\n乙道：“走吧。”\n甲问：“几时走？”\n")


@pytest.mark.parametrize(
    ("line", "start", "of_one"),
    [
        ("甲：今天走吗？\n", 0, True),
        ("\u3000\u3000甲：今天走吗？\n", 2, True),
        ("甲：今天走吗？\n乙：走吧。\n", 0, False),
        ("天黑了。甲：今天走吗？\n", 4, False),
        ("甲：今天走吗？明天走吗？\n", 7, False),
        ("甲：他问：走吗？我说：走吧。\n", 0, False),
    ],
    ids=["a line", "set in", "two lines", "put in behind a sentence", "without the name", "what several say"],
)
def test_a_line_of_a_play_begins_with_who_speaks(line: str, start: int, *, of_one: bool) -> None:
    assert voiced(line, start, len(line)) == of_one


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("县令批曰：惟贤是举。\n", True),
        ("县令批曰：惟贤是举。\n不惟其亲。\n", True),
        ("县令批曰： 惟贤是举。\n不惟其亲。 \n", True),
        ("县令批曰： 惟贤是举。 \n诸生乃止。\n", False),
        ("县令批曰：“惟贤是举。”\n", False),
        ("越三日，县令批曰：惟贤是举。\n", False),
    ],
)
def test_a_decree_is_all_that_is_said(text: str, *, whole: bool) -> None:
    assert decreed(text, 0, len(text)) == whole


@pytest.mark.parametrize(
    ("text", "start", "told"),
    [
        ("县令批曰：惟贤是举。", 5, True),
        ("主簿说：上游水急。石料又近。", 4, True),
        ("主簿说：上游水急。石料又近。", 9, False),  # it was put into what he says
        ("主簿说：“上游水急。”石料又近。", 11, False),
        ("会议指出，上游水急。", 5, False),
        ("他说完就走了。石料又近。", 7, False),
        ("水" * 30 + "甲说：" + "石" * 200 + "料近。", 230, False),  # where its line begins is not in sight
    ],
)
def test_what_a_line_ascribes_to_somebody_is_cited(text: str, start: int, *, told: bool) -> None:
    assert cited(text, start, 0) == told


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ('I move, "That we go home." We went.', 8, 25, True),
        ('As you wrote, "... that we go home." No.', 19, 36, True),
        ("他说：“走吧，我们一起走。”", 3, 14, True),
        ("I move that we go home. We went.", 0, 23, False),
        ('and\n\n"... that we go home."', 0, 27, True),
    ],
)
def test_a_whole_quotation_is_speech(text: str, start: int, end: int, *, said: bool) -> None:
    assert spoken(text, start, end) == said


def test_a_turn_is_cited_on_behind_what_stands_in_its_midst() -> None:
    first, second = "古人测影，用十九年七闰之法。", "日有缓急，月有盈亏。"
    text = f"{first}{second}\n法兴说：{first}这一句不是他的。{second}\n"
    assert cited(text, text.rindex(second), text.index(second)) is True


@pytest.mark.parametrize("end", ["", "\n"])
def test_words_go_on_in_a_turn_where_what_stands_before_them_is_told_twice_too(end: str) -> None:
    told = f"日有缓急，月有盈亏。{end}星有顺逆，皆可推算。\n"
    turn = f"法兴说：古人测影，十九年七闰。{told}"
    again = turn.index(told)
    assert cited(turn, again, 0) is False
    text = f"古人测影，十九年七闰。{told}{turn}"
    assert cited(text, text.rindex(told), text.index(told)) is True


@pytest.mark.parametrize(
    ("text", "start", "end", "asks"),
    [
        ("记者：河水涨了没有？\n还没有。", 3, 10, True),
        ("**问：** 河水涨了没有？桥修好了没有？\n", 7, 21, True),
        ("天亮了。河水涨了没有？桥修好了没有？\n", 4, 18, False),
        ("河水涨了没有？他没有说。\n", 0, 7, False),
        ("河水涨了。\n", 0, 5, False),
    ],
)
def test_a_question_that_is_asked_stands_on_a_line_of_its_own(text: str, start: int, end: int, *, asks: bool) -> None:
    assert asked(text, start, end) == asks
