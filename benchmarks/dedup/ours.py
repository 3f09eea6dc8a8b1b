"""A whole run of ours, files to verified decisions; started as `python -m benchmarks.dedup.ours FOLDER`.

It holds records only: texts are read again for the candidates.
"""

import sys
from itertools import islice
from pathlib import Path

from benchmarks.dedup.corpus import read
from cleaner.dedup import DedupOptions, Records, decide, observe_texts


def main() -> None:
    """Deduplicates one folder and prints how many documents would be dropped."""
    folder, options = Path(sys.argv[1]), DedupOptions()
    paths, parts = iter(sorted(folder.glob("*.txt"))), []
    while chunk := list(islice(paths, 100)):
        parts.append(observe_texts([path.name for path in chunk], [read(path) for path in chunk], options))
    records = Records.concat(parts)
    parts.clear()
    print(len(decide(records, options, lambda name: read(folder / name)).dropped))


if __name__ == "__main__":
    main()
