"""What the second forest is told of the first: how likely each line is chrome, and the lines around it are.

Chrome stands in blocks, and a line is judged better when its neighbours are (auto-context: Tu and Bai 2010,
doi:10.1109/TPAMI.2009.186). Trained on half of the sites and measured on the other half, both ways round, the two
forests tell the lines of 985 pages with an F1 of 0.913 where the first one alone has 0.904, at the same loss of 0.8%.
"""

from itertools import product

import numpy as np
import numpy.typing as npt

from cleaner.strip.model.lines import Numbers, steps_from

# Surer than these log-odds is not told apart.
_MOST = 7.0
# What lies before the first line and behind the last one.
_NOWHERE = -9.0
_STEPS = (-3, -2, -1, 1, 2, 3)
_REACHES = (3, 12)
_CERTAIN = 0.9
# Runs longer than this are not told apart.
_FAR = 60.0
_SIDES = tuple(f"{name}_{reach}" for reach, name in product(_REACHES, ("said_above", "said_below")))
_WHOLE = ("page_said", "page_certain")
_RUN = ("said_run", "said_since", "said_until")
SAID = ("said", *(f"said{step:+d}" for step in _STEPS), *_SIDES, *_WHOLE, *_RUN)


def said_of(odds: npt.NDArray[np.float64]) -> Numbers:
    """What the second forest is told, in the order of `SAID`.

    Args:
        odds: the log-odds of the first forest that each line is chrome, shape (lines,).

    Returns:
        Shape (features, lines).
    """
    chances = 1 / (1 + np.exp(-odds))
    bounded = np.minimum(np.maximum(odds, -_MOST), _MOST)
    return np.concatenate((_near(bounded), _sides(chances), _page(chances), _runs(odds > 0)))


def _near(odds: npt.NDArray[np.float64]) -> Numbers:
    """What is said of each line and of those next to it."""
    n, reach = len(odds), max(_STEPS)
    padded = np.full(n + 2 * reach, _NOWHERE, np.float32)
    padded[reach:-reach] = odds
    return padded.take(steps_from(n, (0, *_STEPS)))


def _sides(chances: npt.NDArray[np.float64]) -> Numbers:
    """The mean over some lines above and below each one; outside the page stands no chrome."""
    n, most = len(chances), max(_REACHES)
    total = np.zeros(n + 2 * most + 1)
    total[most + 1 : most + n + 1] = chances.cumsum()
    total[most + n + 1 :] = total[most + n]
    here, below = total[most : most + n], total[most + 1 : most + 1 + n]
    means = np.empty((2 * len(_REACHES), n), np.float32)
    for row, reach in enumerate(_REACHES):
        means[2 * row] = (here - total[most - reach : most - reach + n]) / reach
        means[2 * row + 1] = (total[most + 1 + reach : most + 1 + reach + n] - below) / reach
    return means


def _page(chances: npt.NDArray[np.float64]) -> Numbers:
    """The mean over the page, and the share of its lines that are all but certain to go."""
    n = len(chances)
    values = np.array((np.add.reduce(chances) / n, np.count_nonzero(chances > _CERTAIN) / n), np.float32)
    return values[:, None].repeat(n, axis=1)


def _runs(likely: npt.NDArray[np.bool_]) -> Numbers:
    """How long the run of lines is of which the same is said, below zero where they stay; how far its ends are."""
    n = len(likely)
    bounds = np.concatenate(([0], (likely[1:] != likely[:-1]).nonzero()[0] + 1, [n]))
    sizes = bounds[1:] - bounds[:-1]
    at = np.arange(n)
    since, until = at - bounds[:-1].repeat(sizes), bounds[1:].repeat(sizes) - at
    signed = sizes.repeat(sizes) * np.where(likely, 1, -1)
    return np.asarray(np.minimum(np.maximum((signed, since, until), -_FAR), _FAR), np.float32)
