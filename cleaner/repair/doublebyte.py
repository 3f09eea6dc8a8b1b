"""Big5 that was read as GB18030 (い ゅ and private use among rare hanzi), read back.

Both codecs take two bytes a character, so nothing is lost as long as the reader kept its private use characters. A line
is looked at when rare characters stand close together; the result must decode strictly, read as Chinese, and the line
as it stands must be senseless: Japanese, which shares the kana of GB18030, is left alone.
"""

import re
from collections.abc import Iterator

from cleaner.core.edits import Edit, evidence
from cleaner.repair.legacy import decoded, gb18030_bytes, merged
from cleaner.repair.lexicon import load
from cleaner.repair.lines import lines_with
from cleaner.repair.rare import rare_pair, rarity

RULE = "repair/mojibake/big5-as-gb18030"
_PIECES = (re.compile(r".+", re.DOTALL), re.compile(r"[^\x00-\x20]+"))
_HIGH = re.compile(r"[^\x00-\x7f]")
# A character of the result costs 3 to 6.5 nats in natural Chinese; the line before costs at least half as much again,
# and one in four of its characters is rare (half of Big5's everyday hanzi begin where GB18030 keeps rare ones).
_LIMIT, _GAIN, _RARITY, _LEAST = 8.2, 1.5, 0.25, 3


def big5_gb_edits(text: str) -> list[Edit]:
    """The repairs of one text, one edit for each damaged run.

    >>> garbled = "設為首頁，加入最愛".encode("big5").decode("gb18030")
    >>> [(edit.removed == garbled, edit.replacement) for edit in big5_gb_edits(garbled)]
    [(True, '設為首頁，加入最愛')]
    """
    edits: list[Edit] = []
    for start, end, _ in lines_with(rare_pair(), text):
        line = text[start:end]
        for pieces in _PIECES:
            found = [edit for match in pieces.finditer(line) for edit in _piece(match.group(), start + match.start())]
            edits += found
            if found:
                break
    return edits


def _piece(piece: str, offset: int) -> Iterator[Edit]:
    characters = len(_HIGH.findall(piece))
    if characters < _LEAST or rarity(piece) < _RARITY:
        return
    encoded = [(char, gb18030_bytes(char) if char > "\x7f" else char.encode()) for char in piece]
    if any(len(data) > 2 for _, data in encoded):
        return
    parts = decoded(b"".join(data for _, data in encoded), "big5")
    if not parts:
        return
    result = "".join(char for _, char in parts)
    count = len(_HIGH.findall(result))
    after, before = load().cost(result) / max(count, 1), load().cost(piece) / characters
    if count < _LEAST or after > _LIMIT or before < after * _GAIN:
        return
    facts = evidence(characters=count, cost=after, before=before)
    for start, end, new in merged(_placed(encoded, parts), piece):
        yield Edit(offset + start, offset + end, piece[start:end], new, RULE, facts)


def _placed(encoded: list[tuple[str, bytes]], parts: list[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """The decoded characters over the ones that stand there, cut where a character ends in both."""
    ends = iter(parts)
    start, new, behind = 0, "", 0
    for at, (_, data) in enumerate(encoded, 1):
        behind += len(data)
        while behind > 0 and (part := next(ends, None)):
            new += part[1]
            behind -= part[0]
        if not behind:
            yield start, at, new
            start, new = at, ""
