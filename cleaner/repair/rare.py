"""Characters that fill Chinese read in the wrong double-byte codec and that text hardly has: rare hanzi, private use.

Common are the first levels of GB 2312 (3,755 hanzi), Big5 (5,401) and JIS X 0208 (2,965): everyday text.
Two others close together are what a line must show before anything is looked up.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import code_points

# In damaged text a rare character is never this far from the next, however common most of its characters are.
CLOSE = 8
# The first level of each standard: its lead bytes, and its trail bytes.
_LEVELS = (
    ("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)),
    ("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    ("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF)),
)
_PLANE = 0x10000


@cache
def rare_points() -> npt.NDArray[np.bool_]:
    """Which code points of the basic plane these are, shape (65536,)."""
    rare = np.zeros(_PLANE, np.bool_)
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000)):
        rare[low:high] = True
    for level in _LEVELS:
        rare[code_points(_characters(*level))] = False
    rare[0xE000:0xF900] = rare[0xFFFD] = True
    rare.setflags(write=False)
    return rare


def _characters(codec: str, leads: Iterable[int], trails: Iterable[int]) -> str:
    lead, trail = np.meshgrid(np.fromiter(leads, np.uint8), np.fromiter(trails, np.uint8))
    # A newline behind each pair, so that one that is no character does not take part of the next.
    pairs = np.stack((lead, trail, np.full_like(lead, ord("\n"))), axis=-1)
    return pairs.tobytes().decode(codec, "ignore")


def rarity(text: str) -> float:
    """The share of rare characters among those that are not ASCII.

    >>> rarity("中文"), rarity("缂栫爜中a")
    (0.0, 0.75)
    """
    points = code_points(text)
    beyond = np.minimum(points[points > 0x7F], _PLANE - 1)
    return float(rare_points()[beyond].mean()) if len(beyond) else 0.0
