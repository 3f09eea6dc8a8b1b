"""Where a text may repeat itself: k-grams that stood before.

Of every other k-gram of the stream, chosen by its hash, those that stand twice are sorted together with their places;
equal neighbours in the sorted order are a k-gram and an earlier occurrence. That gives at most two pairs per character,
however often the text repeats itself, so that all that follows is linear (the seed step of BLAST, Altschul et al. 1990;
sampling by hash as in Manber 1994).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cleaner.repeats.clusters import FAINTEST, Hint, Pairs, clusters
from cleaner.repeats.stream import Stream
from cleaner.text.shadow import CodePoints

Hashes = npt.NDArray[np.uint32]
Indices = npt.NDArray[np.intp]

# The word characters of a passage are at least so many of its characters; the rest is punctuation and blanks.
WORDS = 0.65
# A letter says less than an ideograph: a passage in letters is a turn of phrase up to so many times the length.
LETTERS = 2.5
# Numbers are arrays of no dimension: NumPy takes them in three quarters of the time of its own numbers.
# Odd multipliers: primes of xxHash (Collet).
_ODD = [np.array(prime, np.uint32) for prime in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)]
_MIXED = np.array(15, np.uint32)
_SAMPLED = np.array(1 << 31, np.uint32)  # the half of all hashes that lies below
_SOME = (29, 30)  # bits of an eighth of the hashes, which tells of most laws that nothing recurs, and of a quarter
_BLOCK = 1 << 18
_FEW = 1 << 12  # pairs that are told all at once
_HALF, _PLACES = np.array(32, np.uint64), np.array((1 << 32) - 1, np.uint64)
_OTHER = np.array(1 << 31, np.uint64)  # neighbours with one hash are nearer than so many, others are further apart
_ONE = np.array(1, np.intp)
# Characters between two k-grams of one cluster. With one edit in ten characters a gap as long as this one is rarer than
# one in a hundred (0.9 ** 40 = 0.015); of k-grams of letters, which are longer, half as many are equal.
_REACH, _LETTERED_REACH = 40, 80
_ZERO = np.zeros(1, np.intp)
_BEFORE = _ZERO - 1
# The tables that tell which k-grams may stand twice have so many times (in bits) as many slots, within bounds: that of
# all of them, and that of those that do.
_SPARSE, _SPARSER = 2, 4
_SMALLEST_TABLE, _LARGEST_TABLE = 12, 24
_SLACK = 6  # characters at both ends of a passage together on which no sampled k-gram lies


def gram(stream: Stream) -> int:
    """The k of the k-grams: long enough that chance repeats few of them in a text of this size and script.

    An ideograph says as much as two or three letters. 8 ideographs survive between the edits of a passage of 80 with
    one edit in ten in 97 cases of 100; 12 in 89.
    """
    if stream.dense:
        return 8 if len(stream) < 1 << 20 else 12
    return 12 if len(stream) < 1 << 17 else 16


def candidates(stream: Stream, shortest: int, needed: int = 0) -> list[Hint]:
    """The k-grams from which a repeat of `shortest` characters and more may grow, by place.

    Args:
        stream: the text.
        shortest: word characters of the shortest repeat.
        needed: how long an equal stretch has to stand anywhere for there to be a repeat in this text, 0 for any length.
    """
    k = gram(stream)
    if len(stream) < shortest + k:
        return []
    hashes = _hashes(stream.points, k)
    if needed and not all(_recur(hashes, needed - k + 1, bits) for bits in _SOME):
        return []
    packed = _packed(hashes)
    del hashes
    if not len(packed):
        return []
    pairs = _pairs(packed, shortest // 2)
    del packed
    reach = _REACH if stream.dense else _LETTERED_REACH
    hints = clusters(pairs, reach + k, shortest - k - _SLACK)
    return [(at, back, span + k) for at, back, span in hints]


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
    hashes ^= hashes >> _MIXED
    hashes *= _ODD[4]
    return hashes


def _recur(hashes: Hashes, enough: int, bits: int) -> bool:
    """Whether so many k-grams in a row may stand twice: all of those do whose hashes have no more than so many bits.

    Those that share a slot of a table are taken for equal.
    """
    places = (hashes < np.uint32(1 << bits)).nonzero()[0]
    slots = hashes.take(places, mode="wrap")
    slots >>= np.uint32(max(bits - len(places).bit_length() - _SPARSE, bits - _LARGEST_TABLE))
    alone = places.take((np.bincount(slots).take(slots, mode="wrap") == 1).nonzero()[0], mode="wrap")
    edges = np.concatenate((_BEFORE, alone, [len(hashes)]))
    return int((edges[1:] - edges[:-1]).max()) > enough


def _packed(hashes: Hashes) -> Pairs:
    """The sampled hashes that stand twice, each in the high bits over its place in the low bits, sorted."""
    places = (hashes < _SAMPLED).nonzero()[0]
    sampled = hashes.take(places, mode="wrap")
    known = _known(sampled)
    packed = sampled[known].astype(np.uint64)
    packed <<= _HALF
    packed |= places[known].view(np.uint64)
    packed.sort()
    return packed


def _known(sampled: Hashes) -> Indices:
    """Where hashes stand that stand twice, and a few that share a slot with one; none where no cluster can be.

    They are sorted alone, in half the time that it takes with their places: in most texts hardly any stands twice.
    """
    ordered = np.sort(sampled)
    again = ordered[(ordered[1:] == ordered[:-1]).nonzero()[0]]
    del ordered
    if 2 * len(again) <= FAINTEST:
        return _ZERO[:0]
    bits = min(max(len(again).bit_length() + _SPARSER, _SMALLEST_TABLE), _LARGEST_TABLE)
    to_slot = np.array(31 - bits, np.uint32)
    slots = np.zeros(1 << bits, np.bool_)
    slots[again >> to_slot] = True
    known: Indices = slots.take(sampled >> to_slot, mode="clip").nonzero()[0]
    return known


def _pairs(packed: Pairs, nearest: int) -> Iterator[tuple[Pairs, Pairs]]:
    """Where a k-gram stands and how far back it stood before: where it last did and first did, some at a time.

    No pair is nearer than `nearest`. Two k-grams may share a hash by chance; whoever grows a pair compares the
    characters first.
    """
    for start in range(0, max(len(packed) - 1, 1), _BLOCK):
        block = packed[start : start + _BLOCK + 1]
        same = (block[1:] - block[:-1] < _OTHER).nonzero()[0]
        again = (same[1:] - same[:-1] == _ONE).nonzero()[0]
        again += _ONE
        if len(same) >= _FEW:
            yield _distant(*_firsts(block, same, again), nearest)
            del again
            yield _distant(*_lasts(block, same), nearest)
        elif len(again):
            (new, back), (more, further) = _lasts(block, same), _firsts(block, same, again)
            yield _distant(np.concatenate((new, more)), np.concatenate((back, further)), nearest)
        else:
            yield _distant(*_lasts(block, same), nearest)


def _lasts(block: Pairs, same: Indices) -> tuple[Pairs, Pairs]:
    """Where the k-grams that stood before stand, and how far back they last did."""
    new = block[same + _ONE]
    return new, new - block[same]


def _firsts(block: Pairs, same: Indices, again: Indices) -> tuple[Pairs, Pairs]:
    """Where those that did more than once stand, and how far back they first did."""
    first = np.arange(len(same), dtype=np.int32)
    first[again] = 0
    np.maximum.accumulate(first, out=first)
    new = block[same[again] + _ONE]
    return new, new - block[same[first[again]]]


def _distant(packed: Pairs, backs: Pairs, nearest: int) -> tuple[Pairs, Pairs]:
    """The places of the pairs that are not too near, and how far back they stood."""
    far = (backs >= nearest).nonzero()[0]
    return packed[far] & _PLACES, backs[far]
