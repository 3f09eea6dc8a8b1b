"""An edit as a value, and a patch as a list of edits that can be applied, taken back and mapped through.

All offsets are code points. An edit speaks of the text that its stage was given; `Patch.origin` leads an offset of the
stage's output back to that text, and `compose` flattens two patches into one that speaks of the first one's text.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import accumulate
from typing import TypeAlias

from cleaner.errors import EditError

Fact: TypeAlias = str | int | float | bool
Evidence: TypeAlias = tuple[tuple[str, Fact], ...]


def evidence(**facts: Fact) -> Evidence:
    """Named facts in a form that is frozen, hashable and in one order; floats are rounded to four decimals.

    >>> evidence(zone="tail", score=0.123456)
    (('score', 0.1235), ('zone', 'tail'))
    """
    named = sorted(facts.items())  # by name: no two are the same
    return tuple([(name, round(fact, 4) if isinstance(fact, float) else fact) for name, fact in named])


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end] == removed`` becomes ``replacement``.

    Attributes:
        start: first code point, in the text that the stage was given.
        end: one past the last code point.
        removed: the text that stands there; applying checks it.
        replacement: what stands there afterwards; empty for a removal.
        rule: ``stage/pack/name`` or ``stage/name`` of what decided it.
        evidence: the facts that the decision rests on; ``kept_start`` and ``kept_end`` among them are where the copy
            stands that stays, in code points of the same text.
    """

    start: int
    end: int
    removed: str
    replacement: str
    rule: str
    evidence: Evidence = ()

    @property
    def growth(self) -> int:
        """How many code points longer the text is afterwards (negative for a removal)."""
        return len(self.replacement) - (self.end - self.start)


def cut(text: str, start: int, end: int, rule: str, facts: Evidence = ()) -> Edit:
    """An edit that removes ``text[start:end]``.

    >>> cut("abc", 1, 2, "strip/ads/image-name").removed
    'b'
    """
    return Edit(start, end, text[start:end], "", rule, facts)


@dataclass(frozen=True, slots=True)
class Patch:
    """What one stage did to one document: sorted, disjoint edits.

    Raises:
        EditError: edits that overlap, are out of order, or whose span and text disagree.

    >>> patch = Patch("strip", (cut("one two three", 4, 8, "strip/demo"),))
    >>> patch.apply("one two three")
    'one three'
    >>> patch.revert("one three"), patch.origin(4)
    ('one two three', 8)
    """

    stage: str
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        last = -1
        for edit in self.edits:
            if edit.start < max(last, 0) or edit.end - edit.start != len(edit.removed):
                raise EditError(f"{edit.rule} at {edit.start}:{edit.end} overlaps another edit or misstates its length")
            last = edit.end

    def __bool__(self) -> bool:
        return bool(self.edits)

    def apply(self, text: str) -> str:
        """The text after the edits.

        Raises:
            EditError: the text is not the one that the edits were made for.
        """
        parts: list[str] = []
        at = 0
        for edit in self.edits:
            if text[edit.start : edit.end] != edit.removed:
                raise EditError(f"{edit.rule} does not find its text at {edit.start}:{edit.end}")
            parts += (text[at : edit.start], edit.replacement)
            at = edit.end
        return "".join((*parts, text[at:]))

    def revert(self, text: str) -> str:
        """The text before the edits.

        Raises:
            EditError: the text is not what `apply` returned.
        """
        parts: list[str] = []
        at = 0
        for edit, start in zip(self.edits, self.landings(), strict=True):
            if not text.startswith(edit.replacement, start):
                raise EditError(f"{edit.rule} does not find its replacement at {start}")
            parts += (text[at:start], edit.removed)
            at = start + len(edit.replacement)
        return "".join((*parts, text[at:]))

    def landings(self) -> list[int]:
        """Where each replacement begins in the text after the edits."""
        shifts = accumulate((edit.growth for edit in self.edits), initial=0)
        return [edit.start + shift for edit, shift in zip(self.edits, shifts, strict=False)]

    def origin(self, offset: int) -> int:
        """The offset in the text before the edits of the character that stands at `offset` after them.

        An offset inside a replacement leads to the start of what was replaced; one at a removal leads behind it.
        """
        return next(iter(self.origins((offset,))))

    def origins(self, offsets: Iterable[int]) -> list[int]:
        """`origin` of many offsets at the price of one table."""
        landings = self.landings()
        return [_origin(self.edits, landings, offset) for offset in offsets]


def _origin(edits: Sequence[Edit], landings: Sequence[int], offset: int) -> int:
    index = bisect_right(landings, offset) - 1
    if index < 0:
        return offset
    behind = offset - landings[index] - len(edits[index].replacement)
    return edits[index].start if behind < 0 else edits[index].end + behind


def lifted(patches: Sequence[Patch], start: int, end: int) -> tuple[int, int]:
    """A span of the text after the patches as a span of the text before them."""
    last = end - 1
    for patch in reversed(patches):
        start, last = patch.origins((start, max(last, start)))
    return start, last + 1


