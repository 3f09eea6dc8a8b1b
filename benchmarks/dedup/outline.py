"""How many documents of a corpus the first look lets through, and how many sampled shingles would."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.decode import decode
from cleaner.dedup import DedupOptions, companions, observe_texts, outlines
from cleaner.errors import RejectedError

_AT_ONCE = 200
_SIGMAS = 4.75  # a document at the threshold has fewer shared samples once in a million times


def measure(folder: Path) -> None:
    """Prints the share of the documents below a folder that may have a partner, by outlines and by samples."""
    options = DedupOptions(containment=1.0)  # whatever it is, samples are taken
    looks, samples, counts, held = [], [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)], 0
    for texts in _texts(folder):
        looks.append(outlines(texts, options))
        records = observe_texts([str(number) for number in range(len(texts))], texts, options)
        samples.append(records.samples)
        counts.append(records.sampled)
        held += sum(map(len, texts))
    documents = sum(look.shape[1] for look in looks)
    shared = _shared(np.concatenate(samples), np.concatenate(counts), options.threshold)
    told = len(companions(np.concatenate(looks, axis=1), options)) / documents
    print(f"{documents:,} documents of {held / documents:,.0f} characters that may have a near-duplicate:")
    print(f"by outlines {told:.1%}, by sampled shingles that stand in any other document {shared:.1%}")


def _texts(folder: Path) -> Iterator[list[str]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for low in range(0, len(paths), _AT_ONCE):
        texts = []
        for path in paths[low : low + _AT_ONCE]:
            try:
                texts.append(decode(path.read_bytes()).text)
            except RejectedError:
                continue
        yield texts


def _shared(samples: npt.NDArray[np.uint32], counts: npt.NDArray[np.int64], threshold: float) -> float:
    """Share of the documents of whose samples enough stand in another document too."""
    _, codes, times = np.unique(samples, return_inverse=True, return_counts=True)
    owners = np.repeat(np.arange(len(counts)), counts)
    common = np.bincount(owners, times[codes] > 1, len(counts))
    return float(np.mean(common >= threshold * counts - _SIGMAS * np.sqrt(threshold * (1 - threshold) * counts)))
