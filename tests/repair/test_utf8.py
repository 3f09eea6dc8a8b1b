"""UTF-8 read in a single-byte codec: the output is ftfy's, the price is not."""

import itertools
import re

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cleaner.core.edits import Patch
from cleaner.repair.classes import CLUES
from cleaner.repair.lines import lines_with
from cleaner.repair.utf8 import NEED, settings, utf8_edits

_RANGE = re.compile(r"(.)-(.)|(.)", re.DOTALL)


def categorised() -> set[str]:
    """Every character that ftfy's heuristic knows."""
    found: set[str] = set()
    for members in MOJIBAKE_CATEGORIES.values():
        for low, high, one in _RANGE.findall(members):
            found |= {one} if one else {chr(point) for point in range(ord(low), ord(high) + 1)}
    return found


def fixed(text: str) -> str:
    return Patch("repair", tuple(utf8_edits(text, lines_with(NEED, text)))).apply(text)


def test_what_ftfy_calls_bad_holds_a_clue() -> None:
    clue = re.compile(f"[{CLUES}]")
    others = [*sorted(character for character in categorised() if not clue.match(character)), *"aA1 .?"]
    strings = (s for length in (1, 2, 3) for s in map("".join, itertools.product(others, repeat=length)))
    assert [string for string in strings if is_bad(string)] == []


pieces = st.lists(
    st.sampled_from(
        ["中文", "，", "。", " ", "a", "\n", "\r\n", "“", "”", "…", "é", "©", "®", "°", "±", "à", "Ã", "Â", "€"]
        + [text.encode().decode("latin-1") for text in ("公司", "é", "“", "，", "à ", "—", "加", "😀")]
        + [text.encode().decode("windows-1252", "ignore") for text in ("公司", "é", "“", "ñ", "ü")]
        + ["Ð¿Ñ€Ð¸", "Ã¢â‚¬â„¢", "РџСЂРё", "â€", "ã \x80", "å ¬"]
    ),
    max_size=12,
).map("".join)


@examples(max_examples=300, deadline=None)
@given(pieces)
def test_the_output_is_that_of_ftfy_on_everything_but_a_next_line_alone(text: str) -> None:
    peer = ftfy.fix_text(text, settings())
    assert fixed(text) == peer or fixed(text).replace("\x85", "…") == peer


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("ä¸\xadæ\x96\x87", [("ä¸\xadæ\x96\x87", "中文")]),
        ("正文 ã€\x90å…¬å\x91Šã€\x91 正文", [("ã€\x90å…¬å\x91Šã€\x91", "【公告】")]),
        ("Ã©, Ã¨, plain", [("Ã©", "é"), ("Ã¨", "è")]),
        ("甲Ã©乙Ã¨丙", [("Ã©", "é"), ("Ã¨", "è")]),
        ("Ã¤Â¸Â\xadÃ¦\x96\x87", [("Ã¤Â¸Â\xadÃ¦\x96\x87", "中文")]),
    ],
)
def test_edits_are_as_small_as_the_damage(text: str, changes: list[tuple[str, str]]) -> None:
    assert [(edit.removed, edit.replacement) for edit in utf8_edits(text, lines_with(NEED, text))] == changes


def test_a_next_line_alone_stays_and_beside_other_bytes_is_an_ellipsis() -> None:
    assert fixed("一行\x85二行") == "一行\x85二行"
    assert fixed("\x93wait\x85\x94") == "“wait…”"


def test_a_replacement_character_is_never_dropped() -> None:
    assert "\ufffd" in fixed("Ã©\ufffd")


def test_a_carriage_return_ends_a_line() -> None:
    assert fixed("Ã©\r中文\rÃ©\r") == "é\r中文\ré\r"


def test_long_lines_are_repaired_in_pieces() -> None:
    text = "文" * 1_000_000 + "Ã©"
    assert fixed(text) == "文" * 1_000_000 + "é"
