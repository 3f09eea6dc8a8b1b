"""What entries need of each other: a hit stands when one that its entry needs stands near it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cleaner.strip.entry import Entry
from cleaner.strip.rules import Hit


def standing(hits: Sequence[Hit], ranks: Mapping[int, int]) -> Sequence[Hit]:
    """The hits, in order, whose entries need nothing, and those that have what they need near them.

    A hit whose own need fails serves nobody, and none serves itself: an entry that needs itself wants another line of
    its kind. Two that need each other both stand.

    Args:
        hits: what matched on a page.
        ranks: the lines of the page that are not blank, each with its number among them.
    """
    waiting = [hit for hit in hits if hit.entry.needs]
    needed = frozenset[str]().union(*map(_needs, {hit.entry for hit in waiting}))
    serving = [hit for hit in hits if hit.entry.name in needed] if needed else []
    gone = set[Hit]()
    while waiting:
        places = _places(serving, ranks)
        near = {entry: _near(entry, places) for entry in {hit.entry for hit in waiting}}
        lost = {hit for hit in waiting if not _is_served(hit, near[hit.entry], ranks)}
        gone |= lost
        if lost.isdisjoint(serving):  # nobody lost what served him
            break
        waiting = [hit for hit in waiting if hit not in lost]
        serving = [hit for hit in serving if hit not in lost]
    return [hit for hit in hits if hit not in gone] if gone else hits


def _places(hits: Iterable[Hit], ranks: Mapping[int, int]) -> dict[str, list[int]]:
    """For each entry the ranks of the first and last lines of its hits, in order."""
    found = defaultdict[str, list[int]](list)
    for hit in hits:
        found[hit.entry.name] += (ranks[hit.line], ranks[hit.last])
    return {name: sorted(own) for name, own in found.items()}


@cache
def _needs(entry: Entry) -> frozenset[str]:
    return frozenset(entry.needs)


def _near(entry: Entry, places: Mapping[str, Sequence[int]]) -> list[tuple[Sequence[int], bool]]:
    """Where what an entry needs stands, and whether that is the entry itself."""
    return [(places[name], name == entry.name) for name in places.keys() & _needs(entry)]


def _is_served(hit: Hit, near: Iterable[tuple[Sequence[int], bool]], ranks: Mapping[int, int]) -> bool:
    first, last, within = ranks[hit.line], ranks[hit.last], hit.entry.within
    return any(_is_near(others, first, last, within, itself=itself) for others, itself in near)


def _is_near(others: Sequence[int], first: int, last: int, within: int, *, itself: bool) -> bool:
    """Whether one of some ranks is at most `within` (0: however far) from either end of a hit; not its own ones."""
    if not within:
        return not (itself and first <= others[0] and others[-1] <= last)
    near = others[bisect_left(others, first - within) : bisect_left(others, last + within + 1)]
    if last > first:  # a block: what stands inside may be far from both its ends
        near = [rank for rank in near if min(abs(rank - first), abs(rank - last)) <= within]
    return bool(near) and (not itself or near[0] < first or near[-1] > last)
