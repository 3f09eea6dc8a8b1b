"""A whole run of ours, files to verified decisions; started as `python -m benchmarks.dedup.ours FOLDER`.

It holds outlines and records only: texts are read again for those that may have a near-duplicate, and for candidates.
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.dedup.corpus import read
from cleaner.dedup import DedupOptions, Pile, companions, decide, observe_texts, outlines


def main() -> None:
    """Deduplicates one folder and prints how many documents would be dropped."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder, options, pile = parser.parse_args().folder, DedupOptions(), Pile()
    paths = sorted(folder.glob("*.txt"))
    looks = np.concatenate([outlines([read(path) for path in chunk], options) for chunk in _chunks(paths)], axis=1)
    for chunk in _chunks([paths[at] for at in companions(looks, options)]):
        pile.add(observe_texts([path.name for path in chunk], [read(path) for path in chunk], options))
    print(len(decide(pile.done(), options, lambda name: read(folder / name)).dropped))


def _chunks(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    return (paths[low : low + 100] for low in range(0, len(paths), 100))


if __name__ == "__main__":
    main()
