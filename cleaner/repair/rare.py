"""Characters that fill Chinese read in the wrong double-byte codec and that text hardly has: rare hanzi, private use.

Common are the first levels of GB 2312 (3,755 hanzi), Big5 (5,401) and JIS X 0208 (2,965): everyday text.
Two others close together are what a line must show before anything is looked up.
"""

from functools import cache

# In damaged text a rare character is never this far from the next, however common most of its characters are.
CLOSE = 8
# Lead bytes of the first level of each standard.
_LEVELS = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("euc_jp", 0xB0, 0xCF))


@cache
def rare_points() -> frozenset[int]:
    """The code points, all of the basic plane."""
    hanzi = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]
    return frozenset((*(point for point in hanzi if not _common(chr(point))), *range(0xE000, 0xF900), 0xFFFD))


def _common(char: str) -> bool:
    return any(_in_level(char, *level) for level in _LEVELS)


def _in_level(char: str, codec: str, first: int, last: int) -> bool:
    try:
        data = char.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(data) == 2 and first <= data[0] <= last


def rarity(text: str) -> float:
    """The share of rare characters among those that are not ASCII.

    >>> rarity("中文"), rarity("缂栫爜中a")
    (0.0, 0.75)
    """
    points = [ord(char) for char in text if char > "\x7f"]
    return sum(point in rare_points() for point in points) / len(points) if points else 0.0
