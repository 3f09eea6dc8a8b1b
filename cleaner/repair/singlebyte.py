"""GBK, Big5 and UTF-8 Chinese that was read as latin-1, windows-1252 or windows-1251 (ÖÐÎÄ, ¤¤¤å, ЦРОД, ä½ å¥½).

Every byte came through, so the text is encoded back and decoded rightly; the result must decode strictly and read as
Chinese. UTF-8 in which byte A0 became a blank, which ftfy mends only outside CJK, is mended here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaner.core.edits import Edit, evidence
from cleaner.repair.align import Change
from cleaner.repair.legacy import SingleByte, decoded, merged, single_byte
from cleaner.repair.lexicon import load, reads_well
from cleaner.repair.lines import LineSpan
from cleaner.repair.utf8 import NEED

# Latin-1 too, though windows-1252 has all its characters: clean text beside the damage has “ and ” in the latter only.
_READERS = ("windows-1252", "windows-1251", "iso-8859-1")
# What stands beside such a run is text, and none of the characters that windows-1252 makes of the bytes 80-9F.
_BESIDE = re.compile(r"[€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ]")
_CODECS = ("gb18030", "big5")
_HIGH = re.compile(r"[^\x00-\x7f]")
# Two characters of the upper half with nothing or one byte of a Big5 character between them: words of the West hardly
# have them, Chinese in the wrong codec has little else.
_DENSE = re.compile(r"[^\x00-\x7f][@-~]?[^\x00-\x7f]")
_WORD = re.compile(r"[^\x00-\x20]+")
# Letters in a row, with nothing beside them but ASCII and the quotation marks and dashes of the West.
_LETTERS = re.compile(r"(?<![^\x00-\x7f«“„‘’–—…№\xa0])(?<![^\W\d_])[^\W\d_]+(?![^\W\d_])(?![^\x00-\x7f»”“’–—…\xa0])")
# Where a chain is beyond doubt in a document, its short runs may read like this, and be single characters.
_PROVEN, _PROVEN_LIMIT = 8, 10.0
_CONTEXT = 4

_C = rb"[\x80-\xbf]"
_CJK = rb"[\xe3-\xef](?:" + _C + _C + rb"| [\x80-\xbf ]|" + _C + rb" )"
_SEQUENCE = rb"(?:" + _CJK + rb"|[\xc2-\xdf]" + _C + rb"|[\xe1\xe2]" + _C + _C + rb"|[\xf0-\xf4]" + _C + _C + _C + rb")"
# UTF-8 with the ASCII between; at the end of the line a last A0 may have been trimmed with the blanks.
_UTF8 = re.compile(_SEQUENCE + rb"(?:[\x20-\x7e]*" + _SEQUENCE + rb")*(?:[\xe3-\xef]" + _C + rb"\Z)?")
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
    def end(self) -> int:
        """Where the piece ends in the text."""
        return self.offset + len(self.piece)

    @property
    def reads_well(self) -> bool:
        """Whether it is believed by itself."""
        return reads_well(self.characters, self.cost)

    def edits(self) -> Iterator[Edit]:
        """One edit for each run that changes."""
        facts = evidence(characters=self.characters, cost=self.cost)
        for start, end, new in self.changes:
            place = self.offset + start
            yield Edit(place, self.offset + end, self.piece[start:end], new, f"repair/mojibake/{self.chain}", facts)


def single_byte_edits(text: str, lines: Iterable[LineSpan]) -> list[Edit]:
    """The repairs in some lines of a text, one edit for each damaged run.

    >>> text = "title: ÖÐÎÄ±àÂë"
    >>> [(edit.removed, edit.replacement, edit.rule) for edit in single_byte_edits(text, [(0, 15, 15)])]
    [('ÖÐÎÄ±àÂë', '中文编码', 'repair/mojibake/gb18030-as-windows-1252')]
    """
    readings = [reading for start, end, _ in lines for reading in _readings(text[start:end], start)]
    seen: Counter[str] = Counter()
    for reading in readings:
        if reading.reads_well:
            seen[reading.chain] += reading.characters
    believed = [
        reading
        for reading in readings
        if reading.reads_well or (seen[reading.chain] >= _PROVEN and reading.cost <= _PROVEN_LIMIT)
    ]
    return [edit for reading in _disjoint(believed) for edit in reading.edits()]


def _disjoint(readings: list[_Reading]) -> list[_Reading]:
    """Of readings that overlap (as one codec and as another) the one that explains more, in the order of the text."""
    kept: list[_Reading] = []
    for reading in sorted(readings, key=lambda reading: reading.offset):
        while kept and kept[-1].end > reading.offset and kept[-1].characters < reading.characters:
            kept.pop()
        if not kept or kept[-1].end <= reading.offset:
            kept.append(reading)
    return kept


def _readings(line: str, offset: int) -> Iterator[_Reading]:
    """The best reading of each piece of the line that can be one, until one codec explains all."""
    high = len(_HIGH.findall(line))
    for reader in map(single_byte, _READERS):
        found: list[_Reading] = []
        for match in reader.stretch.finditer(line):
            beside = line[max(0, match.start() - 1) : match.start()] + line[match.end() : match.end() + 1]
            if _DENSE.search(match.group()) and NEED.search(match.group()) and not _BESIDE.search(beside):
                before = line[max(0, match.start() - _CONTEXT) : match.start()]
                found += _of_stretch(match.group(), reader, offset + match.start(), before)
        yield from found
        if _explained(found) == high:
            return


def _of_stretch(stretch: str, reader: SingleByte, offset: int, before: str) -> list[_Reading]:
    """The readings as UTF-8 or those as a legacy codec: whichever explains more."""
    data = reader.encode(stretch)
    utf8 = [reading for match in _UTF8.finditer(data) if (reading := _utf8(stretch, reader, offset, match))]
    whole = _legacy(stretch, reader, offset, before)
    words = () if whole else _WORD.finditer(stretch)
    parts = (_legacy(match.group(), reader, offset + match.start()) for match in words)
    legacy = [reading for reading in (whole, *parts) if reading]
    return utf8 if _explained(utf8) > _explained(legacy) or not legacy else legacy


def _explained(readings: list[_Reading]) -> int:
    """How many characters of the upper half stand in pieces that read well."""
    return sum(len(_HIGH.findall(reading.piece)) for reading in readings if reading.reads_well)


def _utf8(stretch: str, reader: SingleByte, offset: int, match: re.Match[bytes]) -> _Reading | None:
    found = list(_PART.finditer(match.group()))
    others = sum(len(part.group()) > 1 and part.group()[0] < 0xE2 for part in found)
    if 2 * others > sum(part.group()[0] >= 0xE2 for part in found):
        return None  # two-byte sequences are as likely GBK: 系统 is valid UTF-8
    parts: list[tuple[int, str]] = []
    for part in found:
        data = part.group()
        if len(data) > 1:
            data = data.replace(b" ", b"\xa0")
        try:
            parts.append((len(part.group()), (data if data[0] < 0xE3 or len(data) > 2 else data + b"\xa0").decode()))
        except UnicodeDecodeError:  # surrogates, overlong forms
            return None
    piece = stretch[match.start() : match.end()]
    return _reading(piece, offset + match.start(), parts, f"utf-8-as-{reader.name}")


def _legacy(piece: str, reader: SingleByte, offset: int, before: str = "") -> _Reading | None:
    if not _DENSE.search(piece) or _is_of_the_west(piece):
        return None
    data = reader.encode(piece)
    readings = []
    for codec in _CODECS:
        parts = decoded(data, codec)
        if parts and (reading := _reading(piece, offset, parts, f"{codec}-as-{reader.name}", before)):
            readings.append(reading)
    return min(readings, key=lambda reading: reading.cost, default=None)


def _is_of_the_west(piece: str) -> bool:
    """Whether most of the upper half stands in words: set off, in one case, with ASCII letters or in Cyrillic."""
    words = 0
    for match in _LETTERS.finditer(piece):
        word = match.group()
        letters = len(_HIGH.findall(word))
        cased = word.islower() or word.isupper() or word.istitle()
        if cased and len(word) > 1 and (letters < len(word) or min(word) >= "\u0400"):
            words += letters
    return words * 2 > len(_HIGH.findall(piece))


def _reading(piece: str, offset: int, parts: list[tuple[int, str]], chain: str, before: str = "") -> _Reading | None:
    """The reading, its cost measured with the words that begin in the clean text before it."""
    text = "".join(char for _, char in parts)
    characters = len(_HIGH.findall(text))
    if not characters or "\ufffd" in text:
        return None
    cost = (load().cost(before + text) - load().cost(before)) / characters
    changes = tuple(merged(_placed(parts), piece))
    return _Reading(offset, piece, chain, changes, characters, cost) if changes else None


def _placed(parts: list[tuple[int, str]]) -> Iterator[Change]:
    at = 0
    for length, char in parts:
        yield at, at + length, char
        at += length
