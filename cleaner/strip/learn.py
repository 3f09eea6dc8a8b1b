"""Learned frequency: the lines that the pages of one site share, as a rule pack that a human can review.

Two streaming passes with bounded memory. The first one (`Survey`) counts in how many documents each skeleton (a folded
line with its numbers masked) stands, in a count-min sketch (Cormode & Muthukrishnan 2005): sums of tables, so that the
order of the documents and the number of workers do not matter. The second one (`Census`) counts exactly, by site, only
what the sketch calls frequent, and remembers an example. A site is a folder, and within it (or without one) the pages
that share the same one of their frequent first and last lines, the one with the smallest hash: pages of one site have
nearly the same such lines, so nearly all of them choose the same.

Chapters of one book have titles that differ in their numbers only, and one skeleton. A page that has no other line for
a title above its text votes for such lines to be titles; what enough of its pages vote for is not learned. Nor is the
title of a page that the others link to: it stands once more on its own page than there.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.strip.page import Page, page_of
from cleaner.strip.rules import masked

_NUMBER = re.compile("[0-9]+")
# The sketch: 4 rows of 2**20 counters, 16 MB; it overestimates by more than 3 once a corpus holds some ten million
# different lines, and then the second pass counts some lines for nothing.
_ROWS, _WIDTH = 4, 1 << 20
# A line must stand in so many documents of its site, and in this share of them.
_COUNT, _SHARE = 3, 0.2
# Running text is learned only where this share of at least so many documents repeats it: a licence, a disclaimer.
_PROSE_SHARE, _PROSE_COUNT = 0.5, 6
# Longer lines are text, or are met as pieces.
_LONGEST = 300
# So many lines at either end of a page may tell its site.
_EDGE = 12
# A title has at least so many characters and letters; a line with more numbers than this is a date or a counter.
_TITLE, _LETTERS, _NUMBERS = 4, 2, 2
# A skeleton is one of titles when this share of its documents says so.
_TITLED = 0.5
# What an author puts under a text, however many texts of a site end so.
_END = re.compile(
    r"[-=_·*~ (\[<|]*(?:(?:the )?end|fin|完|全[文书]完|本[文章节]完|未完待续|待续|终|剧终|续完)[-=_·*~ )\]>|.…!]*"
)
# The title of a page that others link to is at least so long; it stands twice on hardly any page, this share at most.
_LINK, _LINKED = 8, 0.2
# A document is of a learned site when it holds so many of its lines.
_WITNESSES = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What learning looks at in a document.

    Attributes:
        site: its folder.
        edges: the skeletons of its first and last lines.
        lines: its skeletons, and one line for each as it stands there.
        head: the lines above its first running text that may be its title.
        exact: its lines with numbers, as they are.
        again: the skeletons that stand in it more than once.
    """

    site: str
    edges: tuple[str, ...]
    lines: dict[str, str]
    head: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    again: frozenset[str] = frozenset()


def observe(name: str, text: str) -> Seen:
    r"""What learning looks at in a document.

    >>> observe("a.com/1.txt", "返回列表\n共 12 页").lines
    {'返回列表': '返回列表', '共 0 页': '共 12 页'}
    """
    page = page_of(text)
    lines = {masked(page.lines[at].shadow): _raw(page, at) for at in reversed(page.solid) if _telling(page, at)}
    ends = [*page.solid[:_EDGE], *page.solid[-_EDGE:]]
    edges = dict.fromkeys(masked(page.lines[at].shadow) for at in ends if _telling(page, at))
    shadows = dict.fromkeys(page.lines[at].shadow for at in page.solid if _telling(page, at))
    exact = tuple(shadow for shadow in shadows if masked(shadow) != shadow)
    times = Counter(masked(page.lines[at].shadow) for at in page.solid)
    again = frozenset(line for line in lines if times[line] > 1)
    site = name.rpartition("/")[0]
    return Seen(site, tuple(edges), dict(reversed(lines.items())), tuple(_head(page)), exact, again)


