"""Control characters, escapes, byte order marks, surrogates: what goes and what stays."""

import pytest

from cleaner.core.edits import Patch
from cleaner.repair.control import control_edits, surrogate_edits


def without_controls(text: str) -> str:
    return Patch("repair", tuple(control_edits(text))).apply(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b", "ab"),
        ("\x00" * 4000, ""),
        ("\ufeff\ufeff标题", "标题"),
        ("中\ufeff文", "中文"),
        ("\x01\x08\x0b\x0e\x1f\x7f文\x80\x84\x86\x9f文", "文文"),
        ("\x1b[1;31m红\x1b[0m字\x1b[m", "红字"),
        ("\x1b[?25h\x1b[2J\x1b[10;20H屏", "屏"),
        ("\x1b]0;标题\x07文", "文"),
        ("\x1b(B文", "文"),
        ("\x1b文", "文"),
        ("图\ufffc\u206a\ufff9", "图"),
        ("h\x00e\x00l\x00l\x00o\x00", "hello"),
        ("\x1b[31", "[31"),
    ],
)
def test_goes(text: str, clean: str) -> None:
    assert without_controls(text) == clean


@pytest.mark.parametrize(
    "text",
    ["a\tb\nc\rd\x0ce\r\n", "\x85", "\u2028\u2029", "\u200b\u200c\u200d\u200e\u202a\u2060", "\xad", "å\x8f¸", "\x8fé"],
)
def test_stays(text: str) -> None:
    assert without_controls(text) == text


def test_controls_between_all_characters_are_one_edit() -> None:
    assert len(list(control_edits("\x00a" * 1000 + "\x00"))) == 1


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\ud83d\ude00", "😀"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("a\ud83d", "a\ufffd"),
        ("\ud83d\ud83d\ude00", "\ufffd😀"),
    ],
)
def test_surrogates(text: str, clean: str) -> None:
    assert Patch("repair", tuple(surrogate_edits(text))).apply(text) == clean
