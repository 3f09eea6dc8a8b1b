"""The stream of a text against the same told one character, and one address, at a time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.repeats import stream as room
from cleaner.repeats.stream import LINK, LINKS, stream
from cleaner.text.shadow import MATCHING, shadow, word_mask

ADDRESSES = ["http://a.cn/x", "HTTP://A", "ftp://b?c=1", "xyhttps://q", "manyletters://z)", "://c"]
PIECES = ["好", "ＡB", "，", " ", "\n", "𠀀", "\ud800", "：//", "a", "/", ":", "(", ")", "é", *ADDRESSES]


def slow(text: str) -> tuple[list[int], list[int]]:
    """The folded word characters, two of each address among them, and their places."""
    marks, mask = [ord(mark) for mark in shadow(text, MATCHING)], word_mask()
    marks = [mark if mask[mark] else 0 for mark in marks]
    known: list[str] = []
    for match in LINK.finditer(text):
        known += [] if match.group() in known else [match.group()]
        marks[match.start() : match.end() - 1] = [0] * (match.end() - 1 - match.start())
        marks[match.start()] = LINKS + known.index(match.group())
    places = [at for at, mark in enumerate(marks) if mark]
    return [marks[at] for at in places], places


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_stream_is_what_is_told_one_character_at_a_time(text: str) -> None:
    made = stream(text)
    assert (made.points.tolist(), made.at.tolist()) == slow(text)


@pytest.mark.parametrize("size", [1, 5, 8, 64])
def test_blocks_of_any_size_tell_the_same(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    text = "见http://a.cn/x和ftp://b?c=1。" * 9
    assert re.search(LINK, text)
    monkeypatch.setattr(room, "_BLOCK", size)
    made = stream(text)
    assert (made.points.tolist(), made.at.tolist()) == slow(text)
