"""The shadow of a text: a copy of the same length, folded so that variants of one character compare equal.

Every fold maps one code point to one code point, so that an offset in the shadow is an offset in the text. Folds are
NumPy tables over all code points (one gather per text; unicodedata.normalize("NFKC") costs some thirty times as much).
The script fold is OpenCC's character table (t2s), read once per process.
"""

import unicodedata
from enum import Flag, auto
from functools import cache

import numpy as np
import numpy.typing as npt

CodePoints = npt.NDArray[np.uint32]

LIMIT = 0x110000  # one more than the largest code point
# Blocks in which OpenCC's single-character table has entries: CJK, its extensions A-H, compatibility ideographs.
_IDEOGRAPHS = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))
# Planes 0 to 3 and 14. Nothing is assigned in planes 4 to 13, and 15 and 16 are private: no letters there.
_ASSIGNED = ((0, 0x40000), (0xE0000, 0xE1000))


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

_MARKS = {
    '"': "“”„‟«»「」『』〝〞＂",
    "'": "‘’‚‛`´",
    "-": "‐‑‒–—―−─－",
    "~": "～〜∼",
    ",": "、，",
    ".": "。．｡",
    "(": "（〔【［〖",
    ")": "）〕】］〗",
    "·": "•・‧∙●",
}


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
    points = np.arange(LIMIT, dtype=np.uint32)
    for fold, build in _BUILDERS:
        if fold & folds:
            points = build()[points]
    points.setflags(write=False)
    return points


@cache
def word_mask() -> npt.NDArray[np.bool_]:
    """Which code points are letters, ideographs, digits or marks on them: no space, no punctuation, no symbol."""
    mask = np.zeros(LIMIT, np.bool_)
    for low, high in _ASSIGNED:
        categories = "".join(map(unicodedata.category, map(chr, range(low, high)))).encode()
        mask[low:high] = np.isin(np.frombuffer(categories, np.uint8)[::2], np.frombuffer(b"LNM", np.uint8))
    mask.setflags(write=False)
    return mask


def _identity() -> CodePoints:
    return np.arange(LIMIT, dtype=np.uint32)


def _pairs(pairs: dict[int, int]) -> CodePoints:
    points = _identity()
    points[list(pairs)] = np.array(list(pairs.values()), np.uint32)
    return points


def _width() -> CodePoints:
    pairs = {0x3000: 0x20, 0xFFE5: 0xA5}
    for point in (*range(0xFF01, 0xFF5F), *range(0xFF61, 0xFFEF)):
        normal = unicodedata.normalize("NFKC", chr(point))
        if len(normal) == 1:
            pairs[point] = ord(normal)
    return _pairs(pairs)


def _case() -> CodePoints:
    pairs = {}
    for point in range(0x20000):
        lower = chr(point).lower()
        if len(lower) == 1 and lower != chr(point):
            pairs[point] = ord(lower)
    return _pairs(pairs)


def _script() -> CodePoints:
    import opencc

    characters = [chr(point) for low, high in _IDEOGRAPHS for point in range(low, high)]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = {ord(a): ord(b) for a, b in zip(characters, simple, strict=True) if len(b) == 1 and a != b}
    points = _pairs(pairs)
    return points[points]


def _digits() -> CodePoints:
    digits = [point for point in range(0x20000) if unicodedata.category(chr(point)) == "Nd"]
    return _pairs(dict.fromkeys(digits, ord("0")))


def _punctuation() -> CodePoints:
    return _pairs({ord(shape): ord(mark) for mark, shapes in _MARKS.items() for shape in shapes})


def _space() -> CodePoints:
    spaces = [p for p in range(0x10000) if chr(p).isspace() and chr(p) not in "\n\r"]
    return _pairs(dict.fromkeys(spaces, 0x20))


_BUILDERS = (
    (Fold.WIDTH, _width),
    (Fold.CASE, _case),
    (Fold.SCRIPT, _script),
    (Fold.DIGITS, _digits),
    (Fold.PUNCTUATION, _punctuation),
    (Fold.SPACE, _space),
)
