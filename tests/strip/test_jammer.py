"""Anti-copy strings: cut exactly, and not seen in code, notation and prose about them."""

import pytest

from benchmarks.strip.jammers import exact_alone, exact_in_posts, false_hits, of_this_machine
from cleaner.strip.jammer import GATE, jammers
from cleaner.strip.re2set import program
from cleaner.text.shadow import shadow
from tests.strip.pages import stripped

# Pinned from 20,000 strings: 99.95% in posts and 99.81% alone; see `python -m benchmarks.strip.jammers`.
IN_POSTS, ALONE = 0.998, 0.996


def test_strings_in_posts_are_cut_exactly() -> None:
    assert exact_in_posts(3000, seed=1) >= IN_POSTS


def test_a_single_string_is_cut_exactly() -> None:
    assert exact_alone(3000, seed=1) >= ALONE


def test_source_code_holds_no_string() -> None:
    lines, found = false_hits(60_000, of_this_machine())
    assert lines == 60_000
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "$ ls -l / | grep v",
        "$ cat a b > c",
        "x = a + b",
        "f ( x ) = a x ^ 2 + b x + c",
        "1 A 2 B 3 C 4 D 5 E 6 F 7 G",
        "{ } [ ] ( ) < >",
        "foo(c: C, i: I) {",
        "H E L L O   W O R L D",
        "C4 E4 G4 C5 | B4 A4 G4 F4",
        "e4 e5 Nf3 Nc6 Bb5 a6",
        "坐标A1 b2 C3 d4 E5 f",
        "选项 A. b. C. d. E. f.",
        "内容干扰码形如 . {* t6 p8 g2 v; y3 的随机串,搜索引擎也会抓到。",
    ],
)
def test_what_is_not_a_string(line: str) -> None:
    assert jammers(line) == []


def test_strings_are_cut_out_of_their_lines_and_lines_of_nothing_else_go() -> None:
    text = (
        '院子里的柿子树是爷爷栽的。\n$ q! H# m! Z" v" ]\n: N4 F2 q\' D; P- Q# f: V每年霜降以后叶子落尽。\n'
        "8 g6 k/ y: J/ G后来学会了埋在米缸里捂。4 x6 p+ A+ T# ~\n"
    )
    clean = "院子里的柿子树是爷爷栽的。\n每年霜降以后叶子落尽。\n后来学会了埋在米缸里捂。\n"
    assert stripped(text).text == clean


@pytest.mark.parametrize("text", ["还走吗?9 F) U2 R1 D5 D3 q", "; _' @ G! N; m\"还走吗", "(院子里)9 F) U2 R1 D5 D3 q"])
def test_a_narrow_mark_between_text_and_string_is_looked_through(text: str) -> None:
    assert len(jammers(text)) == 1


def test_the_gate_opens_for_whatever_is_found() -> None:
    text = "埋在米缸里捂。4 x6 p+ A+ T# ~\n! W& w# j! L2 R# m H3 o今年回去"
    for line in text.split("\n"):
        assert jammers(line)
        assert program(GATE).search(shadow(line))


def test_a_long_run_takes_linear_time() -> None:
    assert len(jammers("1 a" * 1_000_000)) <= 1
