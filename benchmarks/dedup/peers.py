"""Whole runs of the peers, files to what they call duplicates; started by path, as `peers.py NAME FOLDER`.

Each reads the same files, cuts them into character 5-grams as it must, and prints how many documents it would drop.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Runs one peer over one folder."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=_PEERS)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    texts = ((path.name, path.read_bytes().decode()) for path in sorted(chosen.folder.glob("*.txt")))
    print(len(_PEERS[chosen.name](dict(texts))))


def datasketch(texts: dict[str, str]) -> list[str]:
    """MinHash and MinHashLSH with their defaults at threshold 0.8; candidates are duplicates."""
    from datasketch import MinHash, MinHashLSH

    index, dropped = MinHashLSH(threshold=0.8, num_perm=128), []
    for name, text in texts.items():
        minhash = MinHash(num_perm=128)
        minhash.update_batch([gram.encode() for gram in _grams(text)])
        if index.query(minhash):
            dropped.append(name)
        else:
            index.insert(name, minhash)
    return dropped


def rensa(texts: dict[str, str]) -> list[str]:
    """RMinHashDeduplicator with its LSH."""
    peer = import_module("rensa")
    index, dropped = peer.RMinHashDeduplicator(0.8, 128, True), []  # noqa: FBT003 - its signature
    for name, text in texts.items():
        minhash = peer.RMinHash(num_perm=128, seed=42)
        minhash.update(_grams(text))
        if not index.add(name, minhash):
            dropped.append(name)
    return dropped


def gaoya(texts: dict[str, str]) -> list[str]:
    """MinHashStringIndex over characters, 16 bands of 8, which filters by the estimate."""
    peer, dropped = import_module("gaoya.minhash"), []
    index = peer.MinHashStringIndex(32, 0.8, 16, 8, None, "char", False, (5, 5))  # noqa: FBT003 - its signature
    for number, (name, text) in enumerate(texts.items()):
        if index.query(text):
            dropped.append(name)
        else:
            index.insert_document(number, text)
    return dropped


def _grams(text: str) -> list[str]:
    return [text[at : at + 5] for at in range(len(text) - 4)]


_PEERS: dict[str, Callable[[dict[str, str]], list[str]]] = {"datasketch": datasketch, "rensa": rensa, "gaoya": gaoya}

if __name__ == "__main__":
    main()
