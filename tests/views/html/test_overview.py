from collections import Counter
from html.parser import HTMLParser

import pytest

from cleaner.core.report import Report, Tally
from cleaner.views.html.escape import escaped
from cleaner.views.html.overview import overview, ranked_rules

HOSTILE = "strip/<b onclick=alert(1)>\"'\u202e\ud800/x"


def words(markup: str) -> list[str]:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[assignment,method-assign]
    parser.feed(markup)
    return [word for word in found if word.strip()]


def report() -> Report:
    rules = {f"strip/p/{number:02}": Tally(1, 2, 100 - number) for number in range(20)}
    return Report(
        7, 5, 1, 9000, 4000, 1500, rules, Counter({"repeats/short": 3}), codecs=Counter({"utf-8": 6, "gb18030": 1})
    )


def test_totals_stand_in_the_markup_without_script() -> None:
    text = " ".join(words(overview(report())))
    for said in (
        "documents 7",
        "kept 5",
        "dropped 2",
        "rejected 1",
        "characters removed 1,500",
        "37.50% of all",
        "gb18030 1",
    ):
        assert said in text


def test_rules_stand_by_what_they_removed_and_the_small_ones_are_folded() -> None:
    markup = overview(report())
    shown, folded = markup.split("<details>")
    assert "strip/p/00" in shown
    assert "strip/p/19" in folded
    assert "8 more rules" in folded


def test_flagging_rules_have_a_colour_too() -> None:
    assert ranked_rules(report())[-1] == "repeats/short"


def test_a_hostile_rule_name_stays_text() -> None:
    markup = overview(Report(1, 1, rules={HOSTILE: Tally(1, 1, 1)}, codecs=Counter({"<i>": 1})))
    assert "<b onclick" not in markup
    assert "<i>" not in markup
    markup.encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中文", "中文"),
        ("a&b", "a&amp;b"),
        ("\"'", "&quot;&#x27;"),
        ("\u202e", "[U+202E]"),
        ("\ud800", "[U+D800]"),
        ("\x00", "[U+0000]"),
    ],
)
def test_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected
