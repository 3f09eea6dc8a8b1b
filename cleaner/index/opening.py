"""What every index can do, and which one an address stands for."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from cleaner.dedup import DedupOptions, Records
from cleaner.index.types import Entry, Guard, Info, Match


class Index(Protocol):
    """A store of sketches of earlier documents; every method opens it and lets go of it again.

    Raises:
        IndexStoreError: from every method, when the store is not there, foreign, damaged or held for too long.
    """

    @property
    def where(self) -> str:
        """Its address, without secrets."""

    def create(self, options: DedupOptions) -> None:
        """Makes the store for documents that are compared with these options."""

    def info(self) -> Info:
        """What stands in it."""

    def entries(self) -> Iterator[Entry]:
        """All documents, sorted by name."""

    def mark(self) -> int:
        """A number that grows with every addition."""

    def put(
        self, entries: Sequence[Entry], records: Records, below: Sequence[str] = (), guard: Guard | None = None
    ) -> None:
        """Adds documents, all or none; one of a known name takes its place, and those below the folders go.

        The guard is asked in the same transaction.
        """

    def remove(self, names: Iterable[str]) -> int:
        """Forgets documents; returns how many there were."""

    def matches(self, records: Records) -> list[Match]:
        """The documents that may be near-duplicates of those that are asked for, by row and name."""


def open_index(address: str, lock_timeout: float = 30.0) -> Index:
    """The index at a path, or at ``redis://host:port/name``.

    Nothing is opened yet: that happens in its methods, which let go of it again.

    Args:
        address: of the index.
        lock_timeout: seconds to wait while another process holds the file.

    Raises:
        UsageError: an address of Redis that is none.

    >>> open_index("seen.duckdb", 5.0).lock_timeout
    5.0
    """
    if address.startswith(("redis://", "rediss://")):
        from cleaner.index.shared import SharedIndex

        return SharedIndex.at(address)
    from cleaner.index.file import FileIndex

    return FileIndex(Path(address), lock_timeout)
