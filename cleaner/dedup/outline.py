"""A first look at texts that costs a tenth of their sketches: which of them may have a near-duplicate at all.

An outline is a one-permutation MinHash (Li, Owen and Zhang, "One permutation hashing", 2012): the upper bits of a
shingle's mixed hash name the slot it falls into, and each slot keeps the least. A slot that the union of two texts
fills is equal in both with a chance of their Jaccard index, one that it leaves empty always. So two texts at the
threshold share a band of their outlines, and so many slots, but for a chance of one in a million; a text that does so
with no other has no near-duplicate. Whatever is let through is looked at as ever: outlines decide nothing.
"""

from collections.abc import Sequence
from functools import cache
from math import comb

import numpy as np

from cleaner.dedup.normal import Offsets, normalise
from cleaner.dedup.options import SLOTS, Bands, DedupOptions, widest
from cleaner.dedup.records import chunks
from cleaner.dedup.search import CROWD, buckets, equal_slots, pairs_in
from cleaner.dedup.shingles import Hashes32, hashes32
from cleaner.dedup.sketch import EMPTY, Sketches, mixed

_LOST = 0.5e-6  # the chance to lose a pair at the threshold, by its bands and again by its slots
# Bands of fewer slots, which thresholds below 0.67 need, are shared by unrelated texts all over a large corpus.
_ROWS = 3
_SHIFT = np.uint32(32 - (SLOTS - 1).bit_length())


def outlines(texts: Sequence[str], options: DedupOptions) -> Sketches:
    """The outlines of texts, one column each, ``shape (128, texts)``; without shingles all slots are empty."""
    spans = chunks(list(map(len, texts)))
    return np.concatenate(
        [of_hashes(*hashes32(normalise(texts[low:high]), options.unit)) for low, high in spans], axis=1
    )


def of_hashes(hashes: Hashes32, starts: Offsets) -> Sketches:
    """The outlines of texts that lie in a row, given as `sketches` takes them."""
    count = len(starts) - 1
    held = np.full(count * SLOTS, EMPTY, np.uint32)
    spread = mixed(hashes)
    slots = (spread >> _SHIFT).astype(np.intp)
    slots += np.repeat(np.arange(count) * SLOTS, np.diff(starts))
    np.minimum.at(held, slots, spread)
    return held.reshape(count, SLOTS).T


def companions(held: Sketches, options: DedupOptions) -> Offsets:
    """The columns of outlines that may be half of a pair at the threshold, ascending; no other has a near-duplicate.

    >>> texts = ["".join(map(chr, range(first, first + 3000))) for first in (0x4E00, 0x4E40, 0x6000)]
    >>> companions(outlines(texts, DedupOptions()), DedupOptions()).tolist()
    [0, 1]
    """
    cut = _cut(options)
    if cut is None:
        return np.arange(held.shape[1])
    groups = buckets(held, cut)
    crowded = groups.sizes > CROWD  # let through unseen: they would make too many pairs
    fewest = _fewest(options.threshold)
    near = [pairs[equal_slots(held, pairs, SLOTS) >= fewest].ravel() for pairs in pairs_in(groups.take(~crowded))]
    return np.unique(np.concatenate([groups.take(crowded).members.astype(np.int64), *near]))


def telling(options: DedupOptions) -> bool:
    """Whether outlines tell anything at that threshold.

    >>> telling(DedupOptions(threshold=0.7)), telling(DedupOptions(threshold=0.6))
    (True, False)
    """
    return _cut(options) is not None


def _cut(options: DedupOptions) -> Bands | None:
    cut = widest(options.threshold, 1 - _LOST)
    return cut if cut is not None and cut.rows >= _ROWS else None


@cache
def _fewest(similarity: float) -> int:
    """The number of equal slots that a pair of that similarity falls short of by that chance."""
    short = 0.0
    for equal in range(SLOTS):
        short += comb(SLOTS, equal) * similarity**equal * (1 - similarity) ** (SLOTS - equal)
        if short > _LOST:
            return equal
    return SLOTS
