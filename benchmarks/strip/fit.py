"""Fits the line model with scikit-learn and writes it as plain numbers."""

import json
from base64 import b85encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.strip.samples import Sample, sequences, wordings
from cleaner.strip.model.features import columns
from cleaner.strip.model.forest import model_of
from cleaner.strip.model.lines import BUCKETS, Letters, Numbers
from cleaner.strip.model.second import SAID, said_of

# The lists of words count as so many pages of middling length.
LISTS = 3.0
# Trees and their depth were chosen by cross-validation by site; more and deeper ones gained nothing. The first forest
# only has to say roughly what stands around a line.
FIRST, SECOND, DEPTH = (50, 0.2), (120, 0.1), 4
# How freely a wording is weighed: on 198 pages of other sites lines are told apart best at 2 to 5 (area under the curve
# of the wordings alone .879; .864 at 40).
FREEDOM = 3.0
# Loss is counted in characters, so a line of content counts by its length: one of so many characters once, at least and
# at most so often. At the same F1 a tenth to a fifth of the loss goes away.
ONCE, COUNTS = 16, (0.6, 3.0)
# A padded node sends every line to the left.
_NEVER = 1e30
# Wordings are scored by weights that other pages gave, in so many parts; what the first forest says of a page that the
# second one learns from was learned from other pages, too.
PARTS, HALVES = 5, 2

Floats = npt.NDArray[np.float64]


def fit(samples: Sequence[Sample]) -> dict[str, Any]:
    """The model as the JSON object that `cleaner.strip.model.forest.model_of` reads."""
    tables, names = _tables(samples)
    weights = _wording(samples)
    scale = float(np.abs(weights).max() / 127)
    small = np.round(weights / scale).astype(np.int8)
    said = _said(samples, tables)
    first = _boosted(samples, tables, *FIRST)
    second = _boosted(samples, [np.hstack(pair) for pair in zip(tables, said, strict=True)], *SECOND)
    return {
        "scale": scale,
        "wording": b85encode(small.tobytes()).decode(),
        "first": _written(first, names),
        "second": _written(second, [*names, *SAID]),
    }


def _written(trees: Any, names: Sequence[str]) -> dict[str, Any]:
    padded = [_complete(predictor[0].nodes) for predictor in trees._predictors]  # noqa: SLF001 - no public export
    base = float(np.ravel(trees._baseline_prediction)[0]) + sum(values[0] for _, _, values in padded)  # noqa: SLF001
    return {
        "features": names,
        "base": round(base, 5),
        "asks": [asks for asks, _, _ in padded],
        "limits": [[float(f"{limit:.5g}") for limit in limits] for _, limits, _ in padded],
        "values": [[round(value, 4) for value in values] for _, _, values in padded],
    }


def _worth(sample: Sample) -> Floats:
    """How much each line counts for the trees, shape (lines,)."""
    return np.asarray(sample.weights * np.where(sample.truth == 0, np.clip(sample.letters.sizes / ONCE, *COUNTS), 1.0))


def write(model: dict[str, Any], path: Path) -> None:
    """Writes a model, one key a line."""
    model_of(model)
    rows = [f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in model.items()]
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


def _tables(samples: Sequence[Sample]) -> tuple[list[Numbers], list[str]]:
    """The features of each sample; its wordings are scored by weights that pages of other sites gave."""
    scores: dict[int, Numbers] = {}
    for rest, part in _parted(samples, PARTS):
        weights = _wording([samples[at] for at in rest])
        scores |= {at: _scored(samples[at].letters, weights) for at in part}
    made = [columns(one.ground, one.title, one.trimmed, one.letters, scores[at]) for at, one in enumerate(samples)]
    return [np.column_stack(list(one.values())) for one in made], list(made[0])


def _said(samples: Sequence[Sample], tables: Sequence[Numbers]) -> list[Numbers]:
    """What a first forest that learned from pages of other sites says of each sample, for the second one."""
    said: dict[int, Numbers] = {}
    for rest, part in _parted(samples, HALVES):
        trees = _boosted([samples[at] for at in rest], [tables[at] for at in rest], *FIRST)
        said |= {at: said_of(trees.decision_function(tables[at])).T for at in part}
    return [said[at] for at in range(len(samples))]


