"""From an alignment to a passage: its ends put at boundaries, its differences listed, its likeness measured."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleaner.repeats.align import Block, Diff, covered, difference, differences, packed
from cleaner.repeats.align import diffs as unpacked
from cleaner.repeats.bounds import REACH, Bounds, Level, enumerated
from cleaner.repeats.markup import unfenced, untorn
from cleaner.repeats.seeds import LETTERS
from cleaner.repeats.stream import Stream, figures

# A clause at the end of an equal stretch belongs to the passage if so much of it is alike.
_CLAUSE_SHARE = 0.6
# So many equal characters are worth a weaker boundary, half as many a sentence's; one that differs takes off as much as
# it adds to an alignment.
_SPARE = 12
_LOSS = 1.5
# Lines that are equal to the letter are all of a passage where they are so many times as long as what is alike beyond
# them, and that is less alike than this: at any likeness two copies of 3,264 were cut behind an edit in their head.
_WHOLE, _PARTLY = 2, 0.8
_BEYOND = 4  # characters beyond an alignment that may differ before the clause ends
_LOOK = 400
_SLIPS = 2  # edits by which a copy is known to be one with slips


@dataclass(frozen=True, slots=True)
class Passage:
    """One copy of a repeat, as ``[start, end)`` of the stream and of the text, beside the other copy.

    Attributes:
        low, high: the gaps of the stream between which this copy stands.
        start, end: its offsets in the text, marks and (at the head of a line) enumerator included.
        other, other_end: the gaps between which the other copy stands.
        other_start, other_stop: its offsets in the text.
        aligned: from where to where the copies are aligned at all: this one, the other one.
        packed: what differs, as numbers (see `diffs`).
        edited: characters that differ.
        equal: how many word characters are equal.
        levels: how strong the boundaries are at which this copy begins and ends.
        other_levels: those of the other copy.
        sentences: how many sentences end in its first hundreds of characters (looked for where both its ends lie
            inside one).
        lines: whether it begins at the head of a line, and whether it ends at the end of one.
    """

    low: int
    high: int
    start: int
    end: int
    other: int
    other_end: int
    other_start: int
    other_stop: int
    aligned: tuple[int, int, int, int]
    packed: bytes
    edited: int
    equal: int
    levels: tuple[Level, Level]
    other_levels: tuple[Level, Level]
    sentences: int
    lines: tuple[bool, bool]

    @property
    def similarity(self) -> float:
        """Twice the equal characters by the characters of both copies."""
        return 2 * self.equal / max(self.high - self.low + self.other_end - self.other, 1)

    @property
    def diffs(self) -> tuple[Diff, ...]:
        """What differs, seen as (other copy, this copy)."""
        return unpacked(self.packed)

    @property
    def torn(self) -> bool:
        """Whether both copies begin, or both end, with a clause in the midst of a sentence."""
        return Level.CLAUSE in map(max, self.levels, self.other_levels)

    @property
    def whole(self) -> bool:
        """Whether it is a paragraph, or several, on its own."""
        return all(self.lines)


def passage(bounds: Bounds, blocks: tuple[Block, ...]) -> Passage | None:
    """The copy at the blocks' `new` side as a passage, or None when no boundaries lie in it."""
    stream = bounds.stream
    low, high = _low(bounds, blocks), _high(bounds, blocks)
    if low is None or high is None:
        return None
    low = _drawn_in(bounds, blocks, low, high, head=True)
    tail = blocks[-1].new + blocks[-1].length
    lost = high < tail and _lost_mark(bounds, blocks)
    high = tail if lost else _drawn_in(bounds, blocks, high, low, head=False)
    low, high = _without_halves(bounds, low, high)
    if high <= low:
        return None
    inner = _clipped(blocks, low, high)
    if not inner:
        return None
    other, other_end = _beside(bounds, inner, low, high)
    diffs = tuple(_differences(stream, inner, (low, high), (other, other_end)))
    edited_new = sum(diff.new_end - diff.new for diff in diffs)
    start, end, lines = _placed(bounds, low, high)
    levels = bounds.level(low), Level.SENTENCE if lost else bounds.level(high, head=False)
    return Passage(
        low,
        high,
        start,
        end,
        other,
        other_end,
        bounds.start(other),
        bounds.end(max(other_end, other + 1)),
        (blocks[0].new, blocks[-1].new + blocks[-1].length, blocks[0].old, blocks[-1].old + blocks[-1].length),
        packed(diffs),
        sum(diff.size for diff in diffs),
        high - low - edited_new,
        levels,
        (bounds.level(other), bounds.level(other_end, head=False)),
        bounds.sentences(low, min(high, low + _LOOK)) if max(levels) < Level.SENTENCE else 0,
        lines,
    )


