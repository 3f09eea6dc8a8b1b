"""The candidate search alone, over sketches that lie on disk: cost and memory per document."""

import resource
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.dedup import DedupOptions
from cleaner.dedup.search import pairs_of

Slots = npt.NDArray[np.uint32]
_ALIKE = 0.8  # share of the slots that a planted copy has from its original
_COPIES = 10  # one document in so many is a copy


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Sketches in a file, slot by slot, of which only the slots that are looked at are mapped into memory."""

    path: Path
    documents: int

    @property
    def shape(self) -> tuple[int, int]:
        """Slots and documents, as of an array."""
        return 128, self.documents

    def __getitem__(self, rows: slice) -> Slots:
        first, last, _ = rows.indices(128)
        shape = (last - first, self.documents)
        return np.memmap(self.path, np.uint32, "r", 4 * first * self.documents, shape)


def measure(folder: Path, documents: int) -> None:
    """Prints what the search costs and takes besides the sketches, which are mapped from the disk."""
    held = make(folder / f"sketches-{documents}", documents)
    each, pairs = _timed(held)
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tracemalloc.start()
    _timed(held)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"{documents:,} documents, {held.path.stat().st_size / 1e9:.2f} GB of sketches on disk: {each:.2f} us each,"
        f" {pairs:,} pairs, {peak / documents:.1f} bytes each besides the sketches, {resident:.0f} MiB resident"
    )


def _timed(sketches: OnDisk | Slots) -> tuple[float, int]:
    """Microseconds of the processor per document, and how many pairs are found."""
    start = time.process_time()
    pairs = pairs_of(sketches, DedupOptions())  # type: ignore[arg-type]
    return (time.process_time() - start) / sketches.shape[1] * 1e6, len(pairs)


def peers(folder: Path, documents: int) -> None:
    """Prints the time per document of datasketch's MinHashLSH (16 bands of 8), and of ours on the same sketches."""
    from datasketch import MinHashLSH

    from cleaner.dedup import to_datasketch

    sketches = np.array(make(folder / f"sketches-{documents}", documents)[0:128])
    minhashes = [to_datasketch(sketch) for sketch in np.ascontiguousarray(sketches.T)]
    start, index = time.process_time(), MinHashLSH(num_perm=128, params=(16, 8))
    for number, minhash in enumerate(minhashes):
        index.query(minhash)
        index.insert(number, minhash, check_duplication=False)
    each = (time.process_time() - start) / documents * 1e6
    print(f"datasketch MinHashLSH 16 x 8, {documents:,} documents: {each:.2f} us each")
    ours, _ = min(_timed(sketches) for _ in range(5))
    print(f"ours on the same, in memory: {ours:.2f} us each, {each / ours:.0f} times less")


def make(path: Path, documents: int) -> OnDisk:
    """Random sketches with planted copies."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        generator = np.random.default_rng(1)
        copies = np.arange(0, documents - 1, _COPIES)
        with path.open("wb") as file:
            for _ in range(128):
                slot = generator.integers(0, 1 << 32, documents, np.uint32)
                slot[copies] = np.where(generator.random(len(copies)) < _ALIKE, slot[copies + 1], slot[copies])
                slot.tofile(file)
    return OnDisk(path, documents)
