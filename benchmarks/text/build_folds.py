"""Builds cleaner/text/data: what each code point folds to, and which code points make words.

Sources: the Unicode data of the Python that runs this, and the characters of OpenCC's ``t2s`` (Apache-2.0 licence).
Run it as ``python -m benchmarks.text.build_folds``.
"""

import unicodedata
import zlib
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import LIMIT, Fold

OUT = Path(__file__).parents[2] / "cleaner" / "text" / "data"

# Blocks in which OpenCC's single-character table has entries: CJK, its extensions A-H, compatibility ideographs.
IDEOGRAPHS = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))

MARKS = {
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


def width() -> dict[int, int]:
    """Full- and half-width forms of one character; the Korean half-width letters and the signs among them, too."""
    shapes = (*range(0xFF01, 0xFF5F), *range(0xFF61, 0xFFEF))
    normal = {point: unicodedata.normalize("NFKC", chr(point)) for point in shapes}
    return {0x3000: 0x20, 0xFFE5: 0xA5} | {point: ord(to) for point, to in normal.items() if len(to) == 1}


def case() -> dict[int, int]:
    """Letters to lower case, but for the few whose lower case are two characters."""
    lower = {point: chr(point).lower() for point in range(0x20000)}
    return {point: ord(to) for point, to in lower.items() if len(to) == 1}


def script() -> dict[int, int]:
    """Traditional hanzi to the simplified ones."""
    import opencc

    characters = [chr(point) for low, high in IDEOGRAPHS for point in range(low, high)]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    once = {ord(a): ord(b) for a, b in zip(characters, simple, strict=True) if len(b) == 1}
    return {point: once.get(to, to) for point, to in once.items()}


def digits() -> dict[int, int]:
    """Every decimal digit to 0."""
    return {point: ord("0") for point in range(0x20000) if unicodedata.category(chr(point)) == "Nd"}


def punctuation() -> dict[int, int]:
    """The shapes of one mark to one of them."""
    return {ord(shape): ord(mark) for mark, shapes in MARKS.items() for shape in shapes}


def space() -> dict[int, int]:
    """White space but the line terminators to a blank."""
    return {point: 0x20 for point in range(0x10000) if chr(point).isspace() and chr(point) not in "\n\r"}


FOLDS = {
    Fold.WIDTH: width, Fold.CASE: case, Fold.SCRIPT: script,
    Fold.DIGITS: digits, Fold.PUNCTUATION: punctuation, Fold.SPACE: space,
}  # fmt: skip


def folds() -> npt.NDArray[np.uint32]:
    """The fold, the code point and what it folds to, shape (changes, 3)."""
    rows = [(fold.value, point, to) for fold, build in FOLDS.items() for point, to in build().items() if point != to]
    return np.array(sorted(rows), "<u4")


def words() -> npt.NDArray[np.uint32]:
    """Where a run of letters, digits and marks on letters begins and where it ends, shape (runs, 2)."""
    mask = np.array([unicodedata.category(chr(point))[0] in "LNM" for point in range(LIMIT)])
    return np.flatnonzero(np.diff(mask, prepend=False, append=False)).astype("<u4").reshape(-1, 2)


if __name__ == "__main__":
    ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter).parse_args()
    for name, table in (("folds.bin", folds()), ("words.bin", words())):
        data = zlib.compress(table.tobytes(), 9)
        (OUT / name).write_bytes(data)
        print(f"{OUT / name}: {len(table):,} rows, {len(data):,} bytes")
