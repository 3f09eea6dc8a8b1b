"""Which repairs a text can need at all, seen in one pass: clean text costs one table look-up per character."""

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.repair.classes import CLUES, CONTROLS, LOST, SURROGATES
from cleaner.repair.lines import LineSpan, lines_at
from cleaner.repair.rare import CLOSE, rare_points
from cleaner.text.shadow import LIMIT, code_points, to_text


class Concern(Flag):
    """What the characters of a text may call for."""

    MISREAD = auto()  # what a single-byte codec makes of the bytes 80-FF
    CONTROL = auto()
    SURROGATE = auto()
    LOST = auto()  # U+FFFD, and what a second wrong reading or a debugger made of lost text
    GARBLED = auto()  # rare characters close together: Chinese in the wrong double-byte codec


_GARBLED = Concern.GARBLED.value


@dataclass(frozen=True, slots=True)
class Screen:
    """What was seen in a text.

    Attributes:
        concerns: what some character of the text calls for.
        bits: the concerns of each character, shape (characters,).
    """

    concerns: Concern
    bits: npt.NDArray[np.uint8]

    def places(self, concern: Concern) -> list[int]:
        """Where the characters stand that raise the concern."""
        found: list[int] = _places(self.bits, concern).tolist()
        return found

    def lines(self, concern: Concern, text: str) -> list[LineSpan]:
        """The lines of the text that raise the concern."""
        return list(lines_at(self.places(concern), text))


def screen(text: str) -> Screen:
    r"""One look at every character.

    >>> screen("全角，“引号”……①㎡").concerns, screen("ÖÐ\x00").concerns
    (<Concern: 0>, <Concern.MISREAD|CONTROL: 3>)
    """
    bits = _table().take(code_points(text)) if text else np.zeros(0, np.uint8)
    seen = int(np.bitwise_or.reduce(bits))
    if seen & _GARBLED and not len(_places(bits, Concern.GARBLED)):
        seen &= ~_GARBLED
    return Screen(Concern(seen), bits)


def _places(bits: npt.NDArray[np.uint8], concern: Concern) -> npt.NDArray[np.intp]:
    places = np.flatnonzero((bits & np.uint8(concern.value)) != 0)  # of truth values, which NumPy counts faster
    return places[:-1][places[1:] - places[:-1] <= CLOSE] if concern is Concern.GARBLED else places


@cache
def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(LIMIT, np.uint8)
    classes = {
        Concern.MISREAD: CLUES,
        Concern.CONTROL: CONTROLS,
        Concern.SURROGATE: SURROGATES,
        Concern.LOST: LOST,
    }
    plane = to_text(np.arange(0x10000, dtype=np.uint32))  # no class reaches beyond the basic plane
    for concern, members in classes.items():
        table[code_points("".join(re.findall(f"[{members}]", plane)))] |= concern.value
    table[:0x10000][rare_points()] |= Concern.GARBLED.value
    table.setflags(write=False)
    return table
