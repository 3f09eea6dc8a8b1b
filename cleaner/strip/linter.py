"""Tests and lint of rule packs: every example is run, and what is wrong with a pack is said in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from cleaner.strip.atoms import branches
from cleaner.strip.dead import dead_facts
from cleaner.strip.entry import Entry, Pack
from cleaner.strip.match import hits_of
from cleaner.strip.page import Page, page_of
from cleaner.strip.rules import Hit, Rules, compiled

_OPEN, _CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with an entry: ``pack/id``, what, and the example or pattern that shows it."""

    entry: str
    what: str
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.entry}: {self.what}" + (f": {self.shown!r}" if self.shown else "")


def test_pack(pack: Pack) -> list[Fault]:
    r"""Every example of every entry, run against its entry alone; what fails.

    >>> from cleaner.strip.pack import load
    >>> head = '[pack]\nname = "demo"\nwhy = "w"\n[[entry]]\nid = "x"\nkind = "line"\nwhy = "w"\n'
    >>> demo = load(head + 'pattern = "a+"\nmatch = ["a", "b"]\nno_match = ["c", "aa"]')
    >>> [str(fault) for fault in test_pack(demo)]
    ["demo/x: does not match its example: 'b'", "demo/x: matches what it must not: 'aa'"]
    """
    return [fault for entry in pack.entries for fault in _examples(entry)]


test_pack.__test__ = False  # type: ignore[attr-defined] # pytest must not take it for a test


def _examples(entry: Entry) -> Iterator[Fault]:
    for example in entry.match:
        text, wanted = _marked(example)
        found = _cuts(entry, text)
        if not found and entry.unless and _cuts(replace(entry, unless=""), text):
            yield Fault(entry.name, "its unless forbids its example", text)
        elif not found:
            yield Fault(entry.name, "does not match its example", text)
        elif wanted is not None and wanted not in found:
            yield Fault(entry.name, "cuts something else from its example", "; ".join(text[a:b] for a, b in found))
    for example in entry.no_match:
        if _cuts(entry, example):
            yield Fault(entry.name, "matches what it must not", example)


def _marked(example: str) -> tuple[str, tuple[int, int] | None]:
    """An example without its marks, and the span that they enclose."""
    start = example.find(_OPEN)
    if start < 0:
        return example, None
    end = example.index(_CLOSE) - 1
    return example.replace(_OPEN, "").replace(_CLOSE, ""), (start, end)


def _cuts(entry: Entry, text: str) -> list[tuple[int, int]]:
    page = page_of(text)
    return [_span(hit, page) for hit in hits_of(page, _alone(entry), entry.site)]


@cache
def _alone(entry: Entry) -> Rules:
    return compiled((), (entry,))


def _span(hit: Hit, page: Page) -> tuple[int, int]:
    if hit.start >= 0:
        return hit.start, hit.end
    first, last = page.lines[hit.line], page.lines[hit.last]
    return first.start, last.content_end


# Plain lines of texts: a pattern that matches one is no rule of chrome, whatever it is anchored by.
_PLAIN = (
    *(
        "他说,明天早上八点出发,请大家准时到齐。",
        "第一章 总则",
        "a b c",
        "各位代表:",
        "2023年工作回顾",
        "今天天气很好",
        "hello world",
    ),
    *(
        "the quick brown fox jumps over the lazy dog.",
        "张三",
        "12",
        "一",
        "姓名:张三",
        "2020-05-06",
        "10:30",
        "好的",
        "谢谢!",
    ),
    *(
        "第3页",
        "1. 苹果",
        "表1 各区人口",
        "(一)目的",
        "***",
        "a = b + c;",
        "return x",
        "{",
        "<br>",
        "作者:鲁迅",
        "春眠不觉晓",
    ),
    *(
        "电话:0432-62001234",
        "特此通知。",
        "此致",
        "Abstract",
        "Table 2",
        "Mon",
        "1/2",
        "100%",
        "x y z",
        "……",
        "《红楼梦》",
    ),
    *(
        "“走吧。”",
        "# 标题",
        "| a | b |",
        "import os",
        "/usr/bin",
        "2.5 kg",
        "前言",
        "Q:为什么?",
        "老王:你好",
        "+1",
        "北京",
    ),
)
# Of these a weak entry that stands by its zone alone may match fewer than so many.
_PLAIN_WEAK = 3
# What a word must weigh at least (`cleaner.strip.atoms`: a letter weighs 1) that tells where a pattern may match.
_TELLING = 1.0


