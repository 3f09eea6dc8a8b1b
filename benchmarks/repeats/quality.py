"""Recall and harm of the stage on planted repeats, per band of lengths and edits."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.repeats.plant import Planted, Recipe, Span, plant
from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repeats import Repeats

LENGTHS = (40, 60, 80, 120, 200, 400, 800, 1500)
RATES = (0.0, 0.01, 0.02, 0.05, 0.10, 0.15)
# A copy counts as found when nearly all of it went.
_FOUND = 0.8


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over planted texts; adding two is associative.

    Attributes:
        copies: planted.
        found: of these, gone but for a rest (the source may go in place of a copy).
        characters: planted, white space aside.
        cut: of these, gone.
        beyond: characters that went and belong to no copy.
        lost: passages of which no copy stayed.
    """

    copies: int = 0
    found: int = 0
    characters: int = 0
    cut: int = 0
    beyond: int = 0
    lost: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.copies + other.copies,
            self.found + other.found,
            self.characters + other.characters,
            self.cut + other.cut,
            self.beyond + other.beyond,
            self.lost + other.lost,
        )

    @property
    def recall(self) -> float:
        """Copies found of those planted."""
        return self.found / max(self.copies, 1)

    @property
    def excess(self) -> float:
        """Characters removed beyond the copies, by the characters planted."""
        return self.beyond / max(self.characters, 1)


def cleaned(text: str) -> Document:
    """A text after the stage."""
    return run_stage(Repeats(), Document("planted", text, Source("planted", "", 0)))


def removed(text: str) -> list[tuple[int, int]]:
    """The spans that the stage takes out of a text."""
    return [(start, end) for start, end, _ in cleaned(text).removed]


def score(planted: Planted) -> Score:
    """What the stage did to one planted text."""
    gone = removed(planted.text)
    shares = sorted(_share(planted.text, place, gone) for place in planted.places)
    copies = len(shares) - 1
    solid = sum(not mark.isspace() for start, end in gone for mark in planted.text[start:end])
    within = sum(_inside(planted.text, place, gone) for place in planted.places)
    size = sum(sorted(_size(planted.text, place.start, place.end) for place in planted.places)[1:])
    found = sum(share >= _FOUND for share in shares[1:])
    return Score(copies, found, size, min(within, size), solid - within, int(shares[0] >= 0.5))


def _size(text: str, start: int, end: int) -> int:
    return sum(not mark.isspace() for mark in text[start:end])


def _inside(text: str, place: Span, gone: list[tuple[int, int]]) -> int:
    return sum(
        _size(text, max(start, place.start), min(end, place.end))
        for start, end in gone
        if start < place.end and place.start < end
    )


def _share(text: str, place: Span, gone: list[tuple[int, int]]) -> float:
    return _inside(text, place, gone) / max(_size(text, place.start, place.end), 1)


def trials(texts: Iterable[str], count: int, seed: int = 7, *, clauses: bool = False) -> Iterator[Planted]:
    """`count` plants per text, length and rate; with `clauses`, copies inside paragraphs may stand behind commas.

    They are planted into what the stage leaves of a text, so that what goes from it for its own repeats, which is
    counted apart, is not taken for harm done to the plant.
    """
    for number, text in enumerate(cleaned(text).text for text in texts):
        for length in LENGTHS:
            for rate in RATES:
                rng = random.Random(f"{seed}/{number}/{length}/{rate}")  # noqa: S311 - no secret, a repeatable draw
                for trial in range(count):
                    copies = 1 + trial % 5
                    planted = plant(text, rng, Recipe(length, rate, copies, bool(trial % 2), clauses))
                    if planted:
                        yield planted
