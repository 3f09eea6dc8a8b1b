"""What goes and what stays, where passages stand twice, three times, overlap, or lie in one another.

Each word character of the text has a home: its own place, or, once it went, the place of the character that stays for
it. Where that goes as well, the homes are led on. So each edit names, in the end, a text that stays, and how like what
went that is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cleaner.core.edits import Edit, cut, evidence
from cleaner.repeats.bounds import Bounds
from cleaner.repeats.cuts import spans
from cleaner.repeats.passages import Passage
from cleaner.repeats.stream import Stream, stream

RULE = "repeats/passage"
# Two copies of one passage, each with one character in ten edited, have a similarity of 0.76 to 0.87, as far as they
# can be aligned. What keeps apart parallel texts that are as alike is how their differences lie (see `evidence`).
SIMILAR = 0.75
# A copy of which hardly anything is left (line ends, a word at its edges) is gone.
_REST = 0.2
# Where the places that stay for a copy lie further apart, they are two passages: more than an alignment skips.
_APART = 64
_STRAY = 8  # characters at the edge of another passage

Indices = npt.NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class _Cut:
    """What was taken out at once: spans of the text, and the word characters of it that had not gone before."""

    spans: tuple[tuple[int, int], ...]
    words: Indices


@dataclass(frozen=True, slots=True)
class _Piece:
    """Word characters for which one passage stays, where that begins and ends in the stream, and how alike it is."""

    words: Indices
    low: int
    high: int
    similarity: float


class Survivors:
    """Which characters of a text go, and which stay for them; passages are taken out in rounds.

    Attributes:
        left: the text as the rounds before left it; the passages of a round speak of it.
    """

    def __init__(self, made: Stream) -> None:
        self.left = made
        self._made = made
        self._home: Indices = np.arange(len(made))
        self._gone: npt.NDArray[np.bool_] = np.zeros(len(made.text), np.bool_)
        self._cuts: list[_Cut] = []
        self._begin()

    def _begin(self) -> None:
        """Where the text that is left stands in the whole one, and that none of it is needed yet."""
        self._offsets = np.flatnonzero(~self._gone)
        self._words = np.searchsorted(self._made.at, self._offsets[self.left.at])
        self._needed: npt.NDArray[np.bool_] = np.zeros(len(self._made), np.bool_)

    def settle(self) -> bool:
        """Ends a round; whether anything went in it."""
        left = (
            self._made.text
            if not self._cuts
            else "".join(self._made.text[low:high] for low, high in _runs(~self._gone, 0, len(self._gone)))
        )
        if len(left) == len(self.left.text):
            return False
        self.left = stream(left)
        self._begin()
        return True

    def gone(self, copy: Passage) -> bool:
        """Whether hardly anything is left of a copy."""
        return len(self._own(copy)) <= _REST * (copy.high - copy.low)

    def take(self, copy: Passage) -> None:
        """Removes a copy, unless a part of it has to stay for another one, or what stays for it is not like it."""
        own = self._own(copy)
        words = self._words[own]
        if self.gone(copy) or self._needed[words].any():
            return
        self._home[words] = self._words[_beside(copy, own)]
        pieces = list(self._pieces(words))
        if any(piece.similarity < SIMILAR for piece in pieces):
            self._home[words] = words
            return
        self._needed[self._home[words]] = True
        cuts = [
            (int(self._offsets[low]), int(self._offsets[high - 1]) + 1) for low, high in spans(self.left.text, copy)
        ]
        self._cuts.append(_Cut(tuple(rest for span in cuts for rest in _runs(~self._gone, *span)), words))
        for low, high in cuts:
            self._gone[low:high] = True

    def _own(self, copy: Passage) -> Indices:
        """The places in the stream of those characters of a copy that have not gone, its enumerator's included."""
        low, high = np.searchsorted(self.left.at, np.array((copy.start, copy.end), self.left.at.dtype))
        places: Indices = np.arange(low, high)
        words = self._words[places]
        own: Indices = places[self._home[words] == words]
        return own

    def _pieces(self, words: Indices) -> Iterator[_Piece]:
        """Word characters that went, by the passage that stays for them."""
        while np.any((further := self._home[self._home[words]]) != self._home[words]):
            self._home[words] = further
        kept = self._home[words] = _without_strays(self._home[words])
        edges = _edges(kept)
        points = self._made.points
        for start, end in pairwise(edges):
            low, high = int(kept[start]), int(kept[end - 1]) + 1
            equal = int(np.count_nonzero(points[words[start:end]] == points[kept[start:end]]))
            yield _Piece(words[start:end], low, high, 2 * equal / (end - start + high - low))

    def edits(self) -> tuple[Edit, ...]:
        """What goes, in order, with evidence of what stays for it."""
        bounds = Bounds(self._made)
        return tuple(sorted((edit for each in self._cuts for edit in self._told(bounds, each)), key=lambda e: e.start))

    def _told(self, bounds: Bounds, made: _Cut) -> Iterator[Edit]:
        pieces = list(self._pieces(made.words))
        starts = [made.spans[0][0], *(bounds.start(int(piece.words[0])) for piece in pieces[1:])]
        ends = [*starts[1:], made.spans[-1][1]]
        for start, end, piece in zip(starts, ends, pieces, strict=True):
            facts = evidence(
                kept_start=bounds.start(piece.low),
                kept_end=bounds.end(piece.high),
                similarity=piece.similarity,
                length=bounds.end(int(piece.words[-1]) + 1) - bounds.start(int(piece.words[0])),
            )
            for low, high in made.spans:
                if max(low, start) < min(high, end):
                    yield cut(self._made.text, max(low, start), min(high, end), RULE, facts)


def _beside(copy: Passage, own: Indices) -> Indices:
    """Where in the other copy the characters `own` of this one stand; what was put in stands with what is before it."""
    edges = [(copy.low, copy.other)]
    for diff in copy.diffs:
        edges += [(diff.new - 1, diff.old - 1), (diff.new_end, diff.old_end)]
    inner = [edge for edge in edges if copy.low <= edge[0] < copy.high]
    news, olds = zip(*inner, (copy.high - 1, copy.other_end - 1), strict=True)
    beside: Indices = np.interp(own, news, olds).astype(np.int_)
    return beside


def _edges(kept: Indices) -> list[int]:
    """Where the places that stay are those of another passage, 0 and the end included."""
    steps = np.diff(kept)
    return [0, *(np.flatnonzero((steps < 0) | (steps > _APART)) + 1).tolist(), len(kept)]


def _without_strays(kept: Indices) -> Indices:
    """The places that stay, but for those of a few characters that stand with what is before (or behind) them."""
    kept = kept.copy()
    for start, end in pairwise(_edges(kept)):
        if end - start <= _STRAY and end - start < len(kept):
            kept[start:end] = kept[start - 1] if start else kept[end]
    return kept


def _runs(mask: npt.NDArray[np.bool_], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of ``[start, end)`` in which the mask holds."""
    edges = np.flatnonzero(np.diff(mask[start:end], prepend=False, append=False))
    yield from zip((start + edges[::2]).tolist(), (start + edges[1::2]).tolist(), strict=True)