def _without_halves(bounds: Bounds, low: int, high: int) -> tuple[int, int]:
    """The gaps without a part of a block of code, and without the tags, at the edges that would tear an element."""
    if high <= low:
        return low, high
    places = untorn(bounds.stream.text, *unfenced(bounds.fences, bounds.start(low), bounds.end(high)))
    inner = np.searchsorted(bounds.stream.at, np.array(places, bounds.stream.at.dtype))
    return max(low, int(inner[0])), min(high, int(inner[1]))


def _differences(
    stream: Stream, inner: tuple[Block, ...], new: tuple[int, int], old: tuple[int, int]
) -> Iterator[Diff]:
    """What differs between the copies, what stands at their ends beyond the blocks included."""
    first, last = inner[0], inner[-1]
    yield from difference(stream, (old[0], first.old), (new[0], first.new))
    yield from differences(stream, inner)
    yield from difference(stream, (last.old + last.length, old[1]), (last.new + last.length, new[1]))


def _placed(bounds: Bounds, low: int, high: int) -> tuple[int, int, tuple[bool, bool]]:
    """Where the passage stands in the text, and whether it begins and ends with its lines."""
    text = bounds.stream.text
    start, end = bounds.start(low), bounds.end(high)
    starts, ends = _starts_line(text, start), _ends_line(text, end)
    if ends and not starts:
        head = enumerated(text, start)
        start, starts = (start, False) if head is None else (head, True)
    return start, end, (starts, ends)


def _low(bounds: Bounds, blocks: tuple[Block, ...]) -> int | None:
    """The gap at which the passage begins."""
    edge, end = blocks[0].new, blocks[-1].new + blocks[-1].length
    out = bounds.before(edge, max(edge - REACH, 0), head=True)
    while edge < end:
        inner = bounds.after(edge + 1, end, head=True)
        clause = end if inner is None else inner
        if out is not None and _belongs(bounds, blocks, (out, clause), (out, blocks[0].new)):
            return out
        out, edge = inner, clause
    return None


def _high(bounds: Bounds, blocks: tuple[Block, ...]) -> int | None:
    """The gap at which the passage ends."""
    start, edge = blocks[0].new, blocks[-1].new + blocks[-1].length
    tail = edge
    out = bounds.after(edge, min(edge + REACH, len(bounds.stream)), head=False)
    while edge > start:
        inner = bounds.before(edge - 1, start, head=False)
        clause = start if inner is None else inner
        if out is not None and _belongs(bounds, blocks, (clause, out), (tail, out)):
            return out
        out, edge = inner, clause
    return None


def _lost_mark(bounds: Bounds, blocks: tuple[Block, ...]) -> bool:
    """Whether the alignment ends where a sentence of the other copy does: in one with slips the mark is a slip too."""
    end = blocks[-1].old + blocks[-1].length
    return len(blocks) > _SLIPS and end < len(bounds.stream) and bounds.level(end, head=False) >= Level.SENTENCE


def _belongs(bounds: Bounds, blocks: tuple[Block, ...], clause: tuple[int, int], rest: tuple[int, int]) -> bool:
    """Whether the clause at an end is alike, and hardly anything of it stands beyond the alignment, at `rest`."""
    stream = bounds.stream
    beyond = rest[1] - rest[0]
    if beyond > 0 and (_cut_off(bounds, blocks, *rest) or _says_more(bounds, blocks, *rest)):
        return False
    if beyond > 0 and beyond * (1 - _alike(stream, blocks, *rest)) > _BEYOND:
        return False
    return _alike(stream, blocks, *clause) >= _CLAUSE_SHARE


def _cut_off(bounds: Bounds, blocks: tuple[Block, ...], low: int, high: int) -> bool:
    """Whether the other copy ends with the alignment, so that what stands beyond it, `low` to `high`, is nowhere."""
    head = high == blocks[0].new
    edge = blocks[0].old if head else blocks[-1].old + blocks[-1].length
    left = edge if head else len(bounds.stream) - edge
    if left < high - low:
        return True
    return high - low > 1 and bounds.level(edge, head=head) >= Level.SENTENCE


