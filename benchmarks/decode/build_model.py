"""Builds cleaner/decode/data/model.bin: how likely each character is, and each pair of hanzi.

Sources, all installed by pip, none committed (`pip install jieba Django janome`):

- jieba (MIT): the word frequencies of dict.txt, simplified Chinese; OpenCC (Apache-2.0) turns the words into
traditional.
- Django (BSD-3-Clause): its message catalogues in some sixty languages, for scripts, punctuation and letters.
- janome (Apache-2.0, with the IPADIC licence for its dictionary): the word costs of IPADIC, for Japanese kanji.

Run it as ``python -m benchmarks.decode.build_model FOLDER`` where FOLDER is the site-packages that hold the three.
"""

import re
import struct
import sys
import zlib
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import exp, log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.decode.model import CLASSES, MAGIC, STEP, class_of

OUT = Path(__file__).parents[2] / "cleaner" / "decode" / "data" / "model.bin"
BIGRAMS = 160_000
"""More pairs gain nothing measurable on the short slices and cost two bytes each."""

EVEN = {"wide": 0.3, "sign": 0.3}
"""The share of a class's mass that all its characters have alike, seen or not (else 0.01): the catalogues know full
stops and commas, but not the stars, boxes and blocks that forum posts are drawn with."""
SHAPES = np.isin(np.arange(65536), [*range(0x2500, 0x2600), 0x2605, 0x2606, *range(0x2190, 0x2194), 0x203B])
"""Boxes, blocks, stars and arrows: the even share counts them four times."""
DRAWN = 0.3
"""The probability that a wide sign follows a wide sign, for the same reason."""

CAPITALS = 0.15
"""The share of texts in capitals throughout, of which catalogues of messages have none."""

CATALOGUES = {"zh": ("zh_Hans", "zh_Hant"), "ja": ("ja",), "ko": ("ko",)}
MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\\n|\\\"|%[sd]|\{\w*\}")

Floats = npt.NDArray[np.float64]
Counts = Counter[str]


def catalogue(site: Path, locale: str) -> str:
    """All translated messages of one Django locale."""
    files = sorted(site.glob(f"django/**/locale/{locale}/LC_MESSAGES/django*.po"))
    blocks = (block for file in files for block in MESSAGE.findall(file.read_text("utf-8")))
    return "\n".join(PLACEHOLDER.sub(" ", "".join(re.findall(r'"(.*)"', block))) for block in blocks)


def locales(site: Path) -> list[str]:
    """The locales that Django itself is translated to."""
    return sorted(path.name for path in (site / "django/conf/locale").iterdir() if (path / "LC_MESSAGES").is_dir())


def chinese_words(site: Path) -> Iterator[tuple[str, float]]:
    """Jieba's words with their frequencies, and the same in traditional characters."""
    import opencc

    convert = opencc.OpenCC("s2t").convert
    for line in (site / "jieba/dict.txt").read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if all(class_of(char) == CLASSES.index("hanzi") for char in word):
            yield word, float(count)
            yield convert(word), float(count)


def japanese_words(site: Path) -> Iterator[tuple[str, float]]:
    """IPADIC's words, weighted by their costs (about 700 cost units are a factor of e)."""
    sys.path.insert(0, str(site))
    from janome.sysdic import entries

    table = entries(compact=True)
    for number in table:
        surface, _, _, cost = table[number][:4]
        yield surface, exp(-max(cost, 0) / 700)


def character_counts(words: Iterable[tuple[str, float]]) -> Counts:
    """How often each character stands in the words."""
    counts: Counts = Counter()
    for word, weight in words:
        for char in word:
            counts[char] += weight  # type: ignore[assignment]  # weights are fractions
    return counts


def scaled(counts: Counts, name: str, total: float) -> Counts:
    """The characters of one class only, scaled to a given total."""
    own = {char: count for char, count in counts.items() if CLASSES[class_of(char)] == name}
    factor = total / max(sum(own.values()), 1e-9)
    return Counter({char: count * factor for char, count in own.items()})


