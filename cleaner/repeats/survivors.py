"""Which copy goes and which stays, where passages stand twice, three times, overlap, or lie in one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleaner.core.document import Flag
from cleaner.core.edits import Edit, Evidence, cut, evidence
from cleaner.core.stage import Found
from cleaner.repeats.align import Block, swapped
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.cuts import spans
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.passages import Passage, passage
from cleaner.repeats.spans import Spans
from cleaner.repeats.verdict import Kinds, Verdict, verdict

RULE = "repeats/passage"
_REST = 0.2


@dataclass(frozen=True)
class Repeat:
    """Two places that are alike, each as a passage and with its verdict, found out when asked for."""

    bounds: Bounds
    blocks: tuple[Block, ...]
    options: RepeatsOptions
    kinds: Kinds

    @cached_property
    def later(self) -> Passage | None:
        """The second copy."""
        return passage(self.bounds, self.blocks)

    @cached_property
    def earlier(self) -> Passage | None:
        """The first copy."""
        return passage(self.bounds, swapped(self.blocks))

    @cached_property
    def chosen(self) -> Passage | None:
        """The copy that is not to be kept."""
        if self.options.keep == "first" or self.earlier is None:
            return self.later
        if self.options.keep == "last" or self.later is None:
            return self.earlier
        return self.earlier if self.later.whole and not self.earlier.whole else self.later

    @property
    def spare(self) -> Passage | None:
        """The other copy."""
        return self.earlier if self.chosen is self.later else self.later

    def said(self, copy: Passage) -> Verdict:
        """The verdict on a copy."""
        return verdict(self.bounds.stream, copy, self.options, self.kinds)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What goes, what has to stay, and what is told."""

    text: str
    going: Spans = field(default_factory=Spans)
    staying: Spans = field(default_factory=Spans)
    edits: list[Edit] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def take(self, copy: Passage) -> None:
        """Removes a copy, unless a part of it has to stay for another one's sake."""
        if self.staying.overlaps(copy.start, copy.end):
            return
        facts = _facts(copy, self.going.moved(copy.other_start))
        shift = copy.other_start - copy.start
        own = Spans([(copy.start, copy.end, 0)])
        for low, high in self.going.free(copy.other_start, copy.other_stop):
            for start, end in own.free(low, high):
                self.staying.add(start, end)
        for start, end in spans(self.text, copy):
            for low, high in list(self.going.free(start, end)):
                if not self.staying.overlaps(low, high):
                    self.going.add(low, high, shift)
                    self.edits.append(cut(self.text, low, high, RULE, facts))

    def tell(self, copy: Passage, why: str) -> None:
        """Notes that a copy stays although it stands twice."""
        told = f"stands twice, but the copies differ: {why}"
        self.flags.append(Flag(RULE, copy.start, copy.end, told, _facts(copy, copy.other_start)))

    def gone(self, copy: Passage) -> bool:
        """Whether hardly anything is left of a copy (line ends, a word at its edges)."""
        left = sum(end - start for start, end in self.going.free(copy.start, copy.end))
        return left <= _REST * (copy.end - copy.start)

    def found(self) -> Found:
        """Edits and flags in order; flags speak of the text after the edits."""
        self.edits.sort(key=lambda edit: edit.start)
        self.flags.sort(key=lambda flag: flag.start)
        return Found(tuple(self.edits), tuple(_shifted(self.flags, self.edits)))


def decided(text: str, repeats: Sequence[Repeat], options: RepeatsOptions, flags: Sequence[Flag] = ()) -> Found:
    """The edits that leave one copy of every passage, and flags for what stays because its copies differ.

    `flags` are such as speak of the text before the edits; they are put where they belong behind them.
    """
    ledger = _Ledger(text, flags=list(flags))
    chosen = [(copy, repeat) for repeat in repeats if (copy := repeat.chosen)]
    chosen.sort(key=lambda pair: (pair[0].start, pair[0].other_start), reverse=options.keep == "last")
    for copy, repeat in chosen:
        said = repeat.said(copy)
        if said.told:
            ledger.tell(copy, said.why)
        if not said.goes:
            continue
        if ledger.gone(copy):  # a copy of a third one: so is the other, however little it resembles that
            spare = repeat.spare
            if spare and not ledger.gone(spare) and repeat.said(spare).goes:
                ledger.take(spare)
        else:
            ledger.take(copy)
    return ledger.found()


def _facts(copy: Passage, kept: int) -> Evidence:
    end = kept + copy.other_stop - copy.other_start
    return evidence(kept_start=kept, kept_end=end, similarity=copy.similarity, length=copy.end - copy.start)


def _shifted(flags: list[Flag], edits: list[Edit]) -> Iterator[Flag]:
    """The flags with the places that they have when the edits are made; those of what goes fall away."""
    for flag in flags:
        start = flag.start - _cut_before(edits, flag.start)
        end = flag.end - _cut_before(edits, flag.end)
        if start < end:
            yield Flag(flag.rule, start, end, flag.why, flag.evidence)


def _cut_before(edits: list[Edit], at: int) -> int:
    return sum(min(edit.end, at) - edit.start for edit in edits if edit.start < at)
