"""Documents that may stand inside another: an excerpt, a quoted repost. Bands cannot find them.

Of each document those shingles are kept whose mixed hash is small (FracMinHash: Hera, Pierce-Ward and Koslicki, 2023),
one in sixteen whatever its length, so that the share of a document's samples that another one has estimates the share
of its shingles. Pairs are joined by prefix filtering (Chaudhuri, Ganti and Kaushik, 2006): of n samples of which m must
be shared, at least one of any n - m + 1 is shared, and the rarest are the ones to ask for.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import DedupOptions
from cleaner.dedup.shingles import Hashes32

Pairs = npt.NDArray[np.int64]

# An excerpt of 200 characters leaves a dozen samples: with nine tenths of its shingles shared, fewer than the eight
# that are asked for are shared in one of 200 cases.
_RATE = 16
_SIGMAS = 3.0
_AT_ONCE = 1 << 20  # pairs or samples that are looked at in one go


def sampled(mixed: Hashes32, starts: Offsets) -> tuple[Hashes32, Offsets]:
    """The samples of texts that lie in a row.

    Args:
        mixed: mixed hashes of the shingles of every text, ``shape (total,)``.
        starts: where each text begins, and the end of the last, ``shape (texts + 1,)``.

    Returns:
        The samples of all texts, each text's sorted and distinct, and how many each has, ``shape (texts,)``.
    """
    chosen = np.flatnonzero(mixed < (1 << 32) // _RATE)
    owners = np.searchsorted(starts, chosen, "right") - 1
    packed = np.unique(owners.astype(np.uint64) << np.uint64(32) | mixed[chosen])
    counts = np.bincount((packed >> np.uint64(32)).astype(np.int64), minlength=len(starts) - 1)
    return packed.astype(np.uint32), counts


def containers(samples: Hashes32, counts: Offsets, sizes: Offsets, options: DedupOptions) -> Pairs:
    """Pairs (document, larger document) of which the first may stand inside the second, ``shape (m, 2)``, sorted.

    Args:
        samples: of all documents in a row, each one's sorted.
        counts: how many each document has, ``shape (n,)``.
        sizes: by which one document is larger than another, all different, ``shape (n,)``.
        options: the containment that is asked for.
    """
    owners = np.repeat(np.arange(len(counts)), counts)
    probes = _rarest(samples, owners, counts, _needed(counts, options.containment))
    order = np.argsort(samples, kind="stable")
    ranked = samples[order]
    low, high = np.searchsorted(ranked, samples[probes], "left"), np.searchsorted(ranked, samples[probes], "right")
    found = [np.zeros(0, np.int64)]
    for rows, places in _spread(low, high):
        small, large = owners[probes[rows]], owners[order[places]]
        fits = sizes[large] > sizes[small]
        found.append(np.unique(small[fits] << 32 | large[fits]))
    packed = np.unique(np.concatenate(found))
    pairs = np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)
    return pairs[_shared(samples, owners, counts, pairs) >= _needed(counts, options.containment)[pairs[:, 0]]]


def _needed(counts: Offsets, containment: float) -> Offsets:
    """How many samples of a document must be shared for the pair to be compared."""
    error = np.sqrt(containment * (1 - containment) / np.maximum(counts, 1))
    return np.maximum(np.ceil(counts * (containment - _SIGMAS * error)), 1).astype(np.int64)


def _rarest(samples: Hashes32, owners: Offsets, counts: Offsets, needed: Offsets) -> Offsets:
    """Which samples to ask for: of each document so many of the rarest that one must be shared."""
    _, codes, times = np.unique(samples, return_inverse=True, return_counts=True)
    order = np.lexsort((samples, times[codes], owners))
    place = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[place < (counts - needed + 1)[owners[order]]]


def _spread(low: Offsets, high: Offsets) -> Iterator[tuple[Offsets, Offsets]]:
    """Each row with every place from its low to its high, in blocks of bounded size."""
    ends = np.cumsum(high - low)
    first = 0
    while first < len(low):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + _AT_ONCE, "right")), first + 1)
        widths = (high - low)[first:last]
        rows = np.repeat(np.arange(first, last), widths)
        yield rows, np.arange(len(rows)) - np.repeat(ends[first:last] - widths - done, widths) + low[rows]
        first = last


def _shared(samples: Hashes32, owners: Offsets, counts: Offsets, pairs: Pairs) -> Offsets:
    """How many samples of the first of each pair the second has too."""
    entries = owners << 32 | samples.astype(np.int64)
    starts = np.cumsum(counts) - counts
    shared = np.zeros(len(pairs), np.int64)
    for rows, places in _spread(starts[pairs[:, 0]], (starts + counts)[pairs[:, 0]]):
        wanted = pairs[rows, 1] << 32 | samples[places].astype(np.int64)
        at = np.minimum(np.searchsorted(entries, wanted), len(entries) - 1)
        shared += np.bincount(rows, entries[at] == wanted, len(pairs)).astype(np.int64)
    return shared
