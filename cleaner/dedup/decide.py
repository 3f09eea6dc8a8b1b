"""Which documents stay: visited in priority order, one goes only if a kept one stands for it.

No chains: a document falls only for a kept document that it is itself similar to, so that two documents never fall for
a third that neither resembles, and the kept ones hold no duplicates among themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Protocol

import numpy as np

from cleaner.core.document import Document, Flag, Verdict
from cleaner.core.edits import evidence
from cleaner.dedup.candidates import Pairs, buckets, nearest, originals
from cleaner.dedup.compare import Comparer, Score
from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import DedupOptions
from cleaner.dedup.records import Records, Texts
from cleaner.dedup.sketch import Sketches
from cleaner.errors import UsageError

KEPT = Verdict()
_SAME = Score(1.0, 1.0, 0)


@dataclass(frozen=True, slots=True, order=True)
class Template:
    """The other document of a pair that looks like one form filled in twice."""

    other: str
    jaccard: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one document.

    Attributes:
        id: of the document.
        verdict: kept, or dropped for a survivor.
        templates: kept documents that it shares a template with, sorted.
    """

    id: str
    verdict: Verdict = KEPT
    templates: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a corpus: those of note are held, every other document is kept.

    >>> Decisions()["a.txt"].verdict.kind
    'kept'
    """

    noted: Mapping[str, Decision] = field(default_factory=dict)

    def __getitem__(self, document: str) -> Decision:
        return self.noted.get(document) or Decision(document)

    def __iter__(self) -> Iterator[Decision]:
        return (self.noted[document] for document in sorted(self.noted))

    def __len__(self) -> int:
        return len(self.noted)

    @property
    def dropped(self) -> list[Decision]:
        """The decisions that drop a document, sorted by id."""
        return [decision for decision in self if decision.verdict.kind == "dropped"]


def priority(records: Records, options: DedupOptions) -> Offsets:
    """The order in which the documents are visited: a permutation of their numbers that only their records decide.

    Raises:
        UsageError: an id stands twice.
    """
    ids = records.ids.tolist()
    if len(set(ids)) < len(ids):
        twice = min(name for name, count in Counter(ids).items() if count > 1)
        raise UsageError(f"the id {twice!r} stands twice", cure="give every document its own id")
    ranks = [_rank(name, options.prefer) for name in ids]
    worth = {"longest": records.lengths.tolist(), "newest": records.mtimes.tolist(), "first": [0] * len(ids)}
    keys = list(zip(ranks, (-value for value in worth[options.keep]), ids, strict=True))
    return np.array(sorted(range(len(ids)), key=keys.__getitem__), np.int64)


def _rank(name: str, globs: Sequence[str]) -> int:
    return next((rank for rank, glob in enumerate(globs) if fnmatchcase(name, glob)), len(globs))


def decide(records: Records, options: DedupOptions, texts: Texts) -> Decisions:
    """The decisions of a corpus.

    Args:
        records: of all documents, in any order.
        options: the threshold and the policy.
        texts: gives the cleaned text of a document; called for candidates only.

    Raises:
        UsageError: an id stands twice.
    """
    ranked = records.take(priority(records, options))
    first = originals(ranked)
    comparer = Comparer(texts, options)
    field_ = _Grouped.of(ranked, first, options)
    return _told(ranked, first, _visit(field_, lambda a, b: comparer(ranked.ids[a], ranked.ids[b]), options))


def survivors(
    records: Records, options: DedupOptions, pairs: Pairs, scores: Sequence[tuple[Score, Score]]
) -> Decisions:
    """The same decisions for an engine that compared all candidates itself.

    Args:
        records: of all documents, in any order.
        options: the threshold and the policy.
        pairs: what `candidates` gives, in any order.
        scores: for each pair (i, j) how i stands to j, and how j stands to i.

    Raises:
        UsageError: an id stands twice.
    """
    order = priority(records, options)
    ranked = records.take(order)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    first = originals(ranked)
    known: dict[tuple[int, int], Score] = {}
    for (i, j), (there, back) in zip(first[place[pairs]].tolist(), scores, strict=True):
        known[i, j], known[j, i] = there, back
    return _told(ranked, first, _visit(_Scored.of(known), lambda a, b: known[a, b], options))


class _Field(Protocol):
    """Who meets whom, documents numbered by rank."""

    @property
    def visited(self) -> Iterable[int]:
        """The documents that have candidates, in order."""

    def met(self, document: int) -> Iterable[int]:
        """The kept candidates of a document, in order."""

    def keep(self, document: int) -> None:
        """From now on others meet this one."""


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Documents in buckets: each meets the kept ones of its buckets, so that a bucket of copies costs no pairs."""

    sketches: Sketches
    options: DedupOptions
    numbers: Mapping[int, Sequence[int]]  # the buckets of a document
    kept: Mapping[int, list[int]]  # the kept members of a bucket

    @classmethod
    def of(cls, ranked: Records, first: Offsets, options: DedupOptions) -> "_Grouped":
        chosen = np.flatnonzero((first == np.arange(len(first))) & (ranked.shingles > 0))
        groups = buckets(ranked.sketches[:, chosen], options)
        numbers: dict[int, list[int]] = {}
        owners = np.repeat(np.arange(len(groups)), np.diff(groups.starts))
        for document, group in zip(chosen[groups.members].tolist(), owners.tolist(), strict=True):
            numbers.setdefault(document, []).append(group)
        return cls(ranked.sketches, options, numbers, defaultdict(list))

    @property
    def visited(self) -> Iterable[int]:
        return sorted(self.numbers)

    def met(self, document: int) -> Iterable[int]:
        kept = sorted({other for group in self.numbers[document] for other in self.kept[group]})
        return nearest(self.sketches, document, kept, self.options) if kept else ()

    def keep(self, document: int) -> None:
        for group in self.numbers[document]:
            self.kept[group].append(document)


