"""Where a text may repeat itself: k-grams that stood before, gathered into runs and clusters along diagonals.

Every k-gram of the stream is hashed and sorted together with its place; equal neighbours in the sorted order are a
k-gram and its previous occurrence. That gives at most one pair per character, however often the text repeats itself,
so that all that follows is linear (the seed step of BLAST, Altschul et al. 1990, with one hit per place).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.repeats.stream import Stream
from cleaner.text.shadow import CodePoints

Hashes = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

# A stretch ``(at, back, length)`` from which a repeat may grow: it stands at `at`, and stood `back` before.
Hint: TypeAlias = tuple[int, int, int]

# The word characters of a passage are at least so many of its characters; the rest is punctuation and blanks.
WORDS = 0.65
# Odd multipliers of xxHash (Collet); their low halves are odd as well.
_ODD = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x27D4EB2F165667C5)))
_BLOCK = 1 << 18
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_PAIRS = 1 << 16  # pairs take more room than hashes
# Runs whose diagonals differ by less belong together: insertions and deletions between them make up for it.
_BAND = 32
_SHIFT = 5  # a shift by so many bits divides by it
# Characters between two runs of one cluster. With one edit in ten characters a gap as long as this one is rarer than
# one in a hundred (0.9 ** 40 = 0.015).
_REACH = 40
# Pairs that a passage of 80 ideographs with one edit in ten brings in 99 cases of 100.
_FAINTEST = 8
# A repeat with edits is longer than an exact one has to be, even less the ends at which no k-gram is left.
_NEARLY = 1.3


@dataclass(frozen=True, slots=True)
class Runs:
    """Equal stretches: ``points[at : at + length] == points[at - back : at - back + length]``; three columns."""

    at: Places
    back: Places
    length: Indices


def gram(stream: Stream) -> int:
    """The k of the k-grams: long enough that chance repeats few of them in a text of this size and script.

    An ideograph says as much as two or three letters. 8 ideographs survive between the edits of a passage of 80 with
    one edit in ten in 97 cases of 100; 12 in 89.
    """
    if stream.dense:
        return 8 if len(stream) < 1 << 20 else 12
    return 12 if len(stream) < 1 << 17 else 16


def candidates(stream: Stream, shortest: int) -> list[Hint]:
    """The stretches from which a repeat of `shortest` characters and more may grow, by place."""
    k = gram(stream)
    if len(stream) < shortest + k:
        return []
    at, back = _crowded(*_pairs(stream.points, k, shortest // 2), k, shortest)
    if not len(at):
        return []
    runs = _runs(at, back, k)
    # By a set: np.union1d imports numpy.ma, which costs as much as the whole search in a text of 10,000 characters.
    chosen = sorted({*_clustered(runs, 0, shortest).tolist(), *_clustered(runs, _BAND // 2, shortest).tolist()})
    return list(zip(runs.at[chosen].tolist(), runs.back[chosen].tolist(), runs.length[chosen].tolist(), strict=True))


def _pairs(points: CodePoints, k: int, nearest: int) -> tuple[Places, Places]:
    """Each place whose k-gram stood before, and how far back it last did (not nearer than `nearest`), by place.

    Two k-grams may share a hash by chance; whoever grows a pair compares the characters first.
    """
    packed, low = _packed(points, k)
    packed.sort()
    found = []
    for start in range(0, max(len(packed) - 1, 1), _PAIRS):
        block = packed[start : start + _PAIRS + 1]
        same = np.flatnonzero((block[1:] ^ block[:-1]) <= low)
        later = block[1:].take(same) & low
        before = later - (block.take(same) & low)
        later <<= _HALF
        later |= before
        found.append(later[before >= nearest])
    del packed
    pairs = np.concatenate(found) if len(found) > 1 else found[0]
    pairs.sort()
    return (pairs >> _HALF).astype(np.int32), (pairs & _LOW).astype(np.int32)


def _packed(points: CodePoints, k: int) -> tuple[Hashes, np.uint64]:
    """The hash of each k-gram in the high bits over its place in the low bits, and the mask of the low bits."""
    count = len(points) - k + 1
    low = np.uint64((1 << count.bit_length()) - 1)
    packed = np.empty(count, np.uint64)
    for start in range(0, count, _BLOCK):
        end = min(start + _BLOCK, count)
        block = _hashes(points[start : end + k - 1], k)
        block &= ~low
        np.bitwise_or(block, np.arange(start, end, dtype=np.uint64), out=packed[start:end])
    return packed, low


def _hashes(points: CodePoints, k: int) -> Hashes:
    """A hash per k-gram (k is 8, 12 or 16), by doubling; the top bits are the good ones.

    Two neighbouring code points are read as one word of 64 bits.
    """
    two: Hashes = np.ndarray(len(points) - 1, np.uint64, np.ascontiguousarray(points), strides=(4,))
    four = two[:-2] * _ODD[0]
    four += two[2:]
    hashes = four[:-4] * _ODD[1]
    hashes += four[4:]
    if k == 12:
        hashes = hashes[:-4] * _ODD[2]
        hashes += four[8:]
    elif k == 16:
        eight = hashes
        hashes = eight[:-8] * _ODD[2]
        hashes += eight[8:]
    hashes *= _ODD[0]
    return hashes


def _crowded(at: Places, back: Places, k: int, shortest: int) -> tuple[Places, Places]:
    """The pairs that lie in a cluster of as many as the faintest repeat brings, over a stretch as long as one.

    Ordinary documents have hundreds of pairs, nearly all of them turns of phrase, and are done here. Clusters lie in
    bands of diagonals, and in those that lie half a band beside.
    """
    if len(back) < _FAINTEST:
        return at[:0], back[:0]
    members = np.zeros(int(at[-1]) + 1, np.bool_)
    for shift in (0, _BAND // 2):
        _mark_clusters(members, at, (back + shift) >> _SHIFT, k, shortest)
    chosen = members[at]
    return at[chosen], back[chosen]


def _mark_clusters(members: npt.NDArray[np.bool_], at: Places, band: Places, k: int, shortest: int) -> None:
    """Sets `members` at the places of the pairs whose cluster is long and full enough."""
    keys = band.astype(np.int64)
    keys <<= 32
    keys |= at
    keys.sort()
    edges = np.flatnonzero(keys[1:] - keys[:-1] > _REACH + k)
    starts, ends = np.concatenate(([0], edges + 1)), np.append(edges, len(keys) - 1)
    likely = (ends - starts >= _FAINTEST - 1) & (keys[ends] - keys[starts] >= shortest - k)
    for start, end in zip(starts[likely].tolist(), ends[likely].tolist(), strict=True):
        members[keys[start : end + 1] & 0xFFFFFFFF] = True


def _runs(at: Places, back: Places, k: int) -> Runs:
    breaks = np.flatnonzero((np.diff(at) != 1) | (np.diff(back) != 0)) + 1
    starts = np.concatenate(([0], breaks))
    counts = np.diff(starts, append=len(at))
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
