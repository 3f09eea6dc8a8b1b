"""Which documents are worth comparing: those that share a band, and whose sketches do not speak against it.

Whether two documents are candidates depends on their two records alone, so that engines may group them as they like.
A band is searched by one sort of packed words, the hash of the band above the document's number below; no table of
buckets is ever built, and of the sketches only the slots of one band are touched at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.dedup.contain import Pairs, containers
from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import SLOTS, DedupOptions, bands
from cleaner.dedup.records import Digests, Records
from cleaner.dedup.sketch import Sketches

# A pair whose estimate, over half of the slots, lies this many standard errors below the threshold is not compared: one
# true pair in three million is lost by it, and a bucket of documents that share no more than a passage costs little.
_SIGMAS = 5.0
_ESTIMATED = SLOTS // 2
_PAIRS_AT_ONCE = 1 << 18
_BLOCK = 1 << 14  # columns that are hashed at once


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Groups of documents that share a band, each group once.

    Attributes:
        members: document numbers, ascending within a bucket, ``shape (total,)``.
        starts: where each bucket begins in `members`, and the end of the last, ``shape (buckets + 1,)``.
    """

    members: Offsets
    starts: Offsets

    def __len__(self) -> int:
        return len(self.starts) - 1


def candidates(records: Records, options: DedupOptions) -> Pairs:
    """All pairs of documents that must be compared, ``shape (m, 2)``, first number below second, sorted.

    Copies are all represented by the first of them: a pair names no other copy, and equal documents are no pair.
    """
    chosen = compared(records.shingles, originals(records.digests))
    banded = chosen[pairs_of(records.sketches, options, chosen)]
    inside = np.sort(contained(records, chosen, options), axis=1)
    return _unpacked(distinct(np.concatenate([pairs[:, 0] << 32 | pairs[:, 1] for pairs in (banded, inside)])))


def compared(shingles: Offsets, first: Offsets) -> Offsets:
    """The documents that have shingles and stand for their copies, ascending."""
    return np.flatnonzero((first == np.arange(len(first))) & (shingles > 0))


def contained(records: Records, chosen: Offsets, options: DedupOptions) -> Pairs:
    """Pairs (document, larger document) of the chosen ones, of which the first may stand inside the second."""
    if not options.containment or not len(chosen):
        return np.zeros((0, 2), np.int64)
    samples = records.samples_of(chosen)
    order = np.lexsort((*records.digests[chosen].T, records.shingles[chosen]))
    sizes = np.empty(len(order), np.int64)
    sizes[order] = np.arange(len(order))
    return chosen[containers(samples, records.sampled[chosen], sizes, options)]


def originals(digests: Digests) -> Offsets:
    """For each document the least number of those with the same digest, ``shape (n,)``."""
    order = np.lexsort((np.arange(len(digests)), *digests.T))
    ranked = digests[order]
    begins = np.ones(len(order), np.bool_)
    begins[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    first = np.empty(len(order), np.int64)
    first[order] = order[np.flatnonzero(begins)][np.cumsum(begins) - 1]
    return first


def pairs_of(sketches: Sketches, options: DedupOptions, columns: Offsets | None = None) -> Pairs:
    """`candidates` over sketches alone, none of them empty: pairs of numbers of columns (or of the chosen ones)."""
    found = [np.zeros(0, np.int64)]
    for pairs in _pairs(buckets(sketches, options, columns)):
        close = pairs[_near(sketches, pairs if columns is None else columns[pairs], options)]
        found.append(close[:, 0] << 32 | close[:, 1])
    return _unpacked(distinct(np.concatenate(found)))


def _unpacked(packed: Offsets) -> Pairs:
    return np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)


def _near(sketches: Sketches, pairs: Pairs, options: DedupOptions) -> Offsets:
    """Which pairs have an estimated similarity not far below the threshold."""
    equal = np.zeros(len(pairs), np.int64)
    for row in range(_ESTIMATED):
        (slot,) = sketches[row : row + 1]
        equal += slot[pairs[:, 0]] == slot[pairs[:, 1]]
    return np.flatnonzero(equal >= least_equal(options))


def nearest(sketches: Sketches, document: int, others: Offsets, options: DedupOptions) -> list[int]:
    """The places in `others` of the columns that make a near pair with the one of the document."""
    slots = sketches[:_ESTIMATED]
    equal = (slots[:, others] == slots[:, document, None]).sum(axis=0)
    return [int(place) for place in np.flatnonzero(equal >= least_equal(options))]


def estimated(sketches: Sketches, document: int, others: Offsets) -> npt.NDArray[np.float64]:
    """The estimated similarity of one column to others: the share of equal slots, ``shape (len(others),)``."""
    return np.asarray((sketches[:, others] == sketches[:, document, None]).mean(axis=0))


def least_equal(options: DedupOptions) -> int:
    """The number of equal slots, of the first 64, from which a pair is compared."""
    error = (options.threshold * (1 - options.threshold) / _ESTIMATED) ** 0.5
    return max(int((options.threshold - _SIGMAS * error) * _ESTIMATED), 0)


def buckets(sketches: Sketches, options: DedupOptions, columns: Offsets | None = None) -> Buckets:
    """The groups of columns (or of the chosen ones) that share a band; a group that several bands give is kept once."""
    cut = bands(options)
    rows = (sketches[band * cut.rows : (band + 1) * cut.rows] for band in range(cut.count))
    groups = [_band(slots if columns is None else slots[:, columns]) for slots in rows]
    members = np.concatenate([group.members for group in groups])
    sizes = np.concatenate([np.diff(group.starts) for group in groups])
    return _distinct(Buckets(members, np.concatenate(([0], np.cumsum(sizes)))))


