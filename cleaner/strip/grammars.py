"""Block grammars: what no single line can say, a run of lines does.

Every grammar is a function of a block entry and of the lines that are not blank; it yields runs ``(first, last)`` as
positions among those lines, both inclusive.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from cleaner.strip.pack import Entry
from cleaner.strip.rules import Block, known_labels, program

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


class Sight(NamedTuple):
    """What is known of one line: the patterns that match all of it, and its words.

    Attributes:
        ids: the numbers of the patterns.
        bare: the line without a colon at its end.
        words: what separators part; empty for a long line.
        number: whether it is a bare number.
    """

    ids: frozenset[int]
    bare: str
    words: tuple[str, ...]
    number: bool


_NOTHING: frozenset[int] = frozenset()


class Sheet:
    """The lines of a page that are not blank, and what is known of each different one.

    Args:
        shadows: the lines.
        sentences: which of them read as running text.
        patterns: an RE2 set of whole-line patterns, or None.
        exact: what the set finds of these numbers must match these patterns as well.
    """

    def __init__(
        self, shadows: Sequence[str], sentences: Sequence[bool], patterns: Any, exact: Mapping[int, str]
    ) -> None:
        self.shadows, self.sentences, self._patterns, self._exact = shadows, sentences, patterns, exact
        self.seen = {line: self._look(line) for line in dict.fromkeys(shadows)}
        self.sights = [self.seen[line] for line in shadows]
        self.present = frozenset[int]().union(*(sight.ids for sight in self.seen.values()))

    def ids(self, line: str) -> frozenset[int]:
        """The numbers of the patterns that match all of a line or a word."""
        found = self._patterns.Match(line) if self._patterns else None
        if not found:
            return _NOTHING
        return frozenset(n for n in found if n not in self._exact or program(self._exact[n]).fullmatch(line))

    def _look(self, line: str) -> Sight:
        words = tuple(filter(None, _SEPARATORS.split(line))) if len(line) <= _LINE else ()
        return Sight(self.ids(line), line.rstrip(": "), words, bool(_NUMBER.fullmatch(line)))


def runs(block: Block, sheet: Sheet) -> Iterator[Run]:
    """The runs of lines that the block's grammar accepts."""
    yield from _GRAMMARS[block.entry.grammar](block, sheet)


def _profile(block: Block, sheet: Sheet) -> Iterator[Run]:
    known, values = block.labels, block.values

    def labels(line: str, sight: Sight) -> Iterable[str] | None:
        """The labels of a line that belongs to a profile; None for any other line."""
        if sight.bare in known:
            return (sight.bare,)
        if sight.number or not values.isdisjoint(sight.ids):
            return ()
        if len(line) <= 2 * _VALUE and len(parts := _PAIR.split(line, maxsplit=1)) == 2 and len(parts[1]) <= _VALUE:
            return known.intersection((parts[0], line.rsplit(" ", maxsplit=1)[-1])) or None
        return None

    yield from _labelled_runs(block, sheet, labels)


def _vocabulary(block: Block, sheet: Sheet) -> Iterator[Run]:
    known, values = block.labels, block.values

    def labels(_: str, sight: Sight) -> Iterable[str] | None:
        """The labels of a line of which every word is known; None for any other line."""
        if sight.bare in known:
            return (sight.bare,)
        if not values.isdisjoint(sight.ids):
            return ()
        others = [word for word in sight.words if word not in known and not _NUMBER.fullmatch(word)]
        if len(others) == len(sight.words) or (others and not values):
            return () if sight.number else None
        if all(not values.isdisjoint(sheet.ids(word)) for word in others):
            return known.intersection(sight.words)
        return None

    yield from _labelled_runs(block, sheet, labels)


