"""What an index holds of documents, and what it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from cleaner.dedup.options import SLOTS
from cleaner.index.header import Header

# Two-sided 95 %: the interval that is told holds the true similarity in nineteen of twenty cases.
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a document stands.

    Attributes:
        path: absolute, of its file; empty for a text that stands nowhere.
        line: the number of its record in that file, from 1; 0 for a file that is one document.
        text_key: the key under which the record holds its text.
    """

    path: str = ""
    line: int = 0
    text_key: str = "text"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index says of a document besides its sketch.

    Attributes:
        id: in its corpus.
        place: where its text stands.
        digest: of the normalised text, 128 bits in hexadecimal.
        sha256: of the original bytes, in hexadecimal.
        size: the number of those bytes.
        mtime: seconds since the epoch.
    """

    id: str
    place: Place
    digest: str
    sha256: str = ""
    size: int = 0
    mtime: float = 0.0

    @property
    def name(self) -> str:
        """What tells the document from all others: its path, and the number of its record.

        >>> Entry("a.txt", Place("/in/a.txt"), "").name, Entry("7", Place("/in/b.jsonl", 3), "").name
        ('/in/a.txt', '/in/b.jsonl#3')
        >>> Entry("a.txt", Place(), "0123456789abcdef").name
        'a.txt@0123456789ab'
        """
        if not self.place.path:
            return f"{self.id}@{self.digest[:12]}"
        return f"{self.place.path}#{self.place.line}" if self.place.line else self.place.path


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that shares a band, or the digest, with a document that was asked for.

    Attributes:
        row: of the document in the records that were asked for.
        entry: the earlier document.
        equal: slots of the two sketches that are equal.
    """

    row: int
    entry: Entry
    equal: int

    @property
    def estimate(self) -> float:
        """Of the Jaccard index, by the sketches alone."""
        return self.equal / SLOTS

    @property
    def interval(self) -> tuple[float, float]:
        """Where the Jaccard index lies with a probability of 95 % (Wilson, 1927).

        >>> Match(0, Entry("a", Place(), ""), 115).interval
        (0.834, 0.9397)
        """
        share, z2 = self.estimate, _Z**2 / SLOTS
        middle = share + z2 / 2
        reach = _Z * sqrt((share * (1 - share) + z2 / 4) / SLOTS)
        low, high = (middle - reach) / (1 + z2), (middle + reach) / (1 + z2)
        return round(max(low, 0.0), 4), round(min(high, 1.0), 4)


@dataclass(frozen=True, slots=True)
class Guard:
    """What an addition depends on that was decided by an earlier look at the index.

    Attributes:
        mark: of the index at that look.
        refuse: told, where the index has grown since, what the documents match by now; raises to forbid the addition.
    """

    mark: int
    refuse: Callable[[Sequence[Match]], None]


def digests_of(values: np.ndarray[Any, np.dtype[np.uint64]]) -> list[str]:
    """Digests of records, ``shape (n, 2)``, in hexadecimal."""
    return [row.tobytes().hex() for row in np.ascontiguousarray(values, "<u8")]


@dataclass(frozen=True, slots=True)
class Info:
    """What stands in an index.

    Attributes:
        header: how its sketches were made.
        documents: how many.
        size: bytes that it takes, as far as the store can tell.
        layout: a word on how the store holds them.
    """

    header: Header
    documents: int
    size: int
    layout: str
