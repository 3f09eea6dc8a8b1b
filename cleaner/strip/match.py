"""Which entries match where on a page."""

from bisect import bisect_right
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import accumulate

from cleaner.strip.grammars import Sheet, runs
from cleaner.strip.guards import fenced, shaped
from cleaner.strip.pack import Entry
from cleaner.strip.page import Page
from cleaner.strip.rules import Hit, Rules, masked, program


def hits_of(page: Page, rules: Rules, name: str = "") -> list[Hit]:
    """Every match of every entry; `unless` and `site` are heeded, zones, needs and waking are not.

    Args:
        page: the page.
        rules: the entries.
        name: the id of the document, for entries that name a site.
    """
    sheet = _sheet(page, rules)
    opened = rules.inline_set.Match(page.shadow) if rules.inline_set else None
    woken = [rules.inline[number] for number in sorted(opened or ())]
    found = [*_lines(page, rules, sheet), *_inline(page, woken), *_blocks(page, rules, sheet)]
    found = [hit for hit in found if _at_home(hit, name) and not _vetoed(hit, page)]
    if code := fenced(page):
        found = [hit for hit in found if code.isdisjoint(range(hit.line, hit.last + 1))]
    found = _witnessed(found, page)
    found.sort(key=lambda hit: (hit.line, -hit.last, hit.start, hit.entry.name))
    return found


def _at_home(hit: Hit, name: str) -> bool:
    return not hit.entry.site or fnmatchcase(name, hit.entry.site)


def _witnessed(found: list[Hit], page: Page) -> list[Hit]:
    """The hits without those of line entries of which too few different literals stand on the page."""
    lines: dict[Entry, set[str]] = {}
    for hit in found:
        if hit.entry.kind == "line" and hit.entry.least > 1:
            lines.setdefault(hit.entry, set()).add(masked(page.lines[hit.line].shadow))
    few = {entry for entry, kinds in lines.items() if len(kinds) < entry.least}
    return [hit for hit in found if hit.entry not in few] if few else found


def _vetoed(hit: Hit, page: Page) -> bool:
    unless = hit.entry.unless
    return bool(unless) and bool(program(unless).search(page.lines[hit.line].shadow))


def _sheet(page: Page, rules: Rules) -> Sheet:
    """What the set of whole-line patterns says of every different line."""
    shadows = [page.lines[at].shadow for at in page.solid]
    kept = fenced(page) | shaped(page)
    return Sheet(shadows, [page.sentences[at] or at in kept for at in page.solid], rules.line_set, rules.exact)


def _lines(page: Page, rules: Rules, sheet: Sheet) -> Iterator[Hit]:
    for at, sight in zip(page.solid, sheet.sights, strict=True):
        line = page.lines[at]
        for entry in rules.literals.get(line.shadow, ()):
            yield Hit(entry, at, at)
        if rules.skeletons:
            for entry in rules.skeletons.get(masked(line.shadow), ()):
                yield Hit(entry, at, at)
        ids = sight.ids if line.whole is line.shadow else sight.ids | sheet.ids(line.whole)
        for number in sorted(ids):
            for entry in rules.lined.get(number, ()):
                yield Hit(entry, at, at, *_cut(entry, page, at))


def _cut(entry: Entry, page: Page, at: int) -> tuple[int, int]:
    """The span of the group `cut` of a line entry in the text, or (-1, -1)."""
    if "(?P<cut>" not in entry.pattern:
        return -1, -1
    line = page.lines[at]
    match = program(entry.pattern).fullmatch(line.shadow) or program(entry.pattern).fullmatch(line.whole)
    if not match or match.start(group := match.re.groupindex["cut"]) < 0:
        return -1, -1
    inset = page.shadow.index(match.string, line.start)
    return inset + match.start(group), inset + match.end(group)


def _inline(page: Page, woken: list[Entry]) -> Iterator[Hit]:
    if not woken:
        return
    data = page.shadow.encode()
    places = _Places(page, data)
    for entry in woken:
        for match in program(entry.pattern).finditer(data):
            group = match.re.groupindex.get("cut", 0)
            group = group if match.start(group) >= 0 else 0
            start, end = match.span(group)
            if start < end:
                line = places.line(match.start())
                yield Hit(entry, line, line, places.point(start), places.point(end))


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


def _blocks(page: Page, rules: Rules, sheet: Sheet) -> Iterator[Hit]:
    seen: dict[int, set[str]] = {}
    for sight in sheet.seen.values():
        for label in (sight.bare, *sight.words):
            for number in rules.labels.get(label, ()):
                seen.setdefault(number, set()).add(label)
    for number, block in enumerate(rules.blocks):
        if block.entry.grammar == "metadata":
            awake = True
        elif block.labels:
            awake = len(seen.get(number, ())) >= block.entry.least
        else:
            awake = (block.steps[0][0] if block.steps else block.first) in sheet.present
        if awake:
            yield from (Hit(block.entry, page.solid[first], page.solid[last]) for first, last in runs(block, sheet))
