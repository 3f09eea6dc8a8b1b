"""Two filled-in forms of one template: texts that differ mainly in numbers, dates and names.

The two are aligned on the 5-grams that stand exactly once in each; what lies between aligned pieces are slots. A slot
is filled when it holds something in both texts, and a fact when both fillings hold numerals, or when the same filling
is replaced by the same other one wherever it stands, as a name is.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.dedup.normal import Offsets
from cleaner.text.shadow import CodePoints, Fold, code_points, table, to_text

_ANCHOR = 5  # characters of an anchor
_NUMERALS = "0〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_UNITS = "年月日号时分秒点元角整上下午"  # may stand in a fact beside its numerals
_LONGEST = 24  # characters of a fact; a longer filling is a passage
_MOST = 0.6  # share of the differing characters that must be facts
_FEWEST = 2  # slots with facts that make a form

Masks = tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
Pair = tuple[CodePoints, CodePoints]
Bounds = tuple[int, int, int, int]  # start and end in the first text, start and end in the second


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in each of the two texts between two aligned pieces."""

    first: str
    second: str
    numeric: bool = False


def is_template(first: CodePoints, second: CodePoints) -> bool:
    """Whether two normalised texts look like one form filled in twice.

    >>> form = "兹收到{}同志交来{}年{}月会费共计人民币{}元整此据经手人签字盖章有效"
    >>> texts = [form.format("张三", 2023, 11, 450), form.format("李四", 2024, 2, 1280)]
    >>> is_template(*map(code_points, texts))
    True
    """
    slots = _slots(first, second)
    differing = sum(len(slot.first) + len(slot.second) for slot in slots)
    facts = [slot for slot in slots if slot.numeric] + _renamed(slots)
    said = sum(len(slot.first) + len(slot.second) for slot in facts)
    return len(facts) >= max(_FEWEST, _MOST * len(slots)) and said >= _MOST * differing


def _renamed(slots: list[Slot]) -> list[Slot]:
    """Slots whose filling is a word that is exchanged for the same other word elsewhere too."""
    counts = Counter((slot.first, slot.second) for slot in slots if not slot.numeric and slot.first and slot.second)
    return [slot for slot in slots if counts[slot.first, slot.second] > 1]


def _slots(first: CodePoints, second: CodePoints) -> list[Slot]:
    """Where the two differ, numbers taken whole."""
    left, right = _anchors(first, second)
    if not len(left):
        return [Slot(to_text(first), to_text(second))]
    masks = _numeral(first), _numeral(second)
    left = np.concatenate(([-_ANCHOR], left, [len(first)]))
    right = np.concatenate(([-_ANCHOR], right, [len(second)]))
    broken = np.flatnonzero((np.diff(left) != 1) | (np.diff(right) != 1))
    slots = []
    for gap in broken.tolist():
        here = _trimmed(int(left[gap]) + _ANCHOR, int(left[gap + 1]))
        there = _trimmed(int(right[gap]) + _ANCHOR, int(right[gap + 1]))
        slots.append(_slot((first, second), masks, (*here, *there)))
    return [slot for slot in slots if slot.first != slot.second]


def _trimmed(start: int, end: int) -> tuple[int, int]:
    return start, max(start, end)


def _slot(
    texts: Pair,
    masks: Masks,
    bounds: Bounds,
) -> Slot:
    first, second = texts
    a, b, c, d = _widened(masks, _narrowed(texts, bounds))
    here, there = masks[0][a:b], masks[1][c:d]
    units = np.isin(first[a:b], code_points(_UNITS)) | here, np.isin(second[c:d], code_points(_UNITS)) | there
    numeric = bool(here.any() and there.any() and units[0].all() and units[1].all()) and max(b - a, d - c) <= _LONGEST
    return Slot(to_text(first[a:b]), to_text(second[c:d]), numeric)


def _narrowed(texts: Pair, bounds: Bounds) -> Bounds:
    """Without what the two fillings have in common at their ends."""
    first, second = texts
    a, b, c, d = bounds
    while a < b and c < d and first[a] == second[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and first[b - 1] == second[d - 1]:
        b, d = b - 1, d - 1
    return a, b, c, d


def _widened(masks: Masks, bounds: Bounds) -> Bounds:
    """With the whole of the numbers that the fillings are pieces of."""
    here, there = masks
    a, b, c, d = bounds
    while a > 0 and c > 0 and here[a - 1] and there[c - 1]:
        a, c = a - 1, c - 1
    while b < len(here) and d < len(there) and here[b] and there[d]:
        b, d = b + 1, d + 1
    return a, b, c, d


def _numeral(points: CodePoints) -> npt.NDArray[np.bool_]:
    return np.isin(table(Fold.DIGITS)[points], code_points(_NUMERALS))


def _anchors(first: CodePoints, second: CodePoints) -> tuple[Offsets, Offsets]:
    """Where the 5-grams begin that stand once in each text, in the same order in both."""
    left, right = _grams(first), _grams(second)
    hashes = np.concatenate((left, right))
    order = np.argsort(hashes, kind="stable")
    ranked = hashes[order]
    same = np.zeros(len(ranked) + 1, np.bool_)
    same[1:-1] = ranked[1:] == ranked[:-1]
    twice = np.flatnonzero(same[1:-1] & ~same[:-2] & ~same[2:])  # runs of exactly two
    here, there = order[twice], order[twice + 1]
    fits = (here < len(left)) & (there >= len(left))
    here, there = here[fits], there[fits] - len(left)
    along = np.argsort(here)
    here, there = here[along], there[along]
    rising = (np.maximum.accumulate(there) == there) & (np.minimum.accumulate(there[::-1])[::-1] == there)
    return here[rising], there[rising]


def _grams(points: CodePoints) -> npt.NDArray[np.uint64]:
    wide = points.astype(np.uint64)
    count = max(len(wide) - _ANCHOR + 1, 0)
    grams = np.zeros(count, np.uint64)
    for place in range(_ANCHOR):
        grams = grams * np.uint64(0x9E3779B97F4A7C15) + wide[place : place + count]
    return grams
