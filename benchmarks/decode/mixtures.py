"""UTF-8 and a legacy codec in one file, by lines and inside lines."""

import random

from benchmarks.decode.measure import attempt, placed, recovered
from benchmarks.decode.texts import encodable, hanzi, simplified, traditional
from cleaner.decode.codec import codec

SHARES = {"5% of lines UTF-8": 0.05, "20% of lines": 0.2, "50% of lines": 0.5}
LINES = 60


def mixtures(count: int = 20) -> None:
    """The share of characters that come back in place."""
    for name, python, texts in (("gb18030", "gb18030", simplified()), ("big5", "big5hkscs", traditional())):
        long = [encodable(text, python) for text in texts if len(text) > 2000]
        for label in (*SHARES, "lines of 4 to 8 hanzi", "inside lines"):
            rng = random.Random(f"{name} {label}")  # noqa: S311 - repeatable files, no secrets
            total = hit = segments = 0
            for _ in range(count):
                pieces = _pieces(rng.choice(long), name, label, rng)
                chars = placed(pieces)
                decoded = attempt(b"".join(codec(each).encode(text) for text, each in pieces))
                found = recovered(decoded) if decoded else set()
                total, hit = total + len(chars), hit + sum(char in found for char in chars)
                segments += len(decoded.segments) if decoded else 0
            print(f"{name:8} {label:22} {hit / total:.5f} of {total:,} characters, {segments:,} segments reported")


def _pieces(text: str, name: str, label: str, rng: random.Random) -> list[tuple[str, str]]:
    """Lines of at least four hanzi, each with its codec; for "inside lines" most are switched once."""
    lines = [line for line in text.splitlines(keepends=True) if hanzi(line) >= 4]
    if label.startswith("lines"):
        lines = ["".join(char for char in line if hanzi(char))[: rng.randrange(4, 9)] + "\n" for line in lines]
    start = rng.randrange(max(1, len(lines) - LINES))
    lines = lines[start : start + LINES]
    if label != "inside lines":
        share = SHARES.get(label, 0.3)
        return [(line, "utf-8" if rng.random() < share else name) for line in lines]
    return [piece for line in lines for piece in _switched(line, name, rng)]


def _switched(line: str, name: str, rng: random.Random) -> list[tuple[str, str]]:
    places = [
        at for at in range(4, len(line) - 4) if hanzi(line[:at]) >= 4 and hanzi(line[at:]) >= 4 and hanzi(line[at])
    ]
    if not places:
        return [(line, name)]
    at = rng.choice(places)
    first, second = (name, "utf-8") if rng.random() < 0.5 else ("utf-8", name)
    return [(line[:at], first), (line[at:], second)]
