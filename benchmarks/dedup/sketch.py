"""Sketches from texts, normalisation and shingles included: ours against datasketch's own."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.dedup.corpus import make, read
from cleaner.dedup import DedupOptions, observe_texts
from cleaner.dedup.normal import normalise
from cleaner.dedup.records import chunks
from cleaner.dedup.shingles import hashes32
from cleaner.dedup.sketch import sketches


def measure(folder: Path, documents: int, rounds: int) -> None:
    """Prints MB of UTF-8 per second of processor time, rounds interleaved."""
    from datasketch import MinHash

    make(folder, documents, documents // 80)
    texts = [read(path) for path in sorted(folder.glob("*.txt"))[:documents]]
    names = [str(number) for number in range(len(texts))]
    parts = [texts[low:high] for low, high in chunks(list(map(len, texts)))]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    engines: dict[str, Callable[[], object]] = {
        "sketches": lambda: [sketches(*hashes32(normalise(some), "char")) for some in parts],
        "records (with digests)": lambda: observe_texts(names, texts, DedupOptions()),
        "datasketch": lambda: MinHash.bulk(
            [[text[at : at + 5].encode() for at in range(len(text) - 4)] for text in texts], num_perm=128
        ),
    }
    observe_texts(names[:1], texts[:1], DedupOptions())  # the tables are built once per process
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            start = time.process_time()
            engine()
            seconds[name].append(time.process_time() - start)
    for name, held in seconds.items():
        times = median(held) / median(seconds["sketches"])
        print(f"{name}: {megabytes / median(held):.1f} MB/s, {times:.1f} times our sketches")
