"""From an equal stretch to all that is alike around it: a greedy alignment of blocks, grown to both sides."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from cleaner.repeats.stream import Stream

# How far behind an edit the two sides may come together again, and in how many equal characters. Four ideographs in a
# row agree by chance in one place of some thousands.
_LOOK = 24
_SYNC = 4
# What an edited character takes off the score to which every equal one adds 1, and how far the score may fall below
# its best before the alignment ends there: about what 13 differing characters cost.
_COST = 1.5
_DROP = 20.0
_SEEN = _LOOK + _SYNC
_CHUNK, _MORE = 64, 4  # characters read at a time, and so many times as many where those are not enough
_HALVED = 16  # characters that are compared one by one


# Equal parts of two pieces: ``(offset in one, offset in the other, length)``.
Piece = tuple[int, int, int]


class Block(NamedTuple):
    """``words[old : old + length] == words[new : new + length]``, ``old < new``."""

    old: int
    new: int
    length: int


class Diff(NamedTuple):
    """``words[old : old_end]`` stands where ``words[new : new_end]`` stands in the later copy."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def size(self) -> int:
        """Characters edited."""
        return max(self.old_end - self.old, self.new_end - self.new)


def packed(rows: Iterable[Iterable[int]]) -> bytes:
    """Blocks or differences in four bytes a number, where many are kept: as objects they take ten times as many."""
    return array("i", chain.from_iterable(rows)).tobytes()


def blocks(numbers: bytes) -> tuple[Block, ...]:
    """The blocks that were packed.

    >>> blocks(packed([Block(0, 60, 50)]))
    (Block(old=0, new=60, length=50),)
    """
    each = iter(memoryview(numbers).cast("i"))
    return tuple(map(Block, each, each, each))


def diffs(numbers: bytes) -> tuple[Diff, ...]:
    """The differences that were packed."""
    each = iter(memoryview(numbers).cast("i"))
    return tuple(map(Diff, each, each, each, each))


def stretch(words: str, at: int, back: int) -> Block:
    """The equal stretch around `at` and what stands `back` before; empty when they differ."""
    ahead = _equal(words, at - back, at, backwards=False)
    before = _equal(words, at - back, at, backwards=True) if ahead else 0
    return Block(at - back - before, at - before, before + ahead)


def grown(words: str, seed: Block) -> tuple[Block, ...]:
    """The blocks of the best alignment through an equal stretch that ends where the copies differ."""
    old, new = seed.old + seed.length, seed.new + seed.length
    right = [Block(old + a, new + b, n) for a, b, n in _side(words, old, new, backwards=False)]
    old, new = seed.old, seed.new
    left = [Block(old - a - n, new - b - n, n) for a, b, n in _side(words, old, new, backwards=True)]
    return _joined([*left[::-1], seed, *right]) if left or right else (seed,)


def _window(words: str, at: int, size: int, *, backwards: bool) -> str:
    """What stands behind a place, or, backwards, before it, from the nearest character on."""
    return words[max(at - size, 0) : at][::-1] if backwards else words[at : at + size]


def _equal(words: str, old: int, new: int, *, backwards: bool) -> int:
    """How many characters are equal from two places on, in windows that grow."""
    size = _CHUNK
    while True:
        one, other = _window(words, old, size, backwards=backwards), _window(words, new, size, backwards=backwards)
        if (equal := common(one, other)) < size:
            return equal
        size *= _MORE


def _side(words: str, old: int, new: int, *, backwards: bool) -> list[Piece]:
    """What is alike to one side of two places, in windows that grow."""
    size = _CHUNK
    while True:
        size *= _MORE
        one, other = _window(words, old, size, backwards=backwards), _window(words, new, size, backwards=backwards)
        pieces, a, b = _grow(one, other)
        if (len(one) < size or a + _SEEN <= size) and (len(other) < size or b + _SEEN <= size):
            return pieces


def _joined(blocks: list[Block]) -> tuple[Block, ...]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            joined.append(block)
    return tuple(joined)


def _grow(one: str, other: str) -> tuple[list[Piece], int, int]:
    """What is alike from the start on, where the two differ, up to where the likeness is best, and where both end."""
    pieces: list[Piece] = []
    a = b = kept = 0
    score = best = 0.0
    while (skip := _sync(ahead := one[a : a + _SEEN], beside := other[b : b + _SEEN])) is not None:
        score += _gain(ahead[: skip[0]], beside[: skip[1]], best - _DROP - score)
        if score < best - _DROP:
            break
        a, b = a + skip[0], b + skip[1]
        size = _CHUNK
        while (equal := common(one[a : a + size], other[b : b + size])) == size:
            size *= _MORE
        pieces.append((a, b, equal))
        a, b, score = a + equal, b + equal, score + equal
        if score > best:
            best, kept = score, len(pieces)
    return pieces[:kept], a, b


