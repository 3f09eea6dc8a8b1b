"""Which repairs a text can need at all, seen in one pass: clean text costs one table look-up per character."""

import re
from enum import Flag, auto
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.repair.control import CONTROLS, SURROGATES
from cleaner.repair.lost import LOST
from cleaner.repair.rare import CLOSE, rare_points
from cleaner.repair.utf8 import CLUES
from cleaner.text.shadow import LIMIT, code_points


class Concern(Flag):
    """What the characters of a text may call for."""

    MISREAD = auto()  # what a single-byte codec makes of the bytes 80-FF
    CONTROL = auto()
    SURROGATE = auto()
    LOST = auto()  # U+FFFD, and what a second wrong reading or a debugger made of lost text
    GARBLED = auto()  # rare characters close together: Chinese in the wrong double-byte codec


def concerns(text: str) -> Concern:
    r"""The concerns that some character of the text raises.

    >>> concerns("全角，“引号”……①㎡"), concerns("ÖÐ\x00")
    (<Concern: 0>, <Concern.MISREAD|CONTROL: 3>)
    """
    if not text:
        return Concern(0)
    bits = _table().take(code_points(text))
    seen = Concern(int(np.bitwise_or.reduce(bits)))
    if Concern.GARBLED in seen:
        places = np.flatnonzero(bits & Concern.GARBLED.value)
        if not np.any(np.diff(places) <= CLOSE):
            seen &= ~Concern.GARBLED
    return seen


@cache
def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(LIMIT, np.uint8)
    classes = {
        Concern.MISREAD: CLUES,
        Concern.CONTROL: CONTROLS,
        Concern.SURROGATE: SURROGATES,
        Concern.LOST: LOST,
    }
    for concern, members in classes.items():
        found = re.compile(f"[{members}]")
        for point in range(0x10000):  # no class reaches beyond the basic plane
            if found.match(chr(point)):
                table[point] |= concern.value
    table[list(rare_points())] |= Concern.GARBLED.value
    table.setflags(write=False)
    return table
