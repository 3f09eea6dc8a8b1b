"""Small corpora with near-duplicates, seeded."""

import random
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"


def passages(length: int = 400) -> list[str]:
    """Real prose from the seeds, cut into pieces."""
    text = "\n".join(path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt")))
    return [text[at : at + length] for at in range(0, len(text) - length, length)]


def edited(text: str, changes: int, chance: random.Random, alphabet: str) -> str:
    """The text after so many substitutions, insertions and deletions of a character."""
    held = list(text)
    for _ in range(changes):
        at = chance.randrange(len(held))
        kind = chance.randrange(3)
        held[at : at + (kind != 1)] = [chance.choice(alphabet)] if kind < 2 else []
    return "".join(held)


def corpus(documents: int = 60, seed: int = 1) -> dict[str, str]:
    """Originals, and as many copies at all distances, exact ones among them."""
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    pieces = passages()
    alphabet = "".join(
        sorted({c for piece in pieces for c in piece if "一" <= c <= "鿿"} - set("一二三四五六七八九十百千万亿零〇两"))
    )
    chance.shuffle(pieces)
    texts = {}
    for number, piece in enumerate(pieces[:documents]):
        texts[f"{number:03d}-a.txt"] = piece
        texts[f"{number:03d}-b.txt"] = edited(piece, chance.choice((0, 1, 3, 6, 9, 15, 30)), chance, alphabet)
    names = list(texts)
    chance.shuffle(names)
    return {name: texts[name] for name in names}
