"""What a line looks like by itself: one row of numbers for each line of a page that is not blank.

Every count is one pass of NumPy over the code points of all lines at once; nothing here is a loop over lines.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.strip.page import PARTICLES
from cleaner.text.shadow import code_points, to_text

Numbers: TypeAlias = npt.NDArray[np.float32]
Codes: TypeAlias = npt.NDArray[np.uint32]
Table: TypeAlias = npt.NDArray[np.uint8]
Places: TypeAlias = npt.NDArray[np.int64]

# The classes of characters, as they stand in a shadow (lower case, narrow, simplified); and what parts the lines.
WIDE, LATIN, DIGIT, BLANK, STOP, COMMA, COLON, RULE, BRACKET, PARTICLE, OTHER, FEED = range(12)
_CLASSES = {
    BLANK: " \t\u200b\ufeff",
    STOP: ".!?;…",
    COMMA: ",",
    COLON: ":",
    RULE: "|/>·<»›«→_-=~^+#*@&",
    BRACKET: "()[]{}\"'《》",
    # What running text cannot do without and a label does: Chinese and Japanese particles, pronouns and copulas.
    PARTICLE: PARTICLES + "等のはがをにでともへた",
}
_LIMIT = 0x10000
_LINE_FEED = 10
_ZERO, _NINE = 48, 57

# Buckets of the table of two- and three-character sequences.
BUCKETS = 1 << 15
_FIRST, _SECOND, _THIRD, _PAIR = (np.uint32(number) for number in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F))
_SHIFT = np.uint32(17)


@cache
def _classes() -> Table:
    """The class of every code point of the basic plane; those above it count as the last one."""
    table = np.full(_LIMIT + 1, OTHER, np.uint8)
    for start, end in ((0x2E80, 0x3000), (0x3005, 0x3008), (0x3040, 0xA4D0), (0xAC00, 0xD7B0), (0xF900, 0xFB00)):
        table[start:end] = WIDE
    table[_LIMIT] = OTHER
    for start, end in ((0x61, 0x7B), (0xDF, 0x250), (0x370, 0x530)):
        table[start:end] = LATIN
    table[_ZERO : _NINE + 1] = DIGIT
    table[_LINE_FEED] = FEED
    for kind, chars in _CLASSES.items():
        table[[ord(char) for char in chars]] = kind
    return table


class Letters:
    """Lines, none of them blank, end to end, each opened by a line feed.

    Attributes:
        codes: the code points, shape (characters + lines + 1,); every digit is ``0``.
        kinds: their classes, the same shape.
        starts: where each line's line feed stands, shape (lines,).
        sizes: the length of each line, shape (lines,).
    """

    def __init__(self, lines: Iterable[str]) -> None:
        codes = code_points("\n" + "\n".join(lines) + "\n").copy()
        kinds = _classes().take(codes, mode="clip")
        codes[kinds == DIGIT] = _ZERO
        feeds = (kinds == FEED).nonzero()[0]
        self.codes: Codes = codes
        self.kinds: Table = kinds
        self.starts, self.sizes = feeds[:-1], feeds[1:] - feeds[:-1] - 1

    def skeletons(self) -> list[str]:
        """The lines with every digit as ``0``."""
        return to_text(self.codes[1:-1]).split("\n")

    def shares(self) -> Numbers:
        """The share of each class among the characters of each line, shape (classes, lines)."""
        cells = np.arange(0, (FEED + 1) * len(self.starts), FEED + 1).repeat(self.sizes + 1)
        cells += self.kinds[:-1]
        counts = np.bincount(cells, minlength=(FEED + 1) * len(self.starts)).reshape(-1, FEED + 1)
        return np.asarray(counts.T[: OTHER + 1] / self.sizes, np.float32)

    def kinds_at(self, offset: int) -> Table:
        """The class of the character `offset` places into each line (from its end when negative), shape (lines,)."""
        found: Table = self.kinds.take(self.starts + (offset + 1 if offset >= 0 else offset + 1 + self.sizes))
        return found

    def buckets(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """The bucket of the pair and of the triple that begin at each character; `BUCKETS` where there is no triple."""
        one, two = self.codes[:-1], self.codes[1:]
        pairs = (one * _FIRST ^ two * _SECOND) * _PAIR >> _SHIFT
        three = np.append(self.codes[2:], np.uint32(_LINE_FEED))
        triples = ((one * _FIRST ^ two * _SECOND) * _THIRD ^ three * _PAIR) * _FIRST >> _SHIFT
        triples[two == _LINE_FEED] = BUCKETS
        return pairs, triples

    def wording(self, weights: Numbers, scale: float) -> Numbers:
        """How much the wording of each line is that of chrome: the summed weights of its pairs and triples."""
        pairs, triples = self.buckets()
        sums = np.add.reduceat(weights.take(pairs) + weights.take(triples), self.starts)
        return np.asarray(sums * scale / np.sqrt(2 * self.sizes), np.float32)


def spread(values: Numbers, reaches: Sequence[int]) -> Numbers:
    """The means of the values up to some numbers of places around each one, itself left out.

    Args:
        values: shape (rows, places).
        reaches: the numbers.

    Returns:
        Shape (rows, reaches, places).
    """
    n = values.shape[1]
    total = np.zeros((len(values), n + 1))
    np.cumsum(values, axis=1, dtype=np.float64, out=total[:, 1:])
    first, behind, others = _windows(n, tuple(reaches))
    around = total.take(behind, axis=1) - total.take(first, axis=1) - values[:, None]
    return np.asarray(around / others, np.float32)


@lru_cache(1 << 8)
def _windows(n: int, reaches: Sequence[int]) -> tuple[Places, Places, Places]:
    """Where the places around each of `n` begin and end, and how many others they are, shape (reaches, n)."""
    at, reach = np.arange(n), np.array(reaches)[:, None]
    first, last = np.maximum(at - reach, 0), np.minimum(at + reach, n - 1)
    return first, last + 1, np.maximum(last - first, 1)


@lru_cache(1 << 8)
def steps_from(n: int, steps: tuple[int, ...]) -> Places:
    """Some steps from each of `n` places that have the longest step of other places at both ends, shape (steps, n)."""
    return np.array(steps)[:, None] + np.arange(max(steps), max(steps) + n)
