"""The scores: what counts as right, wrong, missed and lost."""

import pytest

from cleaner.core.edits import cut
from cleaner.strip import Strip
from cleaner.strip.evaluate import Labelled, Score, evaluate, labels_of, rule_table, score, table

TEXT = "标题\n返回列表\n正文一句。\n\n作者\n历史[编辑]\n"
LABELS = labels_of({"labels": ["keep", "drop", "keep", "either", "either", {"partial": "[编辑]"}]})
PAGE = Labelled("1", "wiki", TEXT, LABELS)


def scored(*pieces: str) -> Score:
    spans = [(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces]
    return score(PAGE, [cut(TEXT, start, end, "strip/x/y") for start, end in spans]).score


@pytest.mark.parametrize(
    ("pieces", "right", "wrong", "missed", "lost"),
    [
        ((), 0, 0, 1, 0),
        (("返回列表\n",), 1, 0, 0, 0),
        (("返回",), 0, 0, 1, 0),
        (("标题\n", "返回列表\n"), 1, 1, 0, 2),
        (("作者\n",), 0, 0, 1, 0),
        (("[编辑]",), 0, 0, 1, 0),
        (("历史[编辑]\n",), 0, 1, 1, 2),
        (("一句",), 0, 0, 1, 2),
    ],
)
def test_lines_and_characters_are_counted(
    pieces: tuple[str, ...], right: int, wrong: int, missed: int, lost: int
) -> None:
    found = scored(*pieces)
    assert (found.right, found.wrong, found.missed, found.lost) == (right, wrong, missed, lost)
    assert found.content == len("标题正文一句。历史")
    assert found.chrome == len("返回列表[编辑]")


def test_groups_and_rules_are_tabled() -> None:
    hard = Labelled("2", "hardneg-chat", "回复了\n", ("keep",))
    ads = Labelled("3", "ads", "今年冬天来得早,柳树落尽了叶子。\nad1 webp\n", ("keep", "drop"))
    results = evaluate(Strip(), [PAGE, hard, ads])
    rows = {row.group: row for row in table(results)}
    assert {"all", "chrome", "hard negatives", "low chrome", "wiki", "ads", "hardneg-chat"} == rows.keys()
    assert rows["hard negatives"].hurt == 0
    assert rows["ads"].score.f1 == 1.0
    assert ("strip/ads/image-name", 1, 1.0) in rule_table(results)
    assert [mistake.line for mistake in results[2].mistakes] == []
