"""Where a text that decodes reads as if it stood half a character off.

A bad byte can leave bytes that still decode: the characters behind it are then made of the halves of two, up to the
next byte that is a character by itself. Such a stretch begins or ends with a lone character of ASCII between two
others, or, in GB18030, runs through its private use area. There the text is compared with natural text, and with what
the same bytes would be half a character further on: from the cheapest look to the dearest, each at what the one before
has left.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cleaner.decode.codec import Codec
from cleaner.decode.model import codes_of, model

REACH = 8
"""Characters on either side of a lone one that are looked at: most stretches in Big5 are shorter."""
TWO = 17.0
"""Nats for two neighbours on one side of it, given their classes; a place where both sides have less is passed by."""
EVERYDAY = 9.0
DIP = 6.0
"""Nats for one character, and by how much all from a lone one up to any other may cost more: two places in ten
thousand characters of reviews and news do, and nearly all of those that a bad byte makes."""
RAREST = 14.0
"""Nats; a single character says no more than that."""
OFF = 9.0
"""Nats by which the same bytes must be likelier half a character off: one place in fifty thousand characters of clean
text is, and all those of damaged text that alignment could put right, short ones apart."""
AROUND = 32
"""Characters on either side of such a place that are read again."""
_PRIVATE = (0xE000, 0xF8FF)

Costs = npt.NDArray[np.float32]


def doubtful(text: str, known: Codec) -> list[tuple[int, int]]:
    """The stretches around such places, within their lines, disjoint and in order.

    >>> from cleaner.decode.codec import codec
    >>> doubtful("今天的天气非常好", codec("gb18030")), doubtful("今天5奶炱浅Ｓ好", codec("gb18030"))
    ([], [(0, 8)])
    """
    stretches: list[tuple[int, int]] = []
    for at in _off(text, dips(text), known):
        start = max(text.rfind("\n", 0, at) + 1, at - AROUND)
        end = min((text.find("\n", at) + 1) or len(text), at + AROUND)
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def dips(text: str) -> list[int]:
    """The places beside which the text is unlikely."""
    places = _lone(codes_of(text))
    if not places:
        return []
    padded = " " * REACH + text + " " * REACH
    size = 2 * REACH + 1
    windows = "".join([padded[at : at + size] for at in places])
    excess = np.minimum(model().costs(windows), RAREST).reshape(-1, size) - EVERYDAY
    ahead = excess[:, REACH + 1 :].cumsum(axis=1).max(axis=1)
    back = excess[:, REACH - 1 :: -1].cumsum(axis=1).max(axis=1)
    found = (np.maximum(ahead, back) > DIP).tolist()
    return [at for at, dip in zip(places, found, strict=True) if dip]


def _lone(codes: npt.NDArray[np.uint32]) -> list[int]:
    """The places of ASCII characters between two others, and of private ones, with rare ones beside them."""
    ascii_ = codes < 0x80
    lone = (codes >= _PRIVATE[0]) & (codes <= _PRIVATE[1])
    lone[1:-1] |= ascii_[1:-1] & ~ascii_[:-2] & ~ascii_[2:] & (codes[1:-1] != ord("\n"))
    costs = model().zh[codes]
    two = np.zeros(len(codes) + 3, dtype=np.float32)
    two[2:-2] = costs[1:] + costs[:-1]
    found: list[int] = np.flatnonzero(lone & (np.maximum(two[:-3], two[3:]) > TWO)).tolist()
    return found


def _off(text: str, places: list[int], known: Codec) -> Iterator[int]:
    """Those of the places ahead of which or behind which the characters are likelier when they begin a byte later."""
    pieces: list[str] = []
    for at in places:
        for now in (text[at + 1 : at + 2 + REACH], text[max(at - REACH, 0) : at + 1]):
            pieces += (now + "\n", known.decode(known.encode(now)[1:], "ignore") + "\n")
    costs = np.split(model().costs("".join(pieces)), np.cumsum([len(piece) for piece in pieces]))
    for at, ahead, ahead_off, back, back_off in zip(places, *(costs[start::4] for start in range(4)), strict=False):
        if max(_gain(ahead, ahead_off), _gain(back[::-1], back_off[::-1])) > OFF:
            yield at


def _gain(now: Costs, off: Costs) -> float:
    size = min(len(now), len(off))
    return float((now[:size] - off[:size]).cumsum().max(initial=0.0))
