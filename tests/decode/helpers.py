"""What the tests of this room share."""

import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benchmarks.decode.measure import attempt
from cleaner.decode.codec import codec

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
NAMES = {"gb18030": "gb18030", "big5": "big5hkscs", "utf-8": "utf-8"}


@cache
def texts(name: str) -> tuple[str, ...]:
    """The seeds, for Big5 in traditional characters, without what the codec lacks."""
    plain: Iterable[str] = (path.read_bytes().decode() for path in SEEDS)
    if name == "big5":
        import opencc

        convert = opencc.OpenCC("s2t").convert
        plain = (convert(text) for text in plain)
    known = codec(name)
    return tuple(known.decode(text.encode(NAMES.get(name, known.python), "ignore"), "ignore") for text in plain)


def is_hanzi(char: str) -> bool:
    """Whether a character is a common hanzi."""
    return "\u4e00" <= char <= "\u9fff"


def pieces(name: str, size: int, count: int, seed: int = 1) -> list[str]:
    """Random pieces of whole characters of at most `size` bytes, at least half of them hanzi."""
    rng = random.Random(f"{name} {size} {seed}")  # noqa: S311 - repeatable pieces
    known = codec(name)
    found: list[str] = []
    while len(found) < count:
        text = rng.choice(texts(name))
        start = rng.randrange(len(text))
        piece = text[start : start + size]
        while len(known.encode(piece)) > size:
            piece = piece[:-1]
        if sum(map(is_hanzi, piece)) * 2 > len(piece) > 2:
            found.append(piece)
    return found


def share_exact(cases: list[tuple[bytes, str]]) -> float:
    """The share of the cases whose bytes decode to their text."""
    return sum((decoded := attempt(data)) is not None and decoded.text == text for data, text in cases) / len(cases)
