"""Where a text may repeat itself: k-grams that stood before, gathered into clusters along diagonals.

Every other k-gram of the stream, chosen by its hash, is sorted together with its place; equal neighbours in the sorted
order are a k-gram and an earlier occurrence. That gives at most two pairs per character, however often the text repeats
itself, so that all that follows is linear (the seed step of BLAST, Altschul et al. 1990; sampling by hash as in Manber
1994).
"""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from cleaner.repeats.stream import Stream
from cleaner.text.shadow import CodePoints

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.uint32]
Pairs = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

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
_SOME = (29, 30)  # bits of an eighth of the hashes, which tells of most laws that nothing recurs, and of a quarter
_BLOCK = 1 << 18
_HANDFUL = 96  # k-grams
_FEW = 1 << 12  # pairs of which all bands are searched at once
_ALL = 2
_HALF = np.uint64(32)
_PLACE = 0xFFFFFFFF
_LOW = np.uint64(_PLACE)
# Pairs whose diagonals differ by less than half of this belong together: insertions and deletions make up for it.
_BAND = 64
_BITS = np.uint64(6)
_ONE = np.uint64(1)
_HALF_BAND = np.uint64(_BAND // 2)
_WITHIN = np.uint64(_BAND - 1)
_DIAGONAL = ~(_LOW << _BITS)
# What leads from a half band to the next one in a key: a band more, half a band less within it.
_NEXT_HALF = (_ONE << (_HALF + _BITS)) - _HALF_BAND
# Characters between two k-grams of one cluster. With one edit in ten characters a gap as long as this one is rarer than
# one in a hundred (0.9 ** 40 = 0.015); of k-grams of letters, which are longer, half as many are equal.
_REACH, _LETTERED_REACH = 40, 80
# Pairs that the shortest exact passage brings in 99 cases of 100, and one of 80 ideographs with one edit in ten as
# well, where every other k-gram is looked at; how many of them a passage with edits brings per character: half as many
# as on average where one letter in eight is edited, as in a passage with one edit in ten characters, blanks included.
_FAINTEST = 4
_DENSITY = 0.05
_NONE = np.empty((0, 3), np.int64)
_ZERO = np.zeros(1, np.intp)
_BEFORE = _ZERO - 1  # the pair before the first one
# The table that tells which k-grams may stand twice has so many times (in bits) their number of places, within bounds.
_SPARSE = 4
_SPARSE_SLOTS = 2
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


def candidates(stream: Stream, shortest: int, needed: Callable[[], int] = int) -> Hints:
    """The k-grams from which a repeat of `shortest` characters and more may grow, by place.

    Args:
        stream: the text.
        shortest: word characters of the shortest repeat.
        needed: how long an equal stretch has to stand anywhere for there to be a repeat in this text, 0 for any length;
            asked for only in ideographs.
    """
    k = gram(stream)
    if len(stream) < shortest + k:
        return _NONE
    hashes = _hashes(stream.points, k)
    if stream.dense and (enough := needed() - k + 1) > 0 and not all(_recur(hashes, enough, bits) for bits in _SOME):
        return _NONE
    again = _twice(hashes, _SAMPLED)
    if 2 * len(again) <= _FAINTEST:
        return _NONE
    known = _Known(again)
    places = known.places(hashes)
    del again, known
    packed = _packed(hashes, places)
    del hashes, places
    nearest, span = shortest // 2, shortest - k - _SLACK
    reach = (_REACH if stream.dense else _LETTERED_REACH) + k
    if len(packed) <= _HANDFUL and not _gathered(packed.tolist(), nearest, reach, span):
        return _NONE
    keys = _pairs(packed, nearest)
    del packed
    parities = (_ALL,) if len(keys) < _FEW else (0, 1)
    found = [_clusters(_laid(keys, parity), reach, span) for parity in parities]
    return _once(found[0] if len(found) == 1 else np.concatenate(found), k)


def _twice(hashes: Hashes, below: np.uint32) -> Hashes:
    """The hashes below a bound that stand twice, sorted; one that stands more often stands here again.

    They are sorted without their places: that takes half the time, and in most texts hardly any stands twice.
    """
    ordered = np.sort(hashes)
    ordered = ordered[: ordered.searchsorted(below)]
    again: Hashes = ordered.take((ordered[1:] == ordered[:-1]).nonzero()[0])
    return again


class _Known:
    """Hashes as a table of their upper bits: none of them is missed, and a few others are taken for one."""

    def __init__(self, hashes: Hashes) -> None:
        bits = min(max(len(hashes).bit_length() + _SPARSE, _SMALLEST_TABLE), _LARGEST_TABLE)
        self._low = np.uint32(32 - bits)
        self._marks = np.zeros(1 << (32 - int(self._low)), np.bool_)
        self._marks[hashes >> self._low] = True

    def mask(self, hashes: Hashes) -> Mask:
        """Which of the hashes are known."""
        return self._marks.take(hashes >> self._low, mode="clip")

    def places(self, hashes: Hashes) -> Indices:
        """The places of those that are known."""
        blocks = range(0, len(hashes), _BLOCK)
        found = [self.mask(hashes[start : start + _BLOCK]).nonzero()[0] + start for start in blocks]
        return found[0] if len(found) == 1 else np.concatenate(found)


def _recur(hashes: Hashes, enough: int, bits: int) -> bool:
    """Whether so many k-grams in a row may stand twice: all of those do whose hashes have no more than so many bits.

    Those that share a slot of a table are taken for equal.
    """
    places = (hashes < np.uint32(1 << bits)).nonzero()[0]
    slots = hashes.take(places, mode="wrap")
    slots >>= np.uint32(max(bits - len(places).bit_length() - _SPARSE_SLOTS, bits - _LARGEST_TABLE))
    alone = places.take((np.bincount(slots).take(slots, mode="wrap") == 1).nonzero()[0], mode="wrap")
    edges = np.concatenate((_BEFORE, alone, [len(hashes)]))
    return int((edges[1:] - edges[:-1]).max()) > enough


def _packed(hashes: Hashes, places: Indices) -> Pairs:
    """The hash in the high bits over the place in the low bits, sorted."""
    packed = hashes.take(places).astype(np.uint64)
    packed <<= _HALF
    packed |= places.view(np.uint64)
    packed.sort()
    return packed


def _gathered(packed: list[int], nearest: int, reach: int, span: int) -> bool:
    """Whether pairs make a cluster anywhere: of a handful that is told in half the time that their clusters take."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    known = first = last = -1
    for number in packed:
        kind, place = number >> 32, number & _PLACE
        if kind != known:
            known, first = kind, place
        else:
            for back in {place - last, place - first}:
                if back >= nearest:
                    half = back // (_BAND // 2)
                    bands[half].append(place)
                    bands[half + 1].append(place)
        last = place
    return any(_reach(sorted(places), reach, span) for places in bands.values() if len(places) >= _FAINTEST)


def _reach(places: list[int], reach: int, span: int) -> bool:
    """Whether enough of the places, each in reach of the next, reach over a span."""
    start = 0
    for end, place in enumerate(places, 1):
        if end == len(places) or places[end] - place > reach:
            if end - start >= _FAINTEST and place - places[start] >= span:
                return True
            start = end
    return False


def _pairs(packed: Pairs, nearest: int) -> Pairs:
    """Where a k-gram stands and how far back it stood before, as keys: where it last did and first did.

    No pair is nearer than `nearest`. Two k-grams may share a hash by chance; whoever grows a pair compares the
    characters first.
    """
    found = []
    for start in range(0, max(len(packed) - 1, 1), _BLOCK):
        block = packed[start : start + _BLOCK + 1]
        same = ((block[1:] ^ block[:-1]) <= _LOW).nonzero()[0]
        new, old = same + 1, same
        again = (same[1:] == same[:-1] + 1).nonzero()[0] + 1  # k-grams that stood more than once before
        if len(again):
            first = np.arange(len(same), dtype=np.int32)
            first[again] = 0
            np.maximum.accumulate(first, out=first)
            first = same.take(first.take(again))
            again = new.take(again)
            if len(same) < _FEW:
                new, old = np.concatenate((new, again)), np.concatenate((old, first))
            else:
                found.append(_keys(block, again, first, nearest))
            del first
        del again, same
        found.append(_keys(block, new, old, nearest))
    return found[0] if len(found) == 1 else np.concatenate(found)


def _keys(packed: Pairs, new: Indices, old: Indices, nearest: int) -> Pairs:
    """Pairs of k-grams as keys: the band of the diagonal, over the place, over where in the band the diagonal lies.

    The half that the diagonal lies in is the upper one of its band.
    """
    keys = packed.take(new)
    back = keys - packed.take(old)  # the hashes are the same
    far = back >= nearest
    keys &= _LOW
    keys <<= _BITS
    keys += _HALF_BAND
    keys += back
    back >>= _BITS - _ONE
    back *= _NEXT_HALF
    keys += back
    del back
    return keys.take(far.nonzero()[0])


def _laid(keys: Pairs, parity: int) -> Pairs:
    """The keys sorted by band and place, in the bands of even numbers (0) or of odd ones (1), or in all of them (2).

    Bands overlap by half, so that no cluster of half the width is cut: each half is the upper one of its band and the
    lower one of the next.
    """
    if parity == _ALL:
        laid = np.concatenate((keys, keys + _NEXT_HALF))
    else:
        laid = keys >> (_HALF + _BITS)
        laid ^= np.uint64(parity)
        laid &= _ONE
        laid *= _NEXT_HALF
        laid += keys
    laid.sort()
    return laid


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


def _clusters(keys: Pairs, reach: int, shortest: int) -> Hints:
    """Clusters of pairs on near diagonals, each in reach of the next, as many as the faintest repeat brings.

    Each is ``(at, back, span)``: the first pair of its longest run on one diagonal, and what it reaches over. Diagonals
    are near that lie in one band.
    """
    places = keys >> _BITS
    edges = np.concatenate((_BEFORE, (places[1:] - places[:-1] > reach).nonzero()[0], [len(keys) - 1]))
    counts = edges[1:] - edges[:-1]
    full = (counts >= _FAINTEST).nonzero()[0]
    if not len(full):
        return _NONE
    starts, ends, counts = edges.take(full) + 1, edges.take(full + 1), counts.take(full)
    spans = places.take(ends) - places.take(starts)
    del places, edges
    full = ((spans >= shortest) & (counts >= _DENSITY * spans)).nonzero()[0]
    if not len(full):
        return _NONE
    starts, ends, spans = starts.take(full), ends.take(full), spans.take(full)
    seeds = keys.take(_firmest(keys, starts, ends))
    del keys
    found = np.empty((3, len(seeds)), np.int64)
    found[0] = seeds >> _BITS & _LOW
    found[1] = (seeds >> (_HALF + _BITS)) * _HALF_BAND + (seeds & _WITHIN) - _HALF_BAND
    found[2] = spans
    return found.T


def _firmest(keys: Pairs, starts: Indices, ends: Indices) -> Indices:
    """Where the longest run of pairs on one diagonal begins, in each of the clusters.

    Chance brings pairs of k-grams near a repeat that stand on a diagonal of their own.
    """
    differ = keys[1:] ^ keys[:-1]
    differ &= _DIAGONAL
    first = np.ones(len(keys) + 1, np.bool_)  # and behind the last one
    np.not_equal(differ, 0, out=first[1:-1])
    del differ
    first[starts] = first[ends + 1] = True
    runs = first.nonzero()[0]
    del first
    weights = runs[1:] - runs[:-1]
    weights <<= 32
    weights |= len(keys) - runs[:-1]  # of runs of one length the first
    within = np.stack((runs.searchsorted(starts), runs.searchsorted(ends, "right")), axis=1)
    longest = np.maximum.reduceat(np.concatenate((weights, _ZERO)), within.ravel())[::2]
    longest &= (1 << 32) - 1
    places: Indices = len(keys) - longest
    return places


def _once(found: Hints, k: int) -> Hints:
    """The clusters by place, each once; their spans with the last k-gram."""
    if not len(found):
        return _NONE
    found = found[np.lexsort(found.T[::-1])]
    differ = found[1:] ^ found[:-1]
    once = (differ[:, 0] | differ[:, 1] | differ[:, 2]).nonzero()[0]
    found = found.take(np.concatenate((_ZERO, once + 1)), axis=0)
    found[:, 2] += k
    return found
