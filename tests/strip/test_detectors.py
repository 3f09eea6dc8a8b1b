"""Pinyin of hijacked pages, list pages, the brake, the gate."""

import pytest
from hypothesis import given, settings

from cleaner.strip import StripOptions
from cleaner.strip.brake import empties, share_of_weak
from cleaner.strip.edits import Piece, Reason
from cleaner.strip.gate import glance
from cleaner.strip.match import hits_of
from cleaner.strip.page import page_of
from cleaner.strip.pinyin import annotations
from cleaner.strip.rules import rules
from tests.strategies import texts
from tests.strip.pages import pack, stripped


def test_pinyin_of_a_hijacked_page_is_cut_out_of_the_lines() -> None:
    page = "舊瓦新墻發(fā)生的故事\n木頭是肯定不會浪費(fèi)的。\n這是前幾年回村時(shí),常能見到的,現(xiàn)在變樣了。\n"
    assert "(" not in stripped(page).text
    assert "舊瓦新墻發生的故事" in stripped(page).text


@pytest.mark.parametrize(
    "text",
    [
        "给加点的字注音:发(fā)现、浪费(fèi)、时(shí)间、的(de)",
        "他說(shuō)了一句話。" + "這一天村裡沒有別的事。" * 200,  # one in two thousand characters
        "讀音:好(hǎo)、的(de)、是(shì)、了(le)、這(zhè)、人(rén)",  # most characters are the same in both scripts
    ],
)
def test_annotations_for_readers_stay(text: str) -> None:
    assert annotations(text) == []


def test_a_list_page_is_flagged_and_left_as_it_is() -> None:
    entry = 'id = "row"\nkind = "line"\nrole = "list"\nstrength = "anchor"\npattern = "作者 回复/查看 最后发表"'
    page = "作者 回复/查看 最后发表\n老座钟的修理\n听雨 3/120\n江边的柿子树\n秋叶 5/80\n返回列表\n"
    found = stripped(page, StripOptions(packs=(pack(entry),)))
    assert found.text == page
    assert [(flag.rule, flag.start, flag.end) for flag in found.flags] == [("strip/list", 0, 0)]


def test_the_brake_measures_what_weak_rules_take_of_what_strong_ones_leave() -> None:
    sentence = "他们沿着江堤走了一圈,都记在本子上。\n"
    page = page_of(sentence * 4 + "返回列表\n")
    size = len(page.lines[0].shadow)
    strong, weak = Reason("a", ()), Reason("b", (), strong=False)
    assert share_of_weak(page, {}, []) == 0
    assert share_of_weak(page, {0: weak}, []) == 0.25
    assert share_of_weak(page, {0: weak, 1: strong}, []) == pytest.approx(1 / 3)
    assert share_of_weak(page, {}, [Piece(0, size, weak)]) == 0.25
    assert share_of_weak(page, {}, [Piece(0, size, strong)]) == 0
    assert empties(page, dict.fromkeys(range(5), weak))
    assert not empties(page, dict.fromkeys(range(5), strong))


@given(texts())
@settings(deadline=None, max_examples=40)
def test_what_could_act_alone_opens_the_gate(text: str) -> None:
    used = rules((), (), ())
    page = page_of(text)
    alone = [hit for hit in hits_of(page, used) if hit.entry.strength != "weak"]
    assert not alone or glance(page, used).opens


def test_what_matches_the_examples_of_the_packs_opens_the_gate() -> None:
    used = rules((), (), ())
    for example in (example for entry in used.entries for example in entry.match):
        page = page_of(example.replace("⟦", "").replace("⟧", ""))
        alone = [hit for hit in hits_of(page, used) if hit.entry.strength != "weak"]
        assert not alone or glance(page, used).opens, example
