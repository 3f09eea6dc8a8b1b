"""Two filled-in forms of one template: texts that differ mainly in numbers, dates and names.

What the two do not have in common are slots. A slot is a fact when it is filled in both texts, and both fillings are
numbers, dates or codes, or names: of a person by the family name, of a place or a body by the word that follows, a
value by the label before it, or any word that gives way to the same other word again and again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.dedup.align import ANCHOR, gaps
from cleaner.dedup.normal import FOLDS, Offsets
from cleaner.text.shadow import LIMIT, CodePoints, code_points, shadow

_MOST = 0.5  # share of the slots, and of their characters, that must be facts
# One timestamp more or less does not make a form of a long article: it takes some facts, or much of a short text.
_FEW = 4  # facts that make a form of all but the longest texts
_SPARSE = 0.0005  # share of the text that its facts must be
_DENSE = 0.004  # the same if they are fewer
_JUDGED = 512  # gaps that are looked into at most, evenly spread
_FACT = 64  # characters of a gap that can hold a fact, or two or three that stand close together
_LIKELY = 0.4  # share of the differing characters, or of the sampled slots, that may be facts for all to be looked into
_SAMPLE = 16  # gaps that are looked into before all are
_VALUE = 12  # size of a name or a value; what is longer is a passage
_NUMBER = 16  # size of a number, date or code with its units
_LETTERS = 3  # letters of a word that count as much as an ideograph
_REACH = 40  # characters of a number or word that is taken whole
_GAP = 300  # characters of a gap that is looked into

_NUMERALS = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_VALUES = str.maketrans("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖", "001234567892123456789", "年月日号元整")
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# A number or a word with the marks inside it, a run of numerals, an ideograph; or a run of marks and space.
_TOKEN = re.compile(
    rf"[^\W_{_IDEOGRAPHS}]+(?:[.,:/-][^\W_{_IDEOGRAPHS}]+)*|[{_NUMERALS}]+|[{_IDEOGRAPHS}]|(?P<mark>[\W_]+)"
)
_NUMERIC = re.compile(rf"[\d{_NUMERALS}]")
_MARKS = re.compile(r"[,:/-]|(?<!\d)\.|\.(?!\d)")
_PARTED = re.compile(r"\d+(?:\.\d+){2,}")  # a date or a version, whose points say nothing
_SPOKEN = re.compile(r"(?<=\d)点(?=\d)")
# What may stand in a number or a date beside its digits.
_UNIT = re.compile(
    "[年月日号时分秒点元角整半上下午周星期第]|[ap]m"
    "|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
# The family names of nine tenths of all Chinese people (Ministry of Public Security, report of 2020), simplified.
_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔"
    "谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
# What follows the name of a place, a body or a product.
_KINDS = frozenset("省市县区镇乡村屯路街巷州旗局院校厂店站港山河湖江岛寺桥队班公大中小银医社集牌馆所处园")
_LABELS = frozenset(":|=")
_OPENING = frozenset(':|=《“"「『【[(〈')  # what stands before a value


@dataclass(frozen=True, eq=False)
class Form:
    """A text as it was and as it is compared.

    Attributes:
        raw: the text.
        points: normalised.
        places: where in `raw` each point stands.
    """

    raw: str
    points: CodePoints
    places: Offsets

    @cached_property
    def folded(self) -> str:
        """The text with width, case and script folded."""
        return shadow(self.raw, FOLDS)


class Token(NamedTuple):
    """A word of a text, or a run of marks.

    Attributes:
        form: the text.
        start: in the text.
        text: as it is compared; empty for marks.
        following: the token behind it; None at the end of the text.
    """

    form: Form
    start: int
    text: str
    following: re.Match[str] | None

    @property
    def opens(self) -> str:
        """The mark before it if a value may follow that mark; a line feed at the start of the text; else empty."""
        before = self.form.folded[max(self.start - 3, 0) : self.start].rstrip(" \u3000")[-1:] or "\n"
        return before if before in _OPENING else ""

    @property
    def closes(self) -> bool:
        """Whether a mark stands behind it."""
        return self.following is None or self.following["mark"] is not None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.form.raw[self.start].isupper()


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in each of two texts in one place.

    Attributes:
        start: in the first text.
        fillings: the words of both.
        around: the word before and the word behind, where both texts have the same; else empty.
    """

    start: int
    fillings: tuple[tuple[Token, ...], tuple[Token, ...]]
    around: tuple[str, str]

    @property
    def texts(self) -> tuple[str, str]:
        """The fillings as they are compared."""
        one, two = ("".join(token.text for token in filling) for filling in self.fillings)
        return one, two

    @property
    def size(self) -> int:
        """How much the longer filling says: ideographs, or thrice as many letters."""
        return max(sum(1 + (len(token.text) - 1) // _LETTERS for token in filling) for filling in self.fillings)


def is_template(first: Form, second: Form) -> bool:
    """Whether two texts look like one form filled in twice; the same in either order.

    >>> from cleaner.dedup.compare import prepare
    >>> text = "兹收到{}同志交来{}年{}月会费共计人民币{}元整，此据，经手人签字盖章有效。"
    >>> one, two = text.format("张三", 2023, 11, 450), text.format("李四", 2024, 2, 1280)
    >>> is_template(prepare(one).form, prepare(two).form), is_template(prepare(one).form, prepare(one[3:]).form)
    (True, False)
    """
    if first.raw > second.raw:
        first, second = second, first
    between = gaps(first.points, second.points)
    if not _may_be(first, second, between):
        return False
    few, many = len(between) // _SAMPLE + 1, len(between) // _JUDGED + 1
    if few > many and not _mainly_facts(first, second, between, few, _LIKELY):
        return False
    return _mainly_facts(first, second, between, many, _MOST)


def _mainly_facts(first: Form, second: Form, between: Offsets, stride: int, most: float) -> bool:
    """Whether facts are that much of what differs, by each n-th gap, and enough in a text of this length."""
    chosen = between[::stride].tolist()
    slots = list({slot.start: slot for gap in chosen for slot in _slots(first, second, gap)}.values())
    facts = _facts(slots)
    said, differing = sum(slot.size for slot in facts), sum(slot.size for slot in slots)
    if not facts or len(facts) < most * len(slots) or said < most * differing:
        return False
    share = said * stride / max(len(first.points), len(second.points))
    return share >= (_SPARSE if len(facts) * stride >= _FEW else _DENSE)


def _may_be(first: Form, second: Form, between: Offsets) -> bool:
    """Whether most gaps are short and can hold facts: both sides are filled, or a number stands there in both texts."""
    if not len(between):
        return False
    sizes = np.diff(between)[:, ::2]
    longest = sizes.max(axis=1)
    filled = (sizes.min(axis=1) > 0) | (_touch(first, between[:, :2]) & _touch(second, between[:, 2:]))
    possible = filled & (longest <= _FACT)
    return bool(possible.sum() >= _MOST * len(between) and longest[possible].sum() >= _LIKELY * longest.sum())


def _touch(form: Form, spans: Offsets) -> npt.NDArray[np.bool_]:
    """Whether a numeral stands in a span or at either end of it."""
    seen = np.concatenate(([0], np.cumsum(_numerals().take(form.points, mode="clip"))))
    low, high = np.maximum(spans[:, 0] - 1, 0), np.minimum(spans[:, 1] + 1, len(form.points))
    return np.asarray(seen[high] > seen[low])


@cache
def _numerals() -> npt.NDArray[np.bool_]:
    mask = np.zeros(LIMIT, np.bool_)
    mask[code_points("0123456789" + _NUMERALS)] = True
    mask.setflags(write=False)
    return mask


def _slots(first: Form, second: Form, gap: Sequence[int]) -> Iterator[Slot]:
    """The differences in a gap, word by word, with the anchors around it."""
    a, b, c, d = gap
    if max(b - a, d - c) > _GAP:  # a passage holds no fact; its length was weighed before
        yield Slot(a, ((), ()), ("", ""))
        return
    here, there = _tokens(first, a, b), _tokens(second, c, d)
    one, two = [token.text for token in here], [token.text for token in there]
    for tag, i, j, k, m in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal" or "".join(one[i:j]) == "".join(two[k:m]):
            continue
        before = one[i - 1] if i and k and one[i - 1] == two[k - 1] else ""
        behind = one[j] if j < len(one) and m < len(two) and one[j] == two[m] else ""
        start = here[i].start if i < len(here) else len(first.raw)
        words = tuple(t for t in here[i:j] if t.text), tuple(t for t in there[k:m] if t.text)
        yield Slot(start, words, (before, behind))


def _tokens(form: Form, start: int, end: int) -> list[Token]:
    """The tokens of a gap and of an anchor on either side; a number that sticks out is taken whole."""
    places, text = form.places, form.folded
    low = int(places[max(start - ANCHOR, 0)]) if len(places) else 0
    high = int(places[min(end + ANCHOR, len(places)) - 1]) + 1 if len(places) else 0
    matches = list(_TOKEN.finditer(text, _whole(text, low, -1), _whole(text, high - 1, 1) + 1))
    behind = _TOKEN.match(text, matches[-1].end()) if matches else None
    return [
        Token(form, match.start(), "" if match["mark"] else _unmarked(match.group()), following)
        for match, following in pairwise([*matches, behind])
        if match
    ]


def _unmarked(word: str) -> str:
    """The word without the marks inside it; a decimal point stays."""
    if word.isalnum():
        return word
    return _MARKS.sub("", _PARTED.sub(lambda match: match.group().replace(".", ""), word))


def _whole(text: str, at: int, step: int) -> int:
    """How far the number or word at `at` reaches in the direction of `step`."""
    last = at
    for _ in range(_REACH):
        following = last + step
        if not 0 <= following < len(text) or not (_code(text[following]) and _code(text[last])):
            break
        last = following
    return last


def _code(character: str) -> bool:
    return character in _NUMERALS or (character.isascii() and (character.isalnum() or character in ".,:/-"))


def _facts(slots: Sequence[Slot]) -> list[Slot]:
    again = Counter(slot.texts for slot in slots)
    return [slot for slot in slots if all(slot.texts) and _is_fact(slot, again[slot.texts])]


def _is_fact(slot: Slot, times: int) -> bool:
    if all(_NUMERIC.search(text) for text in slot.texts):
        one, two = map(_values, slot.fillings)
        if not one.isdisjoint(two):  # the same number, written in another way
            return False
        if _is_number(slot):
            return True
    return _is_name(slot, times)


def _is_number(slot: Slot) -> bool:
    """Whether fillings that hold numbers hold little else, a long one nothing."""
    if slot.size <= _VALUE:
        return True
    return slot.size <= _NUMBER and all(_says_a_number(token) for filling in slot.fillings for token in filling)


def _says_a_number(token: Token) -> bool:
    return _NUMERIC.search(token.text) is not None or _UNIT.fullmatch(token.text) is not None


def _values(filling: Sequence[Token]) -> set[str]:
    """What a filling may say in digits, without units: two words of digits may be one number cut at its point."""
    return {_value(mark.join(token.text for token in filling)) for mark in ("", ".")}


def _value(text: str) -> str:
    """A number in digits, without its units.

    >>> _value("三点五元"), _value("2024.年.5.月")
    ('3.5', '20245')
    """
    return _unmarked(_SPOKEN.sub(".", text.translate(_VALUES)).replace("点", ""))


def _is_name(slot: Slot, times: int) -> bool:
    if slot.size > _VALUE:
        return False
    return times > 1 or _is_capital(slot) or _is_person(slot) or _is_body(slot) or _is_value(slot)


def _is_capital(slot: Slot) -> bool:
    """Both fillings are words with capital letters."""
    return all(token.capital for filling in slot.fillings for token in filling)


def _is_person(slot: Slot) -> bool:
    """Both fillings are Chinese names, or given names behind one family name."""
    one, two = slot.texts
    if all(2 <= len(text) <= 4 and text[0] in _FAMILY for text in (one, two)):
        return True
    return slot.around[0] in _FAMILY and max(len(one), len(two)) <= 2 and bool(slot.around[0])


def _is_body(slot: Slot) -> bool:
    """The word behind says that the fillings are names of places or bodies."""
    return slot.around[1] in _KINDS and min(map(len, slot.texts)) > 1 and bool(slot.around[1])


def _is_value(slot: Slot) -> bool:
    """Both fillings stand behind a label, or between a bracket or a line's start and the next mark."""
    labelled = all(filling[0].opens in _LABELS and filling[0].opens for filling in slot.fillings)
    return labelled or all(filling[0].opens and filling[-1].closes for filling in slot.fillings)
