"""How cost and memory grow with the corpus: one process each, over nested folders."""

import os
import sys
from pathlib import Path

from benchmarks.dedup.corpus import make
from benchmarks.dedup.speed import run

_SMALLEST = 1_250


def measure(folder: Path, documents: int) -> None:
    """Prints cost from 1,250 documents up, each time twice as many."""
    print("| documents | MB | wall s | cpu s | cpu ms per document | peak MiB | dropped |")
    print("|---|---|---|---|---|---|---|")
    count = _SMALLEST
    while count <= documents:
        corpus = folder / f"dedup-{count}"
        make(corpus, count, count // 80)
        files = [entry.stat().st_size for entry in os.scandir(corpus)]
        cost = run([sys.executable, "-m", "benchmarks.dedup.ours", str(corpus)])
        print(
            f"| {len(files)} | {sum(files) / 1e6:.0f} | {cost.wall:.2f} | {cost.cpu:.2f} |"
            f" {1000 * cost.cpu / len(files):.3f} | {cost.peak:.0f} | {cost.said} |"
        )
        count *= 2


def memory(folder: Path, documents: int) -> None:
    """Prints the peak over documents of about a megabyte, against 200 MB and 1 KB per document."""
    corpus = folder / f"dedup-large-{documents}"
    make(corpus, documents, documents // 80, characters=300_000)
    count = len(list(corpus.glob("*.txt")))
    cost = run([sys.executable, "-m", "benchmarks.dedup.ours", str(corpus)])
    print(f"{count} documents of about 1 MB: {cost.peak:.0f} MiB at peak, allowed {200 + count / 1024:.0f} MiB")
