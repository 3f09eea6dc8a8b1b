"""Bands as sorted keys: a segment of an index is one sorted array, cut into chunks that are found by their first word.

An entry is one 64-bit word: above, 32 bits that mix a band's number and slots; below, the number of the document.
That two keys are equal by chance costs a look at a sketch and never an answer, as the slots are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.dedup import Records
from cleaner.dedup.search import nearest
from cleaner.index.header import Header
from cleaner.index.types import digests_of

Keys = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

# Words of a chunk: 16 KB, which one page of a disk read brings anyway; a million documents make twelve thousand chunks.
CHUNK = 2048

# Segments of about one size that are merged into one: a lookup asks at most seven of each size, and each word is
# written once for every eightfold growth.
FANOUT = 8

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_SHORT = 1 << 16  # stands for the band of a text without shingles, whose key comes from its digest


def keys_of(records: Records, header: Header) -> tuple[Keys, Numbers]:
    """The keys of documents (32 bits each) and the row that each belongs to.

    A text without shingles has one key, made from its digest.
    """
    long = np.flatnonzero(records.shingles > 0)
    short = np.flatnonzero(records.shingles == 0)
    slots = records.sketches[: header.bands * header.rows, long].reshape(header.bands, header.rows, -1)
    banded = _mixed(slots.swapaxes(0, 1), np.arange(header.bands)[:, None])
    alone = _mixed(records.digests[short].T, np.full(len(short), _SHORT))
    return np.concatenate((alone, banded.ravel())), np.concatenate((short, np.tile(long, header.bands)))


def _mixed(slots: npt.NDArray[np.unsignedinteger], bands: Numbers) -> Keys:
    """A key of 32 bits from the slots along the first axis and the number of the band."""
    hashed = (bands + 1).astype(np.uint64) * _FACTOR
    for slot in slots:
        hashed = (hashed ^ slot.astype(np.uint64)) * _FACTOR
        hashed ^= hashed >> _HALF
    return hashed >> _HALF


def packed(keys: Keys, documents: Numbers) -> Words:
    """The sorted words of keys and document numbers."""
    words = keys << _HALF | documents.astype(np.uint64)
    words.sort()
    return words


def documents_of(words: Words) -> Numbers:
    """The document numbers of words."""
    return (words & np.uint64(0xFFFFFFFF)).astype(np.int64)


def blocks(words: Words, size: int) -> Iterator[Words]:
    """Words in blocks of a size, the last of what is left."""
    for low in range(0, len(words), size):
        yield words[low : low + size]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A sorted array of words that stands in chunks elsewhere.

    Attributes:
        number: names it.
        size: words in all.
        firsts: the first word of each chunk.
    """

    number: int
    size: int
    firsts: Words

    def holding(self, low: Words, high: Words) -> Numbers:
        """The numbers of the chunks that may hold a word from a low to its high, ascending."""
        first = np.maximum(np.searchsorted(self.firsts, low, "right") - 1, 0)
        last = np.searchsorted(self.firsts, high, "left")
        marks = np.zeros(len(self.firsts) + 1, np.int64)
        np.add.at(marks, first, 1)
        np.add.at(marks, np.maximum(last, first), -1)
        return np.flatnonzero(np.cumsum(marks[:-1]) > 0)

    def asked(self, keys: Keys) -> Numbers:
        """The numbers of the chunks that may hold one of the keys."""
        return self.holding(keys << _HALF, (keys + np.uint64(1)) << _HALF)


def joined(words: Words, keys: Keys, rows: Numbers) -> Numbers:
    """Which document (above) and row (below, 32 bits) have a key in common, from the sorted words of some chunks."""
    low = np.searchsorted(words, keys << _HALF, "left")
    high = np.searchsorted(words, (keys + np.uint64(1)) << _HALF, "left")
    counts = high - low
    places = np.repeat(low - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    return documents_of(words[places]) << 32 | np.repeat(rows, counts)


def to_merge(segments: Sequence[Segment]) -> list[Segment]:
    """The segments that should become one: the first `FANOUT` of one size; none if no size has so many.

    >>> ones = [Segment(number, 1, np.zeros(1, np.uint64)) for number in range(8)]
    >>> len(to_merge(ones)), len(to_merge(ones[1:]))
    (8, 0)
    """
    sizes: dict[int, list[Segment]] = {}
    for segment in segments:
        sizes.setdefault((segment.size.bit_length() - 1) // 3, []).append(segment)  # eightfold: three bits
    return next((found[:FANOUT] for _, found in sorted(sizes.items()) if len(found) >= FANOUT), [])


def alike(
    records: Records, rows: Numbers, sketches: npt.NDArray[np.uint32], digests: Sequence[str], header: Header
) -> tuple[npt.NDArray[np.bool_], Numbers]:
    """Which pairs of a document that is asked for and an entry are worth a look, and how many slots they share.

    Args:
        records: of the documents that are asked for.
        rows: the document of each pair.
        sketches: of the entry of each pair, ``shape (pairs, 128)``.
        digests: of the entry of each pair.
        header: of the index.

    Returns:
        Whether a pair has one digest, or a common band and an estimate that does not speak against it; equal slots.
    """
    same = sketches == records.sketches[:, rows].T
    banded = same[:, : header.bands * header.rows].reshape(len(rows), header.bands, header.rows).all(axis=2).any(axis=1)
    equal = same.sum(axis=1)
    own = digests_of(records.digests)
    exact = np.array([own[row] == digest for row, digest in zip(rows.tolist(), digests, strict=True)], np.bool_)
    near = np.zeros(len(rows), np.bool_)
    for row in np.unique(rows[banded & (records.shingles[rows] > 0)]).tolist():
        places = np.flatnonzero(banded & (rows == row))
        columns = np.concatenate((records.sketches[:, row : row + 1], sketches[places].T), axis=1)
        near[places[nearest(columns, 0, np.arange(1, columns.shape[1]), header.options)]] = True
    return near | exact, equal
