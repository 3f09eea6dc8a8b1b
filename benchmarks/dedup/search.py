"""The candidate search alone, over sketches that lie on disk: cost and memory per document."""

import resource
import time
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
    """Sketches in a file, slot by slot; what is asked for is read, nothing is mapped."""

    path: Path
    documents: int

    @property
    def shape(self) -> tuple[int, int]:
        """Slots and documents, as of an array."""
        return 128, self.documents

    def __getitem__(self, rows: slice) -> Slots:
        first, last, _ = rows.indices(128)
        count = (last - first) * self.documents
        read = np.fromfile(self.path, np.uint32, count, offset=4 * first * self.documents)
        return read.reshape(-1, self.documents)


def measure(folder: Path, documents: int) -> None:
    """Prints the time per document, the peak memory, and what was found."""
    held = make(folder / f"sketches-{documents}", documents)
    before, start = _peak(), time.process_time()
    pairs = pairs_of(held, DedupOptions())  # type: ignore[arg-type]
    seconds, grown = time.process_time() - start, _peak() - before
    print(
        f"{documents} documents: {seconds:.2f} s cpu, {seconds / documents * 1e6:.2f} us each, {len(pairs)} pairs,"
        f" {_peak() / 1024:.0f} MiB at peak, {grown * 1024 / documents:.0f} bytes per document more than before"
    )


def peers(folder: Path, documents: int) -> None:
    """Prints the time per document of datasketch's MinHashLSH (16 bands of 8) on the same sketches."""
    from datasketch import MinHashLSH

    from cleaner.dedup import to_datasketch

    sketches = make(folder / f"sketches-{documents}", documents)[0:128]
    minhashes = [to_datasketch(sketch) for sketch in np.ascontiguousarray(sketches.T)]
    start, index = time.process_time(), MinHashLSH(num_perm=128, params=(16, 8))
    for number, minhash in enumerate(minhashes):
        index.query(minhash)
        index.insert(number, minhash, check_duplication=False)
    seconds = time.process_time() - start
    print(f"datasketch MinHashLSH 16 x 8, {documents} documents: {seconds / documents * 1e6:.2f} us each")


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


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
