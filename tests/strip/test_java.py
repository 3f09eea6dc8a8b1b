import re
from typing import Any

import pytest

from cleaner.strip.java import Untranslatable, translated
from cleaner.strip.macros import written_out
from cleaner.text.shadow import shadow

LINES = [
    "第12章（未完）",
    "第一章 开始",
    "请记住本站网址www．abc．com，手机版",
    "PS：求收藏！求推荐票~~",
    "【首发】内容【完】",
    "a.b*c[d]e^f-g",
    "未完待续……",
    "（未完待续）",
    "他说：“广告2024年Ａ版”",
    "x\ty  z",
    "１２３４年Z版权",
    "",
    "ＡＢＣ abc",
]

# Expressions that mean the same in Java and in Python, and do on these lines what they do on their shadows.
SAME = [
    r"第\d+章（未完）",
    r"求收藏[！!]?",
    r"www[．.]\w+[．.](?:com|net)",
    r"【首[^】]*】",
    r"[（(]未完待续[）)]",
    r"[０-９]{4}年[A-Z]版权",
    r"未完待续…{2,}",
    r"a\.b\*c\[d\]e\^f\-g",
    r"(?:请记住|牢记).*?网址",
    r"[\u4e00-\u9fa5]{4}网址",
    r"\x61\.b",
    r"未完?待续|续",
    r"第[^章\n]{1,3}章",
    r"x\sy\s+z",
    r"(?<name>未完)待续",
    r"p{1}",
    r"[*]",
    r"[\]\[]",
    r"[a\-c]\.b",
]


def _all(pattern: str, line: str) -> list[Any]:
    import re2

    return list(re2.finditer(pattern, line))  # type: ignore[no-untyped-call] # re2 has no annotations


@pytest.mark.parametrize("source", SAME)
@pytest.mark.parametrize("line", LINES)
def test_the_translation_finds_what_the_original_finds(source: str, line: str) -> None:
    pattern = translated(source).pattern
    python = source.replace("(?<name>", "(?P<name>")
    found = [match.span() for match in _all(written_out(pattern), shadow(line))]
    assert found == [match.span() for match in re.finditer(python, line, re.IGNORECASE)]


@pytest.mark.parametrize("source", SAME)
def test_the_samples_match(source: str) -> None:
    found = translated(source)
    python = source.replace("(?<name>", "(?P<name>")
    assert all(re.fullmatch(python, sample) for sample in found.samples)


@pytest.mark.parametrize(
    ("source", "kind", "pattern"),
    [
        ("(?m)^求.*$", "line", "求.*"),
        (".*求票.*", "line", ".*求票.*"),
        (r".*求\.*", "inline", r".*求\.*"),
        ("(?i)ABC", "inline", "abc"),
        (r"\Qa.b|c\E", "inline", r"a\.b\|c"),
        (r"\p{IsHan}\p{Punct}\P{L}", "inline", r"\p{Han}\p{P}\P{L}"),
        (r"[^\r\n]票", "inline", ".票"),
        (r"\D\W", "inline", r"[^0-9][^\p{L}\p{Nd}_]"),
        ("x{2}y{3,}z{4,5}?", "inline", "x{2}y{3,}z{4,5}?"),
    ],
)
def test_what_is_written_differently_means_the_same(source: str, kind: str, pattern: str) -> None:
    found = translated(source)
    assert (found.kind, found.pattern) == (kind, pattern)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (r"(?<=第)\d", "looks around"),
        ("a(?!b)", "looks around"),
        (r"(.)\1", "refers back"),
        (r"(?<n>a)\k<n>", "refers back"),
        ("a++b", "possessive"),
        ("(?>a)b", "atomic"),
        (r"\n求票", "crosses lines"),
        ("求\n票", "crosses lines"),
        (r"求[\s\S]*票", "crosses lines"),
        ("(?s)求.*票", "crosses lines"),
        ("^求票", "beginning of a whole chapter"),
        ("求票$", "end of a whole chapter"),
        (r"求票\z", "whole chapter"),
        (r"\b票", "no counterpart"),
        ("(?m)^求$|^票$", "means the end|different alternatives"),
        ("(求票", "no partner"),
        ("求票)", "no partner"),
        ("[求票", "no partner"),
        ("[a-z&&[^b]]", "made of classes"),
        ("a*", "empty text"),
        (r"\s+", "blanks"),
        ("", "empty text"),
        ("*a", "repeats nothing"),
        ("(?i:a)b", "flags of its own"),
        ("(?x)a b", "mean something else"),
        (r"\p{javaMirrored}a", "RE2 does not know"),
        ("a{1001,}", "more than 1,000"),
        (r"\ud800", "names no character"),
        ("[z-Ａ]", "mixes"),
        ("(", "no partner"),
        ("\\", "ends in a backslash"),
    ],
)
def test_what_a_pack_cannot_say_is_refused_with_the_reason(source: str, why: str) -> None:
    with pytest.raises(Untranslatable, match=why):
        translated(source)
