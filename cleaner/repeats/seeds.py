"""Where a text may repeat itself: k-grams that stood before, gathered into runs and clusters along diagonals.

Every k-gram of the stream is hashed and sorted together with its place; equal neighbours in the sorted order are a
k-gram and its previous occurrence. That gives at most one pair per character, however often the text repeats itself,
so that all that follows is linear (the seed step of BLAST, Altschul et al. 1990, with one hit per place).
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.repeats.stream import Stream
from cleaner.text.shadow import CodePoints

Hashes = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]

Word = TypeVar("Word", np.uint32, np.uint64)

# Odd multipliers of xxHash (Collet); their low halves are odd as well.
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x27D4EB2F165667C5)
_BLOCK = 1 << 20
_PAIRS = 1 << 16  # pairs take more room than hashes
# Runs whose diagonals differ by less belong together: insertions and deletions between them make up for it.
_BAND = 32
# Characters between two runs of one cluster. With one edit in ten characters a gap as long as this one is rarer than
# one in a hundred (0.9 ** 40 = 0.015).
_REACH = 40
# Pairs that a passage of 80 ideographs with one edit in ten brings within 100 characters in 99 cases of 100.
_FAINTEST = 8
_NARROW = 100
# A repeat with edits is longer than an exact one has to be, even less the ends at which no k-gram is left.
_NEARLY = 1.3


@dataclass(frozen=True, slots=True)
class Runs:
    """Equal stretches: ``points[at : at + length] == points[at - back : at - back + length]``; three columns."""

    at: Indices
    back: Indices
    length: Indices


def gram(points: CodePoints) -> int:
    """The k of the k-grams: long enough that chance repeats few of them in a text of this size and script.

    An ideograph says as much as two or three letters. 8 ideographs survive between the edits of a passage of 80 with
    one edit in ten in 97 cases of 100; 12 in 89.
    """
    sample = points[:: max(len(points) // 4096, 1)]
    dense = bool(len(sample)) and float(np.mean(sample >= 0x2E80)) > 0.5
    if dense:
        return 8 if len(points) < 1 << 20 else 12
    return 12 if len(points) < 1 << 17 else 16


def candidates(stream: Stream, shortest: int) -> list[tuple[int, int, int]]:
    """Stretches ``(at, back, length)`` from which a repeat of `shortest` characters and more may grow, by place."""
    k = gram(stream.points)
    if len(stream) < shortest + k:
        return []
    at, back = _pairs(stream.points, k, shortest // 2)
    if not _crowded(at, back):
        return []
    runs = _runs(at, back, k)
    chosen = np.union1d(_clustered(runs, 0, shortest), _clustered(runs, _BAND // 2, shortest))
    return list(zip(runs.at[chosen].tolist(), runs.back[chosen].tolist(), runs.length[chosen].tolist(), strict=True))


def _pairs(points: CodePoints, k: int, nearest: int) -> tuple[Indices, Indices]:
    """Each place whose k-gram stood before, and how far back it last did (not nearer than `nearest`), by place.

    Two k-grams may share a hash by chance; whoever grows a pair compares the characters first.
    """
    packed, low = _packed(points, k)
    packed.sort()
    at, back = [], []
    for start in range(0, max(len(packed) - 1, 1), _PAIRS):
        block = packed[start : start + _PAIRS + 1]
        same = np.flatnonzero((block[1:] ^ block[:-1]) <= low)
        later = (block[1:].take(same) & low).astype(np.int64)
        before = later - (block.take(same) & low).astype(np.int64)
        far = before >= nearest
        at.append(later[far])
        back.append(before[far])
    places, distances = np.concatenate(at), np.concatenate(back)
    order = np.argsort(places)
    return places[order], distances[order]


def _packed(points: CodePoints, k: int) -> tuple[Hashes, np.uint64]:
    """The hash of each k-gram in the high bits over its place in the low bits, and the mask of the low bits."""
    count = len(points) - k + 1
    if count <= _BLOCK:
        packed = _hashes(points, k, np.uint32).astype(np.uint64)
        packed <<= np.uint64(32)
        packed |= np.arange(count, dtype=np.uint64)
        return packed, np.uint64(0xFFFFFFFF)
    low = np.uint64((1 << count.bit_length()) - 1)
    packed = np.empty(count, np.uint64)
    for start in range(0, count, _BLOCK):
        end = min(start + _BLOCK, count)
        block = _hashes(points[start : end + k - 1], k, np.uint64)
        packed[start:end] = (block & ~low) | np.arange(start, end, dtype=np.uint64)
    return packed, low


def _hashes(points: CodePoints, k: int, width: type[Word]) -> npt.NDArray[Word]:
    """A hash per k-gram (k is 8, 12 or 16), by doubling; the top bits are the good ones.

    Words of 32 bits are multiplied twice as fast as words of 64, and do for the places of a block.
    """
    first, second, third = (width(odd & np.iinfo(width).max) for odd in _ODD)
    one = points.astype(width, copy=False) * first
    two = one[:-1] * second + one[1:]
    four = two[:-2] * third + two[2:]
    eight = four[:-4] * first + four[4:]
    if k == 12:
        eight = eight[:-4] * second + four[8:]
    elif k == 16:
        eight = eight[:-8] * second + eight[8:]
    eight ^= eight >> width(np.iinfo(width).bits // 2 - 1)
    eight *= third
    return eight


def _crowded(at: Indices, back: Indices) -> bool:
    """Whether as many pairs as the faintest repeat brings lie close together in any band of diagonals."""
    if len(back) < _FAINTEST:
        return False
    bands = np.concatenate((back // _BAND, -1 - (back + _BAND // 2) // _BAND))
    places = (bands << 32) + np.concatenate((at, at))
    places.sort()
    return bool((places[_FAINTEST - 1 :] - places[: 1 - _FAINTEST] < _NARROW).any())


def _runs(at: Indices, back: Indices, k: int) -> Runs:
    breaks = np.flatnonzero((np.diff(at) != 1) | (np.diff(back) != 0)) + 1
    starts = np.concatenate(([0], breaks))
    counts = np.diff(np.concatenate((starts, [len(at)])))
    return Runs(at[starts], back[starts], counts + (k - 1))


def _clustered(runs: Runs, shift: int, shortest: int) -> Indices:
    """The longest run of each cluster that may belong to a repeat; clusters lie in bands of diagonals."""
    band = (runs.back + shift) // _BAND
    order = np.lexsort((runs.at, band))
    at, length, band = runs.at[order], runs.length[order], band[order]
    new = (band[1:] != band[:-1]) | (at[1:] - (at[:-1] + length[:-1]) > _REACH)
    starts = np.concatenate(([0], np.flatnonzero(new) + 1))
    ends = np.concatenate((starts[1:], [len(at)])) - 1
    total = np.add.reduceat(length, starts)
    longest = np.maximum.reduceat(length, starts)
    spread = at[ends] + length[ends] - at[starts]
    # One run must bring nearly all of an exact passage; several together half of a passage with edits, less its ends.
    likely = (longest >= shortest) | ((total * 2 >= spread) & (spread >= _NEARLY * shortest) & (ends > starts))
    picked = [
        int(low + np.argmax(length[low : high + 1])) for low, high in zip(starts[likely], ends[likely], strict=True)
    ]
    return order[np.array(picked, np.int64)]
