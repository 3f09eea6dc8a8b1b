"""Lines that are damaged or hold two codecs: read one by one, and aligned where they must be (see `align`)."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cleaner.decode.align import LOST, Unit, align, cost_of, plain
from cleaner.decode.built import Builder, Reading
from cleaner.decode.codec import Codec, codec
from cleaner.decode.doubt import shifts

CHINESE = ("gb18030", "big5")
"""What the model knows pairs of: in other languages every word can look like damage."""
_LINE = re.compile(rb"[^\n]{8192}[^\x00-\x2f]*[\x00-\x2f]?|[^\n]*\n|[^\n]+")
# Lines; long ones end at the next byte that no multi-byte character holds, so that no character is torn.
ANCHOR = 8
"""So many natural characters in a row are where they belong: half a character off, every other one is rare."""
LENGTHY = 2048
"""Bytes; of a longer line only what is doubtful is aligned."""
LONG = 1 << 17
"""Bytes; what is longer and holds no place to cut at is read straight, for aligning it would take too much memory."""
UTF8_RUN = re.compile(rb"(?:[\xe2-\xef][\x80-\xbf]{2}){2,}")
"""Two or more three-byte characters in a row; by chance one in ten thousand characters of GBK begins one."""
_KINDS = bytes(ord("L") if 0xE2 <= byte <= 0xEF else ord("c") if 0x80 <= byte < 0xC0 else 0 for byte in range(256))
RARE = 8.5
"""Nats; most hanzi of natural text cost less, and nearly none of those that stand half a character off. Two rare ones
in a row make a line strange."""
SURE = 6.0
LIKELIER = 2.0
"""Nats that an alignment must win over the straight reading of a line: of one that loses nothing, and of one that
does."""
DRAWN = 30.0
"""The same for a line with colours: blocks and lines that pictures are drawn with are rare in texts and not there."""


def holds_utf8(data: bytes) -> bool:
    """Whether `UTF8_RUN` is found: the same answer, fifty times faster on Chinese text without one."""
    return b"LccLcc" in data.translate(_KINDS)


def read_mixed(data: bytes, names: Sequence[str]) -> Reading:
    """The bytes in several stateless codecs, line by line and inside lines; the first name is the file's own.

    Where bytes are lost, lines that lose none but read strangely are aligned as well: with a half character gone, the
    rest of a line can still decode by chance.
    """
    known = tuple(codec(name) for name in names)
    reading = _lines(data, known, wary=False)
    # A character cut off at the very end says nothing about the rest.
    if any(patch.end < len(reading.text) for patch in reading.lost):
        return _lines(data, known, wary=True)
    return reading


def _lines(data: bytes, known: tuple[Codec, ...], *, wary: bool) -> Reading:
    builder = Builder(tuple(each.name for each in known))
    last = 0
    for match in _LINE.finditer(data):
        line = match.group()
        if line.isascii():
            builder.add(line.decode("ascii"), last)
        elif (simple := _simple(line, known)) is not None:
            text, last = simple
            add_mended(builder, text, last, known[last], damaged=wary)
        else:
            builder.add_units(_units(line, known, last, wary=wary))
        last = builder.runs[-1][2]
    return builder.build()


def _simple(line: bytes, known: tuple[Codec, ...]) -> tuple[str, int] | None:
    """The line in the one codec that it can be in, and that codec's number; None when it must be aligned."""
    mixed = len(known) > 1
    for number, each in enumerate(known):
        if mixed and each.name != "utf-8" and holds_utf8(line):
            continue
        if mixed and each.name == "utf-8" and not holds_utf8(line):
            continue
        text = exact(line, each)
        if text is not None:
            return text, number
    return None


def exact(data: bytes, known: Codec) -> str | None:
    """The text of the data; None when it does not decode, or does not encode back to the same bytes."""
    try:
        text = known.decode(data)
        return text if known.encode(text) == data else None
    except UnicodeError:
        return None


def add_mended(builder: Builder, text: str, number: int, known: Codec, *, damaged: bool = False) -> None:
    """Adds a text that decodes, without the first byte of each stretch that is likelier so by far."""
    at = 0
    for shift in shifts(text, known, damaged=damaged) if known.name in CHINESE else ():
        builder.add(text[at : shift.start], number)
        data = known.encode(text[shift.start : shift.end])
        builder.add_units([Unit(data[:1], LOST, number, exact=False), *plain(data[1:], known, number)])
        at = shift.end
    builder.add(text[at:], number)


def _units(line: bytes, known: tuple[Codec, ...], last: int, *, wary: bool) -> Iterator[Unit]:
    """The units of a line as a decoder takes them from left to right, and others where they are likelier by far."""
    straight = plain(line, known[0])
    if len(known) == 1 and not wary and all(unit.text != LOST for unit in straight):
        yield from straight
        return
    # Two codecs in one line leave no stretch to trust; a short line is aligned as a whole, which finds a little more.
    parted = len(known) == 1 and len(line) > LENGTHY
    for region, in_doubt in _regions(straight) if parted else [(straight, True)]:
        units = _aligned(region, known, last, wary=wary) if in_doubt else region
        last = units[-1].codec if units else last
        yield from units


def _regions(units: list[Unit]) -> Iterator[tuple[list[Unit], bool]]:
    """Stretches that are natural or hold a rare character here and there, and those that are to be aligned (True)."""
    at = 0
    for start, end in _anchors(units):
        yield units[at:start], _is_doubtful(units[at:start])
        yield units[start:end], False
        at = end
    yield units[at:], _is_doubtful(units[at:])


def _anchors(units: list[Unit]) -> Iterator[tuple[int, int]]:
    """Long runs of natural units, without their ends, which the neighbours need as context."""
    at = 0
    for natural, group in groupby(units, key=_is_natural):
        size = len(list(group))
        if natural and size >= ANCHOR:
            yield at + 2, at + size - 2
        at += size


def _is_natural(unit: Unit) -> bool:
    return unit.cost <= RARE and unit.text != LOST


def _is_doubtful(units: list[Unit]) -> bool:
    """Whether something is lost, or two strange characters stand side by side."""
    if any(unit.text == LOST for unit in units):
        return True
    return any(not _is_natural(one) and not _is_natural(two) for one, two in pairwise(units))


def _aligned(straight: list[Unit], known: tuple[Codec, ...], last: int, *, wary: bool) -> list[Unit]:
    """The likelier of two readings; nothing is lost for a little likelihood where the file's own codec decodes it."""
    data = b"".join(unit.data for unit in straight)
    if len(data) > LONG:
        return straight
    whole = all(unit.text != LOST for unit in straight)
    units = align(data, known, last)
    if whole and not wary and any(unit.text == LOST for unit in units):
        return straight
    gain = DRAWN if b"\x1b[" in data else SURE if whole else LIKELIER
    return units if cost_of(straight) - cost_of(units) > gain else straight
