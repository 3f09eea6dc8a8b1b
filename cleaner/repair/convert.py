"""Simplified and traditional Chinese by OpenCC, decided line by line by the script that stands there.

A character that OpenCC changes on the way to simplified and that GB 2312 lacks is traditional and nothing else; one
that it changes on the way to traditional and that Big5 lacks is simplified and nothing else. A line in the target's
script keeps all but the strays of the other one, so that 后 and 里, which stand in both, are not rewritten there. A
line that shows neither is decided by its paragraph, then by the document, and left alone if these show neither.
Japanese and Korean are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cleaner.core.edits import Edit, evidence
from cleaner.repair.align import changes
from cleaner.text.segments import lines, paragraphs

# Of ten characters that only one script has, counted in 1,000 cuts of 50 hanzi, none decided wrong: below one in twenty
# of the other script a line is in its own with strays.
_STRAYS = 0.05
# Chinese quotes a の or a kana name; one in ten of a line's letters is Japanese or Korean.
_FOREIGN = 0.1
_SURNAMES = frozenset("余范")
_TITLE = re.compile(
    "先生|女士|小姐|太太|教授|老[师師]|[医醫]生|博士|[总總]|[局处處科部市县縣省校院会會]长|[书書][记記]|主任"
)
_KANA_HANGUL = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3\uff66-\uff9d]")
_HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The characters that stand in one script only."""

    traditional: frozenset[str]
    simplified: frozenset[str]

    def count(self, text: str) -> "Count":
        """How many of either a text has."""
        return Count(sum(c in self.traditional for c in text), sum(c in self.simplified for c in text))


@dataclass(frozen=True, slots=True)
class Count:
    """Characters of a text that only the one or only the other script has."""

    traditional: int
    simplified: int

    @property
    def share(self) -> float | None:
        """The share of traditional ones; None when there are neither."""
        total = self.traditional + self.simplified
        return self.traditional / total if total else None


def convert_edits(text: str, config: str) -> Iterator[Edit]:
    """The conversion of a text, one edit for each run of changed characters.

    >>> [(edit.removed, edit.replacement) for edit in convert_edits("開門見山，皇后在后面", "t2s")]
    [('開門見', '开门见')]
    """
    converter, scripts = _converter(config), alphabets()
    target = 0.0 if config.endswith("2s") else 1.0
    document = scripts.count(text).share
    for paragraph in paragraphs(text):
        block = scripts.count(text[paragraph.start : paragraph.end]).share
        for line in lines(text[paragraph.start : paragraph.end]):
            content = line.content(text[paragraph.start : paragraph.end])
            share = next((s for s in (scripts.count(content).share, block, document) if s is not None), None)
            if share is None or _is_foreign(content):
                continue
            offset = paragraph.start + line.start
            facts = evidence(traditional_share=share)
            strays = scripts.traditional if target == 0.0 else scripts.simplified
            whole = abs(share - target) > _STRAYS or _between_traditional(config)
            for start, end, new in _changes(content, converter.convert(content)):
                old = content[start:end]
                if (whole or any(char in strays for char in old)) and not _is_name(content, start, end):
                    yield Edit(offset + start, offset + end, old, new, f"repair/convert/{config}", facts)


def _is_name(content: str, start: int, end: int) -> bool:
    """Whether the change is of a surname that OpenCC takes for a word: 余先生 is not 餘先生, nor 范先生 範先生."""
    return content[start:end] in _SURNAMES and bool(_TITLE.match(content, end))


def _between_traditional(config: str) -> bool:
    """Whether both sides of the conversion are traditional, so that no character tells them apart."""
    return "s" not in config.split("2")


def _is_foreign(content: str) -> bool:
    foreign = len(_KANA_HANGUL.findall(content))
    return foreign > _FOREIGN * (foreign + len(_HANZI.findall(content)))


def _changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Runs of changed characters; where the lengths differ, what lies between unchanged ASCII."""
    if len(old) != len(new):
        yield from changes(old, new)
        return
    start = -1
    for at in range(len(old) + 1):
        differs = at < len(old) and old[at] != new[at]
        if differs and start < 0:
            start = at
        elif not differs and start >= 0:
            yield start, at, new[start:at]
            start = -1


@cache
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


@cache
def alphabets() -> Scripts:
    """The characters of either script alone, from OpenCC's tables and the two national standards."""
    hanzi = [chr(point) for point in range(0x4E00, 0xA000)]
    return Scripts(_changed(hanzi, "t2s", "gb2312"), _changed(hanzi, "s2t", "big5"))


def _changed(hanzi: list[str], config: str, standard: str) -> frozenset[str]:
    converted = _converter(config).convert("\n".join(hanzi)).split("\n")
    return frozenset(old for old, new in zip(hanzi, converted, strict=True) if old != new and not _in(old, standard))


def _in(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
