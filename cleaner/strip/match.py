"""Which entries match where on a page."""

from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase

from cleaner.strip.entry import Entry
from cleaner.strip.finder import NONE, Numbers
from cleaner.strip.gate import Glance, glance
from cleaner.strip.grammars import Sheet, labels_of, openings, runs
from cleaner.strip.page import Page
from cleaner.strip.re2set import program
from cleaner.strip.rules import Block, Hit, Rules, masked


def hits_of(page: Page, rules: Rules, name: str = "", seen: Glance | None = None) -> list[Hit]:
    """Every match of every entry; `unless` and `site` are heeded, zones, needs and waking are not.

    Args:
        page: the page.
        rules: the entries.
        name: the id of the document, for entries that name a site.
        seen: what a glance at the page with these rules found, if it was made already.
    """
    seen = seen or glance(page, rules)
    numbers = _numbers(page, seen)
    found = [*_lines(page, rules, numbers), *_inline(page, seen), *_blocks(page, rules, numbers)]
    entries = {hit.entry for hit in found}
    if not rules.picky.isdisjoint(entries):
        found = [hit for hit in found if hit.entry not in rules.picky or _may_stand(hit, page, name)]
    if code := page.fenced:
        found = [hit for hit in found if code.isdisjoint(range(hit.line, hit.last + 1))]
    if witnessed := rules.witnessed & entries:
        found = _witnessed(found, page, witnessed)
    found.sort(key=lambda hit: (hit.line, -hit.last, hit.start, hit.entry.name))
    return found


def _numbers(page: Page, seen: Glance) -> list[Numbers]:
    """The patterns that match each line that is not blank, with its bullets or without."""
    found, finder, known, told, rest = [], seen.rules.finder, seen.rules.finder.seen, seen.told, seen.rest
    for at in page.solid:
        line = page.lines[at]
        numbers = known.get(line.shadow)
        if numbers is None:
            numbers = finder.numbers(line.shadow, told.get(at, ()), rest)
        if line.whole is not line.shadow:
            numbers |= finder.numbers(line.whole, told.get(at, ()), rest)
        found.append(numbers)
    return found


def _witnessed(found: list[Hit], page: Page, entries: Collection[Entry]) -> list[Hit]:
    """The hits without those of some entries of which too few different literals stand on the page."""
    lines: dict[Entry, set[str]] = {}
    for hit in found:
        if hit.entry in entries:
            lines.setdefault(hit.entry, set()).add(masked(page.lines[hit.line].shadow))
    few = {entry for entry, kinds in lines.items() if len(kinds) < entry.least}
    return [hit for hit in found if hit.entry not in few] if few else found


def _may_stand(hit: Hit, page: Page, name: str) -> bool:
    """Whether a hit is at home on its page, and nothing vetoes it."""
    site, unless = hit.entry.site, hit.entry.unless
    if site and not fnmatchcase(name, site):
        return False
    return not unless or not program(unless).search(page.lines[hit.line].shadow)


def _lines(page: Page, rules: Rules, numbers: Sequence[Numbers]) -> list[Hit]:
    literals, lined, cutting = rules.literals, rules.lined, rules.cutting
    found = list[Hit]()
    for at, shadow, own in zip(page.solid, page.shadows, numbers, strict=True):
        if shadow in literals:
            found += [Hit(entry, at, at) for entry in literals[shadow]]
        if rules.skeletons:
            found += [Hit(entry, at, at) for entry in rules.skeletons.get(masked(shadow), ())]
        for number in own:
            for entry in lined.get(number, ()):
                found.append(Hit(entry, at, at, *_cut(entry, page, at)) if entry in cutting else Hit(entry, at, at))
    return found


def _cut(entry: Entry, page: Page, at: int) -> tuple[int, int]:
    """The span of the group `cut` of a line entry in the text, or (-1, -1)."""
    line = page.lines[at]
    match = program(entry.pattern).fullmatch(line.shadow) or program(entry.pattern).fullmatch(line.whole)
    if not match or match.start(group := match.re.groupindex["cut"]) < 0:
        return -1, -1
    inset = page.shadow.index(match.string, line.start)
    return inset + match.start(group), inset + match.end(group)


def _inline(page: Page, seen: Glance) -> Iterator[Hit]:
    for entry, own in seen.inside.items():
        pattern = program(entry.pattern)
        group = pattern.groupindex.get("cut", 0)
        for at in own:
            line = page.lines[at]
            for match in pattern.finditer(page.shadow[line.start : line.content_end]):
                start, end = match.span(group)
                start, end = (start, end) if start >= 0 else match.span()
                if start < end:
                    yield Hit(entry, at, at, line.start + start, line.start + end)


def _blocks(page: Page, rules: Rules, numbers: Sequence[Numbers]) -> Iterator[Hit]:
    kept = page.fenced | page.shaped
    stops = [page.sentences[at] or at in kept for at in page.solid]
    bullets = [page.lines[at].whole is not page.lines[at].shadow for at in page.solid]
    sheet = Sheet(page.shadows, stops, numbers, bullets)
    for block, labelled in _awake(sheet, rules):
        yield from (
            Hit(block.entry, page.solid[first], page.solid[last]) for first, last in runs(block, sheet, labelled)
        )


def _awake(sheet: Sheet, rules: Rules) -> Iterator[tuple[Block, Sequence[int]]]:
    """The blocks of which enough stands on a page for a run, and the lines in which they know labels."""
    begun = sheet.begun.keys()
    yield from ((block, ()) for block in rules.tables if not begun.isdisjoint(openings(block.entry)))
    for number, known in labels_of(sheet.lines, rules.labels).items():
        block = rules.blocks[number]
        if block.entry.grammar != "metadata" and len(known.labels) >= block.entry.least:
            yield block, sorted(known.lines)
    for number in rules.openings.keys() & NONE.union(*sheet.numbers):
        yield from ((block, ()) for block in rules.openings[number])
