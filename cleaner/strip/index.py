"""An index of strings to find in a text, whatever their number: where one may begin is told by array operations."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import LIMIT

K = TypeVar("K")
T = TypeVar("T")
Points = npt.NDArray[np.uint32]

# Beginnings of two and of three characters are hashed to so many bits: some thousand leave most of the table empty.
_BITS = 16
_SHIFT = np.uint32(32 - _BITS)
# Odd multipliers of multiplicative hashing (Knuth 6.4): the golden ratio and primes.
_ONE, _TWO, _THREE = (np.uint32(number) for number in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D))
# What a first character can be: a string by itself, or the beginning of one.
_ALONE, _BEGINS = 1, 2
# Strings up to this length are looked up whole, longer ones by their first three characters.
_SHORT = 2


class Index(Generic[T]):
    """Strings, each with what it stands for; none is empty."""

    def __init__(self, strings: Mapping[str, T]) -> None:
        self._firsts = np.zeros(LIMIT, np.uint8)
        self._pairs, self._triples = np.zeros(1 << _BITS, np.bool_), np.zeros(1 << _BITS, np.bool_)
        self._short: dict[str, T] = {}  # strings of one or two characters
        self._slots: dict[str, list[tuple[str, T]]] = {}  # longer ones by their first three characters
        for string, value in strings.items():
            self._firsts[ord(string[0])] |= _BEGINS if len(string) > 1 else _ALONE
            if len(string) > _SHORT:
                self._slots.setdefault(string[: _SHORT + 1], []).append((string, value))
            else:
                self._short[string] = value
        pairs = "".join(string for string in self._short if len(string) == _SHORT)
        self._pairs[_hashes(*_points(pairs, 2)) >> _SHIFT] = True
        first, second, third = _points("".join(self._slots), 3)
        self._triples[_hashes(first, second) + third * _THREE >> _SHIFT] = True

    def scan(self, text: str, points: Points) -> list[tuple[int, T]]:
        """Where strings stand in a text, and what they stand for; not in order.

        Args:
            text: the text.
            points: its code points, ``shape (len(text),)``.
        """
        firsts = self._firsts.take(points)
        alone = (firsts & _ALONE).nonzero()[0]
        begins = (firsts[:-1] >= _BEGINS).nonzero()[0]
        hashes = _hashes(points.take(begins), points.take(begins + 1))
        pairs = begins[self._pairs.take(hashes >> _SHIFT)]
        hashes += points.take(begins + 2, mode="clip") * _THREE
        found = [(at, self._short[text[at]]) for at in alone.tolist()]
        found += [(at, self._short[text[at : at + 2]]) for at in pairs.tolist() if text[at : at + 2] in self._short]
        for at in begins[self._triples.take(hashes >> _SHIFT)].tolist():
            for string, value in self._slots.get(text[at : at + 3], ()):
                if text.startswith(string, at):
                    found.append((at, value))
        return found


def _hashes(first: Points, second: Points) -> Points:
    return first * _ONE + second * _TWO


def _points(heads: str, size: int) -> Points:
    """The code points of beginnings of `size` characters, the first ones, the second ones and so on in rows."""
    return np.frombuffer(heads.encode("utf-32-le"), np.uint32).reshape(-1, size).T


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
