"""The repair of UTF-8 read as GB18030: which runs are believed, and what the lost bytes were.

A lost last byte leaves 64 candidates; the one that reads best with the words before it is written if its probability
reaches the threshold (and stands in the evidence), else U+FFFD, which is flagged like any other lost character.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, log

from cleaner.core.edits import Edit, evidence
from cleaner.repair.lexicon import load, reads_well
from cleaner.repair.lines import LineSpan, lines_with
from cleaner.repair.rare import rarity
from cleaner.repair.utf8_gb import Run, Sequence, runs
from cleaner.text.shadow import Fold, shadow

RULE = "repair/mojibake/utf-8-as-gb18030"
# What was read in the wrong codec is mostly rare.
_RARITY = 0.3
# Runs of one character are believed in a document that holds this many in longer ones.
_PROVEN = 6
# Of the guesses between 0.35 and 0.5 four in ten were right, of those above nearly all; lower ones are not made.
_SURE = 0.35
_WIDE = re.compile(r"[^\x00-\u1fff]")  # three bytes of UTF-8 and more: two may be any pair of hanzi
_HIGH = re.compile(r"[^\x00-\x7f]")
# How far back the words before a lost byte are looked at: longer than the longest word.
_CONTEXT = 6

# What the lexicon cannot say, because it knows no digits and no brackets: after a number stands a measure or a unit,
# alone in brackets a numeral, before a number a verb of quantity; a quotation mark closes what is open. Each is worth
# about the odds of a hundred to one.
_PLACED = log(100.0)
_MEASURES = frozenset(
    "个家件名条位处例元年月日时分秒米亩吨户人次项万亿度级号楼层岁天周期批所间座套台辆艘架支只头匹棵株张页份篇章节款"
    "种类组队班届轮场部集册卷辈倍成折点里斤两克升寸尺公千百十余多字句行段回声道门对双副堂口颗粒块片盏盒袋瓶包箱桶杯碗"
    "顿餐针步幅根"
)
_NUMERALS = frozenset("一二三四五六七八九十上中下")
_QUANTITIES = frozenset("第约近达超过为至到共计减增率仅满每少于有在")
_ENDS = frozenset("。！？…；")
_ASKS = re.compile("[吗呢嗎麼么谁誰哪怎何几幾][^。！]*$")
_SENTENCE = 40
_BETWEEN = frozenset("－～：．年月日时点分比")
_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", "】": "【", "」": "「", "』": "『"}


@dataclass(frozen=True, slots=True)
class _Filled:
    """A run as text: what stands there, how many characters were filled and how many stay lost."""

    offset: int
    old: str
    text: str
    guessed: int
    lost: int
    least: float  # the probability of the least sure guess
    stands_alone: bool  # between ASCII, and if a byte is lost, something says so

    @property
    def characters(self) -> int:
        """Those that are not ASCII."""
        return len(_HIGH.findall(self.text))

    @property
    def reads_well(self) -> bool:
        wide = len(_WIDE.findall(self.text))
        return reads_well(wide, load().cost(self.text) / max(wide, 1)) and rarity(self.old) >= _RARITY

    @property
    def reads_better(self) -> bool:
        return load().cost(self.text) < load().cost(self.old)

    def edit(self) -> Edit:
        facts = evidence(characters=self.characters, filled=self.guessed, lost=self.lost, probability=self.least)
        return Edit(self.offset, self.offset + len(self.old), self.old, self.text, RULE, facts)


def utf8_gb_edits(text: str, lines: Iterable[LineSpan]) -> list[Edit]:
    """The repairs in some lines of a text, one edit for each damaged run; in all lines if these leave no doubt.

    >>> garbled = "2021年，中文编码".encode().decode("gb18030", "replace")
    >>> [edit.replacement for edit in utf8_gb_edits(garbled, [(0, len(garbled), 0)])]
    ['年，中文编码']
    """
    filled = _runs(lines, text)
    if sum(run.characters for run in filled if run.reads_well) < _PROVEN:
        return [run.edit() for run in filled if run.reads_well]
    return [
        run.edit()
        for run in _runs(lines_with(_HIGH, text), text)
        if run.reads_well or (run.stands_alone and run.reads_better)
    ]


def _runs(lines: Iterable[LineSpan], text: str) -> list[_Filled]:
    return [run for start, end, _ in lines for run in _line(text[start:end], start)]


def _line(line: str, offset: int) -> Iterator[_Filled]:
    """The runs of a line, filled from left to right, each with the repaired ones before it as its context."""
    before, at = "", 0
    for run in runs(line):
        before += line[at : run.start]
        filled = _filled(run, line, offset, before)
        before, at = before + filled.text, run.end
        yield filled


def _filled(run: Run, line: str, offset: int, before: str) -> _Filled:
    text, guessed, lost, least = "", 0, 0, 1.0
    for sequence in run.sequences:
        char, probability = _fill(sequence, before + text, line[run.end : run.end + 1])
        text += char
        guessed += not sequence.is_whole
        lost += char == "\ufffd"
        least = min(least, probability)
    old = line[run.start : run.end]
    beside = line[max(run.start - 1, 0) : run.start] + line[run.end : run.end + 1]
    alone = beside.isascii() and (not guessed or old[-1] in "?\ufffd")
    return _Filled(offset + run.start, old, text, guessed - lost, lost, least, alone)


def _fill(sequence: Sequence, before: str, after: str) -> tuple[str, float]:
    candidates = sequence.candidates()
    if sequence.is_whole and candidates:
        return candidates[0], 1.0
    if not candidates:
        return "\ufffd", 0.0
    costs = _costs(candidates, before, after)
    best = min(costs)
    probability = 1 / sum(exp(best - cost) for cost in costs)
    return (candidates[costs.index(best)] if probability >= _SURE else "\ufffd"), probability


def _costs(candidates: list[str], before: str, after: str) -> list[float]:
    """What the text up to each candidate costs."""
    lexicon = load()
    folded = shadow("".join(candidates), Fold.SCRIPT)
    context = shadow(before[-_CONTEXT:], Fold.SCRIPT)
    return [
        lexicon.costs_at(context + simple)[-1] - _PLACED * _is_placed(char, before, after)
        for char, simple in zip(candidates, folded, strict=True)
    ]


def _is_placed(char: str, before: str, after: str) -> bool:
    """Whether the character is of a kind that its place asks for."""
    if char in _PAIRS:
        return before.count(_PAIRS[char]) > before.count(char)
    if not after and char in _ENDS:
        return char not in "！？" or (char == "？") == bool(_ASKS.search(before[-_SENTENCE:]))
    number = before[-1:].isdigit() and before[-1:].isascii()
    if number:
        return char in (_BETWEEN if after.isdigit() else _MEASURES)
    if before[-1:] in ("(", "（") and after in (")", "）"):
        return char in _NUMERALS
    return after.isdigit() and char in _QUANTITIES
