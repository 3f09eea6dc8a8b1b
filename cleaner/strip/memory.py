"""What was found out about short lines is remembered: pages say the same around their texts, whatever the site."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from itertools import islice
from typing import TypeVar

Known = TypeVar("Known")

# So many lines are remembered, of at most so many characters.
MOST, SHORT = 1 << 16, 80


def remember(known: dict[str, Known], fresh: Mapping[str, Known]) -> None:
    """Adds what was found out about lines, the long ones left out; what is too much pushes out all before it.

    >>> known = {}
    >>> remember(known, {"回复": 1, "江" * 81: 2})
    >>> known
    {'回复': 1}
    """
    short = {line: told for line, told in fresh.items() if len(line) <= SHORT}
    if len(known) + len(short) > MOST:
        known.clear()
    known.update(islice(short.items(), MOST))


def remembered(facts: Callable[[str], Known]) -> Callable[[str], Known]:
    """A function of a line that remembers what it said of short ones.

    >>> remembered(str.upper)("abc")
    'ABC'
    """
    known = lru_cache(MOST)(facts)

    @wraps(facts)
    def told(line: str) -> Known:
        return known(line) if len(line) <= SHORT else facts(line)

    return told
