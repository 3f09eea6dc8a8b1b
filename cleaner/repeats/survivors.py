"""What goes and what stays, where passages stand twice, three times, overlap, or lie in one another.

Each word character of the text has a home: its own place, or, once it went, the place of the character that stays for
it. Where that goes as well, the homes are led on. So each edit names, in the end, a text that stays, and how like what
went that is.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

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
_BLOCK = 1 << 10  # characters of a copy looked at at a time
_STRAY = 8  # characters at the edge of another passage

Indices = npt.NDArray[np.int32]
Places = npt.NDArray[np.float64]


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


@dataclass(frozen=True, eq=False)
class _Round:
    """Where the text that is left stands in the whole one, and what of it has to stay; worked out once something goes.

    Attributes:
        whole: the text as it was.
        left: the text as the rounds before left it.
        runs: the spans of the whole text that are left.
    """

    whole: Stream
    left: Stream
    runs: tuple[tuple[int, int], ...]

    @cached_property
    def _edges(self) -> list[int]:
        """Where the runs begin in the text that is left."""
        return [0, *accumulate(high - low for low, high in self.runs[:-1])]

    def offset(self, at: int) -> int:
        """The offset in the whole text of one in the text that is left."""
        run = bisect_right(self._edges, at) - 1
        return at - self._edges[run] + self.runs[run][0]

    def words(self, places: Indices) -> Indices:
        """The places in the whole stream of word characters that are left."""
        return places if self.left is self.whole else self._words[places]

    @cached_property
    def _words(self) -> Indices:
        at = self.left.at
        firsts = [*np.searchsorted(at, np.array(self._edges, at.dtype)), len(at)]
        moved = np.array([low - edge for (low, _), edge in zip(self.runs, self._edges, strict=True)], at.dtype)
        places: Indices = np.searchsorted(self.whole.at, at + np.repeat(moved, np.diff(firsts))).astype(np.int32)
        return places

    @cached_property
    def needed(self) -> npt.NDArray[np.bool_]:
        """Which word characters of the whole stream stay for others."""
        return np.zeros(len(self.whole), np.bool_)


class Survivors:
    """Which characters of a text go, and which stay for them; passages are taken out in rounds."""

    def __init__(self, made: Stream) -> None:
        self._made = made
        self._round = _Round(made, made, ((0, len(made.text)),))
        self._cuts: list[_Cut] = []

    @cached_property
    def _home(self) -> Indices:
        return np.arange(len(self._made), dtype=np.int32)

    @cached_property
    def _gone(self) -> npt.NDArray[np.bool_]:
        return np.zeros(len(self._made.text), np.bool_)

    @property
    def left(self) -> Stream:
        """The text as the rounds before left it; the passages of a round speak of it."""
        return self._round.left

    def settle(self) -> bool:
        """Ends a round; whether anything went in it."""
        if not self._cuts:
            return False
        runs = tuple(_runs(~self._gone))
        left = "".join(self._made.text[low:high] for low, high in runs)
        if len(left) == len(self.left.text):
            return False
        self._round = _Round(self._made, stream(left), runs)
        return True

    def may_go(self, copy: Passage) -> bool:
        """Whether anything is left of a copy, and no part of it has to stay for another one."""
        return not self.gone(copy) and not any(np.any(self._round.needed[words]) for _, words in self._own(copy))

    def gone(self, copy: Passage) -> bool:
        """Whether hardly anything is left of a copy."""
        return sum(len(words) for _, words in self._own(copy)) <= _REST * (copy.high - copy.low)

    def take(self, copy: Passage) -> None:
        """Removes a copy, unless a part of it has to stay for another one, or what stays for it is not like it."""
        if not self.may_go(copy):
            return
        edges, taken = _alignment(copy), []
        for own, words in self._own(copy):
            self._home[words] = self._round.words(np.interp(own, *edges).astype(np.int32))
            taken.append(words)
        words = np.concatenate(taken)
        del taken
        pieces = list(self._pieces(words))
        if any(piece.similarity < SIMILAR for piece in pieces):
            self._home[words] = words
            return
        self._round.needed[self._home[words]] = True
        cuts = [
            (self._round.offset(low), self._round.offset(high - 1) + 1) for low, high in spans(self.left.text, copy)
        ]
        rests = tuple(rest for low, high in cuts for rest in _runs(~self._gone[low:high], low))
        self._cuts.append(_Cut(rests, words))
        for low, high in cuts:
            self._gone[low:high] = True

    def _own(self, copy: Passage) -> Iterator[tuple[Indices, Indices]]:
        """The places of those characters of a copy that have not gone, its enumerator's included, some at a time.

        Those in the stream of the text that is left, and those in the stream of the whole one.
        """
        low, high = map(int, np.searchsorted(self.left.at, np.array((copy.start, copy.end), self.left.at.dtype)))
        for start in range(low, high, _BLOCK):
            words = self._round.words(np.arange(start, min(start + _BLOCK, high), dtype=np.int32))
            own = np.flatnonzero(self._home[words] == words)
            yield (start + own).astype(np.int32), words[own]

    def _pieces(self, words: Indices) -> Iterator[_Piece]:
        """Word characters that went, by the passage that stays for them."""
        kept = self._home[words]
        for start in range(0, len(kept), _BLOCK):
            self._lead_on(kept[start : start + _BLOCK])
        self._home[words] = kept = _without_strays(kept)
        edges = _edges(kept)
        points = self._made.points
        for start, end in pairwise(edges):
            low, high = int(kept[start]), int(kept[end - 1]) + 1
            equal = int(np.count_nonzero(points[words[start:end]] == points[kept[start:end]]))
            stay = int(np.count_nonzero(self._home[low:high] == np.arange(low, high, dtype=np.int32)))
            yield _Piece(words[start:end], low, high, 2 * equal / (end - start + stay))

    def _lead_on(self, kept: Indices) -> None:
        """Leads places to what stays for them, in place; that halves the ways bounds what all of them take."""
        while np.any((further := self._home[kept]) != kept):
            further = self._home[further]
            self._home[kept] = further
            kept[:] = further

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


def _alignment(copy: Passage) -> tuple[Places, Places]:
    """Places of a copy, and where in the other copy they stand; what was put in stands with what is before it."""
    edges = [(copy.low, copy.other)]
    for diff in copy.diffs:
        edges += [(diff.new - 1, diff.old - 1), (diff.new_end, diff.old_end)]
    inner = [edge for edge in edges if copy.low <= edge[0] < copy.high]
    news, olds = np.array([*inner, (copy.high - 1, copy.other_end - 1)], np.float64).T
    return news, olds


def _edges(kept: Indices) -> list[int]:
    """Where the places that stay are those of another passage, 0 and the end included."""
    steps = np.diff(kept)
    return [0, *(np.flatnonzero((steps < 0) | (steps > _APART)) + 1).tolist(), len(kept)]


def _without_strays(kept: Indices) -> Indices:
    """The places that stay, but for those of a few characters that stand with what is before (or behind) them."""
    for start, end in pairwise(_edges(kept)):
        if end - start <= _STRAY and end - start < len(kept):
            kept[start:end] = kept[start - 1] if start else kept[end]
    return kept


def _runs(mask: npt.NDArray[np.bool_], start: int = 0) -> Iterator[tuple[int, int]]:
    """The runs in which the mask of what stands from `start` on holds."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    yield from zip((start + edges[::2]).tolist(), (start + edges[1::2]).tolist(), strict=True)