def _parted(samples: Sequence[Sample], parts: int) -> Iterator[tuple[list[int], list[int]]]:
    """The numbers of the samples outside and inside each part of the sites."""
    sites = {site: number % parts for number, site in enumerate(sorted({sample.site for sample in samples}))}
    for part in range(parts):
        inside = [at for at, sample in enumerate(samples) if sites[sample.site] == part]
        yield [at for at, sample in enumerate(samples) if sites[sample.site] != part], inside


def _scored(letters: Letters, weights: Floats) -> Numbers:
    sums = np.zeros(len(letters.starts))
    for rows, buckets in sequences(letters):
        sums += np.bincount(rows, weights[buckets], len(sums))
    return np.asarray(sums / np.sqrt(2 * letters.sizes), np.float32)


def _wording(samples: Sequence[Sample]) -> Floats:
    """A weight for each bucket, by logistic regression on the lines of the samples and on the lists of words."""
    from scipy.sparse import csr_matrix, vstack
    from sklearn.linear_model import LogisticRegression

    def counted(letters: Letters) -> Any:
        parts = list(sequences(letters))
        rows, buckets = (np.concatenate(side) for side in zip(*parts, strict=True))
        return csr_matrix((1 / np.sqrt(2 * letters.sizes[rows]), (rows, buckets)), (len(letters.starts), BUCKETS))

    lists = wordings()
    table = vstack([*(counted(one.letters) for one in samples), *(counted(letters) for letters, _ in lists)])
    truth = np.concatenate(
        [*(one.truth for one in samples), *(np.full(len(letters.starts), chrome) for letters, chrome in lists)]
    )
    weights = np.concatenate(
        [
            *(one.weights for one in samples),
            *(np.full(len(lt.starts), LISTS / np.sqrt(len(lt.starts))) for lt, _ in lists),
        ]
    )
    there = truth >= 0
    fitted = LogisticRegression(C=FREEDOM, solver="liblinear").fit(table[there], truth[there], weights[there])
    return np.asarray(fitted.coef_[0])


def _boosted(samples: Sequence[Sample], tables: Sequence[Numbers], count: int, rate: float) -> Any:
    """So many trees, each of which mends this share of what the ones before it left."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    truth = np.concatenate([sample.truth for sample in samples])
    there = truth >= 0
    weights = np.concatenate([_worth(sample) for sample in samples])
    trees = HistGradientBoostingClassifier(
        max_iter=count,
        learning_rate=rate,
        max_depth=DEPTH,
        max_leaf_nodes=2**DEPTH - 4,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.3,
        random_state=0,
    )
    return trees.fit(np.concatenate(tables)[there], truth[there], weights[there])


def _complete(nodes: Any) -> tuple[list[int], list[float], list[float]]:
    """A tree as a complete one: what each node asks, its limit, and the value at every node and leaf."""
    inner = 2**DEPTH - 1
    asks, limits, values = [0] * inner, [_NEVER] * inner, [0.0] * (2 * inner + 1)

    def mean(at: int) -> float:
        node = nodes[at]
        if node["is_leaf"]:
            return float(node["value"])
        left, right = nodes[node["left"]]["count"], nodes[node["right"]]["count"]
        return float((mean(node["left"]) * left + mean(node["right"]) * right) / (left + right))

    def put(at: int, place: int) -> None:
        node = nodes[at]
        values[place] = mean(at)
        if place >= inner:
            return
        if node["is_leaf"]:
            put(at, 2 * place + 1)
            put(at, 2 * place + 2)
            return
        asks[place], limits[place] = int(node["feature_idx"]), float(node["num_threshold"])
        put(node["left"], 2 * place + 1)
        put(node["right"], 2 * place + 2)

    put(0, 0)
    return asks, limits, values
