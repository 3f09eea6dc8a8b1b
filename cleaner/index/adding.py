"""Sources as entries of an index: read, decoded, cleaned, observed, each with the place where its text stands."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

import numpy as np

from cleaner.core.document import Document, Rejected, Source
from cleaner.dedup import Records, observe
from cleaner.index.types import Entry, Place, digests_of
from cleaner.io import layout
from cleaner.io.items import items
from cleaner.io.reading import Keys, read_item
from cleaner.io.sources import Item, LineItem, Listing, StagedItem
from cleaner.io.written import finished, read_output
from cleaner.plan import Plan, clean

T = TypeVar("T")
R = TypeVar("R")

Placed = tuple[Item, Place]

# Documents that a worker gets at once.
_BATCH = 64


class Mapper(Protocol):
    """What brings the workers: an engine."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """``function`` of each item, in any order."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of sources.

    Attributes:
        entries: of the accepted documents.
        records: of the same, in the same order.
        texts: by name, of the documents whose text stands nowhere.
        refused: the inputs that were not accepted.
    """

    entries: Sequence[Entry]
    records: Records
    texts: dict[str, str] = field(default_factory=dict)
    refused: Sequence[Rejected] = ()


@dataclass(frozen=True, slots=True)
class Observe:
    """The work on a batch as a picklable function: read, decode, clean, observe."""

    plan: Plan
    keys: Keys

    def __call__(self, batch: Sequence[Placed]) -> Observed:
        """The work on one batch."""
        read = [(self._document(item), place) for item, place in batch]
        accepted = [(document, place) for document, place in read if isinstance(document, Document)]
        documents = [document for document, _ in accepted]
        places = [replace(place, text_key=document.source.text_key) for document, place in accepted]
        records = observe(documents, self.plan.dedup)
        entries = entries_of(documents, places, records)
        texts = {
            entry.name: document.text
            for entry, document in zip(entries, documents, strict=True)
            if not entry.place.path
        }
        return Observed(entries, records, texts, [entry for entry, _ in read if isinstance(entry, Rejected)])

    def _document(self, item: Item) -> Document | Rejected:
        """The cleaned document; one of an output folder is taken as it stands."""
        document = read_item(self.plan, self.keys, item)
        if isinstance(document, Rejected) or isinstance(item, StagedItem):
            return document
        return clean(self.plan, document)


def entries_of(documents: Sequence[Document], places: Sequence[Place], records: Records) -> list[Entry]:
    """The entries of documents that stand at these places, with the digests of their records."""
    return [
        entry_of(document.id, document.source, place, digest)
        for document, place, digest in zip(documents, places, digests_of(records.digests), strict=True)
    ]


def entry_of(id_: str, source: Source, place: Place, digest: str) -> Entry:
    """The entry of a document."""
    return Entry(id_, place, digest, source.sha256, source.size, source.mtime)


def observed(
    listing: Listing, engine: Mapper, work: Observe, stdin: BinaryIO, progress: Callable[[int], None]
) -> Observed:
    """What comes of sources; a document that two of them name is taken once."""
    parts: list[Observed] = []
    for part in engine.map(work, batched(placed_items(listing, stdin))):
        progress(len(part.entries) + len(part.refused))
        parts.append(part)
    entries = [entry for part in parts for entry in part.entries]
    records = Records.concat(part.records for part in parts)
    rows = {
        entries[row].name: row for row in sorted(range(len(entries)), key=lambda row: entries[row].id, reverse=True)
    }
    chosen = sorted(rows.values())
    if len(chosen) < len(entries):
        entries, records = [entries[row] for row in chosen], records.take(np.array(chosen, np.int64))
    texts = {name: text for part in parts for name, text in part.texts.items()}
    return Observed(entries, records, texts, [refused for part in parts for refused in part.refused])


def batched(found: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    """The items in lists of that size, the last one of what is left (itertools.batched, from Python 3.12)."""
    remaining = iter(found)
    while batch := list(islice(remaining, size)):
        yield batch


def placed_items(listing: Listing, stdin: BinaryIO) -> Iterator[Placed]:
    """The inputs one by one, each with the place where its text stands."""
    for file in listing.files:
        path = absolute(file.path)
        for item in items(Listing((file,)), BytesIO()):
            line = item.number if isinstance(item, LineItem) else 0
            yield item, Place(path, line)
    for out in listing.outputs:
        yield from _kept(out)
    for item in items(Listing(stdin=listing.stdin), stdin):
        yield item, Place()


def absolute(path: str | Path) -> str:
    """A path that means the same from every folder; links stay as they are."""
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolving would follow links


def _kept(out: Path) -> Iterator[Placed]:
    """The kept documents of an output folder."""
    form = str(finished(out).get("format", "tree"))
    ids = [entry.id for entry in read_output(out) if isinstance(entry, Document) and entry.source.fields is None]
    places = Places(out, form, ids)
    for entry in read_output(out):
        if isinstance(entry, Document) and not entry.is_dropped:
            yield StagedItem(entry), places.next(entry)


class Places:
    """Where the kept documents of an output folder stand, asked for in the order in which they were written."""

    def __init__(self, out: Path, form: str, files: Sequence[str]) -> None:
        """Of a folder of that format; `files` are the ids of all its documents that are files."""
        self._out, self._form = absolute(out), form
        self._paths = layout.text_paths(files)
        self._line = 0

    def next(self, document: Document) -> Place:
        """The place of the next kept document."""
        if self._form == "tree" and document.source.fields is None:
            return Place(f"{self._out}/{layout.DOCUMENTS}/{self._paths[document.id]}")
        if self._form == "mnbvc":  # paragraphs in a schema of their own, from which no reader of ours takes a text
            return Place()
        self._line += 1
        ending = "parquet" if self._form == "parquet" else "jsonl"
        return Place(f"{self._out}/{layout.DOCUMENTS}.{ending}", self._line, document.source.text_key)
