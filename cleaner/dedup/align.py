"""Where two texts differ: aligned on the 5-grams that stand exactly once in each."""

import numpy as np
import numpy.typing as npt

from cleaner.dedup.normal import Offsets
from cleaner.dedup.shingles import SIZE, Hashes64
from cleaner.dedup.tokens import Form
from cleaner.text.shadow import CodePoints

_RUNS = 3000  # of anchors, among which the best chain is sought; with more, all runs that cross another are passed over


def gaps(first: Form, second: Form) -> npt.NDArray[np.int64]:
    """What differs between neighbouring anchors, ``shape (gaps, 4)``: start and end in the first, then in the second.

    Anchors that stand in another order than in the other text are passed over.
    """
    here, there = _anchors(first.grams, second.grams)
    here = np.concatenate(([-SIZE], here, [len(first.points)]))
    there = np.concatenate(([-SIZE], there, [len(second.points)]))
    broken = ((np.diff(here) != 1) | (np.diff(there) != 1)).nonzero()[0]
    starts, others = here[broken] + SIZE, there[broken] + SIZE
    # Anchors overlap where something was taken out between two equal characters; then the gap begins earlier.
    overlap = np.maximum(np.maximum(starts - here[broken + 1], others - there[broken + 1]), 0)
    found = np.stack((starts - overlap, here[broken + 1], others - overlap, there[broken + 1]), axis=1)
    return np.asarray(found[_differs(first.points, second.points, found)])


def _differs(first: CodePoints, second: CodePoints, found: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """In which gaps the two texts are not the same."""
    sizes = np.diff(found)[:, ::2]
    differs = sizes[:, 0] != sizes[:, 1]
    equal = np.flatnonzero(~differs)
    widths = sizes[equal, 0]
    within = np.arange(widths.sum()) - np.repeat(np.cumsum(widths) - widths, widths)
    here, there = (np.repeat(found[equal, side], widths) + within for side in (0, 2))
    differs[np.repeat(equal, widths)[first[here] != second[there]]] = True
    return np.asarray(differs)


def _anchors(left: Hashes64, right: Hashes64) -> tuple[Offsets, Offsets]:
    """Where the 5-grams begin that stand once in each text, in the same order in both."""
    packed = np.concatenate((left, right))
    number = np.uint64((1 << len(packed).bit_length()) - 1)  # hash above, place below: one sort instead of an argsort
    packed = (packed & ~number) | np.arange(len(packed), dtype=np.uint64)
    packed.sort()
    same = np.zeros(len(packed) + 1, np.bool_)
    same[1:-1] = (packed[1:] ^ packed[:-1]) <= number
    twice = (same[1:-1] & ~same[:-2] & ~same[2:]).nonzero()[0]  # runs of exactly two
    here, there = ((packed[at] & number).view(np.int64) for at in (twice, twice + 1))
    fits = ((here < len(left)) & (there >= len(left))).nonzero()[0]
    pairs = (here << 32 | (there - len(left)))[fits]  # sorted as numbers, which takes a third of an argsort
    pairs.sort()
    here, there = pairs >> 32, pairs & 0xFFFFFFFF
    if (there[1:] > there[:-1]).all():
        return here, there
    chosen = _rising(here, there)
    return here[chosen], there[chosen]


def _rising(here: Offsets, there: Offsets) -> npt.NDArray[np.bool_]:
    """The anchors to align on: the heaviest chain of unbroken runs whose order is the same in both texts."""
    begins = np.flatnonzero(np.concatenate(([True], (np.diff(here) != 1) | (np.diff(there) != 1))))
    if len(begins) > _RUNS:
        return np.asarray((np.maximum.accumulate(there) == there) & (np.minimum.accumulate(there[::-1])[::-1] == there))
    weights = np.diff(begins, append=len(there))
    first, last = there[begins], there[begins + weights - 1]
    best, before = weights.copy(), np.full(len(begins), -1)
    for run in range(1, len(begins)):
        fits = np.where(last[:run] < first[run], best[:run], 0)
        choice = int(fits.argmax())
        if fits[choice]:
            best[run] += fits[choice]
            before[run] = choice
    chosen = np.zeros(len(begins), np.bool_)
    run = int(best.argmax())
    while run >= 0:
        chosen[run] = True
        run = int(before[run])
    return np.repeat(chosen, weights)
