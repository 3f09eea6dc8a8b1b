"""The alignments that grow from the candidates of a text, in work that the length of the text bounds."""

import re

from cleaner.repeats.align import Block, grown, packed, stretch
from cleaner.repeats.clusters import Hint
from cleaner.repeats.hints import Needed, hinted, likely, worth
from cleaner.repeats.seeds import LETTERS, WORDS
from cleaner.repeats.stream import Stream

# The ends of a passage may reach beyond its alignment by the edited part of a clause.
_NEARLY = 0.8
# Without an equal stretch as long as an exact passage there must be more of it.
_EDITED = 1.4
# Alignments may pass over each character so often; only texts made for it ask for more.
_PASSES = 8
# Where hardly anything recurs, most often no alignment is long: to see that costs less than to ask what it lies in.
_FEW = 4
_GAP = 16  # characters that are passed over in the time that an edit takes
_BAND = 32
# A passage is whole sentences, or, from half as many characters more on, ends or begins with one: marks of which some
# stand in the alignment or a few characters beside it.
_STOPS = re.compile(r"[。！？!?…．｡.\r\n]")
_AROUND = 12


def searched(made: Stream, min_chars: int) -> tuple[list[bytes], int | None]:
    """The alignments of a text, and the offset at which the search was given up, or None (see `alignments`)."""
    if not made.gaps:  # no boundary at which a passage could end
        return [], None
    needed = Needed(made.text, min_chars)
    hints = hinted(made, needed)
    if not hints or not (hints := likely(made, hints, needed)):
        return [], None
    if len(hints) <= _FEW:
        found, stopped = alignments(made, hints, min_chars)
        if not found and stopped is None:
            return [], None
    return alignments(made, worth(made, hints, needed), min_chars)


def alignments(made: Stream, hints: list[Hint], min_chars: int) -> tuple[list[bytes], int | None]:
    """The alignments of about `min_chars` characters and more that grow from hints, by place, their blocks packed.

    Also the offset in the text at which the work that a document may cost was used up, or None.
    """
    found: list[bytes] = []
    budget = _PASSES * len(made)
    active: list[tuple[int, int]] = []
    for at, back, _ in hints:
        active = [(end, other) for end, other in active if end > at]
        if any(abs(back - other) < _BAND for _, other in active):
            continue
        seed = stretch(made.folded, at, back)
        if not seed.length:
            continue
        blocks = grown(made.folded, seed)
        high = blocks[-1].new + blocks[-1].length
        active.append((high, back))
        budget -= high - blocks[0].new + _GAP * len(blocks)
        if budget < 0:
            return found, int(made.at[at])
        if _long(made, blocks, min_chars):
            found.append(packed(blocks))
    return found, None


def _long(made: Stream, blocks: tuple[Block, ...], min_chars: int) -> bool:
    """Whether an alignment, with the rest of the clauses at its ends, may be a passage."""
    first, last = blocks[0], blocks[-1]
    low, high = int(made.at[first.new]), int(made.at[last.new + last.length - 1])
    if high - low < _NEARLY * min_chars:
        return False
    if made.lettered(first.new, last.new + last.length, WORDS * min_chars):
        min_chars = int(LETTERS * min_chars)
    exact = max(block.length for block in blocks) >= WORDS * min_chars
    if high - low < (_NEARLY if exact else _EDITED) * min_chars:
        return False
    if high - low > 2 * min_chars:
        return True
    around = made.text[max(low - _AROUND, 0) : high + _AROUND]
    edges = (low < _AROUND) + (high + _AROUND >= len(made.text))
    return edges + len(_STOPS.findall(around)) >= (1 if high - low >= min_chars else 2)
