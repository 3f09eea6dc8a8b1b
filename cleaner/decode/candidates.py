"""Codecs compared by how likely they make the text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cleaner.decode.align import script_of
from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.model import model, outside_gb2312

ERROR_COST = {"utf-16le": 28.0, "utf-16be": 28.0, "utf-32le": 48.0, "utf-32be": 48.0}
OTHER_ERROR_COST = 18.0
"""Nats for each place that does not decode: more than the characters cost that the same bytes make in the right
codec, so that no codec can gain by failing."""
CUT_COST = 12.0
"""Nats for assuming that the data begins inside a character."""
PRIORS = {
    "utf-8": 0.0, "gb18030": 0.0, "big5": 1.0, "shift_jis": 3.0, "euc-jp": 3.0, "euc-kr": 3.0, "utf-16le": 4.0,
    "utf-16be": 5.0, "utf-32le": 6.0, "utf-32be": 6.0,
}  # fmt: skip
"""Nats for the codec itself, by how common it is among files that are no valid UTF-8."""
OTHER_PRIOR = 6.0
DECLARED_GAIN = 4.0
"""Nats for the codec that the file itself declares: less than one hanzi, since every tenth declaration is wrong."""
KANA_COST = 1.5
"""Nats for a kana in a Chinese or Korean codec: EUC-JP and GB have the kana on the same codes, and Chinese text
seldom has any."""
OUTSIDE_COST = 2.5
"""Nats for a hanzi in gb18030 that GB2312 has not: one in a hundred hanzi of real GB files, half of those of Big5
files that are misread as GB."""


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
    text = codec(name).decode(data[skip:], "replace")
    errors = text.count("\ufffd")
    cost = model().cost(text.replace("\ufffd", ""), script_of(name)) + PRIORS.get(name, OTHER_PRIOR)
    if script_of(name) == "zh" and name in DOUBLE_BYTE:
        cost += KANA_COST * len(_KANA.findall(text))
    if name == "gb18030":
        cost += OUTSIDE_COST * outside_gb2312(text)
    cost += errors * ERROR_COST.get(name, OTHER_ERROR_COST)
    return Scored(name, cost + (CUT_COST if skip else 0.0), errors, skip)


def is_wide(data: bytes) -> bool:
    """Whether the bytes can be UTF-16 or UTF-32 without a mark: every other byte is one that the upper halves have.

    The upper half of nearly every character in use is 00, 04 (Cyrillic), 30 (kana, 。), 4E-9F (hanzi), AC-D7
    (hangul), FF (，).

    >>> is_wide("我们的系统".encode("utf-16-le")), is_wide(bytes(range(0xA1, 0xC1)))
    (True, False)
    """
    halves = (data[0::2], data[1::2])
    strange = sorted(len(half.translate(None, _UPPER)) for half in halves)
    few = strange[0] <= max(_STRANGE * len(data) / 2, 2)
    return few and (b"\0" in data or strange[1] > 0.1 * len(data) or len(data) < 64)


_KANA = re.compile("[\u3041-\u30fa]")
_UPPER = bytes([0, 3, 4, 5, 6, 0x20, 0x30, *range(0x4E, 0xA0), *range(0xAC, 0xD8), 0xFF])
_STRANGE = 0.1
"""The share of characters with another upper half that is still allowed."""


def ranked(data: bytes, names: Iterable[str], declared: str = "") -> list[Scored]:
    """The codecs, likeliest first; ties by name, so that the answer does not depend on their order.

    Args:
        data: the bytes to compare them on.
        names: the codecs.
        declared: the codec that the file names itself; it starts with a small advantage.
    """
    return in_order(_favoured(scored(data, name), declared) for name in names)


def in_order(each: Iterable[Scored]) -> list[Scored]:
    """Likeliest first."""
    return sorted(each, key=lambda one: (one.cost, one.codec))


def _favoured(each: Scored, declared: str) -> Scored:
    return replace(each, cost=each.cost - DECLARED_GAIN) if each.codec == declared else each
