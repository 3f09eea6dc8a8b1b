"""Where a passage may end: a table of gaps."""

import pytest

from cleaner.repeats.bounds import Bounds, Level
from cleaner.repeats.stream import stream


@pytest.mark.parametrize(
    ("before", "behind", "level"),
    [
        ("天亮了。", "走吧", Level.SENTENCE),
        ("天亮了.", "走吧", Level.SENTENCE),
        ("天亮了”.", "走吧", Level.SENTENCE),
        ("天亮了，", "走吧", Level.CLAUSE),
        ("天亮了\n", "走吧", Level.LINE),
        ("写进", "~/.profile里", Level.NONE),
        ("放在", "/.git里", Level.NONE),
        ("It is 3", ".14 long", Level.NONE),
        ("It is 10", ":30 now", Level.NONE),
        ("It is late.", " Go home", Level.SENTENCE),
    ],
)
def test_what_stands_in_a_gap_tells_how_strong_a_boundary_it_is(before: str, behind: str, level: Level) -> None:
    assert Bounds(stream(before + behind)).level(len(stream(before)), head=False) == level
