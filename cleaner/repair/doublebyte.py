"""Big5 that was read as GB18030 (い ゅ and private use among rare hanzi), read back.

Both codecs take two bytes a character, so nothing is lost as long as the reader kept its private use characters. A line
is looked at when rare characters stand close together; the result must decode strictly, read as Chinese, and the line
as it stands must be senseless: Japanese, which shares the kana of GB18030, is left alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaner.core.edits import Edit, evidence
from cleaner.repair.align import Change
from cleaner.repair.legacy import decoded, gb18030_bytes, merged
from cleaner.repair.lexicon import load
from cleaner.repair.lines import LineSpan, lines_with
from cleaner.repair.rare import rarity

RULE = "repair/mojibake/big5-as-gb18030"
_HIGH = re.compile(r"[^\x00-\x7f]")
# The sounds of hanzi as Taiwan writes them, with the mark of a tone, by themselves: GB18030 makes such characters of
# hanzi too, but seldom of all that stand between ASCII.
_BOPOMOFO = re.compile(r"(?<![^\x00-\x7f])[\u3105-\u312f]+[\u02c9\u02ca\u02c7\u02cb\u02d9]?(?![^\x00-\x7f])")
_KANA = re.compile("[\u3041-\u30fa]")
_PIECES = (re.compile(r".+", re.DOTALL), re.compile(r"[^\x00-\x20]+"))
# A character of the result costs 3 to 6.5 nats in natural Chinese (8 in a list of foreign names), twice that before.
_LIMIT = 8.2
# The least characters, share of rare ones, and ratio of the costs: half of Big5's everyday hanzi begin where GB18030
# keeps rare ones, but a line may have few of them.
_SIGNS = ((3, 0.25, 1.5), (10, 0.12, 1.8))
# In a document with this many characters so repaired, a line needs no rare ones.
_PROVEN, _PROVEN_RATIO = 20, 1.4


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a piece of the text reads as in Big5; costs are nats for each character."""

    offset: int
    piece: str
    changes: tuple[Change, ...]
    characters: int
    before: float
    after: float

    @property
    def reads_well(self) -> bool:
        """Whether it is believed by itself."""
        rare, ratio = rarity(self.piece), self.before / self.after
        signs = any(self.characters >= least and rare >= share and ratio >= gain for least, share, gain in _SIGNS)
        return signs and self.after <= _LIMIT

    @property
    def reads_better(self) -> bool:
        """Whether it is believed among others that read well."""
        return self.characters > 1 and self.after <= _LIMIT and self.before >= _PROVEN_RATIO * self.after

    def edits(self) -> Iterator[Edit]:
        """One edit for each run that changes."""
        facts = evidence(characters=self.characters, cost=self.after, before=self.before)
        for start, end, new in self.changes:
            yield Edit(self.offset + start, self.offset + end, self.piece[start:end], new, RULE, facts)


def big5_gb_edits(text: str, lines: Iterable[LineSpan]) -> list[Edit]:
    """The repairs in some lines of a text, one edit for each damaged run; in all lines if these leave no doubt.

    >>> garbled = "設為首頁，加入最愛".encode("big5").decode("gb18030")
    >>> [(edit.removed == garbled, edit.replacement) for edit in big5_gb_edits(garbled, [(0, 9, 9)])]
    [(True, '設為首頁，加入最愛')]
    """
    readings = [reading for reading in _readings(lines, text) if reading.reads_well]
    if sum(reading.characters for reading in readings) >= _PROVEN:
        readings = [
            reading
            for reading in _readings(lines_with(_HIGH, text), text)
            if reading.reads_well or reading.reads_better
        ]
    return [edit for reading in readings for edit in reading.edits()]


def _readings(lines: Iterable[LineSpan], text: str) -> Iterator[_Reading]:
    """Each line as a whole if that decodes, else its words."""
    for start, end, _ in lines:
        for pieces in _PIECES:
            matches = pieces.finditer(text[start:end])
            found = [reading for match in matches if (reading := _reading(match.group(), start + match.start()))]
            yield from found
            if found:
                break


def _reading(piece: str, offset: int) -> _Reading | None:
    if _BOPOMOFO.search(piece):
        return None
    encoded = [gb18030_bytes(char) if char > "\x7f" else char.encode() for char in piece]
    parts = decoded(b"".join(encoded), "big5") if max(map(len, encoded)) < 3 else None
    result = "".join(char for _, char in parts or ())
    characters = len(_HIGH.findall(result))
    if not parts or not characters or _KANA.search(result):
        return None
    changes = tuple(merged(_placed(encoded, parts), piece))
    lexicon = load()
    before = lexicon.cost(piece) / len(_HIGH.findall(piece))
    return _Reading(offset, piece, changes, characters, before, lexicon.cost(result) / characters)


def _placed(encoded: list[bytes], parts: list[tuple[int, str]]) -> Iterator[Change]:
    """The decoded characters over the ones that stand there, cut where a character ends in both."""
    ends = iter(parts)
    start, new, behind = 0, "", 0
    for at, data in enumerate(encoded, 1):
        behind += len(data)
        while behind > 0 and (part := next(ends, None)):
            new += part[1]
            behind -= part[0]
        if not behind:
            yield start, at, new
            start, new = at, ""
