"""Texts that the likelihood model never saw, and pieces of them as bytes."""

import json
import os
import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TypedDict

from cleaner.decode.codec import canonical, codec

ROOT = Path(__file__).parents[2]
Piece = tuple[bytes, str]
"""Some bytes and the text that they are."""
Texts = dict[str, tuple[str, ...]]
"""Texts by language: zh, zht (traditional), ja, ko."""
FOREIGN = re.compile("[\u3041-\u30fa\uac00-\ud7a3]")
"""Kana and hangul."""
DOCUMENT = 6000
"""Characters; the lines of a file are taken together up to so many."""


class Row(TypedDict):
    """One labelled file."""

    file: str
    set: str
    encoding: str
    strict: bool


def gold() -> Path:
    """The folder of labelled files that CLEANER_GOLD names."""
    folder = os.environ.get("CLEANER_GOLD", "")
    if not folder:
        raise SystemExit("set CLEANER_GOLD to the folder with the labelled files")
    return Path(folder)


@cache
def labelled() -> tuple[tuple[Row, bytes], ...]:
    """The real files with their labels."""
    folder = gold() / "encoding"
    rows = json.loads((folder / "truth.json").read_text("utf-8"))
    return tuple((row, (folder / row["file"]).read_bytes()) for row in rows)


def truth_of(row: Row, data: bytes) -> str:
    """The text of a labelled file in its true codec."""
    label = row["encoding"]
    if label in {"UTF-16", "UTF-32"}:
        return data.decode(label)
    known = codec(canonical(label))
    return known.decode(data, "strict" if row["strict"] else "replace").lstrip("\ufeff")


@cache
def simplified() -> tuple[str, ...]:
    """The seeds, and the labelled chrome documents in Chinese where there are any."""
    files = sorted((ROOT / "seeds").glob("*.txt"))
    if os.environ.get("CLEANER_GOLD"):
        files += sorted((gold() / "chrome").glob("*.txt"))
    texts = (file.read_bytes().decode("utf-8", "ignore").replace("\ufeff", "") for file in files)
    return tuple(text for text in texts if hanzi(text) > 100 and len(FOREIGN.findall(text)) * 20 < hanzi(text))


@cache
def traditional() -> tuple[str, ...]:
    """The same in traditional characters by OpenCC, and the labelled Big5 files of prose."""
    import opencc

    convert = opencc.OpenCC("s2t").convert
    texts = [convert(text) for text in simplified()]
    if os.environ.get("CLEANER_GOLD"):
        rows = ((row, data) for row, data in labelled() if row["set"] in {"ptt", "chardet-zh"})
        texts += [truth_of(row, data) for row, data in rows if canonical(row["encoding"]) == "big5"]
    return tuple(text for text in texts if hanzi(text) > 100)


@cache
def others(language: str) -> tuple[str, ...]:
    """The labelled Japanese ("ja") or Korean ("ko") files."""
    rows = ((row, data) for row, data in labelled() if row["set"] == "chardet-jako")
    wanted = {"ja": ("shift_jis", "euc-jp"), "ko": ("euc-kr",)}[language]
    return tuple(truth_of(row, data) for row, data in rows if canonical(row["encoding"]) in wanted)


def texts_for(python: str) -> tuple[str, ...]:
    """Texts of the language that a codec is for."""
    name = canonical(python)
    if name in {"shift_jis", "euc-jp"}:
        return others("ja")
    return others("ko") if name == "euc-kr" else traditional() if name == "big5" else simplified()


def hanzi(text: str) -> int:
    """How many characters of a text are hanzi, kana or hangul."""
    return sum(
        "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text
    )


def encodable(text: str, python: str) -> str:
    """The text without the characters that a codec lacks."""
    known = canonical(python)
    return truth(text.encode(codec(known).python if known == "shift_jis" else python, "ignore"), python)


def coded(text: str, python: str) -> bytes:
    """The bytes of a text that `encodable` returned."""
    named = canonical(python) if python.startswith(("big5", "shift")) else ""
    return codec(named).encode(text) if named else text.encode(python)


def truth(data: bytes, python: str) -> str:
    """What the standard makes of the bytes; Python's tables of this name differ in Big5 and Shift_JIS."""
    named = canonical(python) if python.startswith(("big5", "shift")) else ""
    return codec(named).decode(data, "ignore") if named else data.decode(python, "ignore")


def bounds(text: str, python: str) -> list[int]:
    """Where each character of a text begins in its bytes, and their end; for codecs without state or mark."""
    return [0, *accumulate(len(coded(char, python)) for char in text)]


def slices(texts: Sequence[str], python: str, size: int, count: int) -> Iterator[Piece]:
    """Random pieces of whole characters, at most `size` bytes long, at least half of their characters hanzi."""
    rng = random.Random(f"{python} {size}")  # noqa: S311 - repeatable slices, no secrets
    while count:
        text = rng.choice(texts)
        start = rng.randrange(len(text))
        piece = encodable(text[start : start + size], python)
        while piece and len(coded(piece, python)) > size:
            piece = piece[:-1]
        if hanzi(piece) * 2 > len(piece) > 2:
            count -= 1
            yield coded(piece, python), piece


def cuts(texts: Sequence[str], python: str, size: int, count: int) -> Iterator[Piece]:
    """Random windows that begin and end inside a character, and the text of the whole characters in them."""
    rng = random.Random(f"{python} {size} cut")  # noqa: S311 - repeatable slices, no secrets
    sources = [(encodable(text, python)) for text in texts]
    prepared = [(coded(text, python), bounds(text, python)) for text in sources if len(text) > 2 * size]
    while count:
        data, starts = rng.choice(prepared)
        start = rng.randrange(len(data) - size)
        first, last = bisect_left(starts, start), bisect_right(starts, start + size) - 1
        if starts[first] == start or starts[last] == start + size or first >= last:
            continue
        whole = truth(data[starts[first] : starts[last]], python)
        if hanzi(whole) * 2 > len(whole) > 2:
            count -= 1
            yield data[start : start + size], whole


def from_folder(folder: Path) -> Texts:
    """The files of the folder, in documents of some thousand characters."""
    return {name: tuple(_documents((folder / f"{name}.txt").read_text("utf-8"))) for name in ("zh", "zht", "ja", "ko")}


def _documents(text: str) -> list[str]:
    return [text[start : start + DOCUMENT] for start in range(0, len(text), DOCUMENT)]
