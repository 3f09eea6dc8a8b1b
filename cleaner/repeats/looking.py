"""What comes of the candidates of a text: alignments, and the decisions on them."""

from collections.abc import Sequence

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.core.stage import Found
from cleaner.repeats.align import Block, equal, grown
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.seeds import WORDS, Hint
from cleaner.repeats.stream import Stream
from cleaner.repeats.survivors import Repeat, decided
from cleaner.repeats.verdict import ARTICLE, Kinds

BUDGET = "repeats/budget"
# The ends of a passage may reach beyond its alignment by the edited part of a clause.
_NEARLY = 0.8
# Without an equal stretch as long as an exact passage there must be more of it.
_EDITED = 1.4
# Alignments may pass over each character so often; only texts made for it ask for more.
_PASSES = 8
_GAP = 16  # characters that are passed over in the time that an edit takes
_BAND = 32


def looked_at(made: Stream, hints: Sequence[Hint], options: RepeatsOptions) -> Found:
    """What goes, and, as flags, what stays because its copies differ on purpose."""
    bounds, kinds = Bounds(made), Kinds(made.text)
    found, stopped = alignments(made, hints, options.min_chars, kinds)
    if not found and stopped is None:
        return Found()
    repeats = [Repeat(bounds, blocks, options, kinds) for blocks in found]
    return decided(made.text, repeats, options, _unsearched(made.text, stopped))


def _unsearched(text: str, stopped: int | None) -> list[Flag]:
    if stopped is None:
        return []
    return [Flag(BUDGET, stopped, len(text), "repeats itself too often to be searched further", evidence())]


def alignments(
    made: Stream, hints: Sequence[Hint], min_chars: int, kinds: Kinds
) -> tuple[list[tuple[Block, ...]], int | None]:
    """The alignments of about `min_chars` characters and more that grow from a text's candidates, by place.

    Also the offset in the text at which the work that a document may cost was used up, or None.
    """
    found: list[tuple[Block, ...]] = []
    budget = _PASSES * len(made)
    active: list[tuple[int, int]] = []
    for at, back, length in hints:
        active = [(end, other) for end, other in active if end > at]
        if any(abs(back - other) < _BAND for _, other in active):
            continue
        if not equal(made.points, at, back, length):
            continue
        blocks = grown(made.points, at, back, length)
        low, high = blocks[0].new, blocks[-1].new + blocks[-1].length
        active.append((high, back))
        budget -= high - low + _GAP * len(blocks)
        if budget < 0:
            return found, int(made.at[at])
        span = int(made.at[high - 1] - made.at[low])
        longest = max(block.length for block in blocks)
        if span < (_NEARLY if longest >= WORDS * min_chars else _EDITED) * min_chars:
            continue
        if kinds.articles and longest < ARTICLE * min_chars * WORDS:  # there only exact paragraphs count
            continue
        found.append(blocks)
    return found, None
