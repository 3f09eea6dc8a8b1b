"""Random bytes in GBK, Big5 and UTF-8 documents: the family, and the characters that come back."""

import random
from bisect import bisect_right
from pathlib import Path

from benchmarks.decode.measure import attempt, placed, recovered
from benchmarks.decode.texts import encodable, from_folder, hanzi, simplified, traditional
from cleaner.decode.codec import codec

RATES = (1e-4, 1e-3, 1e-2)
LONG = 5000
"""Characters; in a shorter document of hanzi one bad byte is more than the smallest rate."""
LIMIT = 20_000
"""Characters of a document; the longest would weigh as much as all others."""
DOCUMENTS = 24


def damage(folder: str = "", repeats: int = 3) -> None:
    """The share of characters recovered, and the most that could be: those whose bytes are untouched.

    Args:
        folder: holds texts of your own, as for ``confidence``; without it, the seeds and the labelled files.
        repeats: how often each document is damaged anew.
    """
    held = from_folder(Path(folder)) if folder else {}
    zh, zht = (held["zh"], held["zht"]) if held else (simplified(), traditional())
    for name, python, texts in (("gb18030", "gb18030", zh), ("big5", "big5hkscs", zht), ("utf-8", "utf-8", zh)):
        # A page of source code with a dozen hanzi says nothing of Big5 once it holds more random bytes than those.
        cut = (encodable(text, python)[:LIMIT] for text in texts)
        long = [text for text in cut if len(text) >= LONG and hanzi(text) * 10 > len(text)][:DOCUMENTS]
        for rate in RATES:
            _report(name, long, rate, repeats)


def _report(name: str, texts: list[str], rate: float, repeats: int) -> None:
    rng = random.Random(f"{name} {rate}")  # noqa: S311 - repeatable damage, no secrets
    total = hit = possible = wrong = 0
    for text in texts * repeats:
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
    print(
        f"{name:8} {rate:.2%} of bytes random: {len(texts) * repeats - wrong} of {len(texts) * repeats} right family, "
        f"{hit / total:.5f} of characters recovered, {possible / total:.5f} untouched"
    )


def damaged(data: bytes, rate: float, rng: random.Random) -> bytes:
    """The data with that share of its bytes, at least one, replaced by random ones."""
    out = bytearray(data)
    for at in rng.sample(range(len(out)), max(1, round(len(out) * rate))):
        out[at] = rng.randrange(256)
    return bytes(out)
