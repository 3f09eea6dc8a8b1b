"""Which entries match where on a page."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from cleaner.strip.entry import Entry
from cleaner.strip.finder import NONE
from cleaner.strip.gate import Clues, Glance, detectors_of, glance
from cleaner.strip.grammars import Sheet, blocks_of, labels_in, openings, places_of, runs
from cleaner.strip.index import listed
from cleaner.strip.memory import remember
from cleaner.strip.page import Line, Page
from cleaner.strip.re2set import program
from cleaner.strip.rules import Block, Hit, Rules, masked
from cleaner.strip.told import NOTHING, Match, Told


def hits_of(page: Page, rules: Rules, name: str = "", seen: Glance | None = None) -> list[Hit]:
    """Every match of every entry; `unless` and `site` are heeded, zones, needs and waking are not.

    Args:
        page: the page.
        rules: the entries.
        name: the id of the document, for entries that name a site.
        seen: what a glance at the page with these rules found, if it was made already.
    """
    told = _told(seen or glance(page, rules))
    blocks = [hit for hit in _blocks(page, rules, told) if not _is_vetoed(hit.entry, page.lines[hit.line])]
    found = _in_order(page, told, blocks)
    entries = {hit.entry for hit in found}
    if not rules.sited.isdisjoint(entries):
        found = [hit for hit in found if not hit.entry.site or fnmatchcase(name, hit.entry.site)]
    if code := page.fenced:
        found = [hit for hit in found if code.isdisjoint(range(hit.line, hit.last + 1))]
    if witnessed := rules.witnessed & entries:
        found = _witnessed(found, page, witnessed)
    return found


def _in_order(page: Page, told: Iterable[Told], blocks: Iterable[Hit]) -> list[Hit]:
    """The hits of lines and of blocks: first by their first line, then the longest, then by where they cut, by name."""
    begun = listed((hit.line, hit) for hit in blocks)
    found = list[Hit]()
    for at, line, known in zip(page.solid, page.filled, told, strict=True):
        behind = len(found)
        found += begun.get(at, ())
        for entry, start, end in known.matches:
            found.append(Hit(entry, at, at) if start < 0 else Hit(entry, at, at, line.start + start, line.start + end))
        if at in begun:
            found[behind:] = sorted(found[behind:], key=lambda hit: (-hit.last, hit.start, hit.entry.name))
    return found


def _told(seen: Glance) -> list[Told]:
    """What rules know of each line that is not blank."""
    fresh = {line.content: _asked(line, seen, seen.clues.get(at)) for at, line in enumerate(seen.fresh)}
    remember(seen.rules.known, fresh)
    every = {**seen.known, **fresh} if fresh else seen.known
    return [every[line.content] for line in seen.page.filled]


def _asked(line: Line, seen: Glance, clues: Clues | None) -> Told:
    """What rules know of a line that is not remembered."""
    rules, trials = seen.rules, clues.trials if clues else ()
    numbers = rules.finder.numbers(line.shadow, trials)
    if line.whole is not line.shadow:
        numbers |= rules.finder.numbers(line.whole, trials)
    entries = [entry for number in numbers for entry in rules.lined.get(number, ())]
    found = [Match(entry, *_cut(entry, line)) if entry in rules.cutting else Match(entry) for entry in entries]
    found += map(Match, rules.literals.get(line.shadow, ()))
    if rules.skeletons:
        found += map(Match, rules.skeletons.get(masked(line.shadow), ()))
    found += _inside(line, (*seen.inline, *clues.entries) if clues else seen.inline)
    labels = tuple(labels_in(line.shadow, rules.labels))
    detectors = detectors_of(line, rules) if seen.detectors else NONE
    if not (numbers or found or labels or detectors):
        return NOTHING
    wakes = not rules.waking.isdisjoint(numbers) or any(match.entry.sure for match in found)
    standing = (match for match in found if not _is_vetoed(match.entry, line))
    matches = tuple(sorted(standing, key=lambda match: (match.start, match.entry.name)))
    return Told(numbers, matches, labels, detectors, wakes, not rules.turning.isdisjoint(numbers))


def _witnessed(found: list[Hit], page: Page, entries: Collection[Entry]) -> list[Hit]:
    """The hits without those of some entries of which too few different literals stand on the page."""
    lines: dict[Entry, set[str]] = {}
    for hit in found:
        if hit.entry in entries:
            lines.setdefault(hit.entry, set()).add(masked(page.lines[hit.line].shadow))
    few = {entry for entry, kinds in lines.items() if len(kinds) < entry.least}
    return [hit for hit in found if hit.entry not in few] if few else found


def _is_vetoed(entry: Entry, line: Line) -> bool:
    """Whether something in its (first) line vetoes a match."""
    return bool(entry.unless and program(entry.unless).search(line.shadow))


def _cut(entry: Entry, line: Line) -> tuple[int, int]:
    """The span of the group `cut` of a line entry in the content of a line, or (-1, -1)."""
    match = program(entry.pattern).fullmatch(line.shadow) or program(entry.pattern).fullmatch(line.whole)
    if not match or match.start(group := match.re.groupindex["cut"]) < 0:
        return -1, -1
    inset = line.content.index(match.string)
    return inset + match.start(group), inset + match.end(group)


def _inside(line: Line, entries: Iterable[Entry]) -> Iterator[Match]:
    """What inline entries would cut out of a line."""
    for entry in entries:
        pattern = program(entry.pattern)
        group = pattern.groupindex.get("cut", 0)
        for match in pattern.finditer(line.content):
            start, end = match.span(group)
            start, end = (start, end) if start >= 0 else match.span()
            if start < end:
                yield Match(entry, start, end)


def _blocks(page: Page, rules: Rules, told: Sequence[Told]) -> Iterator[Hit]:
    kept = page.fenced | page.shaped
    stops = [text or at in kept for at, text in zip(page.solid, page.texts, strict=True)] if kept else page.texts
    numbers, turns = [known.numbers for known in told], [known.turns for known in told]
    sheet = Sheet(page.shadows, stops, numbers, page.bullets, turns)
    for block, labelled in _awake(sheet, rules, told):
        yield from (
            Hit(block.entry, page.solid[first], page.solid[last]) for first, last in runs(block, sheet, labelled)
        )


def _awake(sheet: Sheet, rules: Rules, told: Iterable[Told]) -> Iterator[tuple[Block, Sequence[int]]]:
    """The blocks of which enough stands on a page for a run, and the lines in which they know labels."""
    begun = set(sheet.starts)
    yield from ((block, ()) for block in rules.tables if not begun.isdisjoint(openings(block.entry)))
    places = places_of(known.labels for known in told)
    for number, kinds in blocks_of(places, rules.labels).items():
        block = rules.blocks[number]
        if block.entry.grammar != "metadata" and kinds >= block.entry.least:
            yield block, sorted({at for label in block.labels.intersection(places) for at in places[label]})
    for number in rules.openings.keys() & sheet.matched.keys():
        yield from ((block, ()) for block in rules.openings[number])
