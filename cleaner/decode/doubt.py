"""Where a text that decodes reads as if it stood half a character off.

A bad byte can leave bytes that still decode: the characters behind it are then made of the halves of two, up to the
next byte that is a character by itself. Such a stretch begins or ends with a lone character of ASCII between two
others, or, in GB18030, runs through its private use area. There the text is compared with natural text.
"""

import numpy as np
import numpy.typing as npt

from cleaner.decode.model import model

REACH = 8
"""Characters on either side of a lone one that are looked at: most stretches in Big5 are shorter."""
EVERYDAY = 9.0
DIP = 8.0
"""Nats for one character, and by how much the characters beside a lone one may cost more, from it up to any other: one
place in ten thousand characters of reviews and news does, and of those made by a bad byte 19 in 20 do."""
RAREST = 14.0
"""Nats; a single character says no more than that."""
AROUND = 32
"""Characters on either side of such a place that are read again."""
_PRIVATE = (0xE000, 0xF8FF)


def doubtful(text: str) -> list[tuple[int, int]]:
    """The stretches around such places, within their lines, disjoint and in order.

    >>> doubtful("今天的天气非常好"), doubtful("今天5奶炱浅Ｓ好")
    ([], [(0, 8)])
    """
    places = _dips(text, _lone(text), pairs=False)
    # Pairs of hanzi only take off, and are dear to look up.
    places = _dips(text, places, pairs=True)
    stretches: list[tuple[int, int]] = []
    for at in places.tolist():
        start = max(text.rfind("\n", 0, at) + 1, at - AROUND)
        end = min((text.find("\n", at) + 1) or len(text), at + AROUND)
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _lone(text: str) -> npt.NDArray[np.intp]:
    """The places of ASCII characters between two others, line ends apart, and of private ones."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ascii_ = codes < 0x80
    found = (codes >= _PRIVATE[0]) & (codes <= _PRIVATE[1])
    found[1:-1] |= ascii_[1:-1] & ~ascii_[:-2] & ~ascii_[2:] & (codes[1:-1] != ord("\n"))
    return np.flatnonzero(found)


def _dips(text: str, places: npt.NDArray[np.intp], *, pairs: bool) -> npt.NDArray[np.intp]:
    """Those of the places beside which the text is unlikely."""
    if not len(places):
        return places
    padded = " " * REACH + text + " " * REACH
    size = 2 * REACH + 1
    windows = "".join([padded[at : at + size] for at in places.tolist()])
    costs = model().costs(windows) if pairs else model().singly(windows)
    excess = np.minimum(costs, RAREST).reshape(-1, size) - EVERYDAY
    ahead = excess[:, REACH + 1 :].cumsum(axis=1).max(axis=1)
    back = excess[:, REACH - 1 :: -1].cumsum(axis=1).max(axis=1)
    dips: npt.NDArray[np.intp] = places[np.maximum(ahead, back) > DIP]
    return dips
