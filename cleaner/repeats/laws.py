"""Laws, contracts and amendments, whose sentences recur from article to article."""

import re
from itertools import islice

from cleaner.repeats.bounds import line_start

_NUMBER = "[0-9０-９一二三四五六七八九十百千零〇两]{1,7}[条條]"
# What goes on in a sentence counts points, or refers to an article: 第一条，是历史；第三条的规定
_HEADING = _NUMBER + "(?![，,、的和或及至到])"
_BLANK = r"[ \t\u3000*#]"
_ARTICLE = rf"{_BLANK}*(第{_HEADING}|(?:Article|Section|§) ?\d)"
_FIRST_ARTICLE = re.compile(_ARTICLE)
_NEXT_ARTICLE = re.compile(r"[\r\n]" + _ARTICLE)  # a search for a mark is much faster than one for the head of a line
_AFTER_FEED = re.compile(r"\n" + _ARTICLE)  # and one for a single mark is faster still
# One that stands behind a sentence, as where it was put into a paragraph; what refers to it stands before no blank.
_INNER = rf"(?:(?<=[。；！？]第)|(?<=[。；！？][ \u3000]第)){_NUMBER}(?=[ \u3000])"
_INNER_ARTICLE = re.compile("第" + _INNER)
# Either of the two: a search for their own first mark takes half the time of one for every line and one for every mark.
# What stands before more than three blanks is not looked at.
_HEADS = "|".join([*(rf"(?<=[\r\n]{_BLANK}{{{blanks}}}第)" for blanks in range(4)), rf"(?<={_BLANK}{{4}}第)"])
_ANY_ARTICLE = re.compile(f"第(?:(?:{_HEADS}){_HEADING}|{_INNER})")
MARK = "第"
_IDEOGRAPHS, _LETTERS = ("条", "條"), ("Article", "Section", "§")  # of which one stands in each head
_AMENDED = ("修改为：", "修改为:")
_ARTICLES = 3
_INDENT = 100
# Up to so many times the shortest length what stands in a law or a contract may stand in two of its articles.
ARTICLE = 5


def has_articles(text: str) -> bool:
    """Whether the text is a law, a contract or an amendment: whole sentences recur from article to article."""
    if any(mark in text for mark in _IDEOGRAPHS) or sum(map(text.count, _LETTERS)) >= _ARTICLES:
        heads = islice(_headed(text).finditer(text), _ARTICLES)
        if sum(1 for _ in heads) + (_FIRST_ARTICLE.match(text) is not None) >= _ARTICLES:
            return True
    return "修改为" in text and sum(map(text.count, _AMENDED)) >= _ARTICLES


def articles(text: str, start: int, end: int) -> list[str]:
    r"""The numbers of the articles that begin in ``[start, end)``, as they are written.

    >>> law = "第一条 甲。\n第二条 依照第三条。\n"
    >>> articles(law, 0, 20), articles(law, 14, 20)
    (['第一条', '第二条'], [])
    """
    line = line_start(text, start, max(start - _INDENT, 0))
    if not text[line:start].strip():  # it begins with its line
        start = line
    first = _FIRST_ARTICLE.match(text, start, end) if start == line else None
    headed = (first, *_NEXT_ARTICLE.finditer(text, start, end), *_INNER_ARTICLE.finditer(text, start, end))
    return [match.group().strip() for match in headed if match]


def articles_recur(text: str) -> bool:
    """Whether the number of an article stands at the head of two."""
    numbers = _ANY_ARTICLE.findall(text) or _headed(text).findall(text)
    return len(set(numbers)) < len(numbers)


def _headed(text: str) -> re.Pattern[str]:
    """What finds the articles at the heads of the lines of a text."""
    return _NEXT_ARTICLE if "\r" in text else _AFTER_FEED
