"""Which codecs a file holds besides its own."""

import re
from collections.abc import Iterator

from cleaner.decode.candidates import ranked
from cleaner.decode.codec import DOUBLE_BYTE
from cleaner.decode.reading import UTF8_RUN
from cleaner.decode.sample import sample

_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PAIRS = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]){3,}")
"""Three or more characters of a double-byte codec in a row; the shards of a damaged UTF-8 text are shorter."""
LIKELY = 10.0
"""Nats per pair of bytes; natural Chinese costs about 7, UTF-8 read in a double-byte codec 12 and more."""


def names_of(data: bytes, name: str) -> tuple[str, ...]:
    """The codec of a file, and with it UTF-8, or the legacy codec of what is not UTF-8, when the bytes speak for it."""
    if name in DOUBLE_BYTE and UTF8_RUN.search(data):
        return (name, "utf-8")
    if name == "utf-8":
        rest = sample(b"\n".join(_foreign(data)))
        if len(rest) >= 6:
            best = ranked(rest, DOUBLE_BYTE)[0]
            if best.cost < LIKELY * len(rest) / 2:
                return ("utf-8", best.codec)
    return (name,)


def _foreign(data: bytes) -> Iterator[bytes]:
    """Runs of double-byte characters in the lines that are no valid UTF-8."""
    for line in data.split(b"\n"):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield from _PAIRS.findall(_CHARACTER.sub(b" ", line))