@dataclass(frozen=True, slots=True)
class _Scored:
    """Documents that pairs name: each meets the kept ones it is paired with."""

    partners: Mapping[int, Sequence[int]]
    kept: set[int]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> "_Scored":
        partners: dict[int, list[int]] = {}
        for document, other in pairs:
            partners.setdefault(document, []).append(other)
        return cls(partners, set())

    @property
    def visited(self) -> Iterable[int]:
        return sorted(self.partners)

    def met(self, document: int) -> Iterable[int]:
        return sorted(self.kept.intersection(self.partners[document]))

    def keep(self, document: int) -> None:
        self.kept.add(document)


@dataclass(frozen=True, slots=True)
class _Fates:
    """What became of the documents that were visited, by rank."""

    dropped: dict[int, tuple[int, str, Score]]  # the survivor, the method, and how the two stand
    templates: list[tuple[int, int, Score]]  # pairs that both stay


def _visit(field_: _Field, compare: Callable[[int, int], Score | None], options: DedupOptions) -> _Fates:
    fates = _Fates({}, [])
    for document in field_.visited:
        alike: list[tuple[int, int, Score]] = []
        for other in field_.met(document):
            score = compare(document, other)
            if score is None or score.jaccard < options.threshold:
                continue
            if not score.template:
                fates.dropped[document] = other, "jaccard", score
                break
            alike.append((document, other, score))
        else:
            field_.keep(document)
            fates.templates.extend(alike)
    return fates


def _told(ranked: Records, first: Offsets, fates: _Fates) -> Decisions:
    """The fates as decisions; a copy shares the fate of the one that stood for it."""
    ids = ranked.ids
    noted: dict[str, Decision] = {}
    templates: dict[int, list[Template]] = {}
    for document, other, score in fates.templates:
        templates.setdefault(document, []).append(Template(ids[other], score.jaccard))
        templates.setdefault(other, []).append(Template(ids[document], score.jaccard))
    for document, found in templates.items():
        noted[ids[document]] = Decision(ids[document], KEPT, tuple(sorted(found)))
    for document in np.flatnonzero(first != np.arange(len(first))).tolist():
        original = int(first[document])
        other, method, score = fates.dropped.get(original, (original, "exact", _SAME))
        noted[ids[document]] = Decision(ids[document], _verdict(ids[other], method, score))
    for document, (other, method, score) in fates.dropped.items():
        noted[ids[document]] = Decision(ids[document], _verdict(ids[other], method, score))
    return Decisions(noted)


def _verdict(survivor: str, method: str, score: Score) -> Verdict:
    return Verdict("dropped", survivor, method, round(score.jaccard, 4), round(score.containment, 4), score.lacking)


def apply(document: Document, decision: Decision) -> Document:
    """The document with its verdict, and a flag for each document that it shares a template with.

    What an earlier pass of dedup said of it goes.
    """
    others = tuple(flag for flag in document.flags if not flag.rule.startswith("dedup/"))
    flags = tuple(
        Flag(
            "dedup/template",
            0,
            0,
            f"stays beside {template.other}: the two differ mainly in numbers, dates and names",
            evidence(jaccard=template.jaccard, other=template.other),
        )
        for template in decision.templates
    )
    return replace(document, verdict=decision.verdict, flags=(*others, *flags))
