"""The vote of the line model: how sure it is of each line of a page, and why."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from cleaner.strip.ground import Ground
from cleaner.strip.model.features import columns
from cleaner.strip.model.forest import Model
from cleaner.strip.model.lines import Letters

# So many features are named as the reasons for a vote.
_NAMED = 3


@dataclass(frozen=True)
class Vote:
    """What the model thinks of one line.

    Attributes:
        chance: the probability that the line is chrome.
        why: the features that speak most for it.
        wording: how much its words are those of chrome; below 0 they are those of texts.
    """

    chance: float
    why: str
    wording: float


def votes_on(ground: Ground, trimmed: Collection[int], model: Model) -> dict[int, Vote]:
    """The vote on each line that is not blank, by its index.

    Args:
        ground: the page, its zones and what rules know of it.
        trimmed: the lines that go by their place.
        model: the weights.
    """
    letters = Letters(ground.page)
    wording = letters.wording(model.wording, model.scale)
    found = columns(ground, frozenset(trimmed), letters, wording)
    shares = model.forest.shares(np.column_stack([found[name] for name in model.forest.features]))
    chances = 1 / (1 + np.exp(-shares.sum(axis=1) - model.forest.base))
    first = np.argsort(-shares, axis=1, kind="stable")[:, :_NAMED]
    names = model.forest.features
    whys = [", ".join(names[number] for number in row) for row in first.tolist()]
    votes = map(Vote, chances.tolist(), whys, wording.tolist())
    return dict(zip(ground.page.solid, votes, strict=True))