def common(one: str, other: str) -> int:
    """The length of the common prefix: halved as long as that is faster than to look at each character.

    >>> common("甲乙丙", "甲乙丁"), common("甲", "甲乙")
    (2, 1)
    """
    low, high = 0, min(len(one), len(other))
    while high - low > _HALVED:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    for at, (mark, beside) in enumerate(zip(one[low:high], other[low:high], strict=True), low):
        if mark != beside:
            return at
    return high


def _sync(a: str, b: str) -> tuple[int, int] | None:
    """The smallest skips in both, as equal as can be, after which they agree again for a few characters."""
    if (nearest := _nearest(a, b)) is not None:
        return nearest
    best, least = None, len(a) + len(b) << 2
    last = len(a) - _SYNC
    for pair in range(_SYNC - 2, len(a) - 1, _SYNC - 1):  # of such pairs each few characters in a row hold one
        if a[pair : pair + 2] not in b:
            continue
        for p in range(pair - _SYNC + 2, min(pair, last) + 1):
            q = b.find(a[p : p + _SYNC])
            if q >= 0 and (size := p + q + 2 * abs(p - q)) < least:
                best, least = (p, q), size
        if 2 * (pair + 1) >= least:  # no skip of so many or more is as small
            break
    return best


def _nearest(a: str, b: str) -> tuple[int, int] | None:
    """A character substituted, inserted or left out: nearly all edits are one of these."""
    ahead, beside = a[1 : _SYNC + 1], b[1 : _SYNC + 1]
    if ahead == beside and len(ahead) == _SYNC:
        return 1, 1
    if a[:_SYNC] == beside and len(beside) == _SYNC:
        return 0, 1
    if b[:_SYNC] == ahead and len(ahead) == _SYNC:
        return 1, 0
    return None


def _gain(a: str, b: str, least: float) -> float:
    """What a stretch with edits adds to the score; where that cannot be `least`, what it adds at most."""
    longer = max(len(a), len(b))
    if min(len(a), len(b)) <= 1:
        return -_COST * longer
    enough = (least + _COST * longer) / (1 + _COST)  # equal characters for that
    equal = sum(map(b.__contains__, a))  # at most
    if equal >= enough and (equal := min(equal, sum(map(a.__contains__, b)))) >= enough and equal:
        equal = sum(size for _, _, size in matching(a, b))
    return equal - _COST * (longer - equal)


def matching(a: str, b: str) -> list[Piece]:
    """What is equal in two short pieces, in order: ``a[i : i + size] == b[j : j + size]`` as ``(i, j, size)``.

    The longest equal part (of several the first in `a`, and that in `b`), and so on to both sides of it (Ratcliff and
    Metzener 1988): what `difflib.SequenceMatcher` finds without junk, in a fraction of its time.

    >>> matching("甲乙丙丁", "乙丙戊丁")
    [(1, 0, 2), (3, 3, 1)]
    """
    found = []
    left = [(0, len(a), 0, len(b))]
    while left:
        low, high, other, other_end = left.pop()
        one, two = a[low:high], b[other:other_end]
        start, size = _longest(one, two)
        if size:
            i, j = low + start, other + two.find(one[start : start + size])
            found.append((i, j, size))
            left += ((low, i, other, j), (i + size, high, j + size, other_end))
    return sorted(found)


def _longest(one: str, other: str) -> tuple[int, int]:
    """Where the longest part of one begins that stands in the other, and its length."""
    start = size = 0
    for at in range(len(one)):
        while at + size < len(one) and one[at : at + size + 1] in other:
            start, size = at, size + 1
    return start, size


def differences(stream: Stream, blocks: tuple[Block, ...]) -> Iterator[Diff]:
    """What differs between the blocks, as small as it can be said."""
    for last, block in pairwise(blocks):
        yield from difference(stream, (last.old + last.length, block.old), (last.new + last.length, block.new))


def difference(stream: Stream, old: tuple[int, int], new: tuple[int, int]) -> Iterator[Diff]:
    """What differs between two short pieces of the stream."""
    if min(old[1] - old[0], new[1] - new[0]) == 0 or old[1] - old[0] == new[1] - new[0] == 1:
        if old[0] < old[1] or new[0] < new[1]:
            yield Diff(*old, *new)
        return
    at, at_new = old[0], new[0]
    end = (old[1] - old[0], new[1] - new[0], 0)
    for i, j, size in (*matching(stream.words(*old), stream.words(*new)), end):
        if at < old[0] + i or at_new < new[0] + j:
            yield Diff(at, old[0] + i, at_new, new[0] + j)
        at, at_new = old[0] + i + size, new[0] + j + size


def covered(blocks: tuple[Block, ...], start: int, end: int) -> int:
    """How many characters of ``[start, end)`` of the later copy lie in blocks."""
    first = max(bisect_right(blocks, start, key=lambda block: block.new) - 1, 0)
    last = bisect_left(blocks, end, key=lambda block: block.new)
    return sum(max(min(end, b.new + b.length) - max(start, b.new), 0) for b in blocks[first:last])


def swapped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same alignment seen from the other copy."""
    return tuple(Block(block.new, block.old, block.length) for block in blocks)
