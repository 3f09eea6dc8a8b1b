"""The stage: passages that stand twice in one document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from cleaner.core.document import Document, Flag
from cleaner.core.edits import Edit, cut, evidence
from cleaner.core.stage import Found
from cleaner.repeats.align import Block, grown, swapped
from cleaner.repeats.bounds import Bounds, is_wrapped
from cleaner.repeats.cuts import spans
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.passages import Passage, passage
from cleaner.repeats.seeds import candidates
from cleaner.repeats.stream import Stream, stream
from cleaner.repeats.survivors import Spans
from cleaner.repeats.verdict import Verdict, verdict

RULE = "repeats/passage"
# The word characters of a passage are at least so many of its characters; the rest is punctuation and blanks.
_WORDS = 0.65
# Alignments may pass over each character so often; only texts made for it ask for more.
_PASSES = 8
_BAND = 32


@dataclass(frozen=True)
class Repeats:
    r"""Takes out passages that stand again in the same document; one copy stays.

    >>> told = "政府工作报告指出，全年新建农村公路两百公里，改造老旧小区四十个，群众获得感、幸福感、安全感明显提升。"
    >>> from cleaner.core.document import Source
    >>> document = Document("a", told + "\n别的话。\n" + told, Source("a", "", 0))
    >>> [(edit.start, edit.end) for edit in Repeats().find(document).edits]
    [(55, 106)]
    """

    options: RepeatsOptions = field(default_factory=RepeatsOptions)
    name: ClassVar[str] = "repeats"

    def find(self, document: Document) -> Found:
        """What goes, and, as flags, what stays because its copies differ on purpose."""
        made = stream(document.text)
        aligned = list(alignments(made, int(self.options.min_chars * _WORDS)))
        if not aligned:
            return Found()
        bounds = Bounds(made, is_wrapped(document.text))
        found = [judged for blocks in aligned if (judged := _judged(bounds, blocks, self.options))]
        return _decided(document.text, found, self.options)


def alignments(made: Stream, shortest: int) -> Iterator[tuple[Block, ...]]:
    """The alignments that grow from a text's candidates, by the place of the later copy."""
    budget = _PASSES * len(made)
    active: list[tuple[int, int]] = []
    for at, back, length in candidates(made, shortest):
        active = [(end, other) for end, other in active if end > at]
        if any(abs(back - other) < _BAND for _, other in active):
            continue
        blocks = grown(made.points, at, back, length)
        last = blocks[-1]
        end = last.new + last.length
        active.append((end, back))
        budget -= end - blocks[0].new
        if budget < 0:
            return
        yield blocks


def _judged(bounds: Bounds, blocks: tuple[Block, ...], options: RepeatsOptions) -> tuple[Passage, Verdict] | None:
    later = passage(bounds, blocks)
    if options.keep == "first":
        return (later, verdict(bounds.stream, later, options)) if later else None
    earlier = passage(bounds, swapped(blocks))
    choice = earlier or later
    if options.keep == "whole" and later and earlier and not (later.whole and not earlier.whole):
        choice = later
    return (choice, verdict(bounds.stream, choice, options)) if choice else None


def _decided(text: str, found: list[tuple[Passage, Verdict]], options: RepeatsOptions) -> Found:
    going, staying = Spans(), Spans()
    edits: list[Edit] = []
    flags: list[Flag] = []
    order = sorted(found, key=lambda pair: pair[0].start, reverse=options.keep == "last")
    for copy, said in order:
        if not said.goes:
            if said.told:
                why = f"stands twice, but the copies differ: {said.why}"
                flags.append(Flag(RULE, copy.start, copy.end, why, _facts(copy, copy.other_start)))
            continue
        edits += _taken(text, copy, going, staying)
    edits.sort(key=lambda edit: edit.start)
    return Found(tuple(edits), tuple(_shifted(flag, edits) for flag in sorted(flags, key=lambda flag: flag.start)))


def _taken(text: str, copy: Passage, going: Spans, staying: Spans) -> Iterator[Edit]:
    """The edits for one copy, unless a part of it has to stay for another."""
    if staying.overlaps(copy.start, copy.end):
        return
    kept = going.moved(copy.other_start)
    shift = copy.other_start - copy.start
    for low, high in going.free(copy.other_start, copy.other_start + copy.end - copy.start):
        for start, end in Spans([(copy.start, copy.end, 0)]).free(low, high):
            staying.add(start, end)
    for start, end in spans(text, copy):
        for low, high in list(going.free(start, end)):
            if not staying.overlaps(low, high):
                going.add(low, high, shift)
                yield cut(text, low, high, RULE, _facts(copy, kept))


def _facts(copy: Passage, kept: int) -> tuple[tuple[str, str | int | float | bool], ...]:
    length = copy.end - copy.start
    return evidence(kept_start=kept, kept_end=kept + length, similarity=copy.similarity, length=length)


def _shifted(flag: Flag, edits: list[Edit]) -> Flag:
    gone = sum(min(edit.end, flag.start) - edit.start for edit in edits if edit.start < flag.start)
    within = sum(max(min(edit.end, flag.end) - max(edit.start, flag.start), 0) for edit in edits)
    return Flag(flag.rule, flag.start - gone, flag.end - gone - within, flag.why, flag.evidence)
