"""The segments of an index in its file: how they are written, and merged when there are too many of one size."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from cleaner.index.keys import CHUNK, Segment, Words, blocks, documents_of, to_merge
from cleaner.index.rows import FETCHED, fetched, segments_of

_MERGED = 1 << 22  # words that are sorted at once while segments are merged: 32 MB


def write(connection: Any, number: int, parts: Iterable[Words]) -> None:
    """Writes a segment of parts that follow each other in order."""
    connection.execute(
        f"CREATE TABLE keys_{number} (chunk UINTEGER PRIMARY KEY, words BLOB USING COMPRESSION uncompressed)"
    )
    firsts: list[bytes] = []
    size = 0
    for words in parts:
        for some in blocks(words, FETCHED * CHUNK):
            blobs = [chunk.astype("<u8").tobytes() for chunk in blocks(some, CHUNK)]
            numbers = list(range(len(firsts), len(firsts) + len(blobs)))
            query = f"INSERT INTO keys_{number} SELECT unnest($1::UINTEGER[]), unnest($2::BLOB[])"
            connection.execute(query, [numbers, blobs])
            firsts += [blob[:8] for blob in blobs]
            size += len(some)
    connection.execute("INSERT INTO segments VALUES (?, ?, ?)", [number, size, b"".join(firsts)])


def settle(connection: Any, number: int) -> None:
    """Merges segments until no size has too many; `number` is the next one's."""
    while merged := to_merge(segments_of(connection)):
        write(connection, number, _merged(connection, merged))
        for segment in merged:
            connection.execute(f"DROP TABLE keys_{segment.number}")
            connection.execute("DELETE FROM segments WHERE number = ?", [segment.number])
        number += 1
    connection.execute("UPDATE state SET next_segment = ?", [number])


def _merged(connection: Any, segments: Sequence[Segment]) -> Iterator[Words]:
    """The words of the segments in order, a range of keys at a time, without those of documents that are gone."""
    alive = connection.execute("SELECT document FROM documents").fetchnumpy()["document"].astype(np.int64)
    ranges = max(sum(segment.size for segment in segments) // _MERGED, 1)
    bounds = [part * 2**64 // ranges for part in range(ranges + 1)]
    for low, high in pairwise(bounds):
        ends = np.array([low], np.uint64), np.array([high - 1], np.uint64)
        parts = [
            part for segment in segments for part in fetched(connection, segment, segment.holding(ends[0], ends[1]))
        ]
        words = np.concatenate([np.zeros(0, np.uint64), *parts])
        words = words[(words >= ends[0]) & (words <= ends[1])]
        words = words[np.isin(documents_of(words), alive)]
        words.sort()
        yield words
