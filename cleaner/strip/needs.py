"""What entries need of each other: a hit stands when one that its entry needs stands near it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cleaner.strip.entry import Entry
from cleaner.strip.rules import Hit

# For each entry the ranks of the first and last lines of its hits, in order, each once.
Places = Mapping[str, Sequence[int]]


def standing(hits: Iterable[Hit], ranks: Mapping[int, int]) -> list[Hit]:
    """The hits, in order, whose entries need nothing, and those that have what they need near them.

    A hit whose own need fails serves nobody, and none serves itself: an entry that needs itself wants another line of
    its kind. Two that need each other both stand.

    Args:
        hits: what matched on a page.
        ranks: the lines of the page that are not blank, each with its number among them.
    """
    kept = list(hits)
    needed = frozenset[str]().union(*(_needs(entry) for entry in {hit.entry for hit in kept if hit.entry.needs}))
    while True:
        serving = [hit for hit in kept if hit.entry.name in needed]
        places = _places(serving, ranks)
        kept = [hit for hit in kept if not hit.entry.needs or _is_served(hit, places, ranks)]
        if len(serving) == sum(hit.entry.name in needed for hit in kept):  # nobody lost what served him
            return kept


def _places(hits: Iterable[Hit], ranks: Mapping[int, int]) -> Places:
    found: dict[str, set[int]] = {}
    for hit in hits:
        found.setdefault(hit.entry.name, set()).update((ranks[hit.line], ranks[hit.last]))
    return {name: sorted(places) for name, places in found.items()}


def _is_served(hit: Hit, places: Places, ranks: Mapping[int, int]) -> bool:
    entry, first, last = hit.entry, ranks[hit.line], ranks[hit.last]
    near = _needs(entry) & places.keys()
    return any(_is_near(places[name], first, last, entry.within, itself=name == entry.name) for name in near)


@cache
def _needs(entry: Entry) -> frozenset[str]:
    return frozenset(entry.needs)


def _is_near(others: Sequence[int], first: int, last: int, within: int, *, itself: bool) -> bool:
    """Whether one of some ranks is at most `within` (0: however far) from either end of a hit; not its own ones."""
    if not within:
        return bool(others) and not (itself and first <= others[0] and others[-1] <= last)
    near = others[bisect_left(others, first - within) : bisect_left(others, last + within + 1)]
    near = [rank for rank in near if min(abs(rank - first), abs(rank - last)) <= within]
    return any(not itself or not first <= rank <= last for rank in near)
