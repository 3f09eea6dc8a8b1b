"""From an equal stretch to all that is alike around it: a greedy alignment of blocks, grown to both sides."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from cleaner.repeats.stream import Stream

# How far behind an edit the two sides may come together again, and in how many equal characters. Four ideographs in a
# row agree by chance in one place of some thousands.
_LOOK = 24
_SYNC = 4
# What an edited character takes off the score to which every equal one adds 1, and how far the score may fall below
# its best before the alignment ends there: about what 13 differing characters cost.
_COST = 1.5
_DROP = 20.0
_CHUNK = 16
_NEAREST = ((1, 1), (0, 1), (1, 0))  # a character substituted, inserted, left out: nearly all edits are one of these


@dataclass(frozen=True, slots=True)
class Block:
    """``words[old : old + length] == words[new : new + length]``, ``old < new``."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Diff:
    """``words[old : old_end]`` stands where ``words[new : new_end]`` stands in the later copy."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def size(self) -> int:
        """Characters edited."""
        return max(self.old_end - self.old, self.new_end - self.new)


@dataclass(frozen=True, slots=True)
class _Way:
    """The folded text from a place on, or, backwards, what stands before it, from the nearest character on."""

    words: str
    at: int
    backwards: bool = False

    def read(self, start: int, end: int) -> str:
        """Its characters ``[start, end)``, as far as there are any."""
        if self.backwards:
            return self.words[max(self.at - end, 0) : max(self.at - start, 0)][::-1]
        return self.words[self.at + start : self.at + end]


def stretch(words: str, at: int, back: int) -> Block:
    """The equal stretch around `at` and what stands `back` before; empty when they differ."""
    behind = _equal(_Way(words, at - back), 0, _Way(words, at), 0)
    before = _equal(_Way(words, at - back, backwards=True), 0, _Way(words, at, backwards=True), 0) if behind else 0
    return Block(at - back - before, at - before, before + behind)


def grown(words: str, seed: Block) -> tuple[Block, ...]:
    """The blocks of the best alignment through an equal stretch."""
    old, new = seed.old + seed.length, seed.new + seed.length
    right = [Block(old + a, new + b, n) for a, b, n in _grow(_Way(words, old), _Way(words, new))]
    old, new = seed.old, seed.new
    ways = _Way(words, old, backwards=True), _Way(words, new, backwards=True)
    left = [Block(old - a - n, new - b - n, n) for a, b, n in _grow(*ways)]
    return _joined([*left[::-1], seed, *right])


def _joined(blocks: list[Block]) -> tuple[Block, ...]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            joined.append(block)
    return tuple(joined)


def _grow(a: _Way, b: _Way) -> list[tuple[int, int, int]]:
    """Equal blocks ``(offset in a, offset in b, length)`` from the start on, up to where the likeness is best."""
    blocks: list[tuple[int, int, int]] = []
    at_a = at_b = 0
    score = best = 0.0
    kept = 0
    while True:
        if equal := _equal(a, at_a, b, at_b):
            blocks.append((at_a, at_b, equal))
            at_a, at_b = at_a + equal, at_b + equal
            score += equal
        if score > best:
            best, kept = score, len(blocks)
        ahead_a, ahead_b = a.read(at_a, at_a + _LOOK + _SYNC), b.read(at_b, at_b + _LOOK + _SYNC)
        skip = _sync(ahead_a, ahead_b)
        if skip is None:
            return blocks[:kept]
        at_a, at_b = at_a + skip[0], at_b + skip[1]
        skipped, beside = ahead_a[: skip[0]], ahead_b[: skip[1]]
        if score + _most(skipped, beside) < best - _DROP:
            return blocks[:kept]
        score += _gain(skipped, beside)
        if score < best - _DROP:
            return blocks[:kept]


def _equal(a: _Way, at_a: int, b: _Way, at_b: int) -> int:
    """How many characters are equal from two places on, compared in chunks that grow."""
    equal, chunk = 0, _CHUNK
    while True:
        one, other = (way.read(at + equal, at + equal + chunk) for way, at in ((a, at_a), (b, at_b)))
        if one != other or len(one) < chunk:
            return equal + _common(one, other)
        equal, chunk = equal + chunk, chunk * 2


def _common(one: str, other: str) -> int:
    """The length of the common prefix, by bisection."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _sync(a: str, b: str) -> tuple[int, int] | None:
    """The smallest skips in both, as equal as can be, after which they agree again for a few characters."""
    for p, q in _NEAREST:
        if len(ahead := a[p : p + _SYNC]) == _SYNC and ahead == b[q : q + _SYNC]:
            return p, q
    grams = [a[p : p + _SYNC] for p in range(len(a) - _SYNC + 1)]
    if not any(map(b.__contains__, grams)):  # as nearly always
        return None
    places = {b[q : q + _SYNC]: q for q in range(len(b) - _SYNC, -1, -1)}
    met = ((p, places[gram]) for p, gram in enumerate(grams) if gram in places)
    return min(met, key=lambda skip: sum(skip) + 2 * abs(skip[0] - skip[1]))


def _most(a: str, b: str) -> float:
    """What `_gain` cannot exceed, at a tenth of its cost: no more is equal than stands in both, in whatever order."""
    equal = min(sum(map(b.count, set(a))), sum(map(a.count, set(b))))
    return equal - _COST * (max(len(a), len(b)) - equal)


def _gain(a: str, b: str) -> float:
    """What a stretch with edits adds to the score."""
    if min(len(a), len(b)) <= 1:
        return -_COST * max(len(a), len(b))
    equal = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return equal - _COST * (max(len(a), len(b)) - equal)


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
    matcher = SequenceMatcher(None, stream.words(*old), stream.words(*new), autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag != "equal":
            yield Diff(old[0] + a, old[0] + a_end, new[0] + b, new[0] + b_end)


def covered(blocks: tuple[Block, ...], start: int, end: int) -> int:
    """How many characters of ``[start, end)`` of the later copy lie in blocks."""
    first = max(bisect_right(blocks, start, key=lambda block: block.new) - 1, 0)
    last = bisect_left(blocks, end, key=lambda block: block.new)
    return sum(max(min(end, b.new + b.length) - max(start, b.new), 0) for b in blocks[first:last])


def swapped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same alignment seen from the other copy."""
    return tuple(Block(block.new, block.old, block.length) for block in blocks)
