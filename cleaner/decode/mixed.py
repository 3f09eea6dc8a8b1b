"""Which codecs a file holds besides its own."""

import re
from dataclasses import dataclass

from cleaner.decode.candidates import ranked
from cleaner.decode.codec import DOUBLE_BYTE
from cleaner.decode.sample import sample

UTF8_RUN = re.compile(rb"(?:[\xe2-\xef][\x80-\xbf]{2}){2,}")
"""Two or more three-byte characters in a row; by chance one in ten thousand characters of GBK begins one."""
GAIN = 12.0
"""Nats that a second codec must win: more than the two switches that it costs to go there and back."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The codecs of a file, its own first."""

    names: tuple[str, ...]


def parts_of(data: bytes, name: str) -> Parts:
    """The codec of a file, and with it UTF-8, or the legacy codec of what is not UTF-8, when the bytes speak for it."""
    if name in DOUBLE_BYTE and UTF8_RUN.search(data):
        return Parts((name, "utf-8"))
    if name == "utf-8":
        rest = sample(_not_utf8(data))
        if len(rest) >= 4:
            best, *others = ranked(rest, ("utf-8", *DOUBLE_BYTE))
            utf8 = next(each for each in (best, *others) if each.codec == "utf-8")
            if best.codec != "utf-8" and best.cost + GAIN < utf8.cost:
                return Parts(("utf-8", best.codec))
    return Parts((name,))


def _not_utf8(data: bytes) -> bytes:
    """The lines that are no valid UTF-8, without the runs in them that are."""
    lines = []
    for line in data.split(b"\n"):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            lines.append(UTF8_RUN.sub(b" ", line))
    return b"\n".join(lines)
