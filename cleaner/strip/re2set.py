"""RE2 as the rules use it: linear in time whatever the pattern, a line at a time."""

from collections.abc import Iterable
from functools import cache
from typing import Any

# Memory of one RE2 set; the default of 8 MB makes it fall back to slow matching with some hundred patterns.
_SET_MEMORY = 256 << 20


def search_set(patterns: Iterable[str]) -> Any:
    """A compiled RE2 set of patterns to be searched in a text; None when there are none."""
    import re2

    made: Any = re2.Set.SearchSet(_options())  # type: ignore[no-untyped-call] # re2 has no annotations
    count = sum(1 for pattern in patterns if made.Add(pattern) >= 0)
    if not count:
        return None
    made.Compile()
    return made


@cache
def whole(pattern: str) -> Any:
    """A compiled RE2 set of one pattern that matches all of a text: of what RE2 offers it says yes or no fastest."""
    import re2

    made: Any = re2.Set.FullMatchSet(_options())  # type: ignore[no-untyped-call] # re2 has no annotations
    made.Add(pattern)
    made.Compile()
    return made


@cache
def program(pattern: str) -> Any:
    """A compiled RE2 pattern."""
    import re2

    return re2.compile(pattern, _options())  # type: ignore[no-untyped-call] # re2 has no annotations


def _options() -> Any:
    import re2

    chosen = re2.Options()
    chosen.log_errors = False
    chosen.never_nl = True  # a line is a line, whatever a negated class would like
    chosen.max_mem = _SET_MEMORY
    return chosen
