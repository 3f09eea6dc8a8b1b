"""An index of strings to find in a text, whatever their number: where one may begin is told by array operations."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import LIMIT

K = TypeVar("K")
T = TypeVar("T")
Points = npt.NDArray[np.uint32]

# Beginnings of two characters are hashed to so many bits: some thousand of them leave most of the table empty.
_BITS = 16
_SHIFT = np.uint32(32 - _BITS)
# Odd multipliers of multiplicative hashing (Knuth 6.4): the golden ratio and a prime.
_ONE, _OTHER = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
# What a first character can be: a string by itself, or the beginning of one.
_ALONE, _BEGINS = 1, 2


class Index(Generic[T]):
    """Strings, each with what it stands for; none is empty."""

    def __init__(self, strings: Mapping[str, T]) -> None:
        self._firsts = np.zeros(LIMIT, np.uint8)
        self._pairs = np.zeros(1 << _BITS, np.bool_)
        self._slots: dict[str, list[tuple[str, T]]] = {}
        for string, value in strings.items():
            self._firsts[ord(string[0])] |= _BEGINS if len(string) > 1 else _ALONE
            self._slots.setdefault(string[:2], []).append((string, value))
        pairs = "".join(start for start in self._slots if len(start) > 1)
        points = np.frombuffer(pairs.encode("utf-32-le"), np.uint32)
        self._pairs[_hashes(points[::2], points[1::2])] = True

    def scan(self, text: str, points: Points) -> Iterator[tuple[int, T]]:
        """Where strings stand in a text, and what they stand for; not in order.

        Args:
            text: the text.
            points: its code points, ``shape (len(text),)``.
        """
        firsts = self._firsts.take(points)
        for at in np.flatnonzero(firsts & _ALONE).tolist():
            yield from ((at, value) for _, value in self._slots[text[at]])
        begins = np.flatnonzero(firsts[:-1] & _BEGINS)
        pairs = _hashes(points.take(begins), points.take(begins + 1))
        for at in begins[self._pairs.take(pairs)].tolist():
            for string, value in self._slots.get(text[at : at + 2], ()):
                if text.startswith(string, at):
                    yield at, value


def _hashes(first: Points, second: Points) -> Points:
    return (first * _ONE + second * _OTHER) >> _SHIFT


def listed(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """What every key stands for, gathered.

    >>> listed([("a", 1), ("b", 2), ("a", 3)])
    {'a': (1, 3), 'b': (2,)}
    """
    table: dict[K, tuple[T, ...]] = {}
    for key, value in pairs:
        known = table.get(key)
        if known is None:
            table[key] = (value,)
        elif value not in known:
            table[key] = (*known, value)
    return table
