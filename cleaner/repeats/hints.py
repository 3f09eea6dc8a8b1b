"""Which candidates are worth an alignment: what no passage can come of is told for all of them at once."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cleaner.repeats.laws import ARTICLE, MARK, articles_recur, has_articles
from cleaner.repeats.markup import fences
from cleaner.repeats.seeds import LETTERS, WORDS, Hints
from cleaner.repeats.stream import IDEOGRAPHS, Stream

# A cluster of k-grams of which none is part of an equal stretch as long as an exact passage reaches over more.
_FAINT = 1.3
# At the beginning of 590 of 592 laws the mark of an article stands once in so many characters; in one other text of a
# hundred it does.
_SELDOM = 200
_BEGINNING = 2000
_BLOCK = 1 << 12  # characters compared at a time

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.intp]


def likely(made: Stream, hints: Hints, min_chars: int) -> Hints:
    """The hints that reach far, or may lie in an equal stretch as long as the word characters of a short passage."""
    if not len(hints):
        return hints
    shortest = int(WORDS * min_chars)
    return hints[(hints[:, 2] >= _FAINT * shortest) | _may_reach(made, hints, shortest)]


def worth(made: Stream, hints: Hints, min_chars: int) -> Hints:
    """The likely hints from which a passage of `min_chars` characters and more may grow.

    They reach far, or lie in an equal stretch as long as the word characters of the shortest passage. Those in blocks
    of code are not worth it, nor, in laws, those in words that may stand in two articles.
    """
    checks = (_outside_articles, _outside_code, _far) if made.dense else (_far, _outside_code, _outside_articles)
    for check in checks:  # what most often refuses them all first
        if len(hints):
            hints = check(made, hints, min_chars)
    return hints


def needed(made: Stream, min_chars: int) -> int:
    """How long an equal stretch of a repeat has to be: in laws that of formulae is not enough; 0 in other texts."""
    law = has_articles(made.text) and not articles_recur(made.text)
    return int(ARTICLE * min_chars * WORDS) if law else 0


def needed_first(made: Stream, min_chars: int) -> int:
    """The same, told before anything else: 0 also for laws that are not full of the mark of an article."""
    marks = made.text.count(MARK, 0, _BEGINNING)
    return needed(made, min_chars) if marks * _SELDOM > min(len(made.text), _BEGINNING) else 0


def _outside_articles(made: Stream, hints: Hints, min_chars: int) -> Hints:
    """The hints of a text that is no law; of a law those in an equal stretch in which its articles do not recur."""
    shortest = needed(made, min_chars)
    if not shortest:
        return hints
    hints = hints[_may_reach(made, hints, shortest)]
    kept = [some[_around(made, some, shortest)[0] >= shortest] for some in _blocks(hints, shortest)]
    return np.concatenate([hints[:0], *kept])


def _outside_code(made: Stream, hints: Hints, _: int) -> Hints:
    """The hints of which neither copy lies in one block of code."""
    edges = fences(made.text)
    return hints[~_fenced(np.searchsorted(made.at, edges), hints)] if edges else hints


def _far(made: Stream, hints: Hints, min_chars: int) -> Hints:
    """The hints that reach far or lie in an equal stretch, as long as is enough in their script."""
    shortest, reach = int(WORDS * min_chars), int(LETTERS * WORDS * min_chars)
    kept = [hints[:0]]
    for some in _blocks(hints, reach):
        equal, ideographs = _around(made, some, reach)
        enough = np.where(2 * ideographs > reach, shortest, reach)
        kept.append(some[(equal >= enough) | (some[:, 2] >= _FAINT * enough)])
    return np.concatenate(kept)


def _fenced(edges: Counts, hints: Hints) -> Mask:
    """Whether either copy of a cluster lies in one block of code; `edges` tells where such begin and end, in turn."""
    at, back, span = hints.T
    inside = np.zeros(len(hints), np.bool_)
    for start in (at, at - back):
        passed = np.searchsorted(edges, start, "right")
        inside |= (passed % 2 == 1) & (passed == np.searchsorted(edges, start + span, "right"))
    return inside


def _may_reach(made: Stream, hints: Hints, shortest: int) -> Mask:
    """Which hints may lie in an equal stretch of the length: half of it lies before or behind them."""
    words, half = made.folded, shortest // 2
    found = (
        words[at : at + half] == words[at - back : at - back + half]
        or words[max(at - half, back) : at] == words[max(at - half - back, 0) : at - back]
        for at, back, _ in hints.tolist()
    )
    return np.fromiter(found, np.bool_, len(hints))


def _blocks(hints: Hints, reach: int) -> Iterator[Hints]:
    size = max(_BLOCK // (2 * reach), 1)
    return (hints[start : start + size] for start in range(0, len(hints), size))


def _around(made: Stream, hints: Hints, reach: int) -> tuple[Counts, Counts]:
    """The length of the equal stretch around each hint, and the ideographs, up to `reach` characters to both sides."""
    at, back, _ = hints.T
    new = at[:, np.newaxis] + np.arange(-reach - 1, reach + 1)
    points = made.points.take(new, mode="clip")
    differ = points != made.points.take(new - back[:, np.newaxis], mode="clip")
    differ[:, 0] = differ[:, -1] = True
    behind = np.minimum(differ[:, reach + 1 :].argmax(axis=1), len(made) - at)
    before = np.minimum(differ[:, reach::-1].argmax(axis=1), at - back)
    return behind + before, np.count_nonzero(points[:, 1:-1] >= IDEOGRAPHS, axis=1)
