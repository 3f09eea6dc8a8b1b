"""Block grammars: what no single line can say, a run of lines does.

Every grammar is a function of a block entry and of the lines that are not blank; it yields runs ``(first, last)`` as
positions among those lines, both inclusive.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain

from cleaner.strip.entry import Entry
from cleaner.strip.posts import Posts, posts_of
from cleaner.strip.rules import Block, known_labels

Run = tuple[int, int]

_NUMBER = re.compile(r"[+-]?[0-9][0-9,.]*(?: ?[万亿千kmw])?[+%]?")
_SEPARATORS = re.compile(r"[ |·/>,:()\[\]<«»›_-]+")
_PAIR = re.compile(r"[: ]+")
# A line longer than this is no list of labels: the longest navigation bar seen on one line has 220 characters.
_LINE = 240
# A value beside its label: longer ones are text.
_VALUE = 24
# A value of a metadata table or an item of a list: names of agencies and headlines are not longer.
_CELL = 60
# With more than this share of the running text above them, posts are the comments below an article.
_ABOVE_POSTS = 0.2


@dataclass(frozen=True)
class Sheet:
    """The lines of a page that are not blank, and what is known of each.

    Attributes:
        lines: the lines.
        stops: which of them end a run: running text, and what is content by its form.
        numbers: the numbers of the patterns that match all of each line.
        bullets: which of them begin with a bullet.
        turns: at which of them a post begins or ends for sure.
        told: the posts that were told so far, by what tells them: several entries ask for the same ones.
    """

    lines: Sequence[str]
    stops: Sequence[bool]
    numbers: Sequence[frozenset[int]]
    bullets: Sequence[bool] = ()
    turns: Sequence[bool] = ()
    told: dict[tuple[int, frozenset[str]], Posts | None] = field(default_factory=dict)

    @cached_property
    def starts(self) -> list[str]:
        """The first two characters of each line."""
        return [line[:2] for line in self.lines]

    @cached_property
    def matched(self) -> dict[int, list[int]]:
        """The lines that each pattern matches, in order."""
        found = defaultdict[int, list[int]](list)
        for at, numbers in enumerate(self.numbers):
            for number in numbers:
                found[number].append(at)
        return found

    def posts(self, first: int, words: frozenset[str]) -> Posts | None:
        """The posts below lines that the pattern `first` matches, with these words of an interface around them."""
        if (first, words) not in self.told:
            dated = [at for at in self.matched.get(first, ()) if not self.stops[at]]
            self.told[first, words] = posts_of(self.lines, self.stops, dated, words)
        return self.told[first, words]


def places_of(told: Iterable[Collection[str]]) -> dict[str, list[int]]:
    """The lines in which each label stands, of the labels that stand in each line."""
    places = defaultdict[str, list[int]](list)
    for at, own in enumerate(told):
        for label in own:
            places[label].append(at)
    return places


def blocks_of(found: Iterable[str], labels: Mapping[str, tuple[int, ...]]) -> Counter[int]:
    """How many of some different labels each block knows, by its number."""
    return Counter(chain.from_iterable(map(labels.__getitem__, found)))


def labels_in(line: str, labels: Mapping[str, tuple[int, ...]]) -> Collection[str]:
    """The labels that are a line or a word of it."""
    return labels.keys() & (_parts(line) if len(line) <= _LINE else {line.rstrip(": ")})


@lru_cache(1 << 14)
def _parts(line: str) -> frozenset[str]:
    """What may be a label of a line: all of it, or what separators part."""
    return frozenset((line.rstrip(": "), *_SEPARATORS.split(line)))


def table_labels(entry: Entry, lines: Iterable[str]) -> set[str]:
    """The different labels of a metadata table that stand in lines that begin with one."""
    return {label.replace(" ", "") for line in lines for label in _cells(entry, line)}


def runs(block: Block, sheet: Sheet, labelled: Sequence[int] = ()) -> Iterator[Run]:
    """The runs of lines that the block's grammar accepts; `labelled` are the lines in which it knows a label."""
    if block.entry.grammar in _LABELLED:
        return _labelled_runs(block, sheet, labelled, _LABELLED[block.entry.grammar])
    return _GRAMMARS[block.entry.grammar](block, sheet)


