"""Codecs compared by how likely they make the text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.model import model
from cleaner.decode.reading import KEEP, script_of

ERROR_COST = 8.0
BYTE_COST = 10.0
"""Nats for each run of undecodable bytes, and for each byte in it: more than any character costs, so that a codec cannot gain
by failing."""
CUT_COST = 12.0
"""Nats for assuming that the data begins inside a character."""
PRIORS = {
    "utf-8": 0.0, "gb18030": 0.0, "big5": 1.0, "shift_jis": 3.0, "euc-jp": 3.0, "euc-kr": 3.0, "utf-16le": 4.0, "utf-16be": 5.0,
    "utf-32le": 6.0, "utf-32be": 6.0,
}  # fmt: skip
"""Nats for the codec itself, by how common it is among files that are no valid UTF-8."""
OTHER_PRIOR = 6.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A codec, what the sample costs in it (nats, less is likelier), and how many runs of bytes it does not decode."""

    codec: str
    cost: float
    errors: int
    skipped: int = 0


def scored(data: bytes, name: str) -> Scored:
    """The cost of the data in one codec, for the best place of its first character boundary."""
    high = bool(data) and data[0] >= 0x80
    reach = {"utf-8": 4, "utf-16le": 1, "utf-16be": 1}.get(name, 2 if name in DOUBLE_BYTE else 1)
    skips = range(reach) if high else range(1)
    return min((_scored(data, name, skip) for skip in skips), key=lambda each: each.cost)


def _scored(data: bytes, name: str, skip: int) -> Scored:
    text = codec(name).decode(data[skip:], KEEP)
    runs, lost, text = _without_marks(text)
    cost = model().cost(text, script_of(name)) + PRIORS.get(name, OTHER_PRIOR)
    return Scored(name, cost + runs * ERROR_COST + lost * BYTE_COST + (CUT_COST if skip else 0.0), runs, skip)


def _without_marks(text: str) -> tuple[int, int, str]:
    """How many runs of undecodable bytes there are, how many bytes that is, and the text without them."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        clean = _LOST.sub("", text)
        return len(_RUN.findall(text)), len(text) - len(clean), clean
    return 0, 0, text


def is_wide(data: bytes) -> bool:
    """Whether the bytes can be UTF-16 or UTF-32 without a mark: every other byte is one that the upper halves have.

    The upper half of nearly every character in use is 00, 04 (Cyrillic), 30 (kana, 。), 4E-9F (hanzi), AC-D7 (hangul), FF (，).

    >>> is_wide("我们的系统".encode("utf-16-le")), is_wide("，我们。".encode("gbk"))
    (True, False)
    """
    halves = (data[0::2], data[1::2])
    strange = sorted(len(half.translate(None, _UPPER)) for half in halves)
    few = strange[0] <= max(_STRANGE * len(data) / 2, 2)
    return few and (b"\0" in data or strange[1] > 0.1 * len(data) or len(data) < 64)


_RUN = re.compile("[\udd00-\uddff][\udc00-\udcff]*")
_LOST = re.compile("[\udc00-\uddff]")
_UPPER = bytes([0, 3, 4, 5, 6, 0x20, 0x30, *range(0x4E, 0xA0), *range(0xAC, 0xD8), 0xFF])
_STRANGE = 0.1
"""The share of characters with another upper half that is still allowed."""


def ranked(data: bytes, names: Iterable[str]) -> list[Scored]:
    """The codecs, likeliest first; ties by name, so that the answer does not depend on their order."""
    return sorted((scored(data, name) for name in names), key=lambda each: (each.cost, each.codec))
