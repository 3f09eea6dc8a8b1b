"""The vote of the line model: how sure it is of each line of a page, and why."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
import numpy.typing as npt

from cleaner.strip.ground import Ground
from cleaner.strip.memory import remember
from cleaner.strip.model.features import NAMES, ROWS, Looks, looks_of, table_of
from cleaner.strip.model.forest import Leaves, Model
from cleaner.strip.model.lines import Letters
from cleaner.strip.model.second import said_of

# So many features are named as the reasons for a vote.
_NAMED = 3
# Between these shares of its running text a page is inside its text, or from its title on.
_INSIDE = 0.02, 0.9
# From here on a line is rather chrome than not.
_LIKELY = 0.5


@dataclass(frozen=True)
class Votes:
    """What the model thinks of the lines of a page that are not blank.

    Attributes:
        model: the weights.
        first: the leaf of each tree of the first forest in which each line ends, shape (trees, lines).
        second: the same of the second forest.
        chances: the probability that a line is chrome, by its index.
        spoken: the lines whose wording is that of texts rather than of chrome.
        inside: the lines that stand below the title or between parts of the running text.
        alone: the lines that have no neighbour which is rather chrome than not.
    """

    model: Model
    first: Leaves
    second: Leaves
    chances: dict[int, float]
    spoken: frozenset[int]
    inside: frozenset[int]
    alone: frozenset[int]

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return {line: rank for rank, line in enumerate(self.chances)}

    def why(self, lines: Sequence[int]) -> list[str]:
        """For each of some lines the features that speak most for its removal.

        Where the second forest follows the first one, what the first one went by is the reason.
        """
        at = [self._ranks[line] for line in lines]
        names = self.model.second.features
        shares = self.model.second.shares(self.second[:, at])
        shares[:, names.index("said")] = -np.inf
        shares[:, : len(NAMES)] += self.model.first.shares(self.first[:, at])
        named = list[list[int]]()
        for _ in range(_NAMED):
            best = shares.argmax(axis=1)
            named.append(best.tolist())
            shares[np.arange(len(lines)), best] = -np.inf
        return [", ".join([names[number] for number in row]) for row in zip(*named, strict=True)]


def votes_on(ground: Ground, title: int, trimmed: Collection[int], model: Model) -> Votes:
    """What the model thinks of a page.

    Args:
        ground: the page, its zones and what rules know of it.
        title: the line of its title, -1 without one.
        trimmed: the lines that go by their place.
        model: the weights.
    """
    table = table_of(ground, title, trimmed, looks_on(ground.page.shadows, model))
    wording = table[ROWS["wording"]]
    first = model.first.leaves(table)
    second = model.second.leaves(np.concatenate((table, said_of(model.first.odds(first)))))
    chances = 1 / (1 + np.exp(-model.second.odds(second)))
    beside = np.zeros(len(chances) + 2)
    beside[1:-1] = chances
    above = table[ROWS["prose_share_above"]]
    below = table[ROWS["below_title"]] > 0
    solid = ground.page.solid
    return Votes(
        model,
        first,
        second,
        dict(zip(solid, chances.tolist(), strict=True)),
        _where(wording <= 0, solid),
        _where(((above > _INSIDE[0]) | below) & (above < _INSIDE[1]), solid),
        _where(np.maximum(beside[:-2], beside[2:]) < _LIKELY, solid),
    )


def looks_on(lines: Sequence[str], model: Model) -> Looks:
    """What lines look like to a model; what short ones look like is remembered: they stand on many pages."""
    found = list(map(model.seen.get, lines))
    if None in found:
        made = dict(_looked_at([line for line, look in zip(lines, found, strict=True) if look is None], model))
        found = [look or made[line] for line, look in zip(lines, found, strict=True)]
        remember(model.seen, made)
    looks, skeletons = zip(*found, strict=True)
    return Looks(np.frombuffer(b"".join(looks), np.float32).reshape(len(lines), -1).T, skeletons)


def _looked_at(lines: Sequence[str], model: Model) -> Iterator[tuple[str, tuple[bytes, str]]]:
    """What lines look like, each in bytes, with its skeleton."""
    letters = Letters(lines)
    looks = looks_of(letters, letters.wording(model.wording, model.scale))
    data, size = looks.rows.T.tobytes(), looks.rows.itemsize * len(looks.rows)
    for at, line in enumerate(lines):
        yield line, (data[at * size : (at + 1) * size], looks.skeletons[at])


def _where(marks: npt.NDArray[np.bool_], lines: Sequence[int]) -> frozenset[int]:
    return frozenset(compress(lines, marks.tolist()))
