"""Random bytes in GBK, Big5 and UTF-8 documents: the family, and the characters that come back."""

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

from benchmarks.decode.measure import attempt, placed, recovered
from benchmarks.decode.texts import encodable, from_folder, hanzi, labelled, simplified, traditional, truth_of
from cleaner.decode.codec import canonical, codec

RATES = (1e-4, 1e-3, 1e-2)
LONG = 5000
"""Characters; the documents whose characters are counted have as many, and one hanzi in ten of them."""
FEW = 12
"""Hanzi; the least that a page of ASCII must have for its family to be asked for."""
LIMIT = 20_000
"""Characters of a document; the longest would weigh as much as all others."""
DOCUMENTS = 48


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares of all characters that came back, and of those that no bad byte hit; documents read in another codec."""

    back: float
    untouched: float
    wrong: int


def damage(folder: str = "", rounds: int = 4) -> None:
    """The share of characters recovered, and the most that could be: those whose bytes are untouched.

    Args:
        folder: holds texts of your own, as for ``confidence``; without it, the seeds and the labelled files.
        rounds: how often each document is damaged anew; the spread is the standard deviation over the rounds.
    """
    held = from_folder(Path(folder)) if folder else {}
    zh, zht = (held["zh"], held["zht"]) if held else (simplified(), traditional())
    for name, python, texts in (("gb18030", "gb18030", zh), ("big5", "big5hkscs", zht), ("utf-8", "utf-8", zh)):
        dense = [text for text in _cut(texts, python) if len(text) >= LONG and hanzi(text) * 10 > len(text)]
        for rate in RATES:
            _report(name, dense[:DOCUMENTS], rate, rounds)
    if not folder:
        for name, python in (("gb18030", "gb18030"), ("big5", "big5hkscs")):
            _families(name, _cut(_labelled(name), python), rounds=2)


def _cut(texts: Sequence[str], python: str) -> list[str]:
    return [encodable(text, python)[:LIMIT] for text in texts]


def _labelled(name: str) -> list[str]:
    return [truth_of(row, data) for row, data in labelled() if row["strict"] and canonical(row["encoding"]) == name]


def _report(name: str, texts: list[str], rate: float, rounds: int) -> None:
    rng = random.Random(f"{name} {rate}")  # noqa: S311 - repeatable damage, no secrets
    tallies = [_tally(name, texts, rate, rng) for _ in range(rounds)]
    back = [tally.back for tally in tallies]
    count, wrong = len(texts) * rounds, sum(tally.wrong for tally in tallies)
    print(
        f"{name:8} {rate:.2%} of bytes random: {count - wrong} of {count} right family, {fmean(back):.5f} of "
        f"characters recovered (spread {stdev(back):.5f}), {fmean(tally.untouched for tally in tallies):.5f} untouched",
        flush=True,
    )


def _tally(name: str, texts: list[str], rate: float, rng: random.Random) -> Tally:
    """All of the documents damaged once."""
    total = hit = possible = wrong = 0
    for text in texts:
        chars = placed([(text, name)])
        clean = codec(name).encode(text)
        dirty = damaged(clean, rate, rng)
        starts = [at for at, _ in chars]
        struck = {bisect_right(starts, at) for at in range(len(clean)) if clean[at] != dirty[at]}
        decoded = attempt(dirty)
        wrong += decoded is None or decoded.codec != name
        found = recovered(decoded) if decoded else set()
        total, hit, possible = (
            total + len(chars),
            hit + sum(char in found for char in chars),
            possible + len(chars) - len(struck),
        )
    return Tally(hit / total, possible / total, wrong)


def _families(name: str, texts: list[str], rounds: int) -> None:
    """The family of all labelled files that hold a few hanzi, most of them pages of source code."""
    some = [text for text in texts if hanzi(text) >= FEW]
    for rate in RATES:
        rng = random.Random(f"{name} {rate} family")  # noqa: S311 - repeatable damage, no secrets
        read = [attempt(damaged(codec(name).encode(text), rate, rng)) for text in some * rounds]
        right = sum(decoded is not None and decoded.codec == name for decoded in read)
        print(f"{name:8} {rate:.2%} of bytes random: {right} of {len(read)} labelled files right family", flush=True)


def damaged(data: bytes, rate: float, rng: random.Random) -> bytes:
    """The data with that share of its bytes replaced by random ones."""
    out = bytearray(data)
    expected = len(out) * rate
    for at in rng.sample(range(len(out)), int(expected) + (rng.random() < expected % 1)):
        out[at] = rng.randrange(256)
    return bytes(out)
