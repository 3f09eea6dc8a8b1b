"""Which documents are worth comparing: those that share a band, and whose sketches do not speak against it.

Whether two documents are candidates depends on their two records alone, so that engines may group them as they like.
A band is searched by one sort of packed words, the hash of its slots above and the document's number below; no table
of buckets is ever built, and of the sketches only the slots of one band are touched at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.dedup.contain import Pairs, containers
from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import SLOTS, Bands, DedupOptions, bands
from cleaner.dedup.records import Digests, Records
from cleaner.dedup.sketch import Sketches, permutations

Word = TypeVar("Word", np.int64, np.uint64)

# A pair whose estimate, over half of the slots, lies this many standard errors below the threshold is not compared: one
# true pair in three million is lost by it, and a bucket of documents that share no more than a passage costs little.
_SIGMAS = 5.0
_ESTIMATED = SLOTS // 2
_PAIRS_AT_ONCE = 1 << 18
_BLOCK = 1 << 14  # columns that are hashed at once
_FRESH = 8  # one member for so many documents may wait to be joined with the other bands
CROWD = 16  # members of a bucket of which all pairs are cheaply looked at
_NUMBER = np.uint64(0xFFFFFFFF)  # the half of a packed word that numbers a column


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Groups of documents that share a band, each group once.

    Attributes:
        members: document numbers, ascending within a bucket, ``shape (total,)``.
        sizes: members of each bucket, ``shape (buckets,)``.
        marks: hashes by which sets of members are told apart, ``shape (buckets,)``.
    """

    members: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    marks: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.sizes)

    @staticmethod
    def joined(parts: Sequence["Buckets"]) -> "Buckets":
        """The buckets of all parts, each set of members once."""
        members = np.concatenate([np.zeros(0, np.int32), *(part.members for part in parts)])
        sizes = np.concatenate([np.zeros(0, np.int32), *(part.sizes for part in parts)])
        marks = np.concatenate([np.zeros(0, np.uint64), *(part.marks for part in parts)])
        order = np.argsort(marks)
        new = np.ones(len(order), np.bool_)
        new[1:] = (marks[order][1:] != marks[order][:-1]) | (np.diff(sizes[order]) != 0)
        kept = np.zeros(len(order), np.bool_)
        kept[order[new]] = True
        return Buckets(members, sizes, marks).take(kept)

    def take(self, kept: npt.NDArray[np.bool_]) -> "Buckets":
        """Those of the buckets that the mask keeps, ``shape (buckets,)``."""
        return Buckets(self.members[np.repeat(kept, self.sizes)], self.sizes[kept], self.marks[kept])


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
    return near_pairs(sketches, buckets(sketches, bands(options), columns), options, columns)


def near_pairs(sketches: Sketches, groups: Buckets, options: DedupOptions, columns: Offsets | None = None) -> Pairs:
    """The pairs within the groups whose sketches do not speak against them, each once, sorted."""
    found = [np.zeros(0, np.int64)]
    for pairs in pairs_in(groups):
        equal = equal_slots(sketches, pairs if columns is None else columns[pairs], _ESTIMATED)
        close = pairs[equal >= least_equal(options)]
        found.append(close[:, 0] << 32 | close[:, 1])
    return _unpacked(distinct(np.concatenate(found)))


def _unpacked(packed: Offsets) -> Pairs:
    return np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)


def equal_slots(sketches: Sketches, pairs: Pairs, slots: int) -> Offsets:
    """How many of the first slots the columns of each pair have in common, ``shape (len(pairs),)``."""
    equal = np.zeros(len(pairs), np.int64)
    for row in range(slots):
        (slot,) = sketches[row : row + 1]
        equal += slot[pairs[:, 0]] == slot[pairs[:, 1]]
    return equal


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


