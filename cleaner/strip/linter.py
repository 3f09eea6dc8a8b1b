"""Tests and lint of rule packs: every example is run, and what is wrong with a pack is said in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

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
        if not found:
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


# A pattern that matches these is no rule of chrome: it is too broad to be anchored by anything.
_PROSE = (
    "他说,明天早上八点出发,请大家准时到齐.",
    "第一章 总则",
    "a b c",
    "各位代表:",
    "2023年工作回顾",
    "今天天气很好",
    "hello world",
    "the quick brown fox jumps over the lazy dog.",
    "张三",
    "12",
    "一",
)


def lint(packs: Sequence[Pack]) -> list[Fault]:
    """What is wrong with packs beyond their examples.

    Duplicate literals and patterns, entries that another one of the same pack covers wholly, needs that name nothing,
    patterns that match plain prose, weak entries in a pack that has no anchor.
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
        yield from _covered(entry, together)
    yield from _breadth(together)


def _place(entry: Entry) -> tuple[object, ...]:
    """What two entries must share for one to make the other superfluous."""
    return entry.kind, entry.strength, entry.zone, entry.needs, entry.role, entry.acts, entry.unless


def _breadth(together: Rules) -> Iterator[Fault]:
    """Entries that act by themselves and match plain text."""
    for line in _PROSE:
        for hit in hits_of(page_of(line), together):
            if hit.entry.strength != "weak" and hit.entry.acts and not hit.entry.needs:
                yield Fault(hit.entry.name, "is too broad: it matches plain text", line)


def _covered(entry: Entry, together: Rules) -> Iterator[Fault]:
    """Another entry that takes every example of this one, at the same strength and place, makes it superfluous."""
    if entry.kind != "line" or not entry.pattern:
        return
    others: set[str] | None = None
    for example in entry.match:
        all_hits = hits_of(page_of(_marked(example)[0]), together)
        found = {hit.entry.name for hit in all_hits if _place(hit.entry) == _place(entry)}
        others = found if others is None else others & found
    for name in sorted((others or set()) - {entry.name}):
        yield Fault(entry.name, f"is covered by {name}")
