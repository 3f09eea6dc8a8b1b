"""What comes of the alignments of a text: which copies go, and, as flags, what stays because its copies differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.core.stage import MAX_ROUNDS, Found
from cleaner.repeats.align import Block, swapped
from cleaner.repeats.alignments import Alignment, searched
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.passages import Passage, passage
from cleaner.repeats.stream import Stream
from cleaner.repeats.survivors import RULE, Survivors
from cleaner.repeats.verdict import Kinds, verdict

BUDGET = "repeats/budget"


@dataclass(frozen=True)
class _Repeat:
    """Two places that are alike, each as a passage, found out when asked for."""

    bounds: Bounds
    blocks: tuple[Block, ...]

    @cached_property
    def later(self) -> Passage | None:
        """The second copy."""
        return passage(self.bounds, self.blocks)

    @cached_property
    def earlier(self) -> Passage | None:
        """The first copy."""
        return passage(self.bounds, swapped(self.blocks))

    def chosen(self, keep: str) -> Passage | None:
        """The copy that is not to be kept."""
        if keep == "first" or self.earlier is None:
            return self.later
        if keep == "last" or self.later is None:
            return self.earlier
        return self.earlier if self.later.whole and not self.earlier.whole else self.later

    def spare(self, copy: Passage) -> Passage | None:
        """The copy that is not this one."""
        return self.earlier if copy is self.later else self.later


def decided(made: Stream, found: Sequence[Alignment], stopped: int | None, options: RepeatsOptions) -> Found:
    """The edits that leave one copy of every passage, and flags for what stays because its copies differ.

    What is left is searched again until nothing more goes, so that the evidence names what stays in the end.

    Args:
        made: the text.
        found: its alignments.
        stopped: the offset from which on the text was not searched; None when all of it was.
        options: of the stage.
    """
    survivors = Survivors(made)
    for _ in range(MAX_ROUNDS):
        flags = _round(survivors, found, options)
        if not survivors.settle():
            break
        found, stopped = searched(survivors.left, options.min_chars)
    return Found(survivors.edits(), (*flags, *_unsearched(survivors.left.text, stopped)))


def _round(survivors: Survivors, found: Sequence[Alignment], options: RepeatsOptions) -> list[Flag]:
    """Takes the copies out that may go; flags for those that differ from the other one."""
    made, flags = survivors.left, []
    bounds, kinds = Bounds(made), Kinds(made.text)
    repeats = [_Repeat(bounds, alignment) for alignment in found]
    chosen = [(copy, repeat) for repeat in repeats if (copy := repeat.chosen(options.keep))]
    chosen.sort(key=lambda pair: (pair[0].start, pair[0].other_start), reverse=options.keep == "last")
    for copy, repeat in chosen:
        said = verdict(made, copy, options, kinds)
        if said.told:
            flags.append(_differing(copy, said.why))
        if not said.goes:
            continue
        if not survivors.gone(copy):
            survivors.take(copy)
        elif (spare := repeat.spare(copy)) and verdict(made, spare, options, kinds).goes:
            survivors.take(spare)  # for what stays for both
    return sorted(flags, key=lambda flag: flag.start)


def _unsearched(text: str, stopped: int | None) -> list[Flag]:
    if stopped is None:
        return []
    return [Flag(BUDGET, stopped, len(text), "repeats itself too often to be searched further", evidence())]


def _differing(copy: Passage, why: str) -> Flag:
    facts = evidence(
        kept_start=copy.other_start,
        kept_end=copy.other_stop,
        similarity=copy.similarity,
        length=copy.end - copy.start,
    )
    return Flag(RULE, copy.start, copy.end, f"stands twice, but the copies differ: {why}", facts)
