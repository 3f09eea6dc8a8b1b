"""The codecs of mojibake: what the wrong reader made of each byte, and what the right one reads.

GB18030 and Big5 are those of the Encoding Standard (see `cleaner.text.whatwg`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cleaner.repair.align import Change
from cleaner.text.whatwg import BIG5, BIG5_SHADOWED, GB18030

_STANDARD = {"gb18030": str.maketrans(GB18030), "big5": str.maketrans(BIG5)}
_SHADOWED: dict[str, dict[bytes, str]] = {"gb18030": {}, "big5": BIG5_SHADOWED}
_PYTHON = {"gb18030": "gb18030", "big5": "big5hkscs"}
_TO_PRIVATE = str.maketrans({standard: private for private, standard in GB18030.items() if standard != "\u3000"})


def decoded(data: bytes, codec: str) -> list[tuple[int, str]] | None:
    r"""Each character with the number of its bytes; None when some byte does not decode.

    >>> decoded(b"a\xd6\xd0", "gb18030"), decoded(b"\xd6", "gb18030")
    ([(1, 'a'), (2, '中')], None)
    """
    parts: list[tuple[int, str]] = []
    at = 0
    try:
        for char in data.decode(_PYTHON[codec]):
            code = data[at : at + len(char.encode(_PYTHON[codec]))]
            parts.append((len(code), _SHADOWED[codec].get(code, char.translate(_STANDARD[codec]))))
            at += len(code)
    except UnicodeError:
        return None
    # Four codes of big5hkscs are two code points each, which say nothing of their bytes one by one.
    return parts if at == len(data) else None


@lru_cache(maxsize=1 << 14)
def gb18030_bytes(char: str) -> bytes:
    r"""The bytes that a reader of GB18030 (Python's or the standard's) saw where this character stands.

    >>> gb18030_bytes("涓").hex(), gb18030_bytes("\ue001").hex()
    ('e4b8', 'aaa2')
    """
    return char.translate(_TO_PRIVATE).encode("gb18030", "replace")


@dataclass(frozen=True, slots=True)
class SingleByte:
    """A single-byte codec as a wrong reader: unassigned bytes came through as C1 controls, or all of 80-9F did.

    Attributes:
        name: WHATWG spelling.
        table: the byte that each character of the upper half stands for.
        stretch: matches the longest runs of the codec's characters within a line.
    """

    name: str
    table: dict[str, int]
    stretch: re.Pattern[str]

    def encode(self, text: str) -> bytes:
        """The bytes of a text that `stretch` matches."""
        return bytes(map(self._byte, text))

    def _byte(self, char: str) -> int:
        return self.table[char] if char > "\x7f" else ord(char)


@cache
def single_byte(name: str) -> SingleByte:
    """The codec of that name (windows-1252 stands for latin-1 too)."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(name, "replace")
        if char != "\ufffd":
            table[char] = byte
    members = "".join(re.escape(char) for char in table)
    return SingleByte(name, table, re.compile(rf"[\t\f\x20-\x7f{members}]+"))


def merged(changes: Iterable[Change], text: str) -> Iterator[Change]:
    """Changes that touch as one, those that change nothing left out.

    >>> list(merged([(0, 1, "x"), (1, 2, "y"), (2, 3, "c"), (3, 4, "z")], "abcd"))
    [(0, 2, 'xy'), (3, 4, 'z')]
    """
    held: Change | None = None
    for start, end, new in changes:
        if text[start:end] == new:
            continue
        if held and held[1] == start:
            held = (held[0], end, held[2] + new)
            continue
        if held:
            yield held
        held = (start, end, new)
    if held:
        yield held
