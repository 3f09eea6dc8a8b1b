"""A whole run of ours, files to verified decisions; started as `python -m benchmarks.dedup.ours FOLDER`.

It holds records only: texts are read again for the candidates.
"""

import sys
from itertools import islice
from pathlib import Path

from benchmarks.dedup.corpus import read
from cleaner.dedup import DedupOptions, Pile, decide, observe_texts


def main() -> None:
    """Deduplicates one folder and prints how many documents would be dropped."""
    folder, options = Path(sys.argv[1]), DedupOptions()
    paths, pile = iter(sorted(folder.glob("*.txt"))), Pile()
    while chunk := list(islice(paths, 100)):
        pile.add(observe_texts([path.name for path in chunk], [read(path) for path in chunk], options))
    print(len(decide(pile.done(), options, lambda name: read(folder / name)).dropped))


if __name__ == "__main__":
    main()
