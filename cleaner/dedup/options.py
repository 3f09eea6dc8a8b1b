"""What a user can set about duplicates, and the bands that follow from it."""

from dataclasses import dataclass, replace
from functools import cache

from cleaner.errors import ConfigError

SLOTS = 128  # of a sketch: the standard error of an estimate is at most 0.044
UNITS = ("char", "word")
POLICIES = ("longest", "first", "newest")

# Bands are chosen so that pairs this far below the threshold are still found with the recall that was asked for. A
# sketch is one draw per corpus: with bands that just reach 0.99 at the threshold, a level of pairs around it falls
# below 0.99 half of the time. The slack costs few candidates: unrelated texts share hardly any shingle.
SLACK = 0.05


@dataclass(frozen=True, slots=True)
class DedupOptions:
    """When a document is a near-duplicate of another, and which of the two stays.

    Attributes:
        threshold: Jaccard index of the shingle sets from which two documents are duplicates; above 0, at most 1.
        recall: share of the pairs at the threshold that the search must find; above 0, below 1.
        unit: what a shingle is five of: "char" or "word" (an ideograph counts as a word).
        keep: which of two duplicates stays: the "longest", the "first" by id, or the "newest".
        prefer: globs on ids; a document that matches an earlier one of them stays before all policy.
        containment: share of a document's shingles that must stand in a kept one for it to be dropped as an excerpt;
            0 turns it off.

    Raises:
        ConfigError: a value that cannot be.

    >>> DedupOptions(keep="biggest")
    Traceback (most recent call last):
        ...
    cleaner.errors.ConfigError: dedup.keep: 'biggest' is not known; use one of longest, first, newest
    """

    threshold: float = 0.8
    recall: float = 0.99
    unit: str = "char"
    keep: str = "longest"
    prefer: tuple[str, ...] = ()
    containment: float = 0.0

    def __post_init__(self) -> None:
        _one_of("unit", self.unit, UNITS)
        _one_of("keep", self.keep, POLICIES)
        _within("threshold", 0 < self.threshold <= 1, self.threshold, "above 0, at most 1")
        _within("recall", 0 < self.recall < 1, self.recall, "above 0 and below 1")
        _within("containment", 0 <= self.containment <= 1, self.containment, "from 0 (off) to 1")


def _one_of(key: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ConfigError(f"{value!r} is not known", f"dedup.{key}", f"use one of {', '.join(known)}")


def _within(key: str, fits: bool, value: float, bounds: str) -> None:  # noqa: FBT001 - the outcome of the check
    if not fits:
        raise ConfigError(f"{value!r} cannot be", f"dedup.{key}", f"use a number {bounds}")


@dataclass(frozen=True, slots=True)
class Bands:
    """How a sketch is cut: two documents are candidates when all `rows` slots of one of `count` bands are equal.

    Attributes:
        count: the number of bands.
        rows: slots per band.
        found: the probability that a pair exactly at the threshold is found.
    """

    count: int
    rows: int
    found: float


def bands(options: DedupOptions) -> Bands:
    """The widest bands that find the wanted share of pairs (Leskovec, Rajaraman, Ullman, section 3.4).

    A pair of Jaccard index s is found with probability ``1 - (1 - s**rows) ** count``.

    Raises:
        ConfigError: no cut of the sketch finds that many pairs at that threshold.

    >>> bands(DedupOptions())
    Bands(count=25, rows=5, found=1.0)
    >>> bands(DedupOptions(threshold=0.9))
    Bands(count=16, rows=8, found=0.9999)
    """
    return _bands(options.threshold, options.recall)


@cache
def _bands(threshold: float, recall: float) -> Bands:
    for similarity in (max(threshold - SLACK, 0.0), threshold):
        if (cut := widest(similarity, recall)) is not None:
            return replace(cut, found=round(_found(threshold, cut.count, cut.rows), 4))
    best = _found(threshold, SLOTS, 1)
    raise ConfigError(
        f"{SLOTS} slots find {best:.4f} of the pairs at {threshold}, not {recall}",
        "dedup.recall",
        f"raise the threshold or ask for a recall of at most {best:.4f}",
    )


def widest(similarity: float, recall: float) -> Bands | None:
    """The widest bands that find a pair of that similarity with that probability; None if none do."""
    for rows in range(SLOTS, 0, -1):
        found = _found(similarity, SLOTS // rows, rows)
        if found >= recall:
            return Bands(SLOTS // rows, rows, found)
    return None


def _found(similarity: float, count: int, rows: int) -> float:
    return float(1 - (1 - similarity**rows) ** count)
