"""Where passages may be copied from and to, so that one answer is right: the copy goes."""

import re
from functools import lru_cache

from cleaner.repeats.markup import VOID

# Marks of ASCII end something where white space or an ideograph follows: never inside an address or a number, nor, in
# the midst of a sentence, behind "etc".
_MARK = (
    r"[。！？](?!\d)|(?<=[\u2e80-\uffff])[!?](?![\d\[])"
    r"|(?<=[a-z]{3})(?!(?<=etc)\.\s+[a-z])[.!?](?=[”’\")]*(?:\s|\Z))"
)
SENTENCE_END = re.compile(rf"(?:{_MARK})[”’」』）)\"]*(?: (?=[A-Z“\"]))?")
CLAUSE_END = re.compile(rf"(?:{_MARK}|[，；]|(?<=[\u2e80-\uffff])[,;](?!\d))[”’」』）)\"]*\s?")
LINE_END = re.compile(r"\n+(?=[^\n])")

_EMPHASIS = "**"
_PAIRS = ("[]", "()", "“”", "「」", "（）", "《》")
_FENCED = re.compile(
    r"^[ \t]*```.*?^[ \t]*```[^\n]*\n?|<pre\b.*?</pre>|^\|.*?\|[ \t]*$|^[^|\n]+ \| [^\n]*$",
    re.MULTILINE | re.DOTALL,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*?(/?)>")
_UNSEEN = re.compile(r"<[^<>\n]*>|https?://[^\s)）]*|\*\*|^[ \t]*(?:#+|[-*+•])[ \t]", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;)", re.MULTILINE)
_ARTICLE = re.compile(
    r"^[ \t\u3000*#]*第[0-9０-９一二三四五六七八九十百千零〇两]{1,7}[条條](?=[ \u3000])", re.MULTILINE
)
_ARTICLES = 3
_SHORTEST = 26  # ideographs
_WINDOW = 24  # characters: what stands again for so many, stands twice already
_NUMERALS = re.compile(r"[\d零〇一二三四五六七八九十百千万亿两]+")
# Of the longer words of a title, so many and such a share of them, begin with a capital.
_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE, _TITLE_SHARE = 3, 0.75
# A line of prose is no title and ends in a mark, or is longer than those of menus, lists and forms: so many ideographs,
# or letters.
_LINE, _LETTERED_LINE = 26, 60
_TEXTS = 8  # of which what was found out is kept


@lru_cache(_TEXTS)
def is_lettered(text: str) -> bool:
    """Whether a text is written in letters, of which each says less than an ideograph."""
    ideographs = sum(mark >= "\u2e80" for mark in text)
    return 5 * ideographs < sum(mark.isalpha() for mark in text)


@lru_cache(4 * _TEXTS)
def ends(text: str, pattern: re.Pattern[str]) -> tuple[int, ...]:
    """Where the pattern's matches end."""
    return tuple(match.end() for match in pattern.finditer(text))


def seen(passage: str) -> int:
    """Its characters but for addresses and tags, which say nothing in their letters, and marks of Markdown."""
    return len(_UNSEEN.sub("", passage))


def is_source(text: str, start: int, end: int) -> bool:
    """Whether a copy of the passage is a copy and nothing else.

    Nothing of it stands elsewhere in the text, its numbers aside, or no answer would be right: rows of a calendar or a
    form in words differ in nothing else. It holds no half of an element, of emphasis or of a pair of brackets, nothing
    of a table or of a block of code, no quotation of an earlier post, and is no menu or list of titles or short lines:
    all of these may stand again. In a law, words of one article may stand in another; there it holds the head of an
    article. Nor is it mostly in letters where the text is not.
    """
    passage = text[start:end]
    if not is_open(text, start, end) or not _is_whole(passage) or not _is_single(text, start, end):
        return False
    if _QUOTED.search(passage) or not _is_prose(passage):
        return False
    if _is_law(text) and _ARTICLE.search(passage) is None:
        return False
    return is_lettered(text) or not _is_mostly_letters(passage)


def is_place(text: str, at: int) -> bool:
    """Whether a copy may stand here: not in a table or a block of code, nor as what a line with a colon announces."""
    return is_open(text, at, at + 1) and not text[:at].rstrip().endswith((":", "："))


def is_open(text: str, start: int, end: int) -> bool:
    """Whether nothing of a table or of a block of code stands there."""
    return not any(low < end and start < high for low, high in _fences(text))


@lru_cache(_TEXTS)
def _is_law(text: str) -> bool:
    return len(_ARTICLE.findall(text)) >= _ARTICLES


@lru_cache(_TEXTS)
def _fences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _FENCED.finditer(text))


def _is_prose(passage: str) -> bool:
    told = sum(len(line) for line in passage.splitlines() if _is_told(line.rstrip()))
    return 2 * told >= sum(map(len, passage.splitlines()))


def _is_told(line: str) -> bool:
    if _is_title(line):
        return False
    return SENTENCE_END.search(line) is not None or len(line) >= (_LETTERED_LINE if line.isascii() else _LINE)


def _is_title(line: str) -> bool:
    words = _WORD.findall(line)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _TITLE and capitals >= _TITLE_SHARE * len(words) and all(mark < "\u2e80" for mark in line)


def _is_mostly_letters(passage: str) -> bool:
    """Whether a passage says less than its length: mostly letters, with fewer ideographs than the shortest one has."""
    ideographs = sum(mark >= "\u2e80" and mark.isalpha() for mark in passage)
    return ideographs < _SHORTEST and 2 * ideographs < sum(map(str.isalpha, passage))


def _is_single(text: str, start: int, end: int) -> bool:
    """Whether no window of the passage stands elsewhere, as it is and without its numbers."""
    passage = text[start:end]
    return _stands_once(passage, text) and _stands_once(_NUMERALS.sub("", passage), _unnumbered(text))


def _stands_once(passage: str, text: str) -> bool:
    windows = (passage[at : at + _WINDOW] for at in range(0, len(passage) - _WINDOW + 1, _WINDOW // 2))
    return all(text.count(window) == 1 for window in windows)


@lru_cache(_TEXTS)
def _unnumbered(text: str) -> str:
    return _NUMERALS.sub("", text)


def _is_whole(passage: str) -> bool:
    """Whether each element, emphasis and pair of brackets that begins in the passage ends in it."""
    if any(passage.count(pair[0]) != passage.count(pair[1]) for pair in _PAIRS) or passage.count(_EMPHASIS) % 2:
        return False
    opened: list[str] = []
    for close, name, empty in _TAG.findall(passage):
        if not close and not empty and name.lower() not in VOID:
            opened.append(name)
        elif close and (not opened or opened.pop() != name):
            return False
    return not opened
