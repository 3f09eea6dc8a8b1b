"""Measures dedup: its quality, its speed beside the peers (of the extra `bench`), its scale and its memory."""

import argparse
import sys
from pathlib import Path
from tempfile import gettempdir

from benchmarks.dedup import outline, quality, scale, search, sketch, speed
from benchmarks.dedup.corpus import make


def main() -> None:
    """Runs one measurement and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("quality", "speed", "sketch", "outline", "search", "scale", "memory"))
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--folder", type=Path, default=Path(gettempdir()) / "cleaner-benchmarks", help="where corpora are made"
    )
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the peers (extra `bench`)")
    parser.add_argument("--peers", nargs="*", default=speed.PEERS, choices=speed.PEERS)
    parser.add_argument("--corpus", type=Path, help="a folder of texts that `outline` looks at instead")
    parser.add_argument("--plot", type=Path, help="where `scale` draws its cost, as SVG")
    chosen = parser.parse_args()
    corpus = chosen.folder / f"dedup-{chosen.documents}"
    match chosen.what:
        case "quality":
            quality.measure(corpus, chosen.documents, chosen.documents // 80)
        case "speed":
            speed.measure(corpus, chosen.documents, chosen.python, chosen.rounds, chosen.peers)
        case "sketch":
            few = min(chosen.documents, 500)
            sketch.measure(chosen.folder / f"dedup-{few}", few, chosen.rounds)
        case "outline":
            outline.measure(chosen.corpus or made(corpus, chosen.documents))
        case "search":
            search.measure(chosen.folder, chosen.documents)
            search.peers(chosen.folder, min(chosen.documents, 20_000))
        case "scale":
            scale.measure(chosen.folder, chosen.documents, chosen.rounds, chosen.plot)
        case "memory":
            scale.memory(chosen.folder, chosen.documents)


def made(corpus: Path, documents: int) -> Path:
    """The corpus with planted pairs."""
    make(corpus, documents, documents // 80)
    return corpus


if __name__ == "__main__":
    main()
