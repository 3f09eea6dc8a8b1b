"""Where a text that decodes stands half a character off, and where it finds its step again.

A byte below 0x80 in the place of the first half of a character leaves its second half, which takes the first half of
the next character, and so on: the characters that follow are made of the halves of two. They end at a second half below
0x80, which then stands alone, or at a character of ASCII that is taken for one. A bad byte in the place of a character
of ASCII does the same. Such a stretch is looked for from its end, and compared with what the same bytes are without the
first of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from cleaner.decode.codec import Codec, codec
from cleaner.decode.model import codes_of, model

NEAR = 8
FAR = 512
"""Characters of a stretch that are compared first, and then: in Big5 nearly all have one or two, in GB18030 they run to
the next letter of ASCII."""
UNCOMMON = 7.5
RARE = 8.5
"""Nats for the last character of a stretch by itself, before a lone ASCII character and otherwise; one in fifty of
those that damage makes has less."""
STRUCK = 5.5
"""Nats for a byte that may be any of 256."""
HALF = 4.5
"""Nats for the second half of a character that nobody knows."""
SELDOM = 3.0
"""Nats for a bad byte in the place of a character of ASCII, which one in twenty is."""
LEAST = 21.0
"""Nats by which the bytes must be likelier without the first, in a text of which nothing else is damaged: clean texts
have one such stretch in some million characters; five in six of those that damage makes gain more."""
LEAST_IN_DAMAGED = 16.0
"""The same where something else is damaged: clean texts have one in a million characters."""
_OWN = ("[]", "{}", "<>")

Codes = npt.NDArray[np.uint32]
Costs = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of a text that is likelier without the first of its bytes; `gain` in nats."""

    start: int
    end: int
    gain: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What may be one: the text up to its end, and what its bytes are when they are taken from their end.

    Attributes:
        before: what stands before the character that may have been struck.
        struck: that character, of ASCII; empty where there is none.
        now: the characters of the text, all of two bytes but for a lone one at the end.
        other: what the bytes are without the first of them; fewer where they do not go on to the beginning.
        odd: by how many characters `now` is longer than `other` where that goes on.
        lost: whether the last byte belongs to no character of `other`.
        behind: what stands behind all these.
        end: where that begins.
    """

    before: str
    struck: str
    now: str
    other: str
    odd: int
    lost: bool
    behind: str
    end: int


def shifts(text: str, known: Codec, *, damaged: bool = False) -> list[Shift]:
    """The stretches that are likelier so by enough, disjoint and in order.

    Args:
        text: what the bytes decode to.
        known: the codec that they are in.
        damaged: whether the text is known to be damaged; otherwise one stretch must show it.

    >>> from cleaner.decode.codec import codec
    >>> shifts("人民日報國際部主辦每週國", codec("big5")), shifts("人民;曈灠篕痝‘D辦每週國", codec("big5"))
    ([], [Shift(start=3, end=9, gain=...)])
    """
    near = _compared(text, _ends(codes_of(text), known), known, NEAR)
    found: list[Shift] = []
    for shift in _compared(text, [each.end - 1 for each in near if each.gain > 0], known, FAR):
        if shift.gain < LEAST_IN_DAMAGED:
            continue
        if found and shift.start < found[-1].end:
            if shift.gain <= found[-1].gain:
                continue
            found.pop()
        found.append(shift)
    return found if damaged or any(shift.gain >= LEAST for shift in found) else []


def _ends(codes: Codes, known: Codec) -> list[int]:
    """The places at which a stretch may end.

    That is a lone ASCII character, a rare one whose second half is one, or two rare ones before ASCII, the second cut.
    """
    costs = model().zh[codes]
    ascii_ = codes < 0x80
    letter = ascii_ & ((codes & 0xDF) - ord("A") < 26)  # what is below A wraps around
    uncommon = ~ascii_ & (costs > UNCOMMON)
    rare = ~ascii_ & (costs > RARE)
    lone = ascii_ & (codes >= 0x40)
    lone[:-1] &= ~letter[1:]  # a word
    lone[2:] &= uncommon[1:-1] | (uncommon[:-2] & ~ascii_[1:-1])
    halved = rare & _second_halves(known.name)[codes]
    halved[2:] &= rare[1:-1] | rare[:-2] | ascii_[1:-1]
    cut = rare.copy()
    cut[1:] &= rare[:-1]
    cut[:-1] &= ascii_[1:]
    ends = lone | halved | cut
    ends[:2] = False
    found: list[int] = np.flatnonzero(ends).tolist()
    return found


@cache
def _second_halves(name: str) -> npt.NDArray[np.bool_]:
    """Which characters of the basic plane have a second byte below 0x80."""
    found = np.zeros(1 << 16, dtype=np.bool_)
    pairs = (bytes((first, second)) for first in range(0x81, 0xFF) for second in range(0x40, 0x7F))
    found[[ord(char) for pair in pairs if 0 < ord(char := _character(pair, codec(name)) or "\0") < 1 << 16]] = True
    return found


def _stretch(text: str, at: int, known: Codec, reach: int) -> _Stretch | None:
    lone = text[at] if text[at] < "\x80" else ""
    last = start = at + 1 - len(lone)
    while start > max(last - reach, 0) and text[start - 1] >= "\x80":
        start -= 1
    now, behind = text[start : at + 1], text[at + 1 : at + 3]
    data = _bytes(now, known)
    lost = data[-1:] >= b"\x80"
    # Only where ASCII follows can the last byte be lost.
    if len(data) != 2 * len(now) - len(lone) or (lost and behind[:1] >= "\x80"):
        return None
    # A run of one character is one half a character off as well; what is the same on both sides is a face.
    if text[last - 1] in (text[max(last - 2, 0)], behind[:1]):
        return None
    other = "".join(takewhile(bool, _from_end(data[:-1] if lost else data, known, 2 if lone or lost else 1)))[::-1]
    struck = _struck(text, start, lone) if start > last - reach else ""
    before = text[max(start - len(struck) - 2, 0) : start - len(struck)]
    return _Stretch(before, struck, now, other, int(lost or bool(lone)), lost, behind, at + 1) if other else None


def _bytes(text: str, known: Codec) -> bytes:
    """The bytes of a text; none of a half of one of the four codes of Big5 that are two characters."""
    try:
        return known.encode(text)
    except UnicodeEncodeError:
        return b""


def _struck(text: str, start: int, lone: str) -> str:
    """The ASCII character before `start`, if it is no part of a word and makes no pair with the lone one."""
    word, char = text[max(start - 2, 0) : start], text[start - 1 : start]
    if char >= "\x80" or char + lone in _OWN or char == lone or (word.isascii() and word.isalpha()):
        return ""
    return char


def _from_end(data: bytes, known: Codec, size: int) -> Iterator[str]:
    """The characters of the data but for its first byte, from the last on, which takes `size` bytes; "" for none."""
    end = len(data)
    while end > 1:
        yield _character(data[end - size : end], known)
        end -= size
        size = 2


def _character(data: bytes, known: Codec) -> str:
    try:
        text = known.decode(data)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


def _compared(text: str, ends: list[int], known: Codec, reach: int) -> Iterator[Shift]:
    """The best stretch of at most so many characters for each end."""
    stretches = [each for at in ends if (each := _stretch(text, at, known, reach))]
    if not stretches:
        return
    pieces = []
    for each in stretches:
        pieces += [
            f"\n{each.before}{each.struck}{each.now}{each.behind}",
            f"\n{each.before}{each.other}{each.behind}",
        ]
    costs = np.split(model().costs("".join(pieces)), np.cumsum([len(piece) for piece in pieces]))
    for each, now, then in zip(stretches, costs[::2], costs[1::2], strict=False):
        yield _best(each, now[::-1].cumsum(), then[::-1].cumsum())


def _best(each: _Stretch, now: Costs, then: Costs) -> Shift:
    """Where the stretch begins at best.

    Args:
        each: the stretch.
        now: the costs of its text summed from the end.
        then: the costs of the other text summed from the end.
    """
    size, behind = len(each.other), len(each.behind)
    first = behind + each.odd
    gains = now[first : first + size] - then[behind : behind + size] - STRUCK - SELDOM
    if each.struck and size + each.odd == len(each.now):
        gains[-1] = max(gains[-1], now[first + size] - then[behind + size - 1] - STRUCK - HALF)
    taken = int(gains.argmax())
    gain = float(gains[taken]) - (STRUCK + HALF if each.lost else 0.0)
    return Shift(each.end - each.odd - 1 - taken, each.end, gain)
