"""Short texts that are valid UTF-8 and read better in another codec.

一些, 什么 and 系统 in GBK are two Cyrillic or Greek letters each.
"""

from dataclasses import replace
from math import tanh

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.decode.candidates import ranked
from cleaner.decode.codec import DOUBLE_BYTE
from cleaner.decode.plain import FEW
from cleaner.decode.sample import sample
from cleaner.decode.types import Candidate, Decoded

VALID_GAIN = 3.0
"""Nats that validity itself is worth: 3.5% of the two-character words of GBK text are valid UTF-8."""


def weighed(data: bytes, text: str) -> Decoded:
    """Valid UTF-8, flagged when another codec makes a likelier text of its few multi-byte characters.

    >>> weighed("系统".encode("gbk"), "ϵͳ").runner_up
    'gb18030'
    """
    if not 0 < len(data) - len(text) <= FEW:
        return Decoded(text)
    ranks = ranked(sample(data), ("utf-8", *DOUBLE_BYTE))
    utf8 = next(each for each in ranks if each.codec == "utf-8")
    other = next(each for each in ranks if each.codec != "utf-8")
    margin = utf8.cost - other.cost - VALID_GAIN
    if margin <= 0 or other.errors:
        return Decoded(text)
    why = f"the bytes are valid UTF-8, and read better as {other.codec}"
    facts = evidence(codec="utf-8", runner_up=other.codec, nats=margin)
    return replace(
        Decoded(text),
        confidence=(1 - tanh(margin / 2)) / 2,
        runner_up=other.codec,
        flags=(Flag("decode/ambiguous", 0, 0, why, facts),),
        candidates=tuple(Candidate(each.codec, ranks[0].cost - each.cost, each.errors) for each in ranks),
        evidence=("the bytes are valid UTF-8", why),
    )