def _head(page: Page) -> Iterator[str]:
    """The lines above the first running text of a page that look like a title; none when it has no running text."""
    first = next((at for at in page.solid if page.sentences[at]), -1)
    for at in page.solid:
        if at >= first:
            return
        line = page.lines[at].shadow
        letters = sum(char.isalpha() for char in line)
        if len(line) >= _TITLE and letters >= _LETTERS and len(_NUMBER.findall(line)) <= _NUMBERS:
            yield line


def _raw(page: Page, at: int) -> str:
    line = page.lines[at]
    return page.text[line.start : line.content_end].strip()


def _telling(page: Page, at: int) -> bool:
    """Whether a line can be learned: it has a letter, is not too long, and does not say that a text ends."""
    line = page.lines[at].shadow
    return len(line) <= _LONGEST and any(map(str.isalpha, line)) and not _END.fullmatch(line)


def _hash(skeleton: str) -> int:
    return int.from_bytes(blake2b(skeleton.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass
class Survey:
    """The first pass: in about how many documents each skeleton stands; never too few."""

    counters: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros((_ROWS, _WIDTH), np.uint32))

    def add(self, seen: Seen) -> None:
        """Counts one document."""
        for row, column in chain.from_iterable(map(_cells, (*seen.lines, *map(_exactly, seen.exact)))):
            self.counters[row, column] += 1

    def merge(self, other: "Survey") -> "Survey":
        """The survey of both halves."""
        return Survey(self.counters + other.counters)

    def count(self, skeleton: str) -> int:
        """At least the number of documents that hold the skeleton."""
        return min(int(self.counters[row, column]) for row, column in _cells(skeleton))


def _exactly(line: str) -> str:
    """The name under which a line with numbers is counted as it is; no skeleton has two blanks at its head."""
    return f"  {line}"


def _cells(skeleton: str) -> list[tuple[int, int]]:
    """The counter of a skeleton in each row: double hashing (Kirsch & Mitzenmacher 2006)."""
    value = _hash(skeleton)
    low, high = value & 0xFFFFFFFF, value >> 32 | 1
    return [(row, (low + row * high) % _WIDTH) for row in range(_ROWS)]


Key = tuple[str, str]
_K = TypeVar("_K")


@dataclass
class Census:
    """The second pass: exact counts of the frequent skeletons by site, with an example each.

    Attributes:
        survey: of the first pass over the same documents.
        sizes: how many documents each site has.
        counts: in how many documents of a site a skeleton stands.
        examples: the smallest line as it stood, for each skeleton.
        titles: how many documents of a site have a skeleton for their title, as far as can be told.
        twice: in how many documents of a site a skeleton stands more than once.
    """

    survey: Survey
    sizes: dict[Key, int] = field(default_factory=dict)
    counts: dict[tuple[Key, str], int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    titles: dict[tuple[Key, str], int] = field(default_factory=dict)
    twice: dict[tuple[Key, str], int] = field(default_factory=dict)

    def add(self, seen: Seen) -> None:
        """Counts one document."""
        frequent = [line for line in seen.lines if self.survey.count(line) >= _COUNT]
        titles = self._titles(seen, frozenset(frequent))
        for key in self._sites(seen, frozenset(frequent)):
            self.sizes[key] = self.sizes.get(key, 0) + 1
            for line in frequent:
                self.counts[key, line] = self.counts.get((key, line), 0) + 1
            for line in titles:
                self.titles[key, line] = self.titles.get((key, line), 0) + 1
            for line in seen.again.intersection(frequent):
                self.twice[key, line] = self.twice.get((key, line), 0) + 1
        for line in frequent:
            self.examples[line] = min(self.examples.get(line, seen.lines[line]), seen.lines[line])

    def _titles(self, seen: Seen, frequent: frozenset[str]) -> set[str]:
        """The skeletons of the lines of a head that only their numbers tell from other pages, if it has no others."""
        if any(masked(line) not in frequent for line in seen.head):
            return set()
        numbered = {line for line in seen.head if masked(line) != line}
        return {masked(line) for line in numbered if self.survey.count(_exactly(line)) < _COUNT}

    def _sites(self, seen: Seen, frequent: frozenset[str]) -> Iterator[Key]:
        if seen.site:
            yield seen.site, ""
        if edges := frequent.intersection(seen.edges):
            yield seen.site, min(edges, key=_hash)

    def merge(self, other: "Census") -> "Census":
        """The census of both halves."""
        merged = Census(self.survey, _sum(self.sizes, other.sizes), _sum(self.counts, other.counts))
        merged.titles, merged.twice = _sum(self.titles, other.titles), _sum(self.twice, other.twice)
        merged.examples = dict(self.examples)
        for line, example in other.examples.items():
            merged.examples[line] = min(merged.examples.get(line, example), example)
        return merged

    def learned(self) -> dict[Key, list[tuple[str, int]]]:
        """For each site its lines and in how many documents they stand, most frequent first."""
        found: dict[Key, list[tuple[str, int]]] = {}
        for (key, line), count in self.counts.items():
            if self._is_chrome(line, count, self.sizes[key]) and not self._is_title(key, line):
                found.setdefault(key, []).append((line, count))
        rows = {key: sorted(lines, key=lambda row: (-row[1], row[0])) for key, lines in found.items()}
        for (folder, line), own in rows.items():
            if line:  # what the whole folder shares need not be said of a part of it
                shared = {skeleton for skeleton, _ in rows.get((folder, ""), ())}
                rows[folder, line] = [row for row in own if row[0] not in shared]
        return {key: rows[key] for key in sorted(rows) if len(rows[key]) >= _WITNESSES}

    def _is_title(self, key: Key, line: str) -> bool:
        """Whether a line is the title of some pages: told apart by its numbers, or a link to one on the others."""
        if self.titles.get((key, line), 0) >= _TITLED * self.counts[key, line]:
            return True
        twice = self.twice.get((key, line), 0)
        return len(line) >= _LINK and 0 < twice <= _LINKED * self.counts[key, line]

    def _is_chrome(self, line: str, count: int, size: int) -> bool:
        if page_of(line).sentences[0]:
            return count >= _PROSE_COUNT and count >= _PROSE_SHARE * size
        return count >= _COUNT and count >= _SHARE * size


def _sum(one: Mapping[_K, int], other: Mapping[_K, int]) -> dict[_K, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *(key for key in other if key not in one))}


def learned_pack(census: Census, name: str = "learned") -> str:
    """The TOML of a rule pack with the lines of every site, their counts as comments; empty of entries when none is."""
    entries = [_entry(number, key, rows, census) for number, (key, rows) in enumerate(census.learned().items(), 1)]
    why = "lines that the pages of a site share; counts stand beside them, delete what is content"
    return "\n".join([f'[pack]\nname = "{name}"\nwhy = "{why}"\nlearned = true\n', *entries])


def _entry(number: int, key: Key, rows: list[tuple[str, int]], census: Census) -> str:
    folder, line = key
    size = census.sizes[key]
    site = f"site = {_quoted(_escaped(folder) + '/*')}\n" if folder else ""
    place = f"pages of {folder or 'the corpus'}" + (f" with {line!r}" if line else "")
    literals = "".join(
        f"  {_quoted(line)},  # {count} of {size}, as in {_quoted(census.examples[line])}\n" for line, count in rows
    )
    return (
        f'[[entry]]\nid = "site-{number}"\nkind = "line"\nmasked = true\nleast = {_WITNESSES}\n{site}'
        f"why = {_quoted(f'stand in {size} {place}')}\nliterals = [\n{literals}]\n"
    )


def _escaped(folder: str) -> str:
    """A folder as a glob that matches itself."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in folder)


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON's escapes are a subset of it, and no line ends in a comment."""
    return json.dumps(text.replace("\x7f", " "), ensure_ascii=False).encode("utf-8", "replace").decode()


def learn(documents: Callable[[], Iterable[tuple[str, str]]], name: str = "learned") -> str:
    """The TOML of a pack learned from a corpus.

    Args:
        documents: gives an iterator of ``(id, text)``; called once for each of the two passes.
        name: of the pack.
    """
    survey = Survey()
    for identifier, text in documents():
        survey.add(observe(identifier, text))
    census = Census(survey)
    for identifier, text in documents():
        census.add(observe(identifier, text))
    return learned_pack(census, name)
