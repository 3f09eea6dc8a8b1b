"""Shingles: sets of five characters or words in a row, as hashes.

A hash is multilinear (Lemire and Kaser, "Strongly universal string hashing is fast", 2014): the sum of the symbols,
each times an odd constant of its place, in wrapping arithmetic. 32 bits feed the sketch, 64 bits the exact comparison.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.dedup.normal import Batch, Offsets, normalise, unspaced

Word = TypeVar("Word", np.uint32, np.uint64)
Hashes32 = npt.NDArray[np.uint32]
Hashes64 = npt.NDArray[np.uint64]

SIZE = 5  # symbols of a shingle: unrelated Chinese texts up to 1 MB share less than a tenth of their 5-grams

# Odd constants: the splitmix64 sequence from 1, last bit set. They are part of every stored sketch.
_WEIGHTS32 = (0x89025CC1, 0x658EEC67, 0xFB32555F, 0xEE42C90B, 0xD101B5B9)
_WEIGHTS64 = (0xC34D0BFF90150281, 0xE099EC6CD7363CA5, 0x85E7BB0F12278575, 0x491718DE357E3DA9, 0xCB435C8E74616797)
_POWER = np.uint64(0x6775DC7701564F61)


def symbols(batch: Batch, unit: str) -> tuple[npt.NDArray[np.uint64] | npt.NDArray[np.uint32], Offsets]:
    """What shingles are made of: code points, or one 64-bit hash per word, and where each text begins."""
    return (batch.points, batch.starts) if unit == "char" else _words(batch)


def symbol_starts(batch: Batch, unit: str) -> Offsets:
    """Where in the points of the batch each symbol begins, and the end of the last."""
    total = len(batch.points)
    return np.arange(total + 1) if unit == "char" else np.append(_begins(batch), total)


def hashes32(batch: Batch, unit: str) -> tuple[Hashes32, Offsets]:
    """The shingles of every text in order, repeats included, as 32-bit hashes, and where each text begins."""
    values, starts = symbols(batch, unit)
    if values.dtype == np.uint64:
        values = values ^ (values >> np.uint64(32))
    return _rolled(values.astype(np.uint32, copy=False), starts, np.array(_WEIGHTS32, np.uint32))


def hashes64(batch: Batch, unit: str) -> tuple[Hashes64, Offsets]:
    """The same as 64-bit hashes."""
    values, starts = symbols(batch, unit)
    return _rolled(values.astype(np.uint64), starts, np.array(_WEIGHTS64, np.uint64))


def shingle_hash(shingle: str, unit: str = "char") -> int:
    """The 32-bit hash of one shingle: the hash function that makes datasketch's MinHash give our sketches.

    Args:
        shingle: five normalised characters, or five words with a blank between them.
        unit: "char" or "word".

    >>> shingle_hash("发布时间：２"), shingle_hash("發佈時間2")
    (1367862190, 1367862190)
    """
    values, _ = hashes32(normalise([shingle]), unit)
    if len(values) != 1:
        raise ValueError(f"{shingle!r} is not one shingle of {SIZE}")
    return int(values[0])


def _rolled(
    values: npt.NDArray[Word], starts: Offsets, weights: npt.NDArray[Word]
) -> tuple[npt.NDArray[Word], Offsets]:
    counts = np.maximum(np.diff(starts) - SIZE + 1, 0)
    windows = max(len(values) - SIZE + 1, 0)
    rolled = values[:windows] * weights[0]
    term = np.empty_like(rolled)
    for place in range(1, SIZE):
        rolled += np.multiply(values[place : place + windows], weights[place], out=term)
    if len(counts) > 1:  # windows that reach from one text into the next are left out
        spans = zip(starts.tolist(), counts.tolist(), strict=False)
        rolled = np.concatenate([rolled[start : start + count] for start, count in spans])
    return rolled, np.concatenate(([0], np.cumsum(counts)))


def _words(batch: Batch) -> tuple[Hashes64, Offsets]:
    """One polynomial hash per word, over the places of its characters."""
    points = batch.points
    if not len(points):
        return np.zeros(0, np.uint64), np.zeros(len(batch.starts), np.int64)
    begins = _begins(batch)
    lengths = np.diff(begins, append=len(points))
    places = np.arange(len(points)) - np.repeat(begins, lengths)
    powers = np.cumprod(np.full(int(lengths.max()), _POWER, np.uint64))
    mixed = (points + np.uint64(1)) * powers[places]
    mixed ^= mixed >> np.uint64(29)
    return np.add.reduceat(mixed, begins), np.searchsorted(begins, batch.starts)


def _begins(batch: Batch) -> Offsets:
    """Where words begin; an ideograph is a word of its own."""
    alone = unspaced()[batch.points]
    first = alone.copy()
    first[1:] |= alone[:-1] | (np.diff(batch.places) > 1)
    first[batch.starts[batch.starts < len(first)]] = True
    return np.flatnonzero(first)
