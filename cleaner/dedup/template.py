"""Two filled-in forms of one template: texts that differ mainly in numbers, dates and names.

What the two do not have in common are slots. A slot is a fact when it is filled in both texts, and both fillings are
numbers, dates or codes, or names: of a person by the family name, of a place or a body by the word that follows, a
value by the label before it, or any word that gives way to the same other word again and again.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.dedup.align import gaps
from cleaner.dedup.facts import Slot, facts
from cleaner.dedup.normal import Offsets
from cleaner.dedup.tokens import NUMERALS, Form, tokens
from cleaner.text.shadow import LIMIT, code_points

_MOST = 0.5  # share of the slots, and of their characters, that must be facts
# One timestamp more or less does not make a form of a long article: it takes some facts, or much of a short text.
_FEW = 4  # facts that make a form of all but the longest texts
_SPARSE = 0.0005  # share of the text that its facts must be
_DENSE = 0.004  # the same if they are fewer
_JUDGED = 512  # gaps that are looked into at most, evenly spread
_FACT = 64  # characters of a gap that can hold a fact, or two or three that stand close together
_LIKELY = 0.4  # share of the differing characters, or of the sampled slots, that may be facts for all to be looked into
_SAMPLE = 16  # gaps that are looked into before all are
_GAP = 300  # characters of a gap that is looked into


def is_template(first: Form, second: Form) -> bool:
    """Whether two texts look like one form filled in twice; the same in either order.

    >>> from cleaner.dedup.compare import prepare
    >>> text = "兹收到{}同志交来{}年{}月会费共计人民币{}元整，此据，经手人签字盖章有效。"
    >>> one, two = text.format("张三", 2023, 11, 450), text.format("李四", 2024, 2, 1280)
    >>> is_template(prepare(one).form, prepare(two).form), is_template(prepare(one).form, prepare(one[3:]).form)
    (True, False)
    """
    if first.raw > second.raw:
        first, second = second, first
    between = gaps(first, second)
    if not _may_be(first, second, between):
        return False
    few, many = len(between) // _SAMPLE + 1, len(between) // _JUDGED + 1
    if few > many and not _mainly_facts(first, second, between, few, _LIKELY):
        return False
    return _mainly_facts(first, second, between, many, _MOST)


def _mainly_facts(first: Form, second: Form, between: Offsets, stride: int, most: float) -> bool:
    """Whether facts are that much of what differs, by each n-th gap, and enough in a text of this length."""
    chosen = between[::stride].tolist()
    slots = list({slot.start: slot for gap in chosen for slot in _slots(first, second, gap)}.values())
    found = facts(slots)
    said, differing = sum(slot.size for slot in found), sum(slot.size for slot in slots)
    if not found or len(found) < most * len(slots) or said < most * differing:
        return False
    share = said * stride / max(len(first.points), len(second.points))
    return share >= (_SPARSE if len(found) * stride >= _FEW else _DENSE)


def _may_be(first: Form, second: Form, between: Offsets) -> bool:
    """Whether most gaps are short and can hold facts: both sides are filled, or a number stands there in both texts."""
    sizes = (between[:, 1::2] - between[:, ::2]).T
    longest = np.maximum(*sizes)
    short = longest <= _FACT
    if not _enough(short, longest):
        return False
    filled = short & (np.minimum(*sizes) > 0)
    if _enough(filled, longest):
        return True
    return _enough(filled | (short & _touch(first, between[:, :2]) & _touch(second, between[:, 2:])), longest)


def _enough(possible: npt.NDArray[np.bool_], longest: Offsets) -> bool:
    """Whether the gaps that can hold facts are most of all, and much of what differs."""
    count, said = np.count_nonzero(possible), longest.sum(where=possible)
    return bool(len(longest) and count >= _MOST * len(longest) and said >= _LIKELY * longest.sum())


def _touch(form: Form, spans: Offsets) -> npt.NDArray[np.bool_]:
    """Whether a numeral stands in a span or at either end of it."""
    seen = np.concatenate(([0], np.cumsum(_numerals().take(form.points, mode="clip"))))
    low, high = np.maximum(spans[:, 0] - 1, 0), np.minimum(spans[:, 1] + 1, len(form.points))
    return np.asarray(seen[high] > seen[low])


@cache
def _numerals() -> npt.NDArray[np.bool_]:
    mask = np.zeros(LIMIT, np.bool_)
    mask[code_points("0123456789" + NUMERALS)] = True
    mask.setflags(write=False)
    return mask


def _slots(first: Form, second: Form, gap: Sequence[int]) -> Iterator[Slot]:
    """The differences in a gap, word by word, with the anchors around it."""
    a, b, c, d = gap
    if max(b - a, d - c) > _GAP:  # a passage holds no fact; its length was weighed before
        yield Slot(a, ((), ()), ("", ""))
        return
    here, there = tokens(first, a, b), tokens(second, c, d)
    one, two = [token.text for token in here], [token.text for token in there]
    for i, j, k, m in _changes(one, two):
        if "".join(one[i:j]) == "".join(two[k:m]):
            continue
        before = one[i - 1] if i and k and one[i - 1] == two[k - 1] else ""
        behind = one[j] if j < len(one) and m < len(two) and one[j] == two[m] else ""
        start = here[i].start if i < len(here) else len(first.raw)
        words = tuple(t for t in here[i:j] if t.text), tuple(t for t in there[k:m] if t.text)
        yield Slot(start, words, (before, behind))


def _changes(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where words differ, as spans of both; what begins and ends both is most of them, and passed over at once."""
    most = min(len(one), len(two))
    start = next((at for at in range(most) if one[at] != two[at]), most)
    end = next((at for at in range(most - start) if one[-1 - at] != two[-1 - at]), most - start)
    matcher = SequenceMatcher(None, one[start : len(one) - end], two[start : len(two) - end], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield start + i, start + j, start + k, start + m
