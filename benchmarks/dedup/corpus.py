"""A seeded corpus of Chinese texts with planted near-duplicates of known similarity.

The text is an order-2 Markov walk over the seed documents, so that unrelated documents share hardly any 5-gram. Of some
documents a copy is planted, changed by characters, by passages or by both until the Jaccard similarity has fallen to
the level that is wanted.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Units = npt.NDArray[np.uint16]

LEVELS = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Planted:
    """A document and its changed copy, by number, and the level that was aimed at."""

    one: int
    two: int
    level: float


def make(folder: Path, documents: int, pairs_per_level: int, characters: int = 3000, seed: int = 1) -> list[Planted]:
    """Writes documents and copies to ``folder/NNNNNN.txt`` and what was planted to ``folder.json``; once."""
    truth = folder.with_suffix(".json")
    if truth.exists():
        return [Planted(*row) for row in json.loads(truth.read_text())]
    generator = np.random.default_rng(seed)
    texts, planted = _texts(generator, documents, pairs_per_level, characters)
    place = generator.permutation(len(texts)).tolist()
    folder.mkdir(parents=True, exist_ok=True)
    for old, new in enumerate(place):
        (folder / f"{new:06d}.txt").write_text(_decoded(texts[old]), "utf-8", newline="")
    rows = [Planted(place[pair.one], place[pair.two], pair.level) for pair in planted]
    truth.write_text(json.dumps([[row.one, row.two, row.level] for row in rows]))
    return rows


def make_apart(folder: Path, documents: int, characters: int = 3000) -> None:
    """`make` in a process of its own: a process that is measured has no lower peak than the one that starts it."""
    with ProcessPoolExecutor(1) as pool:
        pool.submit(make, folder, documents, documents // 80, characters).result()


def read(path: Path) -> str:
    """A document as it was written."""
    return path.read_bytes().decode()


def _decoded(units: Units) -> str:
    return units.tobytes().decode("utf-16-le", "replace")


def _texts(
    generator: np.random.Generator, documents: int, pairs_per_level: int, characters: int
) -> tuple[list[Units], list[Planted]]:
    spread = np.exp(generator.normal(np.log(characters), 0.35, documents))
    lengths = np.clip(spread, 300, 400_000).astype(int)
    source = "".join(read(path) for path in sorted(SEEDS.glob("*.txt")))
    pool = _walk(source, generator, int(lengths.sum()) + 600_000)
    ends = np.cumsum(lengths)
    texts = [pool[end - length : end] for length, end in zip(lengths, ends, strict=True)]
    fresh = pool[ends[-1] :]
    planted = []
    wanted = min(pairs_per_level * len(LEVELS), documents)
    for rank, base in enumerate(generator.permutation(documents)[:wanted].tolist()):
        level = LEVELS[rank % len(LEVELS)]
        texts.append(_changed(texts[base], level + generator.uniform(-0.008, 0.008), fresh, generator))
        planted.append(Planted(base, len(texts) - 1, level))
    return texts, planted


def _walk(text: str, generator: np.random.Generator, length: int) -> Units:
    """Many walkers at once: each step goes on in the text, or from another place with the same two characters."""
    units = np.frombuffer((text * 2).encode("utf-16-le"), "<u2")
    keys = units[:-2].astype(np.uint32) << 16 | units[1:-1]
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    first, last = np.searchsorted(ranked, keys, "left"), np.searchsorted(ranked, keys, "right")
    walkers = int(np.clip(length // 2000, 1, 4096))
    at = generator.integers(0, len(keys) - 1, walkers)
    out = np.empty((length // walkers + 1, walkers), np.uint16)
    for row in out:
        others = order[first[at] + (generator.random(walkers) * (last[at] - first[at])).astype(np.int64)]
        at = np.where(generator.random(walkers) < 0.35, others, at)
        row[:] = units[at + 2]
        at = (at + 1) % (len(keys) - 1)
    return out.T.reshape(-1)


def _changed(original: Units, level: float, fresh: Units, generator: np.random.Generator) -> Units:
    base, current = _shingles(original), original
    style = int(generator.integers(0, 3))  # characters, passages, both
    for _ in range(60):
        similarity = _jaccard(base, _shingles(current))
        if similarity <= level + 0.004:
            break
        missing = len(base) * (similarity - level) / (1 + level)
        current = _edited(current, missing, style, fresh, generator)
    return current


def _edited(text: Units, missing: float, style: int, fresh: Units, generator: np.random.Generator) -> Units:
    """Substitutes, inserts and deletes so much that about seven tenths of `missing` shingles go."""
    count = max(1, int(0.7 * missing / (6 if style == 0 else 60)))
    parts, last = [], 0
    for at in np.sort(generator.integers(0, len(text) - 1, count)).tolist():
        if at < last:
            continue
        passage = style == 1 or (style == 2 and generator.random() < 0.5)
        length = int(min(generator.geometric(1 / 40), max(1.0, missing))) if passage else 1
        kind, used = int(generator.integers(0, 3)), int(generator.integers(0, len(fresh) - length))
        parts += [text[last:at], fresh[used : used + length] if kind < 2 else fresh[:0]]
        last = at + (length if kind != 1 else 0)
    return np.concatenate((*parts, text[last:]))


def _shingles(units: Units) -> npt.NDArray[np.uint64]:
    wide = units.astype(np.uint64)
    hashed = np.zeros(max(len(wide) - 4, 0), np.uint64)
    for place in range(5):
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + wide[place : place + len(hashed)]
    return np.unique(hashed)


def _jaccard(one: npt.NDArray[np.uint64], two: npt.NDArray[np.uint64]) -> float:
    common = len(np.intersect1d(one, two, assume_unique=True))
    return common / (len(one) + len(two) - common)
