"""The stage: passages that stand twice in one document."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from cleaner.core.document import Document, Flag
from cleaner.core.edits import evidence
from cleaner.core.stage import Found
from cleaner.repeats.align import Block, equal, grown
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.seeds import candidates
from cleaner.repeats.stream import Stream, stream
from cleaner.repeats.survivors import Repeat, decided
from cleaner.repeats.verdict import ARTICLE, Kinds

BUDGET = "repeats/budget"
# The word characters of a passage are at least so many of its characters; the rest is punctuation and blanks.
_WORDS = 0.65
# The ends of a passage may reach beyond its alignment by the edited part of a clause.
_NEARLY = 0.8
# Without an equal stretch as long as an exact passage there must be more of it.
_EDITED = 1.4
# Alignments may pass over each character so often; only texts made for it ask for more.
_PASSES = 8
# A letter says less than an ideograph: a passage in letters is a turn of phrase up to so many times the length.
_LETTERS = 2.5
_GAP = 16  # characters that are passed over in the time that an edit takes
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
        if not made.gaps:  # no boundary at which a passage could end
            return Found()
        options = self.options
        if not made.dense:
            options = replace(options, min_chars=int(_LETTERS * options.min_chars))
        bounds, kinds = Bounds(made), Kinds(document.text)
        found, stopped = alignments(made, options.min_chars, kinds)
        if not found and stopped is None:
            return Found()
        repeats = [Repeat(bounds, blocks, options, kinds) for blocks in found]
        return decided(document.text, repeats, options, _unsearched(document.text, stopped))


def _unsearched(text: str, stopped: int | None) -> list[Flag]:
    if stopped is None:
        return []
    return [Flag(BUDGET, stopped, len(text), "repeats itself too often to be searched further", evidence())]


def alignments(made: Stream, min_chars: int, kinds: Kinds) -> tuple[list[tuple[Block, ...]], int | None]:
    """The alignments of about `min_chars` characters and more that grow from a text's candidates, by place.

    Also the offset in the text at which the work that a document may cost was used up, or None.
    """
    found: list[tuple[Block, ...]] = []
    budget = _PASSES * len(made)
    active: list[tuple[int, int]] = []
    for at, back, length in candidates(made, int(min_chars * _WORDS)):
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
        if span < (_NEARLY if longest >= _WORDS * min_chars else _EDITED) * min_chars:
            continue
        if kinds.articles and longest < ARTICLE * min_chars * _WORDS:  # there only exact paragraphs count
            continue
        found.append(blocks)
    return found, None
