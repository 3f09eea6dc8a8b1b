"""Text beyond repair is flagged and left as it is."""

import pytest

from cleaner.core.document import Flag
from cleaner.repair.classes import LOST
from cleaner.repair.lost import lost_flags


def flagged(text: str) -> list[Flag]:
    return list(lost_flags(text, [at for at, char in enumerate(text) if char in LOST]))


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("好锟斤拷锟斤拷好", [("repair/lost/double-decoding", 1, 7, 6)]),
        ("锟斤", [("repair/lost/double-decoding", 0, 2, 2)]),
        ("锟侥硷拷", [("repair/lost/double-decoding", 0, 4, 4)]),
        ("烫烫烫烫", [("repair/lost/debug-fill", 0, 4, 4)]),
        ("屯屯屯", [("repair/lost/debug-fill", 0, 3, 3)]),
        ("a\ufffd\ufffdb\ufffd", [("repair/lost/replacement", 1, 5, 3)]),
        ("\ufffd\n\ufffd", [("repair/lost/replacement", 0, 1, 1), ("repair/lost/replacement", 2, 3, 1)]),
    ],
)
def test_is_flagged(text: str, flags: list[tuple[str, int, int, int]]) -> None:
    found = [(flag.rule, flag.start, flag.end, dict(flag.evidence)["characters"]) for flag in flagged(text)]
    assert found == flags


@pytest.mark.parametrize("text", ["", "滚烫烫手", "三家子屯屯长", "锟铻", "拷贝", "李锟说"])
def test_is_not_flagged(text: str) -> None:
    assert flagged(text) == []
