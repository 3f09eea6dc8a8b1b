"""Where a text may repeat itself: k-grams that stood before, gathered into clusters along diagonals.

Every other k-gram of the stream, chosen by its hash, is sorted together with its place; equal neighbours in the sorted
order are a k-gram and an earlier occurrence. That gives at most two pairs per character, however often the text repeats
itself, so that all that follows is linear (the seed step of BLAST, Altschul et al. 1990; sampling by hash as in Manber
1994).
"""

import numpy as np
import numpy.typing as npt

from cleaner.repeats.stream import Stream
from cleaner.text.shadow import CodePoints

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.uint32]
Pairs = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.intp]

# K-grams ``(at, back, span)`` from which a repeat may grow, shape ``(n, 3)``: each stands at `at` and stood `back`
# before, in a cluster of such that reaches over `span` characters.
Hints = npt.NDArray[np.int64]

# The word characters of a passage are at least so many of its characters; the rest is punctuation and blanks.
WORDS = 0.65
# A letter says less than an ideograph: a passage in letters is a turn of phrase up to so many times the length.
LETTERS = 2.5
# Odd multipliers: primes of xxHash (Collet).
_ODD = tuple(map(np.uint32, (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)))
_SAMPLED = np.uint32(1 << 31)  # the half of all hashes that lies below
_BLOCK = 1 << 18
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
# Pairs whose diagonals differ by less than half of this belong together: insertions and deletions make up for it.
_BAND = 64
_BITS = np.uint64(6)
_HALF_BAND = np.uint64(5)
_WITHIN = np.uint64(_BAND - 1)
# Characters between two k-grams of one cluster. With one edit in ten characters a gap as long as this one is rarer than
# one in a hundred (0.9 ** 40 = 0.015).
_REACH = 40
# Pairs that the shortest exact passage brings in 99 cases of 100, and one of 80 ideographs with one edit in ten as
# well, where every other k-gram is looked at; how many of them a passage with edits brings per character, half as many
# as on average.
_FAINTEST = 4
_DENSITY = 0.1
_NONE = np.empty((0, 3), np.int64)
_SLACK = 6  # characters at both ends of a passage together on which no sampled k-gram lies


def gram(stream: Stream) -> int:
    """The k of the k-grams: long enough that chance repeats few of them in a text of this size and script.

    An ideograph says as much as two or three letters. 8 ideographs survive between the edits of a passage of 80 with
    one edit in ten in 97 cases of 100; 12 in 89.
    """
    if stream.dense:
        return 8 if len(stream) < 1 << 20 else 12
    return 12 if len(stream) < 1 << 17 else 16