def _says_more(bounds: Bounds, blocks: tuple[Block, ...], low: int, high: int) -> bool:
    """Whether numbers or addresses stand beyond the alignment, from `low` to `high`, that the other copy has not."""
    head = high == blocks[0].new
    edge = blocks[0].old if head else blocks[-1].old + blocks[-1].length
    here = figures(bounds.stream.words(low, high))
    if bounds.level(edge, head=head) >= Level.SENTENCE:  # what stands there is another sentence
        return bool(here)
    shift = edge - (high if head else low)
    return here != figures(bounds.stream.words(low + shift, high + shift))


def _drawn_in(bounds: Bounds, blocks: tuple[Block, ...], edge: int, other: int, *, head: bool) -> int:
    """The edge put back, towards the `other` one, to a stronger boundary where hardly anything is lost by that.

    Beyond the true end of a copy a word or two often agree by chance, or because the next sentence begins alike. Where
    all is equal to the letter up to the end of a line, more of the next sentence may.
    """
    stream, level = bounds.stream, bounds.level(edge, head=head)
    if level == Level.LINE:
        return edge
    reach = int(2 * LETTERS * _SPARE)
    first, last = (edge + 1, min(edge + reach, other - 1)) if head else (max(edge - reach, other + 1), edge - 1)
    stronger = (at for at in bounds.gaps(first, last)[:: 1 if head else -1] if bounds.level(at, head=head) > level)
    inner = next(stronger, edge)
    low, high = min(edge, inner), max(edge, inner)
    weak = level < Level.SENTENCE
    if low == high:
        return edge
    alike = _alike(stream, blocks, low, high)
    long = abs(inner - other) >= _WHOLE * (high - low)
    if weak and long and alike < _PARTLY and _whole(bounds, blocks, inner, other, head=head):
        return inner
    scale = LETTERS if weak and len(blocks) <= _SLIPS and stream.lettered(low, high, high - low) else 1.0
    if high - low > 2 * scale * _SPARE:
        return edge
    spare = scale * _SPARE if weak else _SPARE // 2
    equal = alike * (high - low)
    return inner if equal - _LOSS * (high - low - equal) < spare else edge


def _whole(bounds: Bounds, blocks: tuple[Block, ...], edge: int, other: int, *, head: bool) -> bool:
    """Whether all from one edge of a passage to the `other` is equal, and the lines of both copies end at that edge."""
    low, high = min(edge, other), max(edge, other)
    around = (block for block in blocks if block.new <= low and high <= block.new + block.length)
    at = next((edge - block.new + block.old for block in around), None)
    return at is not None and bounds.level(edge, head=head) == bounds.level(at, head=head) == Level.LINE


def _alike(stream: Stream, blocks: tuple[Block, ...], low: int, high: int) -> float:
    """The share of the clause ``[low, high)`` that stands in the other copy too."""
    first, last = blocks[0], blocks[-1]
    equal = covered(blocks, low, high)
    if low < first.new:
        out = min(first.new, high) - low
        old = (max(first.old - out, 0), first.old)
        equal += out - sum(d.new_end - d.new for d in difference(stream, old, (low, low + out)))
    tail = last.new + last.length
    if high > tail:
        out = high - max(tail, low)
        old = (last.old + last.length, min(last.old + last.length + out, len(stream)))
        equal += out - sum(d.new_end - d.new for d in difference(stream, old, (high - out, high)))
    return equal / (high - low)


def _clipped(blocks: tuple[Block, ...], low: int, high: int) -> tuple[Block, ...]:
    clipped = []
    for block in blocks:
        start, end = max(block.new, low), min(block.new + block.length, high)
        if start < end:
            clipped.append(Block(block.old + start - block.new, start, end - start))
    return tuple(clipped)


def _beside(bounds: Bounds, inner: tuple[Block, ...], low: int, high: int) -> tuple[int, int]:
    """The gaps of the other copy that answer to `low` and `high`: not beyond the sentence that the blocks end with."""
    head, tail = inner[0], inner[-1]
    edge = tail.old + tail.length
    other = head.old if bounds.level(head.old) >= Level.SENTENCE else max(head.old - (head.new - low), 0)
    if bounds.level(edge, head=False) >= Level.SENTENCE:
        return other, edge
    return other, min(edge + (high - tail.new - tail.length), len(bounds.stream))


def _starts_line(text: str, at: int) -> bool:
    while at > 0 and text[at - 1] not in "\r\n":
        if not text[at - 1].isspace():
            return False
        at -= 1
    return True


def _ends_line(text: str, at: int) -> bool:
    while at < len(text) and text[at] not in "\r\n":
        if not text[at].isspace():
            return False
        at += 1
    return True
