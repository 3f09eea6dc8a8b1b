"""Binaries are refused, and no text is."""

import os
import random
import sys
import sysconfig
from collections import Counter
from itertools import chain
from pathlib import Path

from benchmarks.decode.binaries import found, made, pieces
from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import labelled, simplified

ROOTS = (sys.prefix, sys.base_prefix, "/usr/lib", "/usr/share")
FILES = 60
"""Of each kind that is found on this machine."""
PIECES = 4
ROUNDS = 8
SOURCES = 400


def refusal() -> None:
    """Counts of both, by kind, with what went wrong."""
    rng = random.Random(7)  # noqa: S311 - the same pieces in every run
    roots = [path for path in map(Path, ROOTS) if path.is_dir()]
    whole = chain((made(rng) for _ in range(ROUNDS)), [found(rng, roots, FILES)])
    total: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for kind, data in pieces(rng, chain.from_iterable(whole), PIECES):
        decoded = attempt(data)
        total[kind] += 1
        refused[kind] += decoded is None
        if decoded:
            print(f"  {kind}, {len(data)} bytes, read as {decoded.codec}: {data[:40]!r}")
    for kind, count in sorted(total.items()):
        print(f"{kind:16} {refused[kind]:5} of {count:5} pieces refused")
    print(f"{'all':16} {refused.total():5} of {total.total():5} pieces refused")
    texts = list(_texts())
    wrong = [name for name, data in texts if attempt(data) is None]
    print(f"texts refused: {len(wrong)} of {len(texts)} {wrong[:5]}")


def _texts() -> list[tuple[str, bytes]]:
    """The standard library's sources, coloured and padded texts, and the labelled files."""
    files = sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py"))[:SOURCES]
    texts = [(file.name, file.read_bytes()) for file in files]
    for number, text in enumerate(simplified()):
        data = text[:5000].encode("gb18030")
        texts += [
            (f"coloured {number}", data.replace(b"\n", b"\x1b[1;33m\n\x1b[m")),
            (f"padded {number}", data + b"\0" * 900),
        ]
    if os.environ.get("CLEANER_GOLD"):
        texts += [(row["file"], data) for row, data in labelled()]
    return texts
