"""The alignments that grow from the candidates of a text, in work that the length of the text bounds."""

from collections.abc import Sequence
from typing import TypeAlias

from cleaner.repeats.align import Block, grown, stretch
from cleaner.repeats.seeds import WORDS, Hint, candidates
from cleaner.repeats.stream import Stream

Alignment: TypeAlias = tuple[Block, ...]

# The ends of a passage may reach beyond its alignment by the edited part of a clause.
_NEARLY = 0.8
# A cluster of k-grams of which none is part of an equal stretch as long as an exact passage reaches over more.
_FAINT = 1.3
# Without an equal stretch as long as an exact passage there must be more of it.
_EDITED = 1.4
# Alignments may pass over each character so often; only texts made for it ask for more.
_PASSES = 8
_GAP = 16  # characters that are passed over in the time that an edit takes
_BAND = 32


def searched(made: Stream, min_chars: int) -> tuple[list[Alignment], int | None]:
    """The alignments of a text, and the offset at which the search was given up, or None (see `alignments`)."""
    if not made.gaps:  # no boundary at which a passage could end
        return [], None
    return alignments(made, candidates(made, int(min_chars * WORDS)), min_chars)


def alignments(made: Stream, hints: Sequence[Hint], min_chars: int) -> tuple[list[Alignment], int | None]:
    """The alignments of about `min_chars` characters and more that grow from a text's candidates, by place.

    Also the offset in the text at which the work that a document may cost was used up, or None.
    """
    found: list[Alignment] = []
    budget = _PASSES * len(made)
    active: list[tuple[int, int]] = []
    for at, back, span in hints:
        active = [(end, other) for end, other in active if end > at]
        if any(abs(back - other) < _BAND for _, other in active):
            continue
        seed = stretch(made.folded, at, back)
        if seed.length < WORDS * min_chars and (not seed.length or span < _FAINT * WORDS * min_chars):
            continue
        blocks = grown(made.folded, seed)
        high = blocks[-1].new + blocks[-1].length
        active.append((high, back))
        budget -= high - blocks[0].new + _GAP * len(blocks)
        if budget < 0:
            return found, int(made.at[at])
        if _long(made, blocks, min_chars):
            found.append(blocks)
    return found, None


def _long(made: Stream, blocks: Alignment, min_chars: int) -> bool:
    """Whether an alignment, with the rest of the clauses at its ends, may be a passage."""
    last = blocks[-1]
    span = int(made.at[last.new + last.length - 1] - made.at[blocks[0].new])
    exact = max(block.length for block in blocks) >= WORDS * min_chars
    return span >= (_NEARLY if exact else _EDITED) * min_chars
