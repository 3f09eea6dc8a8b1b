"""What entries need of each other: a hit stands when one that its entry needs stands near it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

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
    waiting = [number for number, hit in enumerate(hits) if hit.entry.needs]
    needed = frozenset[str]().union(*map(_needs, {hits[number].entry for number in waiting}))
    serving = [number for number, hit in enumerate(hits) if hit.entry.name in needed] if needed else []
    gone = set[int]()
    asked = waiting
    while asked:
        places = _places([hits[number] for number in serving], ranks)
        near = {entry: _near(entry, places) for entry in {hits[number].entry for number in asked}}
        lost = {number for number in asked if not _is_served(hits[number], *near[hits[number].entry], ranks)}
        gone |= lost
        names = {hits[number].entry.name for number in lost.intersection(serving)}
        serving = [number for number in serving if number not in lost]
        asked = [
            number for number in waiting if number not in gone and not _needs(hits[number].entry).isdisjoint(names)
        ]
    return [hit for number, hit in enumerate(hits) if number not in gone] if gone else hits


def _places(hits: Iterable[Hit], ranks: Mapping[int, int]) -> dict[str, list[int]]:
    """For each entry the ranks of the first and last lines of its hits, in order."""
    found = defaultdict[str, list[int]](list)
    for hit in hits:
        found[hit.entry.name] += (ranks[hit.line], ranks[hit.last])
    return {name: sorted(own) for name, own in found.items()}


@cache
def _needs(entry: Entry) -> frozenset[str]:
    return frozenset(entry.needs)


def _near(entry: Entry, places: Mapping[str, Sequence[int]]) -> tuple[Sequence[int], Sequence[int]]:
    """Where the others stand that an entry needs, and where it does, if it needs itself; in order."""
    needs = _needs(entry)
    others = [places[name] for name in needs.intersection(places) if name != entry.name]
    own = places.get(entry.name, ()) if entry.name in needs else ()
    return others[0] if len(others) == 1 else sorted(chain.from_iterable(others)), own


def _is_served(hit: Hit, others: Sequence[int], own: Sequence[int], ranks: Mapping[int, int]) -> bool:
    first, last, within = ranks[hit.line], ranks[hit.last], hit.entry.within
    return _is_near(others, first, last, within) or _is_near(own, first, last, within, itself=True)


def _is_near(others: Sequence[int], first: int, last: int, within: int, *, itself: bool = False) -> bool:
    """Whether one of some ranks is at most `within` (0: however far) from either end of a hit; not its own ones."""
    if not others:
        return False
    if not within:
        return not (itself and first <= others[0] and others[-1] <= last)
    near = others[bisect_left(others, first - within) : bisect_left(others, last + within + 1)]
    if last > first:  # a block: what stands inside may be far from both its ends
        near = [rank for rank in near if min(abs(rank - first), abs(rank - last)) <= within]
    return bool(near) and (not itself or near[0] < first or near[-1] > last)
