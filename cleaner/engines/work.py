"""What every engine does to a batch of items, wherever it does it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from cleaner.core.document import Document, Rejected
from cleaner.core.ledger import rejected_to_wire, to_wire
from cleaner.dedup import Records, observe
from cleaner.io.reading import Keys, read_item
from cleaner.io.sources import FileItem, Item, LineItem
from cleaner.plan import Plan, clean

# A batch should be worth the trip to another process and small enough for a bar that moves: at the measured few MB a
# second, half a megabyte is a fraction of a second.
BATCH_BYTES = 1 << 19
BATCH_ITEMS = 64

Entry = Document | Rejected
AnyItem = TypeVar("AnyItem", bound=Item)


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch of items, in their order.

    Attributes:
        ids: of the documents and rejected inputs.
        accepted: which of them are documents.
        files: which of them are documents that came as files, not as records.
        lines: the same on the wire.
        records: what dedup observed in the documents, in their order; None when the plan has no dedup.
        size: bytes of the items.
    """

    ids: list[str]
    accepted: list[bool]
    files: list[bool]
    lines: list[bytes]
    records: Records | None
    size: int


@dataclass(frozen=True, slots=True)
class Work:
    """The work on a batch as a picklable function: read, decode, run the document stages.

    Attributes:
        plan: the stages and their options.
        keys: the names in records.
        spooled: whether documents of files come back as lines; else their lines are empty.
    """

    plan: Plan
    keys: Keys = field(default_factory=Keys)
    spooled: bool = True

    def entries(self, batch: Iterable[Item]) -> Iterator[Entry]:
        """The documents and rejected inputs of a batch."""
        for item in batch:
            entry = read_item(self.plan, self.keys, item)
            yield clean(self.plan, entry) if isinstance(entry, Document) else entry

    def __call__(self, batch: Sequence[Item]) -> Batch:
        """The work on one batch."""
        entries = list(self.entries(batch))
        documents = [entry for entry in entries if isinstance(entry, Document)]
        return Batch(
            ids=[entry.id for entry in entries],
            accepted=[isinstance(entry, Document) for entry in entries],
            files=[is_file(entry) for entry in entries],
            lines=[self._line(item, entry) for item, entry in zip(batch, entries, strict=True)],
            records=observe(documents, self.plan.dedup) if "dedup" in self.plan.stages else None,
            size=sum(map(weight, batch)),
        )

    def _line(self, item: Item, entry: Entry) -> bytes:
        again = isinstance(item, FileItem) and isinstance(entry, Document)
        return b"" if again and not self.spooled else wire(entry)


def wire(entry: Entry, *, history: bool = True) -> bytes:
    """An entry as a line of JSON Lines."""
    if isinstance(entry, Rejected):
        return rejected_to_wire(entry, history=history)
    return to_wire(entry, history=history)


def is_file(entry: Entry) -> bool:
    """Whether the entry is a document that came as a file."""
    return isinstance(entry, Document) and entry.source.fields is None


def weight(item: Item) -> int:
    """The bytes of an item."""
    if isinstance(item, FileItem):
        return item.size
    if isinstance(item, LineItem):
        return len(item.line)
    return item.entry.source.size if isinstance(item.entry, Document) else 0


def batches(items: Iterable[AnyItem]) -> Iterator[list[AnyItem]]:
    """Cuts items into batches."""
    batch: list[AnyItem] = []
    size = 0
    for item in items:
        batch.append(item)
        size += weight(item)
        if len(batch) >= BATCH_ITEMS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
