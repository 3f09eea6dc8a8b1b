"""Which entries match where on a page."""

from bisect import bisect_right
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import accumulate
from typing import Any

from cleaner.strip.grammars import Solid, runs
from cleaner.strip.pack import Entry
from cleaner.strip.page import Page
from cleaner.strip.rules import Hit, Rules, masked, program, whole_line


def hits(page: Page, rules: Rules, name: str = "") -> list[Hit]:
    """Every match of every entry, by line; `unless` and `site` are heeded, zones, needs and waking are not.

    Args:
        page: the page.
        rules: the entries.
        name: the id of the document, for entries that name a site.
    """
    found = [hit for hit in _all(page, rules) if not hit.entry.site or fnmatchcase(name, hit.entry.site)]
    found = [hit for hit in found if not _vetoed(hit, page)]
    return sorted(found, key=lambda hit: (hit.line, -hit.last, hit.start, hit.entry.name))


def _vetoed(hit: Hit, page: Page) -> bool:
    unless = hit.entry.unless
    return bool(unless) and bool(program(unless).search(page.lines[hit.line].shadow))


def _all(page: Page, rules: Rules) -> Iterator[Hit]:
    yield from _literals(page, rules)
    data = page.shadow.encode()
    places = _Places(page, data)
    patterns = rules.line_set.Match(data) if rules.line_set else None
    for index in patterns or ():
        yield from _lines(rules.lined[index], places)
    patterns = rules.inline_set.Match(data) if rules.inline_set else None
    for index in patterns or ():
        yield from _inline(rules.inline[index], places)
    solid = Solid([page.lines[at].shadow for at in page.solid], [page.sentences[at] for at in page.solid])
    for entry in rules.blocks:
        for first, last in runs(entry, solid):
            yield Hit(entry, page.solid[first], page.solid[last])


def _literals(page: Page, rules: Rules) -> Iterator[Hit]:
    for index, line in enumerate(page.lines):
        for entry in rules.literals.get(line.shadow, ()):
            yield Hit(entry, index, index)
        if rules.skeletons:
            for entry in rules.skeletons.get(masked(line.shadow), ()):
                yield Hit(entry, index, index)


class _Places:
    """Leads byte offsets of the encoded shadow to lines and code points."""

    def __init__(self, page: Page, data: bytes) -> None:
        self.page, self.data = page, data
        sizes = (len(page.shadow[line.start : line.end].encode()) for line in page.lines)
        self.starts = list(accumulate(sizes, initial=0))

    def line(self, at: int) -> int:
        return min(bisect_right(self.starts, at) - 1, len(self.page.lines) - 1)

    def point(self, at: int) -> int:
        line = self.line(at)
        return self.page.lines[line].start + len(self.data[self.starts[line] : at].decode())


def _lines(entry: Entry, places: _Places) -> Iterator[Hit]:
    for match in program(whole_line(entry.pattern)).finditer(places.data):
        line = places.line(match.start())
        yield Hit(entry, line, line, *_cut(match, places))


def _inline(entry: Entry, places: _Places) -> Iterator[Hit]:
    for match in program(entry.pattern).finditer(places.data):
        line = places.line(match.start())
        start, end = _cut(match, places)
        if start < 0:
            start, end = places.point(match.start()), places.point(match.end())
        if start < end:
            yield Hit(entry, line, line, start, end)


def _cut(match: Any, places: _Places) -> tuple[int, int]:
    group = match.re.groupindex.get("cut")
    if not group or match.start(group) < 0:
        return -1, -1
    return places.point(match.start(group)), places.point(match.end(group))
