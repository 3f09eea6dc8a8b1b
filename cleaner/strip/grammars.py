"""Block grammars: what no single line can say, a run of lines does.

Every grammar is a function of an entry and of the lines that are not blank; it yields runs ``(first, last)`` as
positions among those lines, both inclusive.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from cleaner.strip.pack import Entry
from cleaner.strip.rules import known_labels

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
OPTIONAL = "??"


class Sheet:
    """The lines of a page that are not blank, and which whole-line patterns match each different one.

    Args:
        shadows: the lines.
        sentences: which of them read as running text.
        numbers: the number of each pattern in `patterns`.
        patterns: an RE2 set, or None.
    """

    def __init__(
        self, shadows: Sequence[str], sentences: Sequence[bool], numbers: Mapping[str, int], patterns: Any
    ) -> None:
        self.shadows, self.sentences = shadows, sentences
        self.seen: dict[str, tuple[int, ...]] = {}
        self._numbers, self._patterns = numbers, patterns

    def look(self, line: str) -> tuple[int, ...]:
        """The numbers of the patterns that match all of a line."""
        found = self.seen.get(line)
        if found is None:
            found = tuple(self._patterns.Match(line) or ()) if self._patterns else ()
            self.seen[line] = found
        return found

    def matches(self, pattern: str, line: str) -> bool:
        """Whether one of the set's patterns matches all of a line."""
        return bool(pattern) and self._numbers[pattern] in self.look(line)

    def any(self, patterns: Sequence[str], line: str) -> bool:
        """Whether one of several patterns matches all of a line."""
        return any(self._numbers[pattern] in self.look(line) for pattern in patterns)

    def holds(self, pattern: str) -> bool:
        """Whether a pattern matches any line."""
        number = self._numbers[pattern]
        return any(number in found for found in self.seen.values())


def tokens(line: str) -> list[str]:
    """The words of a short line that separators part; empty for a line that has none or is too long."""
    if len(line) > _LINE:
        return []
    return [token for token in _SEPARATORS.split(line) if token]


def runs(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    """The runs of lines that the entry's grammar accepts."""
    yield from _GRAMMARS[entry.grammar](entry, sheet)


def _profile(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    known = known_labels(entry)

    def labels(line: str) -> frozenset[str] | None:
        """The labels of a line that belongs to a profile; None for any other line."""
        bare = line.rstrip(": ")
        if bare in known:
            return frozenset((bare,))
        if _NUMBER.fullmatch(line) or sheet.any(entry.values, line):
            return frozenset()
        if len(line) <= 2 * _VALUE and len(parts := _PAIR.split(line, maxsplit=1)) == 2 and len(parts[1]) <= _VALUE:
            return known.intersection((parts[0], line.rsplit(" ", maxsplit=1)[-1])) or None
        return None

    yield from _labelled_runs(entry, sheet, labels)


def _vocabulary(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    known = known_labels(entry)

    def labels(line: str) -> frozenset[str] | None:
        """The labels of a line of which every word is known; None for any other line."""
        bare = line.rstrip(": ")
        if bare in known:
            return frozenset((bare,))
        if sheet.any(entry.values, line):
            return frozenset()
        words = tokens(line)
        found = known.intersection(words)
        others = [word for word in words if word not in known and not _NUMBER.fullmatch(word)]
        if (found or not others) and all(sheet.any(entry.values, word) for word in others):
            return found
        return None

    yield from _labelled_runs(entry, sheet, labels)


def _labelled_runs(entry: Entry, sheet: Sheet, labels: Callable[[str], frozenset[str] | None]) -> Iterator[Run]:
    """The runs of lines that have labels or may stand between them, with enough different labels."""
    start, seen = -1, set[str]()
    for at, line in enumerate((*sheet.shadows, "")):
        found = labels(line) if line and len(line) <= _LINE else None
        if found is not None:
            start = at if start < 0 else start
            seen |= found
            continue
        if start >= 0 and len(seen) >= entry.least:
            yield start, at - 1
        start, seen = -1, set()


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


def _metadata(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    cell = _cell(entry)
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


def _cycle(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    steps = [(step.removesuffix(OPTIONAL), step.endswith(OPTIONAL)) for step in entry.lines]
    at = 0
    while at < len(sheet.shadows):
        end, count = at, 0
        while (after := _one_cycle(steps, sheet, end)) > end:
            end, count = after, count + 1
        if count >= entry.least:
            yield at, end - 1
            at = end
        else:
            at += 1


def _one_cycle(steps: Sequence[tuple[str, bool]], sheet: Sheet, at: int) -> int:
    """Where one cycle that begins at `at` ends, or `at` when none begins there."""
    now = at
    for pattern, optional in steps:
        if now < len(sheet.shadows) and not sheet.sentences[now] and sheet.matches(pattern, sheet.shadows[now]):
            now += 1
        elif not optional:
            return at
    return now


def _span(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    at = 0
    while at < len(sheet.shadows):
        end = _closing(entry, sheet, at) if sheet.matches(entry.first, sheet.shadows[at]) else -1
        if end >= 0:
            yield at, end
        at = max(at, end) + 1


def _closing(entry: Entry, sheet: Sheet, at: int) -> int:
    for now in range(at + 1, min(at + entry.most, len(sheet.shadows))):
        if sheet.matches(entry.last, sheet.shadows[now]):
            return now
        if sheet.sentences[now]:
            break
    return -1


def _heading(entry: Entry, sheet: Sheet) -> Iterator[Run]:
    at = 0
    while at < len(sheet.shadows):
        end = at
        if sheet.matches(entry.first, sheet.shadows[at]):
            limit = min(at + entry.most, len(sheet.shadows) - 1)
            while end < limit and _is_item(entry, sheet, end + 1):
                end += 1
            if end - at >= entry.least:
                yield at, end
        at = end + 1


def _is_item(entry: Entry, sheet: Sheet, at: int) -> bool:
    line = sheet.shadows[at]
    return not sheet.sentences[at] and len(line) <= _CELL and not sheet.matches(entry.first, line)


_GRAMMARS: Mapping[str, Callable[[Entry, Sheet], Iterator[Run]]] = {
    "profile": _profile,
    "vocabulary": _vocabulary,
    "metadata": _metadata,
    "cycle": _cycle,
    "span": _span,
    "heading": _heading,
}
