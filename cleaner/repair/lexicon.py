"""How well a text reads as Chinese: the cost of its likeliest division into words.

A repair is believed only if its result reads well, and a lost byte is filled by what reads best. The words and their
frequencies come from jieba's dictionary (MIT licence; built by benchmarks/repair/build_lexicon.py); traditional
characters are folded to simplified ones before they are looked up.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import exp, inf, log

from cleaner.text.shadow import Fold, shadow

MAGIC = b"lexicon1"
STEPS = 8
"""Stored units per nat of the logarithm of a word's frequency."""
_LONGEST = 4
_KANA = 5.0  # some 80 kana, used evenly enough: -log(1/150)
_HANGUL = 8.0  # the 600 syllables in use, of which Chinese text has few
_LATIN = 6.0  # accented letters beside CJK: -log of a share of a few per mille
_OTHER = 12.0  # letters and signs of other scripts
_JUNK = 20.0  # unassigned, private use, controls: no text has them
# Marks that stand in running Chinese, with -log of their share of all characters in newspaper text, to the half nat.
_MARKS = {
    **dict.fromkeys("，", 2.5),
    **dict.fromkeys("。、", 3.5),
    **dict.fromkeys("：；“”《》（）！？", 5.0),
    **dict.fromkeys("…—·‘’【】「」『』〈〉〔〕～　％", 7.0),
}


# The most that a character may cost in text that reads well, by the number of characters: natural Chinese costs 3 to
# 6.5 nats (8 in a list of foreign names), legal but senseless hanzi 9 and more. The less there is, the better it must
# read.
_LIMITS = ((18, 8.6), (12, 8.2), (6, 7.5), (3, 7.0), (2, 6.0))


def reads_well(characters: int, cost: float) -> bool:
    """Whether a text of so many characters that are not ASCII may cost so much for each.

    >>> reads_well(2, 5.0), reads_well(2, 7.0), reads_well(1, 1.0)
    (True, False, False)
    """
    return any(characters >= least and cost <= limit for least, limit in _LIMITS)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their costs, -log P in nats; a hanzi that no word is made of costs `unknown`."""

    costs: dict[str, float]
    unknown: float

    def cost(self, text: str) -> float:
        """The cost of the likeliest division of the text into words and other characters; ASCII costs nothing.

        >>> lexicon = load()
        >>> lexicon.cost("中文编码") < lexicon.cost("漩殍莓锶") / 2
        True
        """
        return self.costs_at(shadow(text, Fold.SCRIPT))[-1]

    def costs_at(self, text: str) -> list[float]:
        """The cost of each prefix of a text in simplified characters, the empty one first; the Viterbi algorithm."""
        word_cost = self.costs.get
        best = [0.0]
        for end, char in enumerate(text, 1):
            cost = best[-1] + self._single(char)
            for start in range(max(0, end - _LONGEST), end - 1):
                word = word_cost(text[start:end])
                if word is not None and best[start] + word < cost:
                    cost = best[start] + word
            best.append(cost)
        return best

    def next_costs(self, text: str, chars: str) -> list[float]:
        """The cost of the text with each of some characters behind it, all simplified."""
        word_cost = self.costs.get
        best = self.costs_at(text)
        costs = [best[-1] + self._single(char) for char in chars]
        for start in range(max(0, len(text) + 1 - _LONGEST), len(text)):
            head, before = text[start:], best[start]
            costs = list(map(min, costs, [before + word_cost(head + char, inf) for char in chars]))
        return costs

    def _single(self, char: str) -> float:
        known = self.costs.get(char)
        return self._stranger(char) if known is None else known

    def _stranger(self, char: str) -> float:
        if char < "\x80":
            return 0.0
        if "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char >= "\U00020000":
            return self.unknown
        if "\u3041" <= char <= "\u30ff":
            return _KANA
        if "\uac00" <= char <= "\ud7a3":
            return _HANGUL
        if not char.isprintable() and char != "\u3000":
            return _JUNK
        return _LATIN if char.isalpha() and char < "\u0370" else _OTHER


@cache
def load() -> Lexicon:
    """The lexicon that ships with the package; read once, when a damaged text is seen."""
    packed = (files("cleaner.repair") / "data" / "lexicon.bin").read_bytes()
    body = zlib.decompress(packed.removeprefix(MAGIC))
    number = int.from_bytes(body[:4], "little")
    heads, counts = body[4 : 4 + number], body[4 + number : 4 + 2 * number]
    rests = body[4 + 2 * number :].decode("gb18030")
    frequencies = [exp(count / STEPS) for count in counts]
    total = log(sum(frequencies))
    starts = accumulate((head % 16 for head in heads), initial=0)
    costs: dict[str, float] = {}
    word = ""
    for head, start, frequency in zip(heads, starts, frequencies, strict=False):
        word = word[: head // 16] + rests[start : start + head % 16]
        costs[word] = total - log(frequency)
    # Rarer than the rarest word, by as much as a hanzi nobody counted deserves.
    return Lexicon({**costs, **_MARKS}, total + 3.0)
