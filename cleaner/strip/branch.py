"""One alternative of a pattern, and what tells at a glance that it does not match a line."""

import re
from typing import NamedTuple

# More than any line has characters.
ENDLESS = 1 << 30
_KEY = re.compile(r"[\W_]*([^\W_])?[\W_]*([^\W_])?")


class Branch(NamedTuple):
    """One alternative of a pattern.

    Attributes:
        source: the alternative as a pattern.
        low: the fewest characters that it matches, blanks not counted.
        high: the most.
        starts: the keys of what it matches, or their first characters; empty for anything.
        marks: when no key is known, the marks that what it matches begins with; empty for anything.
        ends: the last characters of what it matches; empty for anything.
        atoms: strings of which one stands in whatever it matches; empty when none are known.
        weight: how much the atom tells that tells least; a letter weighs 1, an ideograph 2.5.
    """

    source: str
    low: int = 0
    high: int = ENDLESS
    starts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    ends: str = ""
    atoms: tuple[str, ...] = ()
    weight: float = 0.0

    def begins(self, key: str) -> bool:
        """Whether a line with this key begins as a match may."""
        return not self.starts or key in self.starts or key[:1] in self.starts


def key_of(text: str) -> str:
    """The first two letters or digits of a text, or as many as it has: what stands around them varies most.

    >>> key_of("[ 责 任编辑: 某 ]")
    '责任'
    """
    if text[:2].isalnum():
        return text[:2]
    match = _KEY.match(text)
    return (match[1] or "") + (match[2] or "") if match else ""
