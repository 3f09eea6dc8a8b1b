"""The shadow of a text: a copy of the same length, folded so that variants of one character compare equal.

Every fold maps one code point to one code point, so that an offset in the shadow is an offset in the text. Folds are
NumPy tables over all code points (one gather per text; unicodedata.normalize("NFKC") costs some thirty times as much).
What folds to what ships with the package, built by benchmarks/text/build_folds.py: a process need not build it anew,
and a text has the same shadow under every version of Python and of OpenCC.
"""

import zlib
from enum import Flag, auto
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

CodePoints = npt.NDArray[np.uint32]

_DATA = Path(__file__).parent / "data"
LIMIT = 0x110000  # one more than the largest code point


class Fold(Flag):
    """What counts as the same character."""

    WIDTH = auto()  # full- and half-width forms: Ａ A, １ 1, ， ,
    CASE = auto()  # A a
    SCRIPT = auto()  # traditional and simplified: 體 体
    DIGITS = auto()  # every decimal digit is 0
    PUNCTUATION = auto()  # the shapes of one mark: “ ” „ ", — – -, 「 『 “
    SPACE = auto()  # every white space but the line terminators is a blank


# What the rules, the repeats and the duplicates compare by.
MATCHING = Fold.WIDTH | Fold.CASE | Fold.SCRIPT | Fold.PUNCTUATION | Fold.SPACE


def code_points(text: str) -> CodePoints:
    """The text as an array of code points (lone surrogates included), ``shape (len(text),)``.

    >>> code_points("a中").tolist()
    [97, 20013]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def to_text(points: CodePoints) -> str:
    """The inverse of `code_points`."""
    return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def shadow(text: str, folds: Fold = MATCHING) -> str:
    """The folded copy of the text, of the same length.

    >>> shadow("發佈時間：２０２４年　「Ａ」")
    '发布时间:2024年 "a"'
    >>> shadow("第12楼", Fold.DIGITS)
    '第00楼'
    """
    if text.isascii() and not folds & (Fold.CASE | Fold.DIGITS | Fold.PUNCTUATION | Fold.SPACE):
        return text
    return to_text(folded(code_points(text), folds))


def folded(points: CodePoints, folds: Fold = MATCHING) -> CodePoints:
    """`shadow` on code points."""
    return table(folds)[points]


@cache
def table(folds: Fold) -> CodePoints:
    """The code point that each code point folds to, ``shape (0x110000,)``; a fold of a fold is itself."""
    rows = _stored("folds.bin").reshape(-1, 3)
    points = np.arange(LIMIT, dtype=np.uint32)
    for fold in reversed(list(folds)):  # each folds into what the later ones make of it
        _, shapes, to = rows[rows[:, 0] == fold.value].T
        points[shapes] = points[to]
    points.setflags(write=False)
    return points


@cache
def word_mask() -> npt.NDArray[np.bool_]:
    """Which code points are letters, ideographs, digits or marks on them: no space, no punctuation, no symbol."""
    bounds = _stored("words.bin")  # where runs of such code points begin and end, in turn
    mask = np.zeros(LIMIT, np.bool_)
    for start, end in bounds.reshape(-1, 2).tolist():
        mask[start:end] = True
    mask.setflags(write=False)
    return mask


def _stored(name: str) -> CodePoints:
    return np.frombuffer(zlib.decompress((_DATA / name).read_bytes()), "<u4")