# The labels of a line, at most `_LINE` long, that belongs to a block; None for any other line.
Labels = Callable[[Block, str], Iterable[str] | None]


@lru_cache(1 << 14)
def _profile(block: Block, line: str) -> Iterable[str] | None:
    label = line.rstrip(": ")
    if label in block.labels:
        return (label,)
    if _NUMBER.fullmatch(line) or block.values.match(line):
        return ()
    if len(line) <= 2 * _VALUE and len(parts := _PAIR.split(line, maxsplit=1)) == 2 and len(parts[1]) <= _VALUE:
        return block.labels.intersection((parts[0], line.rsplit(" ", maxsplit=1)[-1])) or None
    return None


@lru_cache(1 << 14)
def _vocabulary(block: Block, line: str) -> Iterable[str] | None:
    """Of a line of which every word is known."""
    label, known, values = line.rstrip(": "), block.labels, block.values
    if label in known:
        return (label,)
    if values.match(line):
        return ()
    words = list(filter(None, _SEPARATORS.split(line)))
    others = [word for word in words if word not in known and not _NUMBER.fullmatch(word)]
    if len(others) == len(words) or not all(map(values.match, others)):
        return () if _NUMBER.fullmatch(line) else None
    return known.intersection(words)


def _labelled_runs(block: Block, sheet: Sheet, labelled: Sequence[int], labels: Labels) -> Iterator[Run]:
    """The runs of lines that have labels or may stand between them, with enough different labels."""
    end = -1
    for seed in labelled:
        if seed <= end:
            continue
        floor, seen = end, set[str]()
        start = _reach(block, sheet, labels, seen, range(seed, floor, -1))
        if start >= 0:
            end = _reach(block, sheet, labels, seen, range(seed, len(sheet.lines)))
            if len(seen) >= block.entry.least:
                yield start, end


def _reach(block: Block, sheet: Sheet, labels: Labels, seen: set[str], places: range) -> int:
    """The last of some places in order up to which all lines have labels or may stand between them; -1 for none."""
    last = -1
    for at in places:
        line = sheet.lines[at]
        found = labels(block, line) if len(line) <= _LINE else None
        if found is None:
            break
        seen.update(found)
        last = at
    return last


@cache
def _spelt(entry: Entry) -> tuple[str, ...]:
    """The labels of a metadata table without the blanks that set their characters apart, longest first."""
    return tuple(sorted((label.replace(" ", "") for label in known_labels(entry)), key=len, reverse=True))


@cache
def _cell(entry: Entry) -> re.Pattern[str]:
    """A label of a metadata table, its characters perhaps set apart by blanks, where a cell begins."""
    spaced = "|".join(" *".join(map(re.escape, label)) for label in _spelt(entry))
    return re.compile(rf"(?:^| )({spaced})(?: *:| +|$)")


@lru_cache(1 << 14)
def _cells(entry: Entry, line: str) -> Sequence[str]:
    """The labels of a row of a metadata table; empty for any other line."""
    if len(line) > _LINE or not line.replace(" ", "").startswith(_spelt(entry)) or not _cell(entry).match(line):
        return ()
    return tuple(_cell(entry).findall(line))


@cache
def openings(entry: Entry) -> frozenset[str]:
    """The first two characters of all rows of a metadata table: of a label, its characters perhaps set apart."""
    return frozenset(start for label in _spelt(entry) for start in (label[:2], f"{label}:"[:2], f"{label[0]} "))


def _metadata(block: Block, sheet: Sheet) -> Iterator[Run]:
    entry, starts = block.entry, openings(block.entry)
    start, last, seen = -1, -1, set[str]()
    for at in [at for at, start in enumerate(sheet.starts) if start in starts]:
        if found := _cells(entry, sheet.lines[at]):
            if start >= 0 and not _joins(entry, sheet, last, at):
                if len(seen) >= entry.least:
                    yield start, last
                start, seen = -1, set()
            start, last = at if start < 0 else start, at
            seen.update(label.replace(" ", "") for label in found)
    if start >= 0 and len(seen) >= entry.least:
        yield start, last


def _joins(entry: Entry, sheet: Sheet, last: int, at: int) -> bool:
    """Whether two rows are of one table: between them stands at most the value of the label that ends the first."""
    between = last + 1
    return at == between or (at == between + 1 and _is_value(sheet, between) and _wants_value(entry, sheet.lines[last]))


