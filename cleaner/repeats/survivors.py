"""Which copy goes and which stays, where passages stand twice, three times, overlap, or lie in one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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
    """What goes, what has to stay, and what is told.

    Attributes:
        text: of the document.
        going: the spans that go, each with the way to what stays for its sake.
        staying: the spans that stay for the sake of others.
        kept: the repeats of which a copy went, by where the other one begins.
        cuts: the spans that go, each with the copy that it belongs to.
        flags: on the text as it was.
    """

    text: str
    going: Spans = field(default_factory=Spans)
    staying: Spans = field(default_factory=Spans)
    kept: dict[int, Repeat] = field(default_factory=dict)
    cuts: list[tuple[int, int, Passage]] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def take(self, copy: Passage, repeat: Repeat) -> None:
        """Removes a copy, unless a part of it has to stay for another one's sake."""
        if not self.staying.overlaps(copy.start, copy.end):
            self.kept[copy.other_start] = repeat
            self._remove(copy)

    def tie(self, copy: Passage, spare: Passage, keep: str) -> None:
        """Where two copies of one passage both went, each for another one's sake, one of those two is enough."""
        repeats = [self.kept.get(self.going.moved(gone.start)) for gone in (copy, spare)]
        left = [(repeat.spare, repeat) for repeat in repeats if repeat and repeat.spare and not self.gone(repeat.spare)]
        if len(left) < len(repeats):
            return
        (stays, _), (goes, repeat) = sorted(left, key=lambda pair: pair[0].start, reverse=keep == "last")
        if max(stays.start, goes.start) >= min(stays.end, goes.end) and repeat.said(goes).goes:
            self._remove(replace(goes, other_start=stays.start, other_stop=stays.end))

    def _remove(self, copy: Passage) -> None:
        shift = copy.other_start - copy.start
        own = Spans([(copy.start, copy.end, 0)])
        for low, high in self.going.free(copy.other_start, copy.other_stop):
            for start, end in own.free(low, high):
                self.staying.add(start, end)
        for start, end in spans(self.text, copy):
            for low, high in list(self.going.free(start, end)):
                self.going.add(low, high, shift)
                self.cuts.append((low, high, copy))

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
        self.cuts.sort(key=lambda each: each[0])
        self.flags.sort(key=lambda flag: flag.start)
        edits = [
            cut(self.text, low, high, RULE, _facts(copy, self.going.moved(copy.other_start)))
            for low, high, copy in self.cuts
        ]
        return Found(tuple(edits), tuple(_shifted(self.flags, edits)))


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
            if spare and ledger.gone(spare):
                ledger.tie(copy, spare, options.keep)
            elif spare and repeat.said(spare).goes:
                ledger.take(spare, repeat)
        else:
            ledger.take(copy, repeat)
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
