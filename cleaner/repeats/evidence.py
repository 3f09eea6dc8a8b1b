"""Differences that say that both passages belong: another quantity, date, name or term."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import starmap
from typing import NamedTuple

from cleaner.repeats.align import Diff
from cleaner.repeats.bounds import enumerated, line_start
from cleaner.repeats.passages import Passage
from cleaner.repeats.stream import LINKS, NUMERALS, Stream

# Words of one character of which one stands where another could: what they differ in is a term.
_CONTRASTS = (
    "甲乙丙丁戊己庚辛壬癸",
    "子丑寅卯辰巳午未申酉戌亥",
    "东西南北中",
    "春夏秋冬",
    "早午晚夜晨",
    "上中下",
    "左右正",
    "手足",
    "阴阳",
    "金木水火土",
    "前后",
    "内外",
    "男女",
    "父母子女",
    "买卖",
    "进出",
    "收支付",
    "增减",
    "升降",
    "高中低",
    "大中小",
    "多少",
    "长短",
    "正副反负",
    "有无",
    "开关",
    "今明昨去前",
    "年月日周季时分秒",
    "省市县区镇乡村",
    "红橙黄绿青蓝紫黑白灰",
    "你我他她它",
)
_NEGATIONS = frozenset("不未无非没勿别莫")
# Family names that hardly occur in other words.
_SURNAMES = frozenset("王李张刘陈杨赵黄周吴徐孙胡朱郭何罗梁宋郑谢韩唐冯邓曹彭曾萧蔡潘袁董余苏叶吕魏蒋杜丁沈姚卢崔谭陆")
_NO_NAMES = frozenset(("任何", "如何", "为何", "感谢", "致谢", "其余", "多余", "业余", "一周", "每周"))
# Up to so many edited characters each of them is looked at for what it says; where there are more, they are noise of
# a copying hand or eye, in which chance brings every character once.
_FEW = 4
_SOME = 16
_WORD = 3  # letters that make a word
_TITLE = 24  # characters of a title
_DIGITS = re.compile(r"\d(?=\d)")
_POINTS = frozenset(".．。:：")
_POINTED = re.compile(r"\d[.．。:：]\d")
_HEAD = 12  # characters of an enumerator before its number ends
_BRIEF = 6  # characters of a difference
# One character put for another at random may stand in its place in 476 cases of 472,908.
_TWICE, _EIGHTH = 2, 8
_THRICE = 3  # as often, and for every third difference: the same word for the same other one
# The chance below which whole words that differ are no accident of single edits that fell side by side.
_CHANCE = 0.003
# How often an alignment makes one difference of two that lie side by side with an equal character between.
_CLUMSY = 0.03


def difference_in(stream: Stream, found: Passage, *, sibling: bool) -> str:
    """What the two copies differ in that speaks for keeping both, in a word; empty when they are one passage.

    Args:
        stream: the text's.
        found: a copy of the repeat, with its differences.
        sibling: whether the copies are neighbours, like items of one list.
    """
    diffs = [diff for diff in found.diffs if not _heads(stream, diff)]
    edited = sum(diff.size for diff in diffs)
    signs = [(kind, differs) for most, kind, differs in _SIGNS if edited <= most]
    first = len(signs)  # of the signs that any difference shows
    for change in _changes(stream, diffs):
        first = next((place for place in range(first) if signs[place][1](change)), first)
    if first < len(signs):
        return signs[first][0]
    if sibling and 0 < edited <= _FEW:
        return "item"
    if _another_point(stream, found):
        return "number"
    pairs = [(change.old, change.new) for change in _changes(stream, diffs) if change.old and change.new]
    if _throughout(pairs, len(diffs)) or _contrasted(pairs, len(diffs)):
        return "term"
    return "words" if _surprising(diffs, found.high - found.low) else ""


class _Change(NamedTuple):
    """A difference with its words."""

    stream: Stream
    diff: Diff
    old: str
    new: str


def _changes(stream: Stream, diffs: list[Diff]) -> Iterator[_Change]:
    for diff in diffs:
        old, new = stream.words(diff.old, diff.old_end), stream.words(diff.new, diff.new_end)
        yield _Change(stream, diff, old, new)


def _heads(stream: Stream, diff: Diff) -> bool:
    """Whether the difference lies in the enumerators at the heads of two lines."""
    return _in_head(stream, diff.old, diff.old_end) and _in_head(stream, diff.new, diff.new_end)


def _in_head(stream: Stream, low: int, high: int) -> bool:
    if high >= len(stream):
        return False
    at = int(stream.at[low])
    line = line_start(stream.text, at, max(at - _HEAD, 0))
    if line and stream.text[line - 1] not in "\r\n":
        return False
    for after in range(high, min(high + 4, len(stream))):
        if enumerated(stream.text, int(stream.at[after])) == line or _head_ends(stream, line, after):
            return True
    return False


def _head_ends(stream: Stream, line: int, after: int) -> bool:
    at = int(stream.at[after])
    while at > line and stream.text[at - 1] in "“‘「『（(《〈【[\"'":
        at -= 1
    return enumerated(stream.text, at) is not None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _another_link(change: _Change) -> bool:
    return any(ord(mark) >= LINKS for mark in change.old + change.new)


def _another_number(change: _Change) -> bool:
    return _digits(change.old) != _digits(change.new)


def _another_numeral(change: _Change) -> bool:
    stream, diff, old, new = change.stream, change.diff, change.old, change.new
    olds, news = [c for c in old if c in NUMERALS], [c for c in new if c in NUMERALS]
    if olds == news:
        return False
    if olds and news:
        return True
    low, high = (diff.old, diff.old_end) if olds else (diff.new, diff.new_end)
    # One side has a numeral and the other none: it changes a number if a numeral stands right beside it.
    if len(olds or news) != high - low or (old and new):
        return False
    return bool(NUMERALS & set(stream.words(low - 1, low) + stream.words(high, high + 1)))


def _another_name(change: _Change) -> bool:
    """Whether two words of a script with capitals, both written with one, differ in more than a letter or two."""
    diff = change.diff
    if not (change.old and change.new) and diff.size < _WORD:  # a letter put in or left out
        return False
    old, new = _word(change.stream, diff.old, diff.old_end), _word(change.stream, diff.new, diff.new_end)
    if not (old and new) or not (change.stream.dense or (_has_capital(old) and _has_capital(new))):
        return False
    return old.casefold()[:1] != new.casefold()[:1] or 2 * diff.size > max(len(old), len(new))


def _has_capital(word: str) -> bool:
    return any(map(str.isupper, word))


def _another_title(change: _Change) -> bool:
    """Whether it lies in the title of a work in one of the copies."""
    diff = change.diff
    return any(_in_title(change.stream, *side) for side in ((diff.old, diff.old_end), (diff.new, diff.new_end)))


def _in_title(stream: Stream, low: int, high: int) -> bool:
    if low == high:
        return False
    text, start, end = stream.text, int(stream.at[low]), int(stream.at[high - 1]) + 1
    opened = text.rfind("《", max(start - _TITLE, 0), start)
    return opened >= 0 and "》" not in text[opened:start] and "》" in text[end : end + _TITLE]


def _word(stream: Stream, low: int, high: int) -> str:
    """The word of letters that the characters lie in."""
    if low >= len(stream):
        return ""
    text, start = stream.text, int(stream.at[low])
    end = int(stream.at[high - 1]) + 1 if high > low else start
    while start > 0 and _letter(text[start - 1]):
        start -= 1
    while end < len(text) and _letter(text[end]):
        end += 1
    word = text[start:end]
    return word if all(map(_letter, word)) else ""


def _letter(mark: str) -> bool:
    return mark.isalpha() and mark < "\u2e80"


def _another_term(change: _Change) -> bool:
    old, new = change.old, change.new
    if not old or not new:
        return bool(_NEGATIONS & set(old + new)) and len(old + new) == 1
    return _contrast(old, new)


def _contrast(old: str, new: str) -> bool:
    """Whether a word of one character of which another may stand in its place does so: 正室 右侧室."""
    if max(len(old), len(new)) > _BRIEF:
        return False
    return any(a in row and a not in new and set(row) & set(new) - set(old) for row in _CONTRASTS for a in old)


def _negated(change: _Change) -> bool:
    """Whether a word stands against its contrary: 不予 应当, 不得 可以."""
    old, new = change.old, change.new
    return min(len(old), len(new)) >= 2 and bool(_NEGATIONS & set(old)) != bool(_NEGATIONS & set(new))


def _another_surname(change: _Change) -> bool:
    old, new = change.old, change.new
    if not old or not new:
        return False
    if old[0] in _SURNAMES and new[0] in _SURNAMES:
        return True
    at = change.diff.new
    before = change.stream.words(at - 2, at)
    return before[-1:] in _SURNAMES and before not in _NO_NAMES and not change.stream.gap(at)


def _another_point(stream: Stream, found: Passage) -> bool:
    """Whether a point stands in a number in one of the copies alone: 1.4, 14. The stream does not tell."""
    places = (found.start, found.end), (found.other_start, found.other_stop)
    if not any(_POINTED.search(stream.text, *place) for place in places):
        return False
    old, new = found.other, found.low
    for diff in (*found.diffs, Diff(found.other_end, found.other_end, found.high, found.high)):
        for pair in _DIGITS.finditer(stream.words(new, diff.new)):
            gaps = stream.gap(old + pair.end()), stream.gap(new + pair.end())
            if any(gap in _POINTS for gap in gaps) and "" in gaps:
                return True
        old, new = diff.old_end, diff.new_end
    return False


def _throughout(pairs: list[tuple[str, str]], count: int) -> bool:
    """Whether one word stands for another throughout, as in two arguments of one build: no slips repeat themselves."""
    return max(Counter(pairs).values(), default=0) >= max(_THRICE, count / _THRICE)


def _contrasted(pairs: list[tuple[str, str]], count: int) -> bool:
    """Whether such words differ again and again, as in what is told of one month, or one element, after another."""
    return sum(starmap(_contrast, pairs)) >= max(_TWICE, count / _EIGHTH)


def _surprising(diffs: list[Diff], length: int) -> bool:
    """Whether whole words differ rather than single characters here and there.

    Where edits are scattered at a rate r, the one behind an edit is edited too with the chance r; so the characters
    of the differences beyond the first of each are about Poisson distributed with the mean ``len(diffs) * r``.
    """
    beyond = sum(diff.size for diff in diffs) - len(diffs)
    if beyond <= 0:
        return False
    expected = len(diffs) * (len(diffs) / max(length, 1) + _CLUMSY)
    return _tail(beyond, expected) < _CHANCE


def _tail(count: int, mean: float) -> float:
    """The chance of `count` or more where `mean` are expected (Poisson)."""
    return 1 - sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count))


# Signs that both copies belong: up to how many edited characters each is looked for, what it is called, what tells it.
_SIGNS: tuple[tuple[float, str, Callable[[_Change], bool]], ...] = (
    (math.inf, "link", _another_link),
    (math.inf, "number", _another_number),
    (math.inf, "number", _another_numeral),
    (math.inf, "name", _another_name),
    (math.inf, "name", _another_title),
    (_SOME, "term", _negated),
    (_FEW, "term", _another_term),
    (_FEW, "name", _another_surname),
)
