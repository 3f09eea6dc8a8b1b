"""Where entries match: whole lines, pieces, `cut`, `unless`, `site`, lists; against the slow obvious way."""

import re

import pytest
from hypothesis import given, settings

from cleaner.strip import memory
from cleaner.strip.gate import glance
from cleaner.strip.match import hits_of
from cleaner.strip.pack import built_in, load
from cleaner.strip.page import page_of
from cleaner.strip.re2set import program
from cleaner.strip.rules import compiled, rules
from tests.strategies import texts
from tests.strip.pages import ARTICLE, THREAD, pack


def cuts(entry: str, text: str, name: str = "") -> list[str]:
    one = load(pack('id = "x"\n' + entry))
    page = page_of(text)
    found = hits_of(page, compiled((one,), one.entries), name)
    whole = [(page.lines[hit.line].start, page.lines[hit.last].content_end) for hit in found]
    return [
        text[hit.start : hit.end] if hit.start >= 0 else text[a:b] for hit, (a, b) in zip(found, whole, strict=True)
    ]


@pytest.mark.parametrize(
    ("entry", "text", "cut"),
    [
        ('kind = "line"\npattern = "回复"', "回复\n  • 回复 \n回复他\n请回复", ["回复", "  • 回复 "]),
        ('kind = "line"\npattern = "回复"', "回復\r\n回復", ["回復", "回復"]),
        ('kind = "line"\nliterals = ["回复：", "LOG IN"]', "回复:\nLog In\nlog in!", ["回复:", "Log In"]),
        ('kind = "line"\npattern = ">> .*"', ">> 本版用于讨论", [">> 本版用于讨论"]),
        ('kind = "line"\npattern = "(?P<cut>发帖心情) .*"', "  发帖心情 读书笔记\n发帖心情", ["发帖心情"]),
        ('kind = "inline"\npattern = "\\\\[编辑\\\\]"', "历史[编辑]\n现状【编辑】[編輯]", ["[编辑]", "[編輯]"]),
        ('kind = "inline"\npattern = "雾(?P<cut>本章未完)"', "江上的雾本章未完\n本章未完", ["本章未完"]),
        ('kind = "inline"\nliterals = ["(本章完)"]', "夜深了。（本章完）\n", ["（本章完）"]),
        ('kind = "line"\npattern = "共[^x]*页"', "共\n3\n页\n共3页", ["共3页"]),
        ('kind = "line"\npattern = "共.*"\nunless = "共同"', "共同富裕\n共3页", ["共3页"]),
    ],
)
def test_what_an_entry_cuts(entry: str, text: str, cut: list[str]) -> None:
    assert cuts(entry, text) == cut


def test_an_entry_that_names_a_site_matches_there_alone() -> None:
    entry = 'kind = "line"\npattern = "回复"\nsite = "a.com/*"'
    assert cuts(entry, "回复", "a.com/1.txt") == ["回复"]
    assert cuts(entry, "回复", "b.com/1.txt") == []


def slow(text: str) -> set[tuple[str, int]]:
    """Every line entry tried on every line, one after the other."""
    page = page_of(text)
    found: set[tuple[str, int]] = set()
    for entry in (entry for one in built_in() for entry in one.entries if entry.kind == "line"):
        for at in page.solid:
            line = page.lines[at]
            known = line.shadow in entry.literals
            pattern = entry.pattern
            known = known or any(bool(pattern) and program(pattern).fullmatch(way) for way in (line.shadow, line.whole))
            if known and not (entry.unless and program(entry.unless).search(line.shadow)):
                found.add((entry.name, at))
    return found


@given(texts())
@settings(deadline=None, max_examples=5)
def test_line_entries_match_as_in_the_slow_way(text: str) -> None:
    found = {(hit.entry.name, hit.line) for hit in hits_of(page_of(text), rules()) if hit.entry.kind == "line"}
    assert found == slow(text)


def test_the_pages_match_as_in_the_slow_way() -> None:
    text = THREAD + ARTICLE
    found = {(hit.entry.name, hit.line) for hit in hits_of(page_of(text), rules()) if hit.entry.kind == "line"}
    assert found == slow(text)
    assert len({re.sub("/.*", "", name) for name, _ in found}) > 2


@given(texts())
@settings(deadline=None, max_examples=40)
def test_what_is_remembered_of_lines_is_what_a_first_look_tells(text: str) -> None:
    used = rules()
    page = page_of(text)
    used.known.clear()
    first, opened = hits_of(page, used), glance(page, used).opens
    assert hits_of(page, used) == first
    used.known.clear()
    assert glance(page, used).opens == opened


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 8)
    one = load(pack('id = "x"\nkind = "line"\npattern = "第[0-9]+楼"'))
    used = compiled((one,), one.entries)
    for number in range(100):
        assert [hit.line for hit in hits_of(page_of(f"第{number}楼\n{number}"), used)] == [0]
        assert 2 <= len(used.known) <= 8
    hits_of(page_of("很长" * 100), used)
    assert not any(len(line) > 100 for line in used.known)