def lint(packs: Sequence[Pack]) -> list[Fault]:
    """What is wrong with packs beyond their examples.

    Duplicate literals, patterns and alternatives, entries and literals that another entry of the same pack covers,
    needs that name nothing, patterns that match plain text or that no word tells, what can never match or act
    (`cleaner.strip.dead`), weak entries in a pack that has no anchor.
    """
    names = {entry.name for pack in packs for entry in pack.entries}
    return [fault for pack in packs for fault in _lint(pack, names)]


def _lint(pack: Pack, names: set[str]) -> Iterator[Fault]:
    anchors = sum(entry.strength == "anchor" for entry in pack.entries)
    weak = [entry for entry in pack.entries if entry.strength == "weak"]
    if weak and anchors < max(pack.wake, 1) and not pack.learned:
        yield Fault(pack.name, f"has weak entries and {anchors} anchors, but {pack.wake} must match to wake it")
    together = compiled((pack,), pack.entries)
    seen: dict[tuple[object, ...], str] = {}
    for entry in pack.entries:
        for piece in (entry.pattern, *entry.literals):
            key = (*_place(entry), bool(entry.pattern), piece)
            if piece and seen.setdefault(key, entry.name) != entry.name:
                yield Fault(entry.name, f"says again what {seen[key]} says", piece)
        for name in entry.needs:
            if name not in names:
                yield Fault(entry.name, "needs an entry that does not exist", name)
        yield from (Fault(entry.name, what, shown) for what, shown in dead_facts(entry))
        yield from _alternatives(entry)
        yield from _covered(entry, together)
    yield from _breadth(together)


def _place(entry: Entry) -> tuple[object, ...]:
    """What two entries must share for one to make the other superfluous."""
    return entry.kind, entry.strength, entry.zone, entry.needs, entry.role, entry.acts, entry.unless


def _alternatives(entry: Entry) -> Iterator[Fault]:
    """Alternatives that stand in a pattern twice, and those of an entry that acts by itself that no word tells."""
    if entry.kind == "block" or not entry.pattern:
        return
    found = branches(entry.pattern)
    sources = [branch.source for branch in found]
    for source in dict.fromkeys(sources):
        if sources.count(source) > 1:
            yield Fault(entry.name, "says an alternative twice", source)
    if entry.strength != "weak" and entry.acts and not entry.needs:
        for branch in found:
            if branch.weight < _TELLING:
                yield Fault(entry.name, "is too broad: no word tells where it may match", branch.source)


def _breadth(together: Rules) -> Iterator[Fault]:
    """Entries that match plain text: one line for those that act by themselves, some for weak ones."""
    page = page_of("\n".join(_PLAIN))
    weak: dict[str, list[str]] = {}
    for hit in hits_of(page, together):
        if hit.entry.acts and not hit.entry.needs and hit.entry.kind != "block":
            line = _PLAIN[hit.line]
            if hit.entry.strength != "weak":
                yield Fault(hit.entry.name, "is too broad: it matches plain text", line)
            elif hit.entry.zone != "any":
                weak.setdefault(hit.entry.name, []).append(line)
    for name, lines in weak.items():
        if len(lines) >= _PLAIN_WEAK:
            yield Fault(name, "is too broad: it matches plain text", "; ".join(lines))


def _covered(entry: Entry, together: Rules) -> Iterator[Fault]:
    """What another entry takes as well, at the same strength and place: all examples of a pattern, or a literal."""
    if entry.kind != "line":
        return
    examples = entry.literals or tuple(_marked(example)[0] for example in entry.match)
    others: list[set[str]] = [set() for _ in examples]
    for example, found in zip(examples, others, strict=True):
        hits = hits_of(page_of(example), together)
        found.update(hit.entry.name for hit in hits if _place(hit.entry) == _place(entry) and hit.entry is not entry)
    if entry.literals:
        for literal, found in zip(examples, others, strict=True):
            yield from (Fault(entry.name, f"has a literal that {name} covers", literal) for name in sorted(found))
    elif others:
        yield from (Fault(entry.name, f"is covered by {name}") for name in sorted(set.intersection(*others)))