def band_keys(sketches: Sketches, options: DedupOptions) -> npt.NDArray[np.uint64]:
    """One number per band and column, ``shape (bands, n)``: two columns share a band where theirs are equal.

    For engines and stores that group by key; the numbers hang on the bands that follow from the options.
    """
    cut = bands(options)
    return np.stack([_hashed(sketches[band * cut.rows : (band + 1) * cut.rows]) for band in range(cut.count)])


def _band(slots: Sketches) -> Buckets:
    """The groups of equal columns of a few slots."""
    members, same_hash = _suspects(slots)
    columns = slots[:, members]
    same = _same(columns)
    if (same != same_hash).any():  # columns that differ share a hash: those of each such hash are sorted by their slots
        runs = np.cumsum(~same_hash)
        mixed = np.flatnonzero(np.isin(runs, runs[same != same_hash]))
        order = mixed[np.lexsort((members[mixed], *columns[:, mixed], runs[mixed]))]
        members[mixed] = members[order]
        same = _same(slots[:, members])
    grouped = same | np.append(same[1:], False)
    starts = np.flatnonzero(~same[grouped])
    return Buckets(members[grouped], np.append(starts, np.count_nonzero(grouped)))


def _same(columns: Sketches) -> npt.NDArray[np.bool_]:
    """Whether each column equals the one before it."""
    same = np.zeros(columns.shape[1], np.bool_)
    same[1:] = (columns[:, 1:] == columns[:, :-1]).all(axis=0)
    return same


def _suspects(slots: Sketches) -> tuple[Offsets, npt.NDArray[np.bool_]]:
    """Columns whose hash another one has too, in the order of hashes, and whether each has that of the one before it.

    The hash and the number of a column share 64 bits; a column takes eight bytes and no table is built.
    """
    packed = np.empty(slots.shape[1], np.uint64)
    number = np.uint64((1 << len(packed).bit_length()) - 1)
    for low in range(0, len(packed), _BLOCK):
        block = packed[low : low + _BLOCK]
        block[:] = _hashed(slots[:, low : low + _BLOCK])
        block &= ~number
        block |= np.arange(low, low + len(block), dtype=np.uint64)
    packed.sort()
    found, same = [np.zeros(0, np.uint64)], [np.zeros(0, np.bool_)]
    for low in range(0, len(packed), _BLOCK):
        block = packed[max(low - 1, 0) : low + _BLOCK + 1]
        equal = np.zeros(len(block) + 1, np.bool_)
        equal[1:-1] = (block[1:] ^ block[:-1]) <= number
        inner = slice(min(low, 1), min(low, 1) + _BLOCK)
        hit = np.flatnonzero((equal[:-1] | equal[1:])[inner])
        found.append(block[inner][hit] & number)
        same.append(equal[:-1][inner][hit])
    return np.concatenate(found).astype(np.int64), np.concatenate(same)


def _hashed(slots: Sketches) -> npt.NDArray[np.uint64]:
    """Multilinear hashes of columns; their upper bits are the good ones."""
    hashed = np.zeros(slots.shape[1], np.uint64)
    factor = 0x9E3779B97F4A7C15
    for slot in slots:
        hashed += slot * np.uint64(factor)
        factor = factor * 0xD1342543DE82EF95 % (1 << 64)
    return hashed


def _distinct(groups: Buckets) -> Buckets:
    """Each set of members once."""
    if not len(groups):
        return groups
    sizes = np.diff(groups.starts)
    mixed = (groups.members.astype(np.uint64) + np.uint64(1)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    marks = np.add.reduceat(mixed ^ (mixed >> np.uint64(29)), groups.starts[:-1])
    order = np.argsort(marks)
    new = np.ones(len(order), np.bool_)
    new[1:] = (marks[order][1:] != marks[order][:-1]) | (np.diff(sizes[order]) != 0)
    kept = np.zeros(len(order), np.bool_)
    kept[order[new]] = True
    return Buckets(groups.members[np.repeat(kept, sizes)], np.concatenate(([0], np.cumsum(sizes[kept]))))


def distinct(values: Offsets) -> Offsets:
    """Sorted, each once; by one sort (np.unique hashes, which takes several times as long)."""
    values.sort()
    new = np.ones(len(values), np.bool_)
    new[1:] = values[1:] != values[:-1]
    return values[new]


def _pairs(groups: Buckets) -> Iterator[Pairs]:
    """All pairs of each bucket, in blocks of bounded size."""
    sizes = np.diff(groups.starts)
    # How many members stand behind each one in its bucket: it pairs with each of them.
    behind = np.repeat(groups.starts[1:], sizes) - np.arange(len(groups.members)) - 1
    totals = np.concatenate(([0], np.cumsum(behind)))
    low = 0
    while low < len(behind):
        high = max(int(np.searchsorted(totals, totals[low] + _PAIRS_AT_ONCE, "right")) - 1, low + 1)
        counts = behind[low:high]
        left = np.repeat(np.arange(low, high), counts)
        right = left + 1 + np.arange(len(left)) - np.repeat(totals[low:high] - totals[low], counts)
        yield np.stack((groups.members[left], groups.members[right]), axis=1)
        low = high