def _is_value(sheet: Sheet, at: int) -> bool:
    return not sheet.stops[at] and len(sheet.lines[at]) <= _CELL


def _wants_value(entry: Entry, row: str) -> bool:
    """Whether a row of a metadata table ends with a label, whose value stands in the next line."""
    *_, last = _cell(entry).finditer(row)
    return not row[last.end() :].strip(" :")


def _cycle(block: Block, sheet: Sheet) -> Iterator[Run]:
    behind = 0
    for at in _begun(block, sheet):
        end, count = at, 0
        while at >= behind and (after := _one_cycle(block, sheet, end)) > end:
            end, count = after, count + 1
        if count and count >= block.entry.least:
            yield at, end - 1
            behind = end


def _begun(block: Block, sheet: Sheet) -> Iterable[int]:
    """The lines with which a cycle may begin: as its first line does, or as one before which all may be absent."""
    numbers = list[int]()
    for number, optional in block.steps:
        numbers.append(number)
        if not optional:
            break
    return sorted({at for number in numbers for at in sheet.matched.get(number, ())})


def _one_cycle(block: Block, sheet: Sheet, at: int) -> int:
    """Where one cycle that begins at `at` ends, or `at` when none begins there."""
    now = at
    for number, optional in block.steps:
        if now < len(sheet.lines) and not sheet.stops[now] and number in sheet.numbers[now]:
            now += 1
        elif not optional:
            return at
    return now


def _span(block: Block, sheet: Sheet) -> Iterator[Run]:
    last = -1
    for at in sheet.matched.get(block.first, ()):
        end = _closing(block, sheet, at) if at > last else -1
        if end >= 0:
            yield at, end
            last = end


def _closing(block: Block, sheet: Sheet, at: int) -> int:
    for now in range(at + 1, min(at + block.entry.most, len(sheet.lines))):
        if block.last in sheet.numbers[now]:
            return now
        if sheet.stops[now]:
            break
    return -1


def _heading(block: Block, sheet: Sheet) -> Iterator[Run]:
    for at in sheet.matched.get(block.first, ()):
        end, limit = at, min(at + block.entry.most, len(sheet.lines) - 1)
        while end < limit and _is_item(block, sheet, end + 1, bullet=_has_bullet(sheet, at + 1)):
            end += 1
        if end - at >= block.entry.least:
            yield at, end


def _is_item(block: Block, sheet: Sheet, at: int, *, bullet: bool) -> bool:
    """Whether a line may be an item of a list of links, which has bullets or has none.

    A title may be a question or end with a stop: it is an item for its bullet, or between items that no rule knows.
    """
    line = sheet.lines[at]
    longest = 2 * _CELL if line.isascii() else _CELL  # a letter says half as much as a hanzi
    if len(line) > longest or block.first in sheet.numbers[at] or (at < len(sheet.turns) and sheet.turns[at]):
        return False
    if not sheet.stops[at] or (bullet and _has_bullet(sheet, at)):
        return True
    asks = not bullet and line[-1] in "?!" and at + 1 < len(sheet.lines) and not sheet.stops[at + 1]
    return asks and sheet.numbers[at - 1] <= {block.first} and not sheet.numbers[at + 1]


def _has_bullet(sheet: Sheet, at: int) -> bool:
    return at < len(sheet.bullets) and sheet.bullets[at]


def _posts(block: Block, sheet: Sheet) -> Iterator[Run]:
    found = sheet.posts(block.first, block.labels)
    if found and block.entry.role != "post":
        yield from ((at, at) for at in sorted({*found.headers, *found.around}))
    elif found:
        sizes = [len(line) if stop else 0 for line, stop in zip(sheet.lines, sheet.stops, strict=True)]
        if sum(sizes[: found.headers[0]]) <= _ABOVE_POSTS * sum(sizes):
            yield from ((at, at) for at in found.headers)


_GRAMMARS: Mapping[str, Callable[[Block, Sheet], Iterator[Run]]] = {
    "metadata": _metadata,
    "cycle": _cycle,
    "span": _span,
    "heading": _heading,
    "posts": _posts,
}
_LABELLED: Mapping[str, Labels] = {"profile": _profile, "vocabulary": _vocabulary}
