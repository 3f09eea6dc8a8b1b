import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.api import clean_text
from cleaner.errors import PackError
from cleaner.plan import Plan
from cleaner.strip import StripOptions
from cleaner.strip.legado import Imported, import_rules
from cleaner.strip.linter import lint, test_pack
from cleaner.strip.pack import load


def imported(*rules: dict[str, Any]) -> Imported:
    return import_rules(json.dumps(rules))


def test_an_imported_pack_removes_what_the_rules_removed() -> None:
    found = imported(
        {"name": "卷尾", "pattern": "本章未完.*?点击下一页(?:继续阅读)?", "replacement": "", "isRegex": True},
        {"name": "求票", "pattern": "(?m)^.*求收藏.*$", "isRegex": True, "isEnabled": True, "scopeContent": True},
        {"name": "字面", "pattern": "【首发】", "isRegex": False},
    )
    assert (found.entries, found.left) == (3, ())
    text = (
        "【首发】他推开门，屋里没有人。本章未完，请点击下一页继续阅读\nＰＳ：各位求收藏，求推荐\n第二天早上雨停了。\n"
    )
    plan = Plan(strip=StripOptions(packs=(found.pack,)))
    assert clean_text(text, plan).text == "他推开门，屋里没有人。\n第二天早上雨停了。\n"


def test_every_entry_passes_the_tests_and_the_lint_of_packs() -> None:
    pack = load(
        imported({"name": "一", "pattern": "天才一秒记住[^。]{1,20}"}, {"name": "二", "pattern": "手机用户请"}).pack
    )
    assert [*test_pack(pack), *lint((pack,))] == []


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"pattern": "後", "replacement": "后"}, "puts something in place"),
        ({"pattern": "广告", "replacement": "@js:''"}, "puts something in place"),
        ({"pattern": "广告位", "isEnabled": False}, "switched off"),
        ({"pattern": "广告位", "scope": "某书"}, "certain books"),
        ({"pattern": "广告位", "excludeScope": "某书"}, "leaves out certain books"),
        ({"pattern": "广告位", "scopeContent": False, "scopeTitle": True}, "titles only"),
        ({"pattern": "", "replacement": ""}, "no pattern"),
        ({"pattern": ".+"}, "too broad"),
        ({"pattern": "[一-龥]"}, "must not|too broad"),
        ({"pattern": "【[^】]*】"}, "must not|too broad"),
        ({"pattern": "a\nb", "isRegex": False}, "several lines"),
        ({"pattern": " ", "isRegex": False}, "blank"),
        ({"regex": "旧版", "enable": False}, "switched off"),
        ({"regex": "旧版", "useTo": "某书"}, "certain books"),
    ],
)
def test_what_cannot_be_converted_is_named_with_the_reason(rule: dict[str, Any], why: str) -> None:
    import re

    found = imported({"name": "规则", **rule})
    assert found.entries == 0
    (left,) = found.left
    assert left.name == "规则"
    assert re.search(why, left.why)


def test_rules_of_version_2_are_read() -> None:
    found = imported(
        {"id": 1, "regex": "旧版广告词", "replaceSummary": "旧", "replacement": "", "enable": True, "isRegex": False}
    )
    assert found.entries == 1
    assert 'why = "旧"' in found.pack


def test_one_rule_alone_is_a_list_of_one() -> None:
    assert import_rules('{"pattern": "天才一秒记住"}').entries == 1


@pytest.mark.parametrize("text", ["", "no json", "[]", "[1]", '{"name": "x"}', "null"])
def test_what_holds_no_rules_is_an_error(text: str) -> None:
    with pytest.raises(PackError, match=r"no JSON|no replace rules"):
        import_rules(text)


RULES = st.fixed_dictionaries(
    {"pattern": st.one_of(st.text(max_size=12), st.text("ab文()[]{}|\\.*+?^$-,dswpLQE1 ", max_size=12))},
    optional={"isRegex": st.booleans(), "name": st.text(max_size=5)},
)


@settings(deadline=None)
@given(st.lists(RULES, min_size=1, max_size=3))
def test_whatever_comes_in_the_pack_loads_and_no_rule_is_lost(rules: list[dict[str, Any]]) -> None:
    found = imported(*rules)
    pack = load(found.pack)
    assert len(pack.entries) == found.entries
    assert found.entries + len(found.left) == len(rules)
    assert test_pack(pack) == []
