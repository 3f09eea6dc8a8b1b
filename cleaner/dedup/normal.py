"""The normalised text: what two documents are compared by.

Width, case and script are folded; space and punctuation are gone. Letters, ideographs, digits, the marks on them and
the decimal point remain, as code points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import LIMIT, CodePoints, Fold, code_points, table, to_text, word_mask

Offsets = npt.NDArray[np.int64]

FOLDS = Fold.WIDTH | Fold.CASE | Fold.SCRIPT
_MARK = np.uint32(0x80000000)  # says of a folded code point that it is punctuation or a symbol
_POINT = np.uint32(ord("."))
_PART = 5  # a point so few places behind another, with digits between them, parts a date or a version: 2024.05.01


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Texts in a row, normalised.

    Attributes:
        points: code points of all texts, ``shape (total,)``.
        starts: where each text begins in `points`, and the end of the last, ``shape (texts + 1,)``.
        lengths: characters of each text that are no white space, ``shape (texts,)``.
        places: where each point stands in the texts as they were, joined by line feeds, ``shape (total,)``.
    """

    points: CodePoints
    starts: Offsets
    lengths: Offsets
    places: Offsets


def normalise(texts: Sequence[str]) -> Batch:
    r"""The texts without space, punctuation and variants.

    >>> to_text(normalise(["發佈： Ａ-1\n", "1.5", "v1.2.3"]).points)
    '发布a11.5v123'
    """
    # A line feed between texts keeps the numbers of one apart from those of the next.
    points = code_points("\n".join(texts))
    ends = np.fromiter(accumulate((len(text) + 1 for text in texts), initial=0), np.int64, len(texts) + 1)
    # Every code point is below the table's length: clipping only spares the check of each.
    marked = _table().take(points, mode="clip")
    marked[_decimal(marked)] = _POINT
    places = (marked.view(np.int32) > 0).nonzero()[0]  # neither white space, nor negative by the mark
    solid = [np.count_nonzero(marked[start:end]) for start, end in pairwise(ends.tolist())]
    return Batch(marked.take(places, mode="clip"), places.searchsorted(ends), np.array(solid, np.int64), places)


def _decimal(marked: CodePoints) -> Offsets:
    """Where a point stands between two digits, and is the only point of its number."""
    points = (marked == (_POINT | _MARK)).nonzero()[0]
    # Clipped, a place outside is that of a point itself, which is no digit.
    before, behind = (marked.take(points + step, mode="clip") for step in (-1, 1))
    points = points[_is_digit(before) & _is_digit(behind)]
    gaps = points[1:] - points[:-1]
    linked = gaps <= _PART
    for ahead in range(2, _PART - 1):
        linked &= (gaps <= ahead + 1) | _is_digit(marked.take(points[:-1] + ahead, mode="clip"))
    lone = np.ones(len(points), np.bool_)
    lone[:-1] &= ~linked
    lone[1:] &= ~linked
    return np.asarray(points[lone])


def _is_digit(points: CodePoints) -> npt.NDArray[np.bool_]:
    return (points - np.uint32(ord("0"))) < np.uint32(10)


def strict(text: str) -> str:
    r"""The text folded but with its punctuation and symbols: what texts without a shingle are compared by.

    So "C++" is not "C", and a lone emoji is not another.

    >>> strict(" Ｃ ++\n")
    'c++'
    """
    marked = _table()[code_points(text)]
    return to_text(marked[marked != 0] & ~_MARK)


@cache
def _table() -> CodePoints:
    """What each code point folds to: 0 for white space, with the top bit set for what is no letter or digit."""
    folds = table(FOLDS)
    spaces = np.array([point for point in range(0x10000) if chr(point).isspace()], np.uint32)
    marked = np.where(word_mask()[folds], folds, folds | _MARK)
    marked[spaces] = 0
    marked[np.isin(folds, spaces)] = 0
    marked.setflags(write=False)
    return marked.astype(np.uint32)


@cache
def unspaced() -> npt.NDArray[np.bool_]:
    """Which code points are written without spaces between words, so that each counts as a word of its own."""
    mask = np.zeros(LIMIT, np.bool_)
    for low, high in _UNSPACED:
        mask[low:high] = True
    mask.setflags(write=False)
    return mask


# Han with its extensions and compatibility forms, kana, Thai, Lao, Myanmar, Khmer (Unicode 16, Blocks.txt).
_UNSPACED = (
    (0x0E00, 0x0F00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x3005, 0x3008),
    (0x3040, 0x3100),
    (0x31F0, 0x3200),
    (0x3400, 0xA000),
    (0xF900, 0xFB00),
    (0x1B000, 0x1B170),
    (0x20000, 0x32400),
)
