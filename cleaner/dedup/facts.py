"""Slots of a form, and which of them are facts: numbers, dates, codes, names, and values behind a label."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.dedup.tokens import NUMERALS, Token, unmarked

_VALUE = 12  # size of a name or a value; what is longer is a passage
_NUMBER = 16  # size of a number, date or code with its units
_LETTERS = 3  # letters of a word that count as much as an ideograph

_VALUES = str.maketrans("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖", "001234567892123456789", "年月日号元整")
_NUMERIC = re.compile(rf"[\d{NUMERALS}]")
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


def facts(slots: Sequence[Slot]) -> list[Slot]:
    """Those of the slots that are facts."""
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
    return unmarked(_SPOKEN.sub(".", text.translate(_VALUES)).replace("点", ""))


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
    return slot.around[0] in _FAMILY and max(len(one), len(two)) <= 2


def _is_body(slot: Slot) -> bool:
    """The word behind says that the fillings are names of places or bodies."""
    return slot.around[1] in _KINDS and min(map(len, slot.texts)) > 1


def _is_value(slot: Slot) -> bool:
    """Both fillings stand behind a label, or between a bracket or a line's start and the next mark."""
    labelled = all(filling[0].opens in _LABELS for filling in slot.fillings)
    return labelled or all(filling[0].opens and filling[-1].closes for filling in slot.fillings)