def flatten(stage: str, patches: Iterable[Patch]) -> Patch:
    """Patches in a row as one patch that speaks of the text before the first of them."""
    return reduce(compose, patches, Patch(stage))


def compose(first: Patch, second: Patch) -> Patch:
    """One patch that does what `first` and then `second` do, speaking of the text before `first`.

    Where the second removes a span in which the first had removed something already, the span is cut into pieces, so
    that each removal keeps its own rule. Where the second touches a replacement of the first, the two become one edit
    under the second's rule; an edit that gives back what stood there vanishes.

    >>> text = "abcdef"
    >>> one = Patch("demo", (cut(text, 2, 3, "demo/c"),))
    >>> two = Patch("demo", (cut("abdef", 1, 3, "demo/b-d"),))
    >>> [(edit.removed, edit.rule) for edit in compose(one, two).edits]
    [('b', 'demo/b-d'), ('c', 'demo/c'), ('d', 'demo/b-d')]
    """
    return Patch(second.stage or first.stage, tuple(_Weaver(first, second).woven()))


class _Weaver:
    """Walks two patches in step along the text between them."""

    def __init__(self, first: Patch, second: Patch) -> None:
        self.firsts = [
            _Span(landing, landing + len(edit.replacement), edit)
            for landing, edit in zip(first.landings(), first.edits, strict=True)
        ]
        self.seconds = [_Span(edit.start, edit.end, edit) for edit in second.edits]

    def woven(self) -> Iterator[Edit]:
        firsts, seconds = deque(self.firsts), deque(self.seconds)
        shift = 0  # how much longer the text between is than the first text, up to here
        while firsts or seconds:
            if not seconds or (firsts and firsts[0].end <= seconds[0].start):
                shift += firsts[0].edit.growth
                yield firsts.popleft().edit
            elif not firsts or seconds[0].end <= firsts[0].start:
                edit = seconds.popleft().edit
                yield replace(edit, start=edit.start - shift, end=edit.end - shift)
            else:
                ones, twos = _knot(firsts, seconds)
                yield from _merged(ones, twos, shift)
                shift += sum(span.edit.growth for span in ones)


@dataclass(frozen=True, slots=True)
class _Span:
    """An edit and where it lies in the text between two patches."""

    start: int
    end: int
    edit: Edit


def _knot(firsts: deque[_Span], seconds: deque[_Span]) -> tuple[list[_Span], list[_Span]]:
    """Takes the edits off both queues that hang together with their heads."""
    ones, twos = [firsts.popleft()], [seconds.popleft()]
    while True:
        if firsts and firsts[0].start < twos[-1].end:
            ones.append(firsts.popleft())
        elif seconds and seconds[0].start < ones[-1].end:
            twos.append(seconds.popleft())
        else:
            return ones, twos


def _merged(ones: list[_Span], twos: list[_Span], shift: int) -> Iterator[Edit]:
    if all(span.start == span.end for span in ones):
        yield from _around_removals(ones, twos[0], shift)
        return
    start, end = min(ones[0].start, twos[0].start), max(ones[-1].end, twos[-1].end)
    before = [(span.start, span.end, span.edit.removed) for span in ones]
    after = [(span.start, span.end, span.edit.replacement) for span in twos]
    removed = _overlaid(start, end, before, [(span.start, span.edit.removed) for span in twos])
    replacement = _overlaid(start, end, after, [(span.start, span.edit.replacement) for span in ones])
    if removed == replacement:
        return
    origin = ones[0].edit.start - max(ones[0].start - start, 0)
    last = twos[-1].edit
    facts = tuple(sorted({**dict(last.evidence), "rewrites": ones[0].edit.rule}.items()))
    yield Edit(origin, origin + len(removed), removed, replacement, last.rule, facts)


def _overlaid(start: int, end: int, upper: list[tuple[int, int, str]], lower: list[tuple[int, str]]) -> str:
    """The text of ``[start, end)``: the upper pieces in their places, between them what the lower pieces have there."""
    parts: list[str] = []
    at = start
    for low, high, text in upper:
        parts += (_slice(lower, at, low), text)
        at = high
    return "".join((*parts, _slice(lower, at, end)))


def _slice(pieces: list[tuple[int, str]], start: int, end: int) -> str:
    return "".join(text[max(start - at, 0) : max(end - at, 0)] for at, text in pieces)


def _around_removals(removals: list[_Span], span: _Span, shift: int) -> Iterator[Edit]:
    """The pieces of one edit between removals that the first patch had made inside it."""
    edit, at = span.edit, span.start
    replacement = edit.replacement
    for hole in (*removals, None):
        end = hole.start if hole else span.end
        if end > at:
            removed = edit.removed[at - span.start : end - span.start]
            yield Edit(at - shift, end - shift, removed, replacement, edit.rule, edit.evidence)
            replacement = ""
        if hole:
            yield hole.edit
            shift += hole.edit.growth
            at = end
