"""Documents asked for in an index: their keys lead to chunks, these to documents, whose sketches are then compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from cleaner.dedup import Records
from cleaner.index.header import Header
from cleaner.index.keys import Numbers, Segment, Words, alike, joined, keys_of
from cleaner.index.rows import COLUMNS, FETCHED, entry_of_row, fetched, listed
from cleaner.index.types import Match

_HALF, _LOW = 32, 0xFFFFFFFF  # of a pair packed into one number


@dataclass(frozen=True, slots=True)
class Lookup:
    """An open index as questions are put to it.

    Attributes:
        connection: to the file.
        header: of the index.
        segments: of the index.
    """

    connection: Any
    header: Header
    segments: Sequence[Segment]

    def matches(self, records: Records) -> list[Match]:
        """The documents that may be near-duplicates of those that are asked for, by row and name."""
        keys, rows = keys_of(records, self.header)
        pairs = [np.unique(joined(words, keys, rows)) for words in self._chunks(keys)]
        packs = np.unique(np.concatenate([np.zeros(0, np.int64), *pairs]))
        distinct = np.stack((packs & _LOW, packs >> _HALF & _LOW), axis=1)
        return sorted(self._looked_at(records, distinct), key=lambda match: (match.row, match.entry.name))

    def _chunks(self, keys: Words) -> Iterator[Words]:
        """The chunks that may hold one of the keys, some at a time, those of a block sorted."""
        asked = [(segment, segment.asked(keys)) for segment in self.segments]
        if sum(len(numbers) for _, numbers in asked) <= FETCHED:
            yield from self._together(asked)
            return
        for segment, numbers in asked:
            yield from fetched(self.connection, segment, numbers)

    def _together(self, asked: Sequence[tuple[Segment, Numbers]]) -> Iterator[Words]:
        """A few chunks of all segments by one statement, as each statement costs more than what it reads."""
        parts = [
            f"SELECT {segment.number}, chunk, words FROM keys_{segment.number} WHERE chunk IN ({listed(numbers)})"  # noqa: S608 - numbers
            for segment, numbers in asked
            if len(numbers)
        ]
        rows = sorted(self.connection.execute(" UNION ALL ".join(parts)).fetchall()) if parts else []
        for _, some in groupby(rows, key=lambda row: row[0]):
            yield np.frombuffer(bytearray().join(row[2] for row in some), "<u8")

    def _looked_at(self, records: Records, pairs: Numbers) -> Iterator[Match]:
        """The pairs of a row and a document number, sorted by document, that stand the look at their sketches."""
        rows, documents = pairs.T
        distinct = np.unique(documents)
        for low in range(0, len(distinct), FETCHED):
            some = distinct[low : low + FETCHED]
            query = f"SELECT {COLUMNS}, sketch FROM documents WHERE document IN ({listed(some)})"  # noqa: S608 - numbers
            held = {row[0]: row for row in self.connection.execute(query).fetchall()}
            first, last = np.searchsorted(documents, some[0], "left"), np.searchsorted(documents, some[-1], "right")
            asked = [
                (row, held[document])
                for row, document in zip(rows[first:last].tolist(), documents[first:last].tolist(), strict=True)
                if document in held
            ]
            if asked:
                yield from _matches(self.header, records, asked)


def _matches(header: Header, records: Records, asked: Sequence[tuple[int, tuple[Any, ...]]]) -> Iterator[Match]:
    rows = np.array([row for row, _ in asked], np.int64)
    sketches = np.frombuffer(b"".join(held[9] for _, held in asked), "<u4").reshape(len(asked), -1)
    fits, equal = alike(records, rows, sketches, [held[5].hex() for _, held in asked], header)
    for at in np.flatnonzero(fits).tolist():
        yield Match(asked[at][0], entry_of_row(asked[at][1]), int(equal[at]))
