"""What rules know of a line by itself, whatever page it stands on."""

from typing import NamedTuple

from cleaner.strip.entry import Entry
from cleaner.strip.finder import NONE, Numbers


class Match(NamedTuple):
    """An entry that matches a line, or in it: what it would cut of its content, (-1, -1) for the whole line."""

    entry: Entry
    start: int = -1
    end: int = -1


class Told(NamedTuple):
    """What rules know of a line.

    Attributes:
        numbers: the patterns that match all of it, with its bullets or without.
        matches: the line and inline entries that match, by where they would cut and by name.
        labels: the labels of blocks that it is, or that stand in it.
        detectors: the numbers of the detectors that it wakes.
        wakes: whether a rule that is not weak begins in it.
        turns: whether a post begins or ends at it for sure.
    """

    numbers: Numbers
    matches: tuple[Match, ...]
    labels: tuple[str, ...]
    detectors: frozenset[int]
    wakes: bool
    turns: bool


NOTHING = Told(NONE, (), (), NONE, wakes=False, turns=False)