def _labelled_runs(block: Block, sheet: Sheet, labels: Callable[[str, Sight], Iterable[str] | None]) -> Iterator[Run]:
    """The runs of lines that have labels or may stand between them, with enough different labels."""
    start, seen = -1, set[str]()
    for at, line in enumerate(sheet.shadows):
        found = labels(line, sheet.sights[at]) if len(line) <= _LINE else None
        if found is not None:
            start = at if start < 0 else start
            seen.update(found)
        elif start >= 0:
            if len(seen) >= block.entry.least:
                yield start, at - 1
            start, seen = -1, set()
    if start >= 0 and len(seen) >= block.entry.least:
        yield start, len(sheet.shadows) - 1


@cache
def _cell(entry: Entry) -> re.Pattern[str]:
    """A label of a metadata table, its characters perhaps set apart by blanks, where a cell begins."""
    return re.compile(rf"(?:^| )({_spaced(entry)})(?: *:| +|$)")


def _spaced(entry: Entry) -> str:
    labels = sorted((label.replace(" ", "") for label in known_labels(entry)), key=len, reverse=True)
    return "|".join(" *".join(map(re.escape, label)) for label in labels)


def metadata_gate(entry: Entry) -> str:
    """What a text must hold for a metadata table to be looked for, for an RE2 set."""
    return rf"(?m)^[ ·*+-]*(?:{_spaced(entry)})(?: *:| +|$)"


def _metadata(block: Block, sheet: Sheet) -> Iterator[Run]:
    cell, entry = _cell(block.entry), block.entry
    start, last, seen = -1, -1, set[str]()
    for at, line in enumerate((*sheet.shadows, "")):
        found = cell.findall(line) if cell.match(line) and len(line) <= _LINE else ()
        if found:
            start = at if start < 0 else start
            last = at
            seen.update(label.replace(" ", "") for label in found)
        elif start >= 0 and (not line or at > last + 1 or sheet.sentences[at] or len(line) > _CELL):
            if len(seen) >= entry.least:
                yield start, last
            start, seen = -1, set()


def _cycle(block: Block, sheet: Sheet) -> Iterator[Run]:
    at = 0
    while at < len(sheet.shadows):
        end, count = at, 0
        while (after := _one_cycle(block, sheet, end)) > end:
            end, count = after, count + 1
        if count >= block.entry.least:
            yield at, end - 1
            at = end
        else:
            at += 1


def _one_cycle(block: Block, sheet: Sheet, at: int) -> int:
    """Where one cycle that begins at `at` ends, or `at` when none begins there."""
    now = at
    for number, optional in block.steps:
        if now < len(sheet.shadows) and not sheet.sentences[now] and number in sheet.sights[now].ids:
            now += 1
        elif not optional:
            return at
    return now


def _span(block: Block, sheet: Sheet) -> Iterator[Run]:
    at = 0
    while at < len(sheet.shadows):
        end = _closing(block, sheet, at) if block.first in sheet.sights[at].ids else -1
        if end >= 0:
            yield at, end
        at = max(at, end) + 1


def _closing(block: Block, sheet: Sheet, at: int) -> int:
    for now in range(at + 1, min(at + block.entry.most, len(sheet.shadows))):
        if block.last in sheet.sights[now].ids:
            return now
        if sheet.sentences[now]:
            break
    return -1


def _heading(block: Block, sheet: Sheet) -> Iterator[Run]:
    at = 0
    while at < len(sheet.shadows):
        end = at
        if block.first in sheet.sights[at].ids:
            limit = min(at + block.entry.most, len(sheet.shadows) - 1)
            while end < limit and _is_item(block, sheet, end + 1):
                end += 1
            if end - at >= block.entry.least:
                yield at, end
        at = end + 1


def _is_item(block: Block, sheet: Sheet, at: int) -> bool:
    line = sheet.shadows[at]
    return not sheet.sentences[at] and len(line) <= _CELL and block.first not in sheet.sights[at].ids


_GRAMMARS: Mapping[str, Callable[[Block, Sheet], Iterator[Run]]] = {
    "profile": _profile,
    "vocabulary": _vocabulary,
    "metadata": _metadata,
    "cycle": _cycle,
    "span": _span,
    "heading": _heading,
}
