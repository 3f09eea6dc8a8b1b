"""The weights of the line model, and the one pass that scores all lines of a page with them."""

import json
from base64 import b85decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from cleaner.strip.model.lines import Numbers

Leaves: TypeAlias = npt.NDArray[np.uint8]
# So many lines at a time are sent down the trees: what every node says of them fits into the cache.
_LINES = 256


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

    def leaves(self, table: Numbers) -> Leaves:
        """The leaf of each tree in which each line ends, counted from the left, shape (trees, lines).

        All nodes are asked of all lines, row by row of the table: that is faster than to gather what each line is
        asked on its way.

        Args:
            table: the features of the lines, shape (features, lines).
        """
        lines = table.shape[1]
        parts = [self._leaves(table[:, start : start + _LINES]) for start in range(0, lines, _LINES)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)

    def _leaves(self, table: Numbers) -> Leaves:
        trees, nodes = self.asks.shape
        columns, limits, asked = self._questions
        right = np.packbits(table.take(columns, axis=0) > limits, axis=1).take(asked, axis=0)  # a bit for each line
        turns: list[Leaves] = []
        for level in range(nodes.bit_length()):
            here = right[(1 << level) - 1 : (2 << level) - 1]
            for turn in turns:  # at each turn half of the nodes are left behind
                half = len(here) // 2
                here = here[:half] ^ (here[:half] ^ here[half:]) & turn
            turns.append(here[0])
        found = np.zeros((trees, table.shape[1]), np.uint8)
        for turn in np.unpackbits(np.array(turns), axis=2, count=table.shape[1]):
            found += found
            found += turn
        return found

    def odds(self, leaves: Leaves) -> npt.NDArray[np.float64]:
        """The log-odds that each line goes, shape (lines,)."""
        return np.asarray(np.add.reduce(self._worth.take(leaves + self._first)) + self.base)

    def shares(self, leaves: Leaves) -> npt.NDArray[np.float64]:
        """What each feature adds to the log-odds that each line goes, shape (lines, features); with `base` all of it.

        On its way down a tree a line gains at each node what the next one is worth more (Saabas 2014).
        """
        lines, features = leaves.shape[1], len(self.features)
        asked, gains = self._ways
        at = leaves + self._first
        cells = asked.take(at, axis=1) + np.arange(lines) * features
        counts = np.bincount(cells.ravel(), gains.take(at, axis=1).ravel(), lines * features)
        return np.asarray(counts.reshape(lines, features), np.float64)

    @cached_property
    def _questions(self) -> tuple[npt.NDArray[np.intp], Numbers, npt.NDArray[np.intp]]:
        """The different questions, columns and limits, and which one each node asks, shape (nodes, trees)."""
        asks, limits = self.asks.T.astype(np.int64).ravel(), self.limits.T.ravel()
        # The column and the bits of the limit as one number.
        _, places, asked = np.unique(asks << 32 | limits.view(np.uint32), return_index=True, return_inverse=True)
        return asks[places], limits[places, None], asked.reshape(self.asks.T.shape)

    @cached_property
    def _first(self) -> npt.NDArray[np.intp]:
        """The number of the first leaf of each tree, shape (trees, 1)."""
        trees, nodes = self.asks.shape
        return np.asarray(np.arange(trees)[:, None] * (nodes + 1), np.intp)

    @cached_property
    def _ways(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
        """The ways to all leaves: what is asked at each level, and what the turn is worth, shape (depth, leaves)."""
        trees, nodes = self.asks.shape
        depth = nodes.bit_length()
        below = np.arange(nodes, 2 * nodes + 1) + 1  # counted from one, a node stands below half its number
        ways = np.array([below >> up for up in range(depth, -1, -1)]) - 1
        asked = self.asks[:, ways[:-1]]
        gains = self.values[:, ways[1:]] - self.values[:, ways[:-1]]
        shape = depth, trees * (nodes + 1)
        return asked.swapaxes(0, 1).reshape(shape), gains.swapaxes(0, 1).reshape(shape).astype(np.float64)

    @cached_property
    def _worth(self) -> npt.NDArray[np.float64]:
        """What all turns to a leaf are worth, shape (leaves,)."""
        return np.asarray(self._ways[1].sum(axis=0))


@dataclass(frozen=True)
class Model:
    """What the line model learned.

    Attributes:
        wording: a small weight for each bucket of two- and three-character sequences, and none for the bucket of what
            is no sequence, shape (buckets + 1,).
        scale: what a weight of one is worth.
        first: the trees that judge each line by what is seen of the page.
        second: the trees that are also told what the first ones said (`cleaner.strip.model.second`).
        seen: what lines that were scored look like: the features of `features.Looks`, in bytes, and the skeleton.
    """

    wording: Numbers
    scale: float
    first: Forest
    second: Forest
    seen: dict[str, tuple[bytes, str]] = field(default_factory=dict, compare=False, repr=False)


def model_of(data: Mapping[str, Any]) -> Model:
    """The model of the JSON object that `benchmarks.strip.train` writes."""
    wording = np.frombuffer(b85decode(data["wording"]), np.int8)
    weights = np.append(wording, np.int8(0)).astype(np.float32)
    return Model(weights, data["scale"], _forest(data["first"]), _forest(data["second"]))


def _forest(data: Mapping[str, Any]) -> Forest:
    return Forest(
        tuple(data["features"]),
        np.array(data["asks"], np.intp),
        np.array(data["limits"], np.float32),
        np.array(data["values"], np.float32),
        data["base"],
    )


@cache
def built_in() -> Model:
    """The model that comes with the package, read when first asked for."""
    return model_of(json.loads(Path(__file__).with_name("weights.json").read_text("utf-8")))
