"""The repair of UTF-8 read as GB18030: which runs are believed, and what the lost bytes were.

A lost last byte leaves 64 candidates; the one that reads best with the words before it is written if its probability
reaches the threshold (and stands in the evidence), else U+FFFD, which is flagged like any other lost character.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import exp, log
from operator import ne

from cleaner.core.edits import Edit, evidence
from cleaner.repair.lexicon import load, reads_well
from cleaner.repair.lines import LineSpan, lines_with
from cleaner.repair.rare import rarity
from cleaner.repair.utf8_gb import Run, Sequence, completions, runs
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
# alone in brackets a numeral, before a number a verb of quantity, before a blank a full stop; a quotation mark closes
# what is open; simplified text has no traditional hanzi. Each is worth about the odds of a hundred to one.
_PLACED = log(100.0)
# What the document says elsewhere: nats for each factor of e in how often two or three characters stand there like
# this. Over eleven whole documents (103,000 characters) it brought the wrong guesses from 557 to 384.
_AGAIN2, _AGAIN3 = 0.5, 2.0
_MEASURES = frozenset(
    "个家件名条位处例元年月日时分秒米亩吨户人次项万亿度级号楼层岁天周期批所间座套台辆艘架支只头匹棵株张页份篇章节款"
    "种类组队班届轮场部集册卷辈倍成折点里斤两克升寸尺公千百十余多字句行段回声道门对双副堂口颗粒块片盏盒袋瓶包箱桶杯碗"
    "顿餐针步幅根"
)
_NUMERALS = frozenset("一二三四五六七八九十上中下")
_QUANTITIES = frozenset("第约近达超过为至到共计减增率仅满每少于有在")
_ENDS = frozenset("。！？…；")
_ASKS = re.compile("[吗呢嗎麼么谁誰哪怎何几幾][^。！]*$")
# The share of hanzi in a traditional text that simplified text writes otherwise is a third, in simplified text none.
_TRADITIONAL = 0.05
_SENTENCE = 40
_BETWEEN = frozenset("－～：．年月日时点分比")
_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", "】": "【", "」": "「", "』": "『"}


@dataclass(frozen=True, slots=True)
class _Filled:
    """A run as text: what stands there, how many characters were filled and how many stay lost."""

    offset: int
    old: str
    text: str
    filled: int
    lost: int
    least: float  # the probability of the least sure guess
    stands_alone: bool  # between ASCII, and if a byte is lost, something says so

    @property
    def characters(self) -> int:
        """Those that are not ASCII."""
        return len(_HIGH.findall(self.text))

    @property
    def reads_well(self) -> bool:
        """Whether it is believed by itself."""
        wide = len(_WIDE.findall(self.text))
        return reads_well(wide, load().cost(self.text) / max(wide, 1)) and rarity(self.old) >= _RARITY

    @property
    def reads_better(self) -> bool:
        """Whether it is believed among others that read well; a character that stays lost says nothing against it."""
        return load().cost(self.text.replace("\ufffd", "")) < load().cost(self.old)

    def edit(self) -> Edit:
        """The repair of the run."""
        facts = evidence(characters=self.characters, filled=self.filled, lost=self.lost, probability=self.least)
        return Edit(self.offset, self.offset + len(self.old), self.old, self.text, RULE, facts)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What the document says in what came through whole.

    Attributes:
        grams: how often two and three characters stand side by side.
        is_traditional: whether its hanzi are.
    """

    grams: Counter[str]
    is_traditional: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A run in its line."""

    line: str
    offset: int
    run: Run

    @property
    def certain(self) -> int:
        """How many characters came through whole, if they read well without the lost ones; else none."""
        text = "".join(sequence.char or "\n" for sequence in self.run.sequences if sequence.is_whole)
        rare = rarity(self.line[self.run.start : self.run.end]) >= _RARITY
        return len(text) if rare and text and reads_well(len(text), load().cost(text) / len(text)) else 0


def utf8_gb_edits(text: str, lines: Iterable[LineSpan]) -> list[Edit]:
    """The repairs in some lines of a text, one edit for each damaged run; in all lines if these leave no doubt.

    >>> garbled = "2021年，中文编码".encode().decode("gb18030", "replace")
    >>> [edit.replacement for edit in utf8_gb_edits(garbled, [(0, len(garbled), 0)])]
    ['年，中文编码']
    """
    certain = accumulate(place.certain for place in _places(text, lines))
    if not any(characters >= _PROVEN for characters in certain):
        return [run.edit() for run in _fill_all([*_places(text, lines)]) if run.reads_well]
    everywhere = _fill_all([*_places(text, lines_with(_HIGH, text))])
    return [run.edit() for run in everywhere if run.reads_well or (run.stands_alone and run.reads_better)]


def _places(text: str, lines: Iterable[LineSpan]) -> Iterator[_Place]:
    return (_Place(text[start:end], start, run) for start, end, _ in lines for run in runs(text[start:end]))


def _fill_all(places: list[_Place]) -> list[_Filled]:
    """The runs, filled from left to right, each with the repaired ones before it in its line as its context."""
    elsewhere = _elsewhere(places)
    filled: list[_Filled] = []
    before, last = "", None
    for place in places:
        at = last.run.end if last and last.offset == place.offset else 0
        before = (before if at else "") + place.line[at : place.run.start]
        filled.append(_fill(place, before[-_SENTENCE:], elsewhere))
        before, last = before[-_SENTENCE:] + filled[-1].text, place
    return filled


def _elsewhere(places: list[_Place]) -> _Elsewhere:
    text = "\n".join("".join(sequence.char or "\n" for sequence in place.run.sequences) for place in places)
    grams = Counter(map("".join, pairwise(text)))
    grams.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
    traditional = sum(map(ne, text, shadow(text, Fold.SCRIPT)))
    return _Elsewhere(grams, traditional > _TRADITIONAL * len(text))


def _fill(place: _Place, before: str, elsewhere: _Elsewhere) -> _Filled:
    line, run = place.line, place.run
    after = line[run.end : run.end + 1]
    text, filled, lost, least = "", 0, 0, 1.0
    for sequence in run.sequences:
        char, probability = sequence.char, 1.0
        if not char:
            char, probability = _guess(sequence, before + text[-_SENTENCE:], after, elsewhere)
        text += char
        filled += not sequence.is_whole and char != "\ufffd"
        lost += char == "\ufffd"
        least = min(least, probability)
    old = line[run.start : run.end]
    beside = line[max(run.start - 1, 0) : run.start] + after
    alone = beside.isascii() and (all(each.is_whole for each in run.sequences) or old[-1] in "?\ufffd")
    return _Filled(place.offset + run.start, old, text, filled, lost, least, alone)


def _guess(sequence: Sequence, before: str, after: str, elsewhere: _Elsewhere) -> tuple[str, float]:
    """The likeliest character, if it is likely enough, and its probability."""
    candidates = "" if sequence.is_whole else completions(sequence.data)
    if not candidates:
        return "\ufffd", 0.0
    costs = _costs(candidates, before, after, elsewhere)
    best = min(costs)
    probability = 1 / sum(exp(best - cost) for cost in costs)
    return (candidates[costs.index(best)] if probability >= _SURE else "\ufffd"), probability


def _costs(candidates: str, before: str, after: str, elsewhere: _Elsewhere) -> list[float]:
    """What the text up to each candidate costs, less what its place and the rest of the document say for it."""
    folded = shadow(candidates, Fold.SCRIPT)
    costs = load().next_costs(shadow(before[-_CONTEXT:], Fold.SCRIPT), folded)
    placed, grams = _placed(before, after), elsewhere.grams
    last, last2 = before[-1:], before[-2:] if len(before) > 1 else ""
    for at, (char, simple) in enumerate(zip(candidates, folded, strict=True)):
        if simple in placed:
            costs[at] -= _PLACED
        if char != simple and not elsewhere.is_traditional:
            costs[at] += _PLACED
        if seen := grams.get(last + char):
            costs[at] -= _AGAIN2 * log(1 + seen)
        if seen := grams.get(last2 + char):
            costs[at] -= _AGAIN3 * log(1 + seen)
    return costs


def _placed(before: str, after: str) -> set[str]:
    """The characters of a kind that their place asks for."""
    placed = {closing for closing, opening in _PAIRS.items() if before.count(opening) > before.count(closing)}
    if not after:
        placed |= _ENDS - ({"！"} if _ASKS.search(before[-_SENTENCE:]) else {"？"})
    if after == " ":
        placed.add("。")
    if before[-1:].isdigit() and before[-1:].isascii():
        return placed | (_BETWEEN if after.isdigit() else _MEASURES)
    if before[-1:] in ("(", "（") and after in (")", "）"):
        return placed | _NUMERALS
    return placed | _QUANTITIES if after.isdigit() else placed
