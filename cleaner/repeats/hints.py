"""Which candidates are worth an alignment: what no passage can come of is told before."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cleaner.repeats.align import common
from cleaner.repeats.clusters import Hint
from cleaner.repeats.laws import ARTICLE, MARK, articles_recur, has_articles
from cleaner.repeats.markup import fences
from cleaner.repeats.seeds import LETTERS, WORDS, candidates
from cleaner.repeats.stream import Stream

# A cluster of k-grams of which none is part of an equal stretch as long as an exact passage reaches over more.
_FAINT = 1.3
# At the beginning of 590 of 592 laws the mark of an article stands once in so many characters; in one other text of a
# hundred it does.
_SELDOM = 200
_BEGINNING = 2000


@dataclass(frozen=True)
class Needed:
    """How long an equal stretch of a repeat has to be: in laws that of formulae is not enough; 0 in other texts.

    Attributes:
        text: in which it is looked for.
        min_chars: characters of the shortest passage.
    """

    text: str
    min_chars: int

    @cached_property
    def length(self) -> int:
        """The word characters of the stretch."""
        law = has_articles(self.text) and not articles_recur(self.text)
        return int(ARTICLE * self.min_chars * WORDS) if law else 0

    @cached_property
    def at_first(self) -> int:
        """The same, told before anything else: 0 also for laws that are not full of the mark of an article."""
        marks = self.text.count(MARK, 0, _BEGINNING)
        return self.length if marks * _SELDOM > min(len(self.text), _BEGINNING) else 0


def hinted(made: Stream, needed: Needed) -> list[Hint]:
    """The candidates of a text."""
    shortest, reach = _lengths(made, needed)
    return candidates(made, shortest or reach, needed.at_first if made.dense else 0)


def likely(made: Stream, hints: list[Hint], needed: Needed) -> list[Hint]:
    """The hints that reach far or lie in an equal stretch, as long as is enough in their script."""
    if needed.at_first:
        hints = _outside_articles(made, hints, needed)
    shortest, reach = _lengths(made, needed)
    if not shortest:
        return [hint for hint in hints if _reaches(made, hint, reach)]
    hints = [hint for hint in hints if _reaches(made, hint, shortest)]
    return [hint for hint in hints if _among_ideographs(made, hint, reach) or _reaches(made, hint, reach)]


def worth(made: Stream, hints: list[Hint], needed: Needed) -> list[Hint]:
    """The likely hints without those in blocks of code and, in laws, those in words that may stand in two articles."""
    return _outside_articles(made, _outside_code(made, hints), needed)


def _lengths(made: Stream, needed: Needed) -> tuple[int, int]:
    """The word characters of the shortest passage in ideographs, 0 where the text has not as many, and in letters."""
    shortest = WORDS * needed.min_chars
    enough = made.dense or made.ideographs() >= shortest
    return int(shortest) if enough else 0, int(LETTERS * shortest)


def _reaches(made: Stream, hint: Hint, length: int) -> bool:
    """Whether a hint reaches far, or lies in an equal stretch of the length."""
    return hint[2] >= _FAINT * length or lies_in(made.folded, hint, length)


def _among_ideographs(made: Stream, hint: Hint, reach: int) -> bool:
    """Whether a quarter and more of what stands around a hint are ideographs."""
    return 2 * made.ideographs(max(hint[0] - reach, 0), hint[0] + reach) > reach


def lies_in(words: str, hint: Hint, length: int) -> bool:
    """Whether an equal stretch of the length lies around a hint."""
    at, back, _ = hint
    old, half = at - back, length // 2
    if words[at : at + half] != words[old : old + half] and words[at - half : at] != words[old - half : old]:
        return False  # half of it lies on one side; to see that takes a fraction of the time
    ahead = common(words[at : at + length], words[old : old + length])
    start = old - (length - ahead)
    return start >= 0 and words[start:old] == words[start + back : at]


def _outside_articles(made: Stream, hints: list[Hint], needed: Needed) -> list[Hint]:
    """The hints of a text that is no law; of a law those in an equal stretch in which its articles do not recur."""
    return [hint for hint in hints if lies_in(made.folded, hint, needed.length)] if needed.length else hints


def _outside_code(made: Stream, hints: list[Hint]) -> list[Hint]:
    """The hints of which neither copy lies in one block of code."""
    edges = np.searchsorted(made.at, fences(made.text)).tolist()
    return [hint for hint in hints if not _fenced(edges, hint)] if edges else hints


def _fenced(edges: list[int], hint: Hint) -> bool:
    """Whether either copy of a cluster lies in one block of code; `edges` tells where such begin and end, in turn."""
    at, back, span = hint
    passed = ((bisect_right(edges, start), bisect_right(edges, start + span)) for start in (at, at - back))
    return any(begun % 2 == 1 and begun == ended for begun, ended in passed)
