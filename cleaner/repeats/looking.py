"""What comes of the alignments of a text: a decision on each."""

from collections.abc import Sequence

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.core.stage import Found
from cleaner.repeats.alignments import Alignment
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.stream import Stream
from cleaner.repeats.survivors import Repeat, decided
from cleaner.repeats.verdict import Kinds

BUDGET = "repeats/budget"


def looked_at(made: Stream, found: Sequence[Alignment], stopped: int | None, options: RepeatsOptions) -> Found:
    """What goes, and, as flags, what stays because its copies differ on purpose.

    Args:
        made: the text.
        found: its alignments.
        stopped: the offset from which on the text was not searched; None when all of it was.
        options: of the stage.
    """
    bounds, kinds = Bounds(made), Kinds(made.text)
    repeats = [Repeat(bounds, alignment, options, kinds) for alignment in found]
    return decided(made.text, repeats, options, _unsearched(made.text, stopped))


def _unsearched(text: str, stopped: int | None) -> list[Flag]:
    if stopped is None:
        return []
    return [Flag(BUDGET, stopped, len(text), "repeats itself too often to be searched further", evidence())]
