"""One look says which repairs a text can need, and in which lines."""

import pytest

from cleaner.repair.screen import Concern, screen


@pytest.mark.parametrize(
    ("text", "concerns"),
    [
        ("", Concern(0)),
        ("全角，“引号”……①㎡ abc", Concern(0)),
        ("ÖÐ", Concern.MISREAD),
        ("a\x00", Concern.CONTROL),
        ("\ud800", Concern.SURROGATE),
        ("锟", Concern.LOST),
        ("枃", Concern(0)),
        (f"枃{'的' * 7}枃", Concern.GARBLED),
        (f"枃{'的' * 8}枃", Concern(0)),
    ],
)
def test_the_concerns_of_a_text_are_those_of_its_characters(text: str, concerns: Concern) -> None:
    assert screen(text).concerns == concerns


def test_only_lines_that_raise_a_concern_are_given() -> None:
    text = "正文\r\nÖÐ\r正文\n枃栫\n"
    seen = screen(text)
    assert [text[start:end] for start, end, _ in seen.lines(Concern.MISREAD, text)] == ["ÖÐ"]
    assert [text[start:end] for start, end, _ in seen.lines(Concern.GARBLED, text)] == ["枃栫"]
    assert seen.lines(Concern.CONTROL, text) == []
