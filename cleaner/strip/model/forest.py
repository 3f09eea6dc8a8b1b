"""The weights of the line model, and the one pass that scores all lines of a page with them."""

import json
from base64 import b85decode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.strip.model.lines import Numbers


@dataclass(frozen=True)
class Forest:
    """Boosted regression trees (Friedman 2001), all complete and of one depth: below node n stand 2 n + 1 and 2 n + 2.

    Attributes:
        features: names of the columns that the trees ask, in order.
        asks: the column that each node asks, shape (trees, nodes).
        limits: a line goes right where its value is above the limit, shape (trees, nodes).
        values: the log-odds at each node, its leaves last, shape (trees, 2 nodes + 1); at an inner node the mean of
            what lies below it.
        base: the log-odds of a line of which nothing is known, the roots of the trees included.
    """

    features: tuple[str, ...]
    asks: npt.NDArray[np.intp]
    limits: Numbers
    values: Numbers
    base: float

    def shares(self, table: Numbers) -> npt.NDArray[np.float64]:
        """What each feature adds to the log-odds that each line goes, shape (lines, features); with `base` all of it.

        On its way down a tree a line gains at each node what the next one is worth more (Saabas 2014).

        Args:
            table: the features of the lines, shape (lines, features).
        """
        lines, features = table.shape
        trees, nodes = self.asks.shape
        cells, asks, limits, values = (part.ravel() for part in (table, self.asks, self.limits, self.values))
        first = np.arange(trees) * nodes  # of each tree in `asks` and `limits`
        start = np.arange(trees) * (2 * nodes + 1)  # the same in `values`
        rows = np.arange(lines)[:, None] * features
        found = np.zeros(lines * features)
        at = np.zeros((lines, trees), np.intp)
        worth = np.broadcast_to(values.take(start), at.shape)
        for _ in range(nodes.bit_length()):
            here = at + first
            asked = asks.take(here) + rows
            at = 2 * at + 1 + (cells.take(asked) > limits.take(here))
            after = values.take(at + start)
            found += np.bincount(asked.ravel(), (after - worth).ravel(), lines * features)
            worth = after
        return found.reshape(lines, features)


@dataclass(frozen=True)
class Model:
    """What the line model learned.

    Attributes:
        wording: a small weight for each bucket of two- and three-character sequences, shape (buckets,).
        scale: what a weight of one is worth.
        forest: the trees.
    """

    wording: npt.NDArray[np.int8]
    scale: float
    forest: Forest


def model_of(data: Mapping[str, Any]) -> Model:
    """The model of the JSON object that `benchmarks.strip.train` writes."""
    trees = data["trees"]
    forest = Forest(
        tuple(data["features"]),
        np.array(trees["asks"], np.intp),
        np.array(trees["limits"], np.float32),
        np.array(trees["values"], np.float32),
        data["base"],
    )
    return Model(np.frombuffer(b85decode(data["wording"]), np.int8), data["scale"], forest)


@cache
def built_in() -> Model:
    """The model that comes with the package, read when first asked for."""
    return model_of(json.loads(Path(__file__).with_name("weights.json").read_text("utf-8")))
