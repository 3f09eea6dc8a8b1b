"""Real-looking documents that repeat themselves on purpose: nothing goes from any of them."""

from pathlib import Path

import pytest

from cleaner.core.document import Document, Source
from cleaner.repeats import Repeats, RepeatsOptions

# Not among the documents: it is about repeats alone, and what stands there trains the line model of strip, too.
SONG_IN_ESSAY = """\
一首歌和一条河

我小的时候，村里的大人都会唱一首歌，歌里唱的就是门前的这条河。夏天的晚上，大家把竹床搬到晒场上，你一句我一句地唱，唱到月亮偏西才各自回去睡觉。歌是这样开头的：

小船儿摇过了青青的石桥，水鸟飞起来。
岸上的人喊着船上的人，回来吃饭吧。
河水慢慢地流，流过我家的门前。

后来我到城里念书，把这首歌唱给同学听，他们都说好听，问我是谁写的。我说不知道，也许是从前哪一位摆渡的人，一边撑船一边想出来的，后来的人又添上了几句。中间的一段，是我外婆教给我的：

太阳落山了，船也靠了岸，灯一盏一盏亮。
小船儿摇过了青青的石桥，水鸟飞起来。
岸上的人喊着船上的人，回来吃饭吧。
河水慢慢地流，流过我家的门前。

去年我回去，石桥还在，河水却浅了，船早就没有了。晒场上盖起了新房子，会唱这首歌的人只剩下三四个，他们坐在屋檐下，听我把它从头到尾唱了一遍，谁也没有说话。
"""
NEGATIVE = sorted((Path(__file__).parents[2] / "fixtures" / "negative").rglob("*.txt"))


def test_there_are_documents_to_leave_alone() -> None:
    assert len(NEGATIVE) >= 40


@pytest.mark.parametrize("keep", ["first", "last", "whole"])
@pytest.mark.parametrize("path", NEGATIVE, ids=lambda path: path.stem)
def test_nothing_goes(path: Path, keep: str) -> None:
    text = path.read_bytes().decode()
    found = Repeats(RepeatsOptions(keep=keep)).find(Document(path.name, text, Source(path.name, "", 0)))
    assert found.edits == ()


def test_quotations_go_when_asked() -> None:
    path = next(path for path in NEGATIVE if path.stem == "mail-thread")
    document = Document(path.name, path.read_bytes().decode(), Source(path.name, "", 0))
    assert len(Repeats(RepeatsOptions(quotes=True)).find(document).edits) == 1


@pytest.mark.parametrize("keep", ["first", "last", "whole"])
def test_a_chorus_in_an_essay_stays(keep: str) -> None:
    document = Document("essay", SONG_IN_ESSAY, Source("essay", "", 0))
    assert Repeats(RepeatsOptions(keep=keep)).find(document).edits == ()
