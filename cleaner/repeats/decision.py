"""What comes of the alignments of a text: which copies go, and, as flags, what stays because its copies differ."""

from collections.abc import Sequence

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.core.stage import MAX_ROUNDS, Found
from cleaner.repeats.align import Block, blocks, swapped
from cleaner.repeats.alignments import searched
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.passages import Passage, passage
from cleaner.repeats.stream import Stream
from cleaner.repeats.survivors import RULE, Survivors
from cleaner.repeats.verdict import Kinds, Verdict, verdict

BUDGET = "repeats/budget"
_SEVERAL = 3  # pairs of passages that differ, from which on a text may be one of parallel parts

# A copy that may go or not, what becomes of it, and its alignment, packed.
Judged = tuple[Passage, Verdict, bytes]


def decided(made: Stream, found: Sequence[bytes], stopped: int | None, options: RepeatsOptions) -> Found:
    """The edits that leave one copy of every passage, and flags for what stays because its copies differ.

    What is left is searched again until nothing more goes, so that the evidence names what stays in the end.

    Args:
        made: the text.
        found: its alignments, their blocks packed.
        stopped: the offset from which on the text was not searched; None when all of it was.
        options: of the stage.
    """
    survivors = Survivors(made)
    for _ in range(MAX_ROUNDS):
        flags = _round(survivors, found, options)
        if not survivors.settle():
            break
        found, stopped = searched(survivors.left, options.min_chars)
    else:
        flags = []  # what the last round left was not judged
    return Found(survivors.edits(), (*flags, *_unsearched(survivors.left.text, stopped)))


def _round(survivors: Survivors, found: Sequence[bytes], options: RepeatsOptions) -> list[Flag]:
    """Takes the copies out that may go; flags for those that differ from the other one."""
    made, flags = survivors.left, []
    bounds = Bounds(made)
    kinds = Kinds(bounds)
    judged = [
        (copy, said, aligned)
        for aligned in found
        if (copy := _chosen(bounds, blocks(aligned), options.keep))
        and ((said := verdict(made, copy, options, kinds)).goes or said.told)
    ]
    judged = _doubted(judged)
    judged.sort(key=lambda each: (each[0].other_start, each[0].start), reverse=options.keep == "last")
    judged.reverse()
    while judged:  # what is dealt with is let go of
        copy, said, aligned = judged.pop()
        if said.told:
            flags.append(_differing(copy, said.why))
        if not said.goes:
            continue
        if survivors.gone(copy):  # then the other one may go, for what stays for both
            spare = _spare(bounds, blocks(aligned), copy)
            if spare and survivors.may_go(spare) and verdict(made, spare, options, kinds).goes:
                survivors.take(spare)
        else:
            survivors.take(copy)
    return sorted(flags, key=lambda flag: flag.start)


def _doubted(judged: list[Judged]) -> list[Judged]:
    """What is judged, with several copies that have edits kept where as many others are known to differ on purpose.

    A text that tells each month, or each office, in the same words does so also where the words alone do not show it.
    """
    differ = sum(said.told for _, said, _ in judged)
    edited = sum(said.goes and copy.edited > 0 for copy, said, _ in judged)
    if not _SEVERAL <= edited <= differ:
        return judged
    kept = Verdict(goes=False, why="parallel", told=True)
    return [(copy, kept if said.goes and copy.edited > 0 else said, aligned) for copy, said, aligned in judged]


def _chosen(bounds: Bounds, aligned: tuple[Block, ...], keep: str) -> Passage | None:
    """The copy that is not to be kept."""
    if keep == "first":
        return passage(bounds, aligned)
    earlier = passage(bounds, swapped(aligned))
    if keep == "last" and earlier:
        return earlier
    later = passage(bounds, aligned)
    if earlier is None or later is None:
        return later or earlier
    return earlier if later.whole and not earlier.whole else later


def _spare(bounds: Bounds, aligned: tuple[Block, ...], copy: Passage) -> Passage | None:
    """The copy that is not this one."""
    return passage(bounds, swapped(aligned) if copy.aligned[0] == aligned[0].new else aligned)


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
