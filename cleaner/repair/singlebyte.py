"""GBK, Big5 and UTF-8 Chinese that was read as latin-1, windows-1252 or windows-1251 (ÖÐÎÄ, ¤¤¤å, ЦРОД, ä½ å¥½).

Every byte came through, so the text is encoded back and decoded rightly; the result must decode strictly and read as
Chinese. UTF-8 in which byte A0 became a blank, which ftfy mends only outside CJK, is mended here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.core.edits import Edit, evidence
from cleaner.repair.align import Change
from cleaner.repair.legacy import SingleByte, decoded, merged, single_byte
from cleaner.repair.lexicon import load
from cleaner.repair.lines import lines_with
from cleaner.repair.utf8 import NEED

_READERS = ("windows-1252", "windows-1251")
_CODECS = ("gb18030", "big5")
_HIGH = re.compile(r"[^\x00-\x7f]")
# Two characters of the upper half with nothing or one byte of a Big5 character between them: words of the West hardly
# have them, Chinese in the wrong codec has little else.
_DENSE = re.compile(r"[^\x00-\x7f][@-~]?[^\x00-\x7f]")
_WORD = re.compile(r"[^\x00-\x20]+")
# The most that a character of the result may cost in nats, by the number of characters: natural Chinese costs 3 to 6.5,
# legal but senseless hanzi 9 and more. The less there is, the better it must read.
_LIMITS = ((12, 8.0), (6, 7.5), (3, 7.0), (2, 6.0))
# Where a chain is beyond doubt in a document, its short runs may read like this, and be single characters.
_PROVEN, _PROVEN_LIMIT = 12, 10.0

_C = rb"[\x80-\xbf]"
_CJK = rb"[\xe3-\xef](?:" + _C + _C + rb"| [\x80-\xbf ]|" + _C + rb" )"
_SEQUENCE = rb"(?:" + _CJK + rb"|[\xc2-\xdf]" + _C + rb"|[\xe1\xe2]" + _C + _C + rb"|[\xf0-\xf4]" + _C + _C + _C + rb")"
# UTF-8 with the ASCII between; at the end of the line a last A0 may have been trimmed with the blanks.
_UTF8 = re.compile(_SEQUENCE + rb"(?:[\x20-\x7e]*" + _SEQUENCE + rb")*(?:[\xe3-\xef]" + _C + rb"\Z)?")
_CJK_PART = re.compile(_CJK)
_PART = re.compile(_SEQUENCE + rb"|[\xe3-\xef]" + _C + rb"\Z|[\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a piece of the text reads as in another codec."""

    offset: int
    piece: str
    chain: str
    changes: tuple[Change, ...]
    characters: int
    cost: float  # nats for each character

    @property
    def reads_well(self) -> bool:
        return any(self.characters >= least and self.cost <= limit for least, limit in _LIMITS)

    def edits(self) -> Iterator[Edit]:
        facts = evidence(characters=self.characters, cost=self.cost)
        for start, end, new in self.changes:
            place = self.offset + start
            yield Edit(place, self.offset + end, self.piece[start:end], new, f"repair/mojibake/{self.chain}", facts)


def single_byte_edits(text: str) -> list[Edit]:
    """The repairs of one text, one edit for each damaged run.

    >>> [(edit.removed, edit.replacement, edit.rule) for edit in single_byte_edits("title: ÖÐÎÄ±àÂë")]
    [('ÖÐÎÄ±àÂë', '中文编码', 'repair/mojibake/gb18030-as-windows-1252')]
    """
    readings = [reading for start, end, _ in lines_with(NEED, text) for reading in _readings(text[start:end], start)]
    seen: Counter[str] = Counter()
    for reading in readings:
        if reading.reads_well:
            seen[reading.chain] += reading.characters
    edits: list[Edit] = []
    for reading in sorted(readings, key=lambda reading: reading.offset):
        proven = seen[reading.chain] >= _PROVEN and reading.cost <= _PROVEN_LIMIT
        if (reading.reads_well or proven) and (not edits or edits[-1].end <= reading.offset):
            edits += reading.edits()
    return edits


def _readings(line: str, offset: int) -> Iterator[_Reading]:
    """The best reading of each piece of the line that can be one."""
    for reader in map(single_byte, _READERS):
        for match in reader.stretch.finditer(line):
            if NEED.search(match.group()) and _DENSE.search(match.group()):
                yield from _of_stretch(match.group(), reader, offset + match.start())


def _of_stretch(stretch: str, reader: SingleByte, offset: int) -> list[_Reading]:
    """The readings as UTF-8 or those as a legacy codec: whichever explains more."""
    data = reader.encode(stretch)
    utf8 = [reading for match in _UTF8.finditer(data) if (reading := _utf8(stretch, reader, offset, match))]
    whole = _legacy(stretch, reader, offset)
    words = () if whole else _WORD.finditer(stretch)
    parts = (_legacy(match.group(), reader, offset + match.start()) for match in words)
    legacy = [reading for reading in (whole, *parts) if reading]
    return max(utf8, legacy, key=_explained)


def _explained(readings: list[_Reading]) -> int:
    """How many characters of the upper half stand in pieces that read well."""
    return sum(len(_HIGH.findall(reading.piece)) for reading in readings if reading.reads_well)


def _utf8(stretch: str, reader: SingleByte, offset: int, match: re.Match[bytes]) -> _Reading | None:
    if not _CJK_PART.search(match.group()):  # two-byte sequences are as likely GBK: 系统 is valid UTF-8
        return None
    parts: list[tuple[int, str]] = []
    for part in _PART.finditer(match.group()):
        data = part.group()
        if len(data) > 1:
            data = data.replace(b" ", b"\xa0")
        try:
            parts.append((len(part.group()), (data if data[0] < 0xE3 or len(data) > 2 else data + b"\xa0").decode()))
        except UnicodeDecodeError:  # surrogates, overlong forms
            return None
    piece = stretch[match.start() : match.end()]
    return _reading(piece, offset + match.start(), parts, f"utf-8-as-{reader.name}")


def _legacy(piece: str, reader: SingleByte, offset: int) -> _Reading | None:
    if not _DENSE.search(piece):
        return None
    data = reader.encode(piece)
    readings = []
    for codec in _CODECS:
        parts = decoded(data, codec)
        if parts and (reading := _reading(piece, offset, parts, f"{codec}-as-{reader.name}")):
            readings.append(reading)
    return min(readings, key=lambda reading: reading.cost, default=None)


def _reading(piece: str, offset: int, parts: list[tuple[int, str]], chain: str) -> _Reading | None:
    text = "".join(char for _, char in parts)
    characters = len(_HIGH.findall(text))
    if not characters or "\ufffd" in text:
        return None
    cost = load().cost(text) / characters
    changes = tuple(merged(_placed(parts), piece))
    return _Reading(offset, piece, chain, changes, characters, cost) if changes else None


def _placed(parts: list[tuple[int, str]]) -> Iterator[Change]:
    at = 0
    for length, char in parts:
        yield at, at + length, char
        at += length
