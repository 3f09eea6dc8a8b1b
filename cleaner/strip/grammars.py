"""Block grammars: what no single line can say, a run of lines does.

Every grammar is a function of the lines that are not blank (their shadows, and which read as sentences) and of an
entry; it yields runs ``(first, last)`` as positions in that list, both inclusive.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cleaner.strip.pack import Entry
from cleaner.strip.rules import program

Run = tuple[int, int]

_NUMBER = re.compile(r"[+-]?[0-9][0-9,.]*(?: ?[万亿千kmw])?[+%]?")
_TOKENS = re.compile(r"[ |·/>,()\[\]<«»›_-]+")
_PAIR = re.compile(r"[: ]+")
# A value beside its label: longer ones are text.
_VALUE = 24
# A value of a metadata table: names of agencies and titles of documents are longer than numbers.
_CELL = 60
_OPTIONAL = "??"


@dataclass(frozen=True, slots=True)
class Solid:
    """The lines that are not blank."""

    shadows: Sequence[str]
    sentences: Sequence[bool]


def runs(entry: Entry, lines: Solid) -> Iterator[Run]:
    """The runs of lines that the entry's grammar accepts."""
    yield from _GRAMMARS[entry.grammar](entry, lines)


@cache
def _labels(entry: Entry) -> frozenset[str]:
    return frozenset(label.rstrip(": ") for label in entry.labels)


def whole(pattern: str, line: str) -> bool:
    """Whether a pattern matches all of a line."""
    return bool(program(pattern).fullmatch(line))


def _any(patterns: Sequence[str], line: str) -> bool:
    return any(whole(pattern, line) for pattern in patterns)


def _profile(entry: Entry, lines: Solid) -> Iterator[Run]:
    def labels(line: str) -> set[str] | None:
        """The labels of a line that belongs to a profile; None for any other line."""
        known = _labels(entry)
        bare = line.rstrip(": ")
        if bare in known:
            return {bare}
        if _NUMBER.fullmatch(line) or _any(entry.values, line):
            return set()
        if len(line) <= 2 * _VALUE and len(parts := _PAIR.split(line, maxsplit=1)) == 2:
            ends = {parts[0], line.rsplit(" ", maxsplit=1)[-1]} & known
            if ends and len(parts[1]) <= _VALUE:
                return ends
        return None

    yield from _labelled_runs(entry, lines, labels)


def _vocabulary(entry: Entry, lines: Solid) -> Iterator[Run]:
    known = _labels(entry)

    def labels(line: str) -> set[str] | None:
        bare = line.rstrip(": ")
        if bare in known:
            return {bare}
        if _any(entry.values, line):
            return set()
        tokens = [token.rstrip(":") for token in _TOKENS.split(line) if token]
        if all(token in known or _NUMBER.fullmatch(token) or _any(entry.values, token) for token in tokens):
            return set(known.intersection(tokens))
        return None

    yield from _labelled_runs(entry, lines, labels)


def _labelled_runs(entry: Entry, lines: Solid, labels: Callable[[str], set[str] | None]) -> Iterator[Run]:
    start, seen = -1, set[str]()
    for at, line in enumerate((*lines.shadows, "")):
        found = labels(line) if line else None
        if found is not None:
            start = at if start < 0 else start
            seen |= found
            continue
        if start >= 0 and len(seen) >= entry.least:
            yield start, at - 1
        start, seen = -1, set()


def _metadata(entry: Entry, lines: Solid) -> Iterator[Run]:
    known = {label.replace(" ", "") for label in _labels(entry)}
    start, last, seen = -1, -1, set[str]()
    for at, line in enumerate((*lines.shadows, "")):
        found = _cells(line, known)
        if found:
            start = at if start < 0 else start
            last, seen = at, seen | found
        elif start >= 0 and (not line or at > last + 1 or lines.sentences[at] or len(line) > _CELL):
            if len(seen) >= entry.least:
                yield start, last
            start, seen = -1, set()


def _cells(line: str, known: set[str]) -> set[str]:
    """The labels that a line of a metadata table holds: at its start, or anywhere before a colon."""
    heads = [piece.replace(" ", "") for piece in line.split(":")]
    if heads[0] in known:
        return {heads[0], *(label for label in known for head in heads[1:-1] if head.endswith(label))}
    return set()


def _cycle(entry: Entry, lines: Solid) -> Iterator[Run]:
    steps = [(step.removesuffix(_OPTIONAL), step.endswith(_OPTIONAL)) for step in entry.lines]
    at = 0
    while at < len(lines.shadows):
        end, count = at, 0
        while (after := _one_cycle(steps, lines, end)) > end:
            end, count = after, count + 1
        if count >= entry.least:
            yield at, end - 1
            at = end
        else:
            at += 1


def _one_cycle(steps: Sequence[tuple[str, bool]], lines: Solid, at: int) -> int:
    """Where one cycle that begins at `at` ends, or `at` when none begins there."""
    now = at
    for pattern, optional in steps:
        if now < len(lines.shadows) and not lines.sentences[now] and whole(pattern, lines.shadows[now]):
            now += 1
        elif not optional:
            return at
    return now


def _span(entry: Entry, lines: Solid) -> Iterator[Run]:
    at = 0
    while at < len(lines.shadows):
        end = _closing(entry, lines, at) if whole(entry.first, lines.shadows[at]) else -1
        if end >= 0:
            yield at, end
        at = max(at, end) + 1


def _closing(entry: Entry, lines: Solid, at: int) -> int:
    for now in range(at + 1, min(at + entry.most, len(lines.shadows))):
        if whole(entry.last, lines.shadows[now]):
            return now
        if lines.sentences[now]:
            break
    return -1


def _heading(entry: Entry, lines: Solid) -> Iterator[Run]:
    at = 0
    while at < len(lines.shadows):
        end = at
        if whole(entry.first, lines.shadows[at]):
            limit = min(at + entry.most, len(lines.shadows) - 1)
            while end < limit and _item(entry, lines, end + 1):
                end += 1
            if end - at >= entry.least:
                yield at, end
        at = end + 1


def _item(entry: Entry, lines: Solid, at: int) -> bool:
    line = lines.shadows[at]
    return not lines.sentences[at] and len(line) <= _CELL and not whole(entry.first, line)


_GRAMMARS: Mapping[str, Callable[[Entry, Solid], Iterator[Run]]] = {
    "profile": _profile,
    "vocabulary": _vocabulary,
    "metadata": _metadata,
    "cycle": _cycle,
    "span": _span,
    "heading": _heading,
}
