"""A corpus through a plan: gather what the workers return, let dedup decide, hand on the entries in one order.

The result is the same whatever the order in which batches come back: ids that stand more than once are settled by
content, everything is sorted by id, and dedup decides by priority, never by arrival.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol, TypeVar

import numpy as np

from cleaner.core.document import Document, Flag, Rejected
from cleaner.dedup import Decisions, DedupOptions, Pile, Records, Texts, apply, observe
from cleaner.engines.work import Batch, Entry, is_file
from cleaner.index.judge import Judged
from cleaner.io.spool import Place, Spool
from cleaner.plan import Plan

T = TypeVar("T")
R = TypeVar("R")

Judge = Callable[[Records, Texts], Judged]  # what an index of earlier runs says of documents


class Engine(Protocol):
    """Who runs a plan: it brings workers for `map`, grouping and texts for `decide`."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """``function`` of each item, in any order."""

    def decide(self, records: Records, options: DedupOptions, texts: Texts) -> Decisions:
        """What dedup decides; equal to ``dedup.decide`` on the same records."""


@dataclass(slots=True)
class Gathered:
    """What came of each input, and what dedup observed; filled batch by batch.

    Attributes:
        spool: holds the entries, line after line.
        again: reads the entry of an id whose line in the spool is empty.
        ids: of the entries.
        ends: where each entry's line ends in the spool.
        accepted: whether it is a document.
        files: whether it is a document that came as a file.
        records: of the documents.
    """

    spool: Spool
    again: Callable[[str], Entry] | None = None
    ids: list[str] = field(default_factory=list)
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    accepted: bytearray = field(default_factory=bytearray)
    files: bytearray = field(default_factory=bytearray)
    records: Pile = field(default_factory=Pile)

    def add(self, batch: Batch) -> None:
        """Takes in what came of a batch."""
        self.ends.extend(offset + length for offset, length in self.spool.append(batch.lines))
        self.ids += batch.ids
        self.accepted += bytes(batch.accepted)
        self.files += bytes(batch.files)
        if batch.records is not None:
            self.records.add(batch.records)

    def take_up(self, plan: Plan) -> None:
        """Takes in what the spool holds already: the part of a run that was done before it was killed."""
        for offset, length in self.spool.places():
            entry = self.spool.entry((offset, length))
            self.ids.append(entry.id)
            self.ends.append(offset + length)
            self.accepted.append(isinstance(entry, Document))
            self.files.append(is_file(entry))
            if isinstance(entry, Document) and "dedup" in plan.stages:
                self.records.add(observe([entry], plan.dedup))

    def place(self, row: int) -> Place:
        """Where an entry stands in the spool."""
        start = self.ends[row - 1] if row else 0
        return start, self.ends[row] - start

    def line(self, row: int) -> bytes:
        """The line of an entry."""
        return self.spool.line(self.place(row))

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        place = self.place(row)
        return self.spool.entry(place) if place[1] or self.again is None else self.again(self.ids[row])


@dataclass(frozen=True, slots=True)
class Corpus:
    """A gathered corpus with its decisions: one entry per input, sorted by id."""

    spool: Spool
    kept: Sequence[tuple[str, Place]]
    files: Sequence[str]
    refused: Sequence[Rejected]
    decisions: Decisions | None
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)

    def document(self, place: Place) -> Document:
        """The document at a place, with its verdict."""
        document = self.spool.entry(place)
        assert isinstance(document, Document)  # noqa: S101 - `kept` holds documents only
        if self.decisions is None:
            return document
        document = apply(document, self.decisions[document.id])
        return replace(document, flags=(*document.flags, *self.flags.get(document.id, ())))

    def documents(self) -> Iterator[Document]:
        """The documents sorted by id."""
        return (self.document(place) for _, place in self.kept)

    def entries(self) -> Iterator[Entry]:
        """The documents sorted by id, then the rejected inputs sorted by id."""
        yield from self.documents()
        yield from self.refused


def decided(gathered: Gathered, engine: Engine, plan: Plan, judge: Judge | None = None) -> Corpus:
    """The corpus of what was gathered, with repeated ids settled and dedup's decisions made.

    Args:
        gathered: all that the workers returned.
        engine: groups and compares.
        plan: the stages and their options.
        judge: asks an index of earlier runs, whose documents count as kept.
    """
    gathered.spool.flush()
    kept, repeated = _settled(gathered)
    unread = [row for row, ok in enumerate(gathered.accepted) if not ok]
    refused = [_rejected(gathered.entry(row)) for row in unread] + repeated
    refused.sort(key=lambda entry: (entry.id, entry.error, entry.sha256))
    decisions, flags = _decisions(gathered, kept, engine, plan, judge) if "dedup" in plan.stages else (None, {})
    rows = [(gathered.ids[row], gathered.place(row)) for row in kept]
    files = [gathered.ids[row] for row in kept if gathered.files[row]]
    return Corpus(gathered.spool, rows, files, refused, decisions, flags)


def _rejected(entry: Entry) -> Rejected:
    assert isinstance(entry, Rejected)  # noqa: S101 - the caller has looked
    return entry


def _settled(gathered: Gathered) -> "tuple[array[int], list[Rejected]]":
    """The rows that stay, one for each id and sorted by it, and the others as rejected.

    Which of several stays is decided by their content (smallest sha256), so that the order of the inputs does not
    matter.
    """
    id_of = gathered.ids.__getitem__
    kept, rejected = array("q"), list[Rejected]()
    for id_, rivals in groupby(sorted((row for row, ok in enumerate(gathered.accepted) if ok), key=id_of), id_of):
        first, *others = rivals
        if others:
            first, *others = sorted((first, *others), key=lambda row: (_digest(gathered, row), gathered.line(row), row))
            taken = _digest(gathered, first)[:12]
            why = f"the id stands {len(others) + 1} times; the one with sha256 {taken} was taken; rename the others"
            rejected += [Rejected(id_, why, _digest(gathered, row)) for row in others]
        kept.append(first)
    return kept, rejected


def _digest(gathered: Gathered, row: int) -> str:
    entry = gathered.entry(row)
    return entry.source.sha256 if isinstance(entry, Document) else entry.sha256


def _decisions(
    gathered: Gathered, kept: "array[int]", engine: Engine, plan: Plan, judge: Judge | None
) -> tuple[Decisions, Mapping[str, tuple[Flag, ...]]]:
    records = gathered.records.done()
    if len(kept) < len(records):
        position = np.cumsum(np.frombuffer(gathered.accepted, np.bool_)) - 1
        records = records.take(position[kept])

    def text(id_: str) -> str:
        entry = gathered.entry(kept[bisect_left(kept, id_, key=gathered.ids.__getitem__)])
        return entry.text if isinstance(entry, Document) else ""

    if judge is None:
        return engine.decide(records, plan.dedup, text), {}
    judged = judge(records, text)
    new = np.array([row for row, id_ in enumerate(records.ids) if id_ not in judged.dropped], np.int64)
    records = records.take(new) if judged.dropped else records
    return judged.merged(engine.decide(records, plan.dedup, text)), judged.flags


def noting(entries: Iterable[Entry], seen: dict[str, set[str]]) -> Iterator[Entry]:
    """The entries, noting on their way the options digests of the stages that they went through."""
    for entry in entries:
        if isinstance(entry, Document):
            for stage, digest in entry.options.items():
                seen.setdefault(stage, set()).add(digest)
        yield entry


def plan_digests(seen: Mapping[str, set[str]], plan: Plan) -> dict[str, str]:
    """The options digest of each stage: as the documents tell it, and dedup's own."""
    told = {stage: "+".join(sorted(digests)) for stage, digests in seen.items()}
    return {**told, "dedup": plan.digest("dedup")} if "dedup" in plan.stages else told