def candidates(stream: Stream, shortest: int) -> Hints:
    """The k-grams from which a repeat of `shortest` characters and more may grow, by place."""
    k = gram(stream)
    if len(stream) < shortest + k:
        return _NONE
    pairs = _pairs(_packed(stream.points, k), shortest // 2)
    if len(pairs) < _FAINTEST or not _crowded(pairs := _aligned(pairs), _REACH + k):
        return _NONE
    found = _clusters(pairs, _REACH + k, shortest - k - _SLACK)
    found[:, 2] += k
    return found


def _pairs(packed: Pairs, nearest: int) -> Pairs:
    """How far back a k-gram stood before (high bits) over where it stands (low bits): where it last did and first did.

    No pair is nearer than `nearest`. Two k-grams may share a hash by chance; whoever grows a pair compares the
    characters first.
    """
    packed.sort()
    found = []
    for start in range(0, max(len(packed) - 1, 1), _BLOCK):
        block = packed[start : start + _BLOCK + 1]
        same = ((block[1:] ^ block[:-1]) <= _LOW).nonzero()[0]
        at, last = block.take(same + 1).astype(np.uint32), block.take(same).astype(np.uint32)
        again = np.flatnonzero(same[1:] == same[:-1] + 1) + 1  # k-grams that stood more than once before
        if len(again):
            first = np.arange(len(same), dtype=np.int32)
            del same
            first[again] = 0
            np.maximum.accumulate(first, out=first)
            found.append(_back(at.take(again), last.take(first.take(again)), nearest))
            del first
        del again
        found.append(_back(at, last, nearest))
    del packed, block, at, last
    return np.concatenate(found) if len(found) > 1 else found[0]


def _back(at: Places, before: Places, nearest: int) -> Pairs:
    back = at - before
    kept = back >= nearest
    pairs = back[kept].astype(np.uint64)
    pairs <<= _HALF
    pairs |= at[kept]
    return pairs


def _packed(points: CodePoints, k: int) -> Pairs:
    """The hash of every other k-gram in the high bits over its place in the low bits."""
    count = len(points) - k + 1
    packed = []
    for start in range(0, count, _BLOCK):
        hashes = _hashes(points[start : min(start + _BLOCK, count) + k - 1], k)
        chosen = (hashes < _SAMPLED).nonzero()[0]
        block = hashes.take(chosen).astype(np.uint64)
        block <<= _HALF
        chosen += start
        block |= chosen.view(np.uint64)
        packed.append(block)
    return np.concatenate(packed) if len(packed) > 1 else packed[0]


def _hashes(points: CodePoints, k: int) -> Hashes:
    """A hash per k-gram (k is 8, 12 or 16), by doubling; the top bits are the good ones."""
    two = points[:-1] * _ODD[0]
    two += points[1:]
    four = two[:-2] * _ODD[1]
    four += two[2:]
    hashes = four[:-4] * _ODD[2]
    hashes += four[4:]
    if k == 12:
        hashes = hashes[:-4] * _ODD[3]
        hashes += four[8:]
    elif k == 16:
        eight = hashes
        hashes = eight[:-8] * _ODD[3]
        hashes += eight[8:]
    hashes ^= hashes >> np.uint32(15)
    hashes *= _ODD[4]
    return hashes


def _aligned(pairs: Pairs) -> Pairs:
    """The pairs of which as many as the faintest repeat brings lie in one band of diagonals: few that chance brings."""
    halves = (pairs >> (_HALF + _HALF_BAND)).astype(np.intp)
    counts = np.bincount(halves, minlength=2)
    full = counts[:-1] + counts[1:] >= _FAINTEST
    enough = np.zeros(len(counts), np.bool_)
    enough[:-1] = full
    enough[1:] |= full
    return pairs[enough.take(halves)]


def _crowded(pairs: Pairs, reach: int) -> bool:
    """Whether anywhere as many of them as the faintest repeat brings stand in reach of one another: seldom so."""
    places = pairs & _LOW
    places.sort()
    few = _FAINTEST - 1
    return bool((places[few:] - places[:-few] <= few * reach).any())


def _clusters(pairs: Pairs, reach: int, shortest: int) -> Hints:
    """Clusters of pairs on near diagonals, each in reach of the next, as many as the faintest repeat brings.

    Each is ``(at, back, span)``: its first pair that has another one behind it on its diagonal, and what it reaches
    over. Diagonals are near that lie in one band; the bands are laid twice, the second time half a band further, so
    that no cluster of half the width is cut in both.
    """
    found = np.concatenate([_in_bands(pairs, shift, reach, shortest) for shift in (0, _BAND // 2)])
    if not len(found):
        return _NONE
    found = found[np.lexsort(found.T[::-1])]
    once = np.ones(len(found), np.bool_)
    np.any(found[1:] != found[:-1], axis=1, out=once[1:])
    return found[once]


def _in_bands(pairs: Pairs, shift: int, reach: int, shortest: int) -> Hints:
    keys = _close(_banded(pairs, shift), reach)
    if not len(keys):
        return _NONE
    edges = np.concatenate(([-1], np.flatnonzero(keys[1:] > _limits(keys[:-1], reach)), [len(keys) - 1]))
    starts, ends = edges[:-1] + 1, edges[1:]
    spans = (keys[ends] >> _BITS) - (keys[starts] >> _BITS)
    full = (ends - starts + 1 >= np.maximum(_FAINTEST, _DENSITY * spans)) & (spans >= shortest)
    if not full.any():
        return _NONE
    starts, ends, spans = starts[full], ends[full], spans[full]
    followed = np.concatenate((np.flatnonzero(_on_one_diagonal(keys)), [len(keys)]))
    nearest = followed[np.searchsorted(followed, starts)]
    seeds = keys[np.where(nearest < ends, nearest, starts)]
    back = (seeds >> (_HALF + _BITS) << _BITS) + (seeds & _WITHIN) - np.uint64(shift)
    return np.stack((seeds >> _BITS & _LOW, back, spans), axis=1).astype(np.int64)


def _close(keys: Pairs, reach: int) -> Pairs:
    """The pairs that stand with as many others of their band as the faintest repeat brings, each in reach."""
    more = _FAINTEST - 1
    near = keys[more:] <= _limits(keys[:-more], more * reach)
    if not near.any():
        return keys[:0]
    kept = np.zeros(len(keys), np.bool_)
    for place in range(_FAINTEST):
        kept[place : place + len(near)] |= near
    return keys[kept]


def _limits(keys: Pairs, reach: int) -> Pairs:
    """Up to where pairs of the same bands are in reach."""
    limits: Pairs = keys | _WITHIN
    limits += np.uint64(reach * _BAND)
    return limits


def _on_one_diagonal(keys: Pairs) -> npt.NDArray[np.bool_]:
    """Whether each pair is on one diagonal with the next."""
    differ = keys[1:] ^ keys[:-1]
    differ &= ~(_LOW << _BITS)
    same: npt.NDArray[np.bool_] = differ == 0
    return same


def _banded(pairs: Pairs, shift: int) -> Pairs:
    """The pairs by band and place: the band of the diagonal, moved by `shift`, over the place over the rest of it."""
    keys = pairs + (np.uint64(shift) << _HALF)
    rest = (keys >> _HALF).astype(np.uint8)
    rest &= np.uint8(_BAND - 1)
    keys >>= _HALF + _BITS
    keys <<= _HALF
    keys |= pairs & _LOW
    keys <<= _BITS
    keys |= rest
    keys.sort()
    return keys
