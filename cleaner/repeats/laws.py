"""Laws, contracts and amendments, whose sentences recur from article to article."""

import re
from itertools import islice

_ARTICLE = r"[ \t\u3000*#]*(?:第[0-9０-９一二三四五六七八九十百千零〇两]{1,7}[条條]|(?:Article|Section|§) ?\d)"
_FIRST_ARTICLE = re.compile(_ARTICLE)
_NEXT_ARTICLE = re.compile(r"[\r\n]" + _ARTICLE)  # a search for a mark is much faster than one for the head of a line
_ARTICLE_MARKS = ("条", "條", "Article", "Section", "§")
_AMENDED = "修改为"
_ARTICLES = 3


def has_articles(text: str) -> bool:
    """Whether the text is a law, a contract or an amendment: whole sentences recur from article to article."""
    if text.count(_AMENDED) >= _ARTICLES:
        return True
    if not any(mark in text for mark in _ARTICLE_MARKS):
        return False
    first = _FIRST_ARTICLE.match(text) is not None
    return first + sum(1 for _ in islice(_NEXT_ARTICLE.finditer(text), _ARTICLES)) >= _ARTICLES


def articles(passage: str) -> list[str]:
    """The numbers of the articles that begin in the passage, as they are written."""
    first = [match.group() for match in (_FIRST_ARTICLE.match(passage),) if match]
    return [number.strip() for number in first + _NEXT_ARTICLE.findall(passage)]