def costs(counts: Counts, members: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """-log P(character | its class) in units of STEP, for the whole basic plane."""
    table = np.zeros(65536)
    for char, count in counts.items():
        if ord(char) < 65536:
            table[ord(char)] += count
    for number in range(len(CLASSES)):
        mine = members == number
        total, size = table[mine].sum(), int(mine.sum())
        if size:
            shared = EVEN.get(CLASSES[number], 0.01)
            even = np.where(SHAPES, 4.0, 1.0)[mine] if CLASSES[number] == "wide" else np.ones(size)
            even /= even.sum()
            table[mine] = (1 - shared) * table[mine] / total + shared * even if total else even
    return np.clip(np.rint(-np.log(table) / STEP), 0, 255).astype(np.uint8)


def transitions(texts: Iterable[tuple[str, float]]) -> npt.NDArray[np.uint8]:
    """-log P(class | class before), every text weighing as much as it is told."""
    counts = np.full((len(CLASSES), len(CLASSES)), 1e-6)
    for text, weight in texts:
        numbers = [class_of(char) for char in text]
        share = weight / max(len(numbers), 1)
        for before, after in pairwise(numbers):
            counts[before, after] += share
    counts /= counts.sum(axis=1, keepdims=True)
    counts = 0.998 * counts + 0.002 / len(CLASSES)
    wide = CLASSES.index("wide")
    counts[wide] *= 1 - DRAWN
    counts[wide, wide] += DRAWN
    return np.clip(np.rint(-np.log(counts) / STEP), 0, 255).astype(np.uint8)


def pairs(words: Iterable[tuple[str, float]]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """The commonest pairs of hanzi inside words, and log(P(second | first) / P(second)) for each."""
    both: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for word, weight in words:
        single.update(dict.fromkeys(word, 0))
        for char in word:
            single[char] += weight  # type: ignore[assignment]
        for pair in pairwise(word):
            both[pair] += weight  # type: ignore[assignment]
    total = sum(single.values())
    rows = []
    for (first, second), count in both.most_common(BIGRAMS):
        gain = log(0.7 * count * total / (single[first] * single[second]) + 0.3)
        if gain > 0.5 and ord(first) < 65536 and ord(second) < 65536:
            rows.append((ord(first) << 16 | ord(second), gain))
    rows.sort()
    keys = np.array([key for key, _ in rows], dtype=np.uint32)
    gains = np.array([gain for _, gain in rows])
    # Half-nat steps: the finer ones change no decision.
    return keys, np.clip(np.rint(gains * 2), 0, 255).astype(np.uint8)


def build(site: Path) -> bytes:
    """The model as bytes; cleaner/decode/model.py reads it."""
    members = np.array([class_of(chr(code)) for code in range(65536)], dtype=np.uint8)
    texts = {name: catalogue(site, name) for name in locales(site)}
    texts = {name: text for name, text in texts.items() if len(text) > 5000}
    base: Counts = Counter()
    for text in texts.values():
        base.update(text)
        for char, count in Counter(text.upper()).items():
            base[char] += CAPITALS * count  # type: ignore[assignment]  # weights are fractions
    words = list(chinese_words(site))
    ja = character_counts(japanese_words(site))
    chinese = scaled(character_counts(words), "hanzi", 1.0)
    japanese_text = Counter(texts["ja"])
    kanji = scaled(ja, "hanzi", 0.5) + scaled(japanese_text, "hanzi", 0.5)
    for name in ("kana",):
        for char in [char for char in base if CLASSES[class_of(char)] == name]:
            del base[char]
        base.update(scaled(japanese_text, name, 0.9) + scaled(ja, name, 0.1))
    for char in [char for char in base if CLASSES[class_of(char)] == "hanzi"]:
        del base[char]
    east = {name for names in CATALOGUES.values() for name in names}
    # Chinese, Japanese and Korean are three of sixty catalogues; they weigh as much as all the others together.
    weighted = [(text, 10.0 if name in east else 1.0) for name, text in texts.items()]
    weighted += [(text.upper(), weight * CAPITALS) for text, weight in weighted]
    keys, gains = pairs(words)
    deltas = np.diff(keys, prepend=np.uint32(0)).astype("<u4")
    blocks = [
        members.tobytes(),
        costs(base + chinese, members).tobytes(),
        costs(base + kanji, members).tobytes(),
        transitions(weighted).tobytes(),
        deltas.view(np.uint8).reshape(-1, 4).T.tobytes(),
        gains.tobytes(),
    ]
    packed = zlib.compress(b"".join(blocks), 9)
    print(f"{len(keys)} pairs, {len(texts)} catalogues")
    return MAGIC + struct.pack("<I", len(keys)) + packed


def main() -> None:
    """Writes the model file."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    data = build(parser.parse_args().folder)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(data)
    print(f"{OUT.name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
