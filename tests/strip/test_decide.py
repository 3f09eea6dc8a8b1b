"""What makes a match act: strength, waking, zones, needs, neighbours; and what each mode lets through."""

import pytest

from cleaner.strip import StripOptions
from cleaner.strip.decide import able, acting, weigh
from cleaner.strip.ground import ground_of
from cleaner.strip.match import hits_of
from cleaner.strip.options import Mode
from cleaner.strip.page import page_of
from cleaner.strip.rules import rules
from cleaner.strip.zones import layout_of
from tests.strip.pages import ARTICLE, THREAD, pack, stripped

BODY = "他们沿着江堤走了一圈,数出二十处要补的地方,都记在本子上。\n"
ANCHOR = 'id = "anchor"\nkind = "line"\nstrength = "anchor"\npattern = "动力牌论坛"'
WEAK = 'id = "weak"\nkind = "line"\nstrength = "weak"\npattern = "赞|踩|转"'


def cleaned(text: str, *entries: str, mode: Mode = "balanced", head: str = "") -> str:
    return stripped(text, StripOptions(mode=mode, packs=(pack(*entries, head=head),), only=("demo",))).text


@pytest.mark.parametrize(
    ("mode", "text", "left"),
    [
        ("balanced", BODY + "赞\n", BODY + "赞\n"),  # asleep
        ("balanced", BODY + "动力牌论坛\n赞\n", BODY),  # beside an anchor
        ("balanced", BODY + "动力牌论坛\n\n赞\n踩\n", BODY),  # and beside what goes beside it
        ("balanced", BODY + "赞\n他说\n动力牌论坛\n", BODY + "赞\n他说\n"),  # not beside it
        ("safe", BODY + "动力牌论坛\n赞\n", BODY + "赞\n"),
        ("aggressive", BODY + "赞\n", BODY + "赞\n"),
    ],
)
def test_weak_rules_act_in_an_awake_pack_beside_what_goes(mode: Mode, text: str, left: str) -> None:
    assert cleaned(text, ANCHOR, WEAK, mode=mode) == left


def test_weak_rules_go_on_from_line_to_line_however_many() -> None:
    assert cleaned("动力牌论坛\n" + "赞\n" * 3000 + BODY, ANCHOR, WEAK) == BODY


def test_a_pack_may_want_two_anchors_to_wake() -> None:
    second = 'id = "second"\nkind = "line"\nstrength = "anchor"\npattern = "第二锚"'
    once, twice = BODY + "动力牌论坛\n赞\n", BODY + "动力牌论坛\n赞\n第二锚\n"
    assert cleaned(once, ANCHOR, second, WEAK, head="wake = 2") == BODY + "赞\n"
    assert cleaned(twice, ANCHOR, second, WEAK, head="wake = 2") == BODY


def test_an_entry_that_needs_another_one_acts_only_within_its_reach() -> None:
    near = 'id = "near"\nkind = "line"\nneeds = ["anchor"]\nwithin = 2\nacts = true\npattern = "[0-9]+"'
    assert cleaned("动力牌论坛\n\n12\n" + BODY, ANCHOR, near) == BODY
    assert cleaned("12\n" + BODY * 3 + "动力牌论坛\n", ANCHOR, near) == "12\n" + BODY * 3
    anywhere = near.replace("within = 2", "within = 0")
    assert cleaned("12\n" + BODY * 3 + "动力牌论坛\n", ANCHOR, anywhere) == BODY * 3


def test_an_entry_that_does_not_act_is_evidence_only() -> None:
    silent = ANCHOR + "\nacts = false"
    assert cleaned(BODY + "动力牌论坛\n赞\n", silent, WEAK + '\nzone = "tail"') == BODY + "动力牌论坛\n"


def test_a_block_that_the_text_introduces_is_told_of() -> None:
    labels = (
        'id = "labels"\nkind = "block"\ngrammar = "vocabulary"\nlabels = ["索引号:", "文号:", "有效性:"]\nleast = 3'
    )
    block = "索引号:\n文号:\n有效性:\n"
    assert cleaned(BODY + block, labels) == BODY
    told = "政府信息公开专栏中的文件,应当著录以下元数据:\n"
    assert cleaned(BODY + told + block, labels) == BODY + told + block


@pytest.mark.parametrize(("zone", "left"), [("head", BODY + "签名档\n"), ("tail", "签名档\n" + BODY), ("any", BODY)])
def test_an_entry_acts_in_its_zone_alone(zone: str, left: str) -> None:
    entry = f'id = "sign"\nkind = "line"\nzone = "{zone}"\npattern = "签名档"'
    assert cleaned("签名档\n" + BODY + "签名档\n", entry) == left


def test_a_weak_rule_never_takes_running_text() -> None:
    greedy = WEAK.replace("赞|踩|转", ".*")
    assert cleaned(BODY + "动力牌论坛\n" + BODY, ANCHOR, greedy) == BODY + BODY


@pytest.mark.parametrize("text", [THREAD, ARTICLE])
def test_hits_that_cannot_act_are_left_out_without_a_trace(text: str) -> None:
    used, page = rules(), page_of(text)
    hits = hits_of(page, used)
    few = able(hits, used, "balanced")
    every, left = (weigh(page, layout_of(page, hits, used.forums), some, used) for some in (hits, few))
    assert len(few) < len(hits)
    assert able(hits, used, "aggressive") == hits
    assert left.awake == every.awake
    assert acting(left, "balanced") == acting(every, "balanced")
    assert ground_of(left) == ground_of(every)
