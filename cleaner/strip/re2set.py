"""RE2 as the rules use it: linear in time whatever the pattern, a line at a time."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

_COUNTED = re.compile(r"(?<!\[xpP])\{([0-9]*)(?:,[0-9]*)?\}")
# Memory of one RE2 set; the default of 8 MB makes it fall back to slow matching with some hundred patterns.
_SET_MEMORY = 256 << 20


def search_set(patterns: Iterable[str], memory: int = _SET_MEMORY) -> Any:
    """A compiled RE2 set of patterns to be searched in a text, `memory` in bytes; None when there are none."""
    import re2

    made: Any = re2.Set.SearchSet(_options(memory))  # type: ignore[no-untyped-call] # re2 has no annotations
    count = sum(1 for pattern in patterns if made.Add(pattern) >= 0)
    if not count:
        return None
    made.Compile()
    return made


class Whole:
    """A pattern to be matched with all of a text, compiled when it is first needed.

    Of what RE2 offers, a set of one pattern says yes or no fastest. Counted repetitions are written out copy by copy,
    which takes long; as most texts do not match, a relaxed pattern is tried first until one does.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._exact: Any = None
        self._relaxed: Any = None

    def match(self, text: bytes) -> bool:
        """Whether the pattern matches all of a text, given in UTF-8."""
        if self._exact is None:
            if self._relaxed is None:
                self._relaxed = _set_of_one(relaxed(self.pattern))
            if not self._relaxed.Match(text):
                return False
            self._exact = _set_of_one(self.pattern)
        return bool(self._exact.Match(text))


whole = cache(Whole)


def relaxed(pattern: str) -> str:
    r"""A pattern that matches wherever this one does, with ``*`` and ``+`` in the place of counts.

    >>> relaxed(r"[0-9]{2,4}年.{0,9}\p{Han}{3}\x{feff}")
    '[0-9]+年.*\\p{Han}+\\x{feff}'
    """
    return _COUNTED.sub(lambda count: "*" if count[1] in ("", "0") else "+", pattern)


def _set_of_one(pattern: str) -> Any:
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


def by_line(pattern: str) -> str:
    """A pattern to be searched in a whole text as in its lines: its ``^`` and ``$`` stand at the ends of a line."""
    return f"(?m){pattern}"


def _options(memory: int = _SET_MEMORY) -> Any:
    import re2

    chosen = re2.Options()
    chosen.log_errors = False
    chosen.never_nl = True  # a line is a line, whatever a negated class would like
    chosen.max_mem = memory
    return chosen
