"""The codecs of mojibake: what the wrong reader made of each byte, and what the right one reads.

GB18030 and Big5 are those of the Encoding Standard: Python's tables differ in the characters listed here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from cleaner.repair.align import Change

# What Python's gb18030 puts into the private use area and the standard does not, and the symbols of big5hkscs.
_GB = dict(
    zip(
        "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)
_BIG5 = dict(
    zip(
        "\u2022\uff64\u203e\u223c\u2641\u2609\uff0f\uff3c\xa5\xa2\xa3",
        "\u2027\ufe51\xaf\uff5e\u2295\u2299\u2215\ufe68\uffe5\uffe0\uffe1",
        strict=True,
    )
)
_STANDARD = {"gb18030": str.maketrans(_GB), "big5": str.maketrans(_BIG5)}
_PYTHON = {"gb18030": "gb18030", "big5": "big5hkscs"}
_TO_PRIVATE = str.maketrans({standard: private for private, standard in _GB.items()})


def decoded(data: bytes, codec: str) -> list[tuple[int, str]] | None:
    r"""Each character with the number of its bytes; None when some byte does not decode.

    >>> decoded(b"a\xd6\xd0", "gb18030"), decoded(b"\xd6", "gb18030")
    ([(1, 'a'), (2, '中')], None)
    """
    try:
        text = data.decode(_PYTHON[codec])
        parts = [(len(char.encode(_PYTHON[codec])), char.translate(_STANDARD[codec])) for char in text]
    except UnicodeError:
        return None
    # Four codes of big5hkscs are two code points each, which say nothing of their bytes one by one.
    return parts if sum(length for length, _ in parts) == len(data) else None


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