def buckets(sketches: Sketches, cut: Bands, columns: Offsets | None = None) -> Buckets:
    """The groups of columns (or of the chosen ones) that share a band; a group that several bands give is kept once."""
    held, fresh = Buckets.joined(()), list[Buckets]()
    total = sketches.shape[1] if columns is None else len(columns)
    for band in range(cut.count):
        fresh.append(_band(sketches[band * cut.rows : (band + 1) * cut.rows], columns))
        if sum(len(group.members) for group in fresh) > max(len(held.members) // 2, total // _FRESH):
            held, fresh = Buckets.joined((held, *fresh)), []
    return Buckets.joined((held, *fresh))


def _band(slots: Sketches, chosen: Offsets | None) -> Buckets:
    """The groups of columns (or of the chosen ones) of equal hash.

    Hash and number of a column are the halves of 64 bits: a column takes eight bytes and no table is built.
    """
    packed = np.empty(slots.shape[1] if chosen is None else len(chosen), np.uint64)
    for low in range(0, len(packed), _BLOCK):
        block = packed[low : low + _BLOCK]
        block[:] = _hashed(slots[:, low : low + _BLOCK] if chosen is None else slots[:, chosen[low : low + _BLOCK]])
        block <<= np.uint64(32)
        block |= np.arange(low, low + len(block), dtype=np.uint64)
    packed.sort()
    equal = [np.zeros(0, np.int64)]
    for low in range(0, len(packed), _BLOCK):
        block = packed[low : low + _BLOCK + 1]
        equal.append(np.flatnonzero((block[1:] ^ block[:-1]) <= _NUMBER) + low + 1)
    return _groups(packed, np.concatenate(equal))


def _groups(packed: npt.NDArray[np.uint64], behind: Offsets) -> Buckets:
    """The groups of sorted words, of which those at the places `behind` have the hash of the word before them."""
    begins = np.ones(len(behind), np.bool_)
    begins[1:] = behind[1:] != behind[:-1] + 1
    starts = np.flatnonzero(begins)
    starts += np.arange(len(starts))
    places = np.repeat(behind, begins + np.int64(1))  # the first of a group stands before its second
    places[starts] -= 1
    members = packed[places].astype(np.int32)  # the lower half is what fits
    marks = np.add.reduceat(_spread(members), starts) if len(starts) else np.zeros(0, np.uint64)
    sizes = np.concatenate((starts[1:], [len(members)]))[: len(starts)] - starts
    return Buckets(members, sizes.astype(np.int32), marks)


def _spread(members: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64]:
    """Hashes of numbers whose sum tells sets of them apart (the finaliser of splitmix64)."""
    mixed = (members.astype(np.uint64) + np.uint64(1)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(29)))


def _hashed(slots: Sketches) -> npt.NDArray[np.uint32]:
    """Hashes of columns, multilinear; equal by chance for one pair in four billion, whose estimate then parts it."""
    factors, _ = permutations()
    hashed = np.zeros(slots.shape[1], np.uint32)
    for slot, factor in zip(slots, factors, strict=False):
        hashed += slot * factor
    return hashed


def distinct(values: npt.NDArray[Word]) -> npt.NDArray[Word]:
    """The values each once, sorted in place (np.unique hashes, which takes several times as long as this sort)."""
    values.sort()
    new = np.ones(len(values), np.bool_)
    new[1:] = values[1:] != values[:-1]
    return values[new]


def pairs_in(groups: Buckets) -> Iterator[Pairs]:
    """All pairs of each bucket, in blocks of bounded size."""
    # How many members stand behind each one in its bucket: it pairs with each of them.
    behind = np.repeat(np.cumsum(groups.sizes, dtype=np.int64), groups.sizes) - np.arange(len(groups.members)) - 1
    totals = np.concatenate(([0], np.cumsum(behind)))
    low = 0
    while low < len(behind):
        high = max(int(np.searchsorted(totals, totals[low] + _PAIRS_AT_ONCE, "right")) - 1, low + 1)
        counts = behind[low:high]
        left = np.repeat(np.arange(low, high), counts)
        right = left + 1 + np.arange(len(left)) - np.repeat(totals[low:high] - totals[low], counts)
        yield np.stack((groups.members[left], groups.members[right]), axis=1).astype(np.int64)
        low = high
