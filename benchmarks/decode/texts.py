"""Texts that the likelihood model never saw, and slices of them as bytes."""

import json
import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from cleaner.decode.codec import canonical, codec

ROOT = Path(__file__).parents[2]
HANZI = ("\u3400", "\u9fff")


def gold() -> Path:
    """The folder of labelled files that CLEANER_GOLD names."""
    folder = os.environ.get("CLEANER_GOLD", "")
    if not folder:
        raise SystemExit("set CLEANER_GOLD to the folder with the labelled files")
    return Path(folder)


@cache
def labelled() -> tuple[tuple[dict[str, str], bytes], ...]:
    """The real files with their labels."""
    folder = gold() / "encoding"
    rows = json.loads((folder / "truth.json").read_text("utf-8"))
    return tuple((row, (folder / row["file"]).read_bytes()) for row in rows)


def truth_of(row: dict[str, str], data: bytes) -> str:
    """The text of a labelled file in its true codec."""
    label = row["encoding"]
    if label in {"UTF-16", "UTF-32"}:
        return data.decode(label)
    known = codec(canonical(label))
    return known.decode(data, "strict" if row["strict"] else "replace").lstrip("\ufeff")


@cache
def simplified() -> tuple[str, ...]:
    """The seeds, and the labelled chrome documents where there are any."""
    files = sorted((ROOT / "seeds").glob("*.txt"))
    if os.environ.get("CLEANER_GOLD"):
        files += sorted((gold() / "chrome").glob("*.txt"))
    texts = (file.read_bytes().decode("utf-8", "ignore") for file in files)
    return tuple(text for text in texts if sum(map(is_hanzi, text)) > 100)


@cache
def traditional() -> tuple[str, ...]:
    """The same in traditional characters by OpenCC, and the labelled Big5 files of prose."""
    import opencc

    convert = opencc.OpenCC("s2t").convert
    texts = [convert(text) for text in simplified()]
    if os.environ.get("CLEANER_GOLD"):
        rows = ((row, data) for row, data in labelled() if row["set"] in {"ptt", "chardet-zh"})
        texts += [truth_of(row, data) for row, data in rows if canonical(row["encoding"]) == "big5"]
    return tuple(text for text in texts if sum(map(is_hanzi, text)) > 100)


def is_hanzi(char: str) -> bool:
    """Whether a character is one of the common hanzi blocks."""
    return HANZI[0] <= char <= HANZI[1]


def encodable(text: str, python: str) -> str:
    """The text without the characters that a codec lacks."""
    return truth(text.encode(python, "ignore"), python)


def coded(text: str, python: str) -> bytes:
    """The bytes of a text that `encodable` returned."""
    return codec("big5").encode(text) if python.startswith("big5") else text.encode(python)


def truth(data: bytes, python: str) -> str:
    """What the standard makes of the bytes; Python's Big5 has other characters on some codes."""
    return codec("big5").decode(data) if python.startswith("big5") else data.decode(python, "ignore")


def slices(
    texts: tuple[str, ...], python: str, size: int, count: int, seed: int = 1
) -> Iterator[tuple[bytes, str]]:
    """Random pieces of whole characters of at most `size` bytes, with at least half of their characters hanzi."""
    rng = random.Random(f"{python}{size}{seed}")
    while count:
        text = rng.choice(texts)
        start = rng.randrange(len(text))
        piece = _fitting(text[start : start + size], python, size)
        if piece and sum(map(is_hanzi, piece)) * 2 > len(piece) > 3:
            count -= 1
            yield coded(piece, python), piece


def _fitting(text: str, python: str, size: int) -> str:
    text = encodable(text, python)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(coded(text[:middle], python)) <= size else (low, middle - 1)
    return text[:low]


def cuts(texts: tuple[str, ...], python: str, size: int, count: int, seed: int = 1) -> Iterator[tuple[bytes, str]]:
    """Random byte windows, cut inside a character at both ends, and the text of the whole characters in them."""
    rng = random.Random(f"{python}{size}{seed}cut")
    sources: dict[int, tuple[bytes, list[int]]] = {}
    while count:
        number = rng.randrange(len(texts))
        if number not in sources:
            text = encodable(texts[number], python)
            sources[number] = (coded(text, python), _bounds(text, python))
        data, bounds = sources[number]
        if len(data) < size + 8:
            continue
        start = rng.randrange(len(data) - size)
        inside = start in _as_set(bounds) or start + size in _as_set(bounds)
        window = data[start : start + size]
        if inside:
            continue
        first = next(at for at in bounds_from(bounds, start))
        last = max(at for at in bounds if at <= start + size)
        whole = truth(data[first:last], python)
        if sum(map(is_hanzi, whole)) * 2 > len(whole) > 3:
            count -= 1
            yield window, whole


def bounds_from(bounds: list[int], start: int) -> Iterator[int]:
    """The character boundaries from `start` on."""
    from bisect import bisect_left

    return iter(bounds[bisect_left(bounds, start) :])


_SETS: dict[int, set[int]] = {}


def _as_set(bounds: list[int]) -> set[int]:
    return _SETS.setdefault(id(bounds), set(bounds))


def _bounds(text: str, python: str) -> list[int]:
    at = 0
    bounds = [0]
    for char in text:
        at += len(coded(char, python))
        bounds.append(at)
    return bounds


Maker = Callable[[], Iterator[tuple[bytes, str]]]
