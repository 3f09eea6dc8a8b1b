"""Pairs of equal k-grams gathered into clusters along diagonals, as the faintest repeat brings them."""

from collections.abc import Iterator
from itertools import starmap

import numpy as np
import numpy.typing as npt

Pairs = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.intp]

# A k-gram ``(at, back, span)`` from which a repeat may grow: it stands at `at` and stood `back` before, in a cluster of
# such that reaches over `span` characters.
Hint = tuple[int, int, int]

# Pairs that the shortest exact passage brings in 99 cases of 100, and one of 80 ideographs with one edit in ten as
# well, where every other k-gram is looked at; how many of them a passage with edits brings per character: half as many
# as on average where one letter in eight is edited, as in a passage with one edit in ten characters, blanks included.
FAINTEST = 4
_DENSITY = 0.05
# Pairs whose diagonals differ by less than half of this belong together: insertions and deletions make up for it. No
# alignment passes over more than 13 characters put in at once; twice as wide a band finds the same in 4,280 of 4,288
# texts (in one of the others more, in one less), with two fifths more candidates to align, most of terms that recur.
_BAND, _HALF_BAND = 32, 16
_WITHIN, _PLACE = 5, 32  # bits of a key
_FEW = 1 << 12  # pairs of which all bands are searched at once
# NumPy takes arrays of no dimension in three quarters of the time of its own numbers.
_ONE = np.array(1, np.intp)
_TO_PLACE, _TO_HALF, _IN_BAND = (np.array(number, np.uint64) for number in (_WITHIN, _WITHIN - 1, _BAND - 1))
# What leads to the next half band: a band more, half a band less within it. The first half is the upper one of band 1.
_NEXT_HALF = np.array((1 << _PLACE + _WITHIN) - _HALF_BAND, np.uint64)
_FIRST_HALF = np.array((1 << _PLACE + _WITHIN) + _HALF_BAND, np.uint64)
_NO_PAIRS = np.empty(0, np.uint64)
_ALONE = np.array([0, 1 << 63, (1 << 64) - 1], np.uint64)  # keys before all others and behind them


def clusters(blocks: Iterator[tuple[Pairs, Pairs]], reach: int, shortest: int) -> list[Hint]:
    """Clusters of pairs in one band, each in reach of the next, as many as the faintest repeat brings, by place.

    Each is told by the first pair of its longest run on one diagonal: chance brings pairs near a repeat that stand on
    one of their own.

    Args:
        blocks: pairs, some at a time: where the later k-grams stand, and how far before them the same stood.
        reach: characters between two pairs of one cluster.
        shortest: characters that a cluster reaches over.
    """
    found = list(starmap(_keys, blocks))
    keys = found[0] if len(found) == 1 else np.concatenate(found)
    del found
    if len(keys) < FAINTEST:
        return []
    parities = (None,) if len(keys) < _FEW else (0, 1)
    gathered = [_gathered(_laid(keys, parity), reach, shortest) for parity in parities]
    del keys
    return sorted({hint for firmest, spans in gathered for hint in map(_hint, firmest.tolist(), spans.tolist())})


def _keys(places: Pairs, backs: Pairs) -> Pairs:
    """Pairs as numbers: the band of the diagonal, over the place, over where in the band the diagonal lies.

    So sorted they are the bands in order, and each of them in the order of the text. The half of a band that a diagonal
    lies in is the upper one of the band in its key.
    """
    keys = backs >> _TO_HALF
    keys *= _NEXT_HALF
    keys += backs
    keys += _FIRST_HALF
    keys += places << _TO_PLACE
    return keys


def _laid(keys: Pairs, parity: int | None) -> Pairs:
    """The keys sorted, between those that stand alone: in all bands, or in those of even (0) or odd numbers (1).

    Bands overlap by half, so that no cluster of half the width is cut: each half is the upper one of its band and the
    lower one of the next. Half of the bands take half the memory.
    """
    if parity is None:
        laid = np.concatenate((_ALONE, keys, keys + _NEXT_HALF))
    else:
        laid = np.empty(len(_ALONE) + len(keys), np.uint64)
        laid[: len(_ALONE)], inner = _ALONE, laid[len(_ALONE) :]
        np.right_shift(keys, _PLACE + _WITHIN, out=inner)
        inner ^= parity
        inner &= 1
        inner *= _NEXT_HALF
        inner += keys
    laid.sort()
    return laid


def _gathered(laid: Pairs, reach: int, shortest: int) -> tuple[Pairs, Pairs]:
    """The clusters of sorted keys: the first key of the longest run of each, and what it reaches over."""
    places = laid >> _TO_PLACE
    ends = (places[1:] - places[:-1] > reach).nonzero()[0]
    counts = ends[1:] - ends[:-1]
    full = (counts >= FAINTEST).nonzero()[0]
    if not len(full):
        return _NO_PAIRS, _NO_PAIRS
    counts, starts, ends = counts[full], ends[full] + _ONE, ends[full + _ONE]
    spans = places[ends] - places[starts]
    del places
    full = ((spans >= shortest) & (counts >= _DENSITY * spans)).nonzero()[0]
    return (laid[_firmest(laid, starts[full], ends[full])], spans[full]) if len(full) else (_NO_PAIRS, _NO_PAIRS)


def _hint(key: int, span: int) -> Hint:
    """What a key and the span of its cluster come to."""
    back = (key >> _PLACE + _WITHIN) * _HALF_BAND + (key & _BAND - 1) - _BAND
    return key >> _WITHIN & (1 << _PLACE) - 1, back, span


def _firmest(laid: Pairs, starts: Indices, ends: Indices) -> Indices:
    """Where the longest run of keys on one diagonal begins, in each of the clusters."""
    differ = laid[1:] ^ laid[:-1]
    differ &= _IN_BAND
    last = differ.astype(np.bool_)  # which keys end a run
    del differ
    before = starts - _ONE
    last[before] = last[ends] = last[-1] = True
    edges = last.nonzero()[0]
    del last
    weights = edges[1:] - edges[:-1]
    weights <<= _PLACE
    weights |= len(laid) - edges[:-1]  # of runs of one length the first
    within = edges.searchsorted(np.stack((before, ends), axis=1).ravel())
    longest = np.maximum.reduceat(weights, within)[::2]
    longest &= (1 << _PLACE) - 1
    places: Indices = len(laid) - longest + _ONE
    return places
