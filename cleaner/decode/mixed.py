"""Which legacy codec a file holds beside UTF-8."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.decode.candidates import ranked, scored
from cleaner.decode.codec import DOUBLE_BYTE
from cleaner.decode.lines import UTF8_RUN, holds_utf8
from cleaner.decode.sample import sample

_CHARACTER = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
_PAIRS = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]){3,}")
"""Three or more characters of a double-byte codec in a row; the shards of a damaged UTF-8 text are shorter."""
LIKELY = 10.0
"""Nats per pair of bytes; natural Chinese costs about 7, UTF-8 read in a double-byte codec 12 and more."""
MIXED_COST = 20.0
"""Nats for holding two encodings: about four hanzi must speak for it."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """A legacy codec beside UTF-8, and what the sample costs when each line is read in the better one."""

    codec: str
    cost: float


def mixture(data: bytes, probe: bytes) -> Mixture | None:
    """The legacy codec that stands beside UTF-8 in a file; None when nothing speaks for two encodings.

    Args:
        data: the whole file.
        probe: the sample of it whose cost is wanted.
    """
    if not holds_utf8(data):
        return None
    foreign = sample(b"\n".join(_foreign(data)))
    if len(foreign) < 6:
        return None
    best = ranked(foreign, DOUBLE_BYTE)[0]
    if best.cost > LIKELY * len(foreign) / 2:
        return None
    utf8, legacy = _split(probe)
    return Mixture(best.codec, scored(utf8, "utf-8").cost + scored(legacy, best.codec).cost + MIXED_COST)


def _foreign(data: bytes) -> Iterator[bytes]:
    """Runs of double-byte characters in the lines that are no valid UTF-8."""
    for line in data.split(b"\n"):
        if not _is_utf8(line):
            yield from _PAIRS.findall(_CHARACTER.sub(b" ", line))


def _split(probe: bytes) -> tuple[bytes, bytes]:
    """The lines and runs of the sample that are UTF-8, and the rest."""
    utf8, legacy = [], []
    for line in probe.split(b"\n"):
        if _is_utf8(line):
            utf8.append(line)
        else:
            utf8 += UTF8_RUN.findall(line)
            legacy.append(UTF8_RUN.sub(b" ", line))
    return b"\n".join(utf8), b"\n".join(legacy)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
