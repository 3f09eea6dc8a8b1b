"""A small part of the bytes that is enough to decide by: lines with high bytes, from places all over the file."""

import re
from collections.abc import Iterator

import numpy as np

_HIGH = re.compile(rb"[\x80-\xff]")
# Two characters of a double-byte codec in a row: what a bad byte in a page of ASCII is not.
_DENSE = re.compile(rb"(?:[\x80-\xff][\x40-\xff]){2}")
PLACES = 6
BUDGET = 3072
"""Bytes; on the labelled files and slices a larger sample changes no decision."""
WIDER = 8
_RULE = re.compile(rb"([\x80-\xff])\1{7,}")
_PAIRS = re.compile(rb"(..)\1{3,}", re.DOTALL)
_TRIPLES = re.compile(rb"(...)\1{3,}", re.DOTALL)
_REACH = 256
# No multi-byte codec of the decision uses a byte below 0x30 inside a character, so cutting there is safe.
_SAFE = re.compile(rb"[\x00-\x2f]")


def sample(data: bytes, budget: int = BUDGET) -> bytes:
    """Pieces around high bytes, joined by newlines; all of the data when that is small.

    Pieces begin and end at bytes that no multi-byte character holds, where there are any. What is repeated, as in lines
    that are drawn, stands a few times at most, and no line twice: once more says nothing new of the codec.
    """
    whole = _sample(data, budget)
    taken = _condensed(whole)
    # A file of drawn lines has its words far between.
    return taken if len(taken) * 2 > len(whole) else _condensed(_sample(data, budget * WIDER))


def _condensed(data: bytes) -> bytes:
    if _repeats(data, 2):
        data = _RULE.sub(
            rb"\1\1\1\1", data
        )  # of one byte: it may be odd in number, and is a whole character all the same
        data = _PAIRS.sub(rb"\1\1\1", data)
    if _repeats(data, 3):
        data = _TRIPLES.sub(rb"\1\1\1", data)
    return b"\n".join(dict.fromkeys(data.split(b"\n")))


def _repeats(data: bytes, period: int) -> bool:
    """Whether so many bytes stand four times in a row: what the patterns say, twenty times faster."""
    values = np.frombuffer(data, np.uint8)
    return b"\1" * (3 * period) in (values[period:] == values[:-period]).tobytes()


def _sample(data: bytes, budget: int) -> bytes:
    if len(data) <= budget:
        return data
    pieces = list(_pieces(data, _DENSE, budget)) or list(_pieces(data, _HIGH, budget))
    return b"\n".join(pieces) if pieces else data[:budget]


def _pieces(data: bytes, pattern: re.Pattern[bytes], budget: int) -> Iterator[bytes]:
    """Pieces around the first matches from each of the places on."""
    end = 0
    for place in range(PLACES):
        match = pattern.search(data, max(end, place * len(data) // PLACES))
        if not match:
            break
        start = _back(data, match.start(), end)
        end = _ahead(data, start + budget // PLACES)
        yield data[start:end]


def wide_sample(data: bytes, budget: int = BUDGET) -> bytes:
    """Pieces from all over the data that begin and end at multiples of four, for UTF-16 and UTF-32."""
    if len(data) <= budget:
        return data
    share = budget // PLACES & ~3
    starts = ((place * (len(data) - share) // (PLACES - 1)) & ~3 for place in range(PLACES))
    return b"".join(data[start : start + share] for start in starts)


def _back(data: bytes, at: int, floor: int) -> int:
    """The nearest place to begin at: behind the safe byte before `at`, or else behind the one after it."""
    low = max(floor, at - _REACH)
    if low == 0:
        return 0
    behind = max((match.end() for match in _SAFE.finditer(data, low, at)), default=-1)
    if behind >= 0:
        return behind
    ahead = _SAFE.search(data, at, at + _REACH)
    return ahead.end() if ahead else at


def _ahead(data: bytes, at: int) -> int:
    match = _SAFE.search(data, at, at + _REACH)
    return match.start() if match else min(at, len(data))
