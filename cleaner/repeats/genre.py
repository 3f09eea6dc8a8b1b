"""Kinds of text that repeat themselves on purpose: verse, tables, forms, code, headings, quotations."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from cleaner.repeats.bounds import line_start
from cleaner.repeats.stream import LINK
from cleaner.text.segments import lines, sentences

# A line of verse, of a list or of a form is shorter; a paragraph of prose is seldom.
_SHORT_LINE = 34
# So many sentences, each on a line of its own, of which the longest has so many times the length of the shortest.
_SENTENCES = 4
_UNEVEN = 2
# So many clauses of one length are verse; the longest measures in use have seven or eight characters.
_VERSES = 4
_LONGEST = 9
_ITEM = re.compile(r"[-*•·●○◆◇■□▪]|\d{1,3}[.)、]")
_CLAUSES = re.compile(r"[^\w]+")
# From here on a line is prose even without a mark at its end.
_LONG_LINE = 100
# What a letter says, in ideographs: parallel English and Chinese texts stand at 2.5 to 3 letters for one.
_LETTER = 0.4
_END = re.compile(r"[。！？!?…；;.．][”’」』）)\"'\]]*\s*\Z")
_STOP = re.compile(r"[。！？…][”’」』）]*\Z")
_ROW = re.compile(r"\t.*\S|\|.*\||\S {2,}\S.* {2,}\S|\S\u3000+\S.*\u3000+\S")
_FORM = re.compile(r"_{3,}|＿{2,}|[□☐☑✓]|[：:]\s*[_＿—-]{2,}")
_CODE = re.compile(r"[{}\[\]()<>=;+*/\\_|&%$#@~^`]")
_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|a|font)\b[^<>]*>")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-zA-Z\u00c0-\u10ff]+")
# Marks of code per character, above which a line is no prose: markdown and chemistry stay well below.
_CODE_SHARE = 0.12
_DIGIT_SHARE = 0.25
_PROSE_SHARE = 0.6
_QUOTED_LINE = re.compile(r"(?:[ \t]*(?:>|&gt;|:\s|\|\s|｜))+\s*")
_QUOTING = re.compile(
    r"^[\s【\[（(]*(?:引用|原帖由|原帖|以下是引用|引文|回复\s*(?:\d|[:：@])|quote|originally posted)|"
    r"(?:大作中提到|写道|wrote|发表的?)\s*[】\]]?\s*[：:]\s*[】\]]?\s*\Z|\[/?quote|"
    r"^[^\s：:]{1,20}[ \t]+发表于[ \t]*\d.{0,30}\Z",
    re.IGNORECASE,
)
_QUOTING_LINES = 3
_LINE = 200
_ARTICLE = r"[ \t\u3000*#]*(?:第[0-9０-９一二三四五六七八九十百千零〇两]{1,7}[条條]|(?:Article|Section|§) ?\d)"
_FIRST_ARTICLE = re.compile(_ARTICLE)
_NEXT_ARTICLE = re.compile(r"[\r\n]" + _ARTICLE)  # a search for a mark is much faster than one for the head of a line
_ARTICLE_MARKS = ("条", "條", "Article", "Section", "§")
_AMENDED = "修改为"
_ARTICLES = 3
_INTRODUCING = re.compile(
    r"(?:[曰说說道云言奏称稱问問答写寫疏议議诏詔]|said|says|wrote|writes|asked|replied)[：:,，][^\S\r\n]*[“‘「『\"']?[^\S\r\n]*\Z"
)
_VERB = 12  # characters before a quotation in which it is introduced
_QUESTION = re.compile(r"[？?][”’」』）)\"'\]]*\s*\Z")
_OPENS = ("“", "「", "『")
_SHUTS = ("”", "」", "』")
_VOICES = 3
_VOICES_SHARE = 0.3
_SPEAKER = re.compile(r"^[ \t\u3000]*[^\s：:，。]{1,8}[：:](?=\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text a passage is: how many of its characters stand where.

    Attributes:
        size: all of them.
        prose: in sentences that end in a mark.
        rows: in rows of tables and forms.
        code: in lines of code.
        plain: in sentences, those included that stand on a short line each as verse does, but of very unequal length.
    """

    size: int
    prose: int
    rows: int
    code: int
    plain: int

    @property
    def sentences(self) -> bool:
        """Whether it may be prose of one sentence a line."""
        return self.plain >= _PROSE_SHARE * self.size

    def guarded(self, least: int) -> str:
        """The kind that stays, in a word; empty for what holds prose, `least` characters of it or mostly prose."""
        if 2 * self.code > self.size:
            return "code"
        if 2 * self.rows > self.size:
            return "table"
        return "" if self.prose >= min(least, _PROSE_SHARE * self.size) else "verse"


def genre(text: str) -> Genre:
    r"""The kind of whole lines.

    >>> genre("床前明月光，\n疑是地上霜。").guarded(40)
    'verse'
    """
    size = prose = rows = code = plain = 0
    short: list[int] = []
    for line in lines(text):
        content = line.content(text).strip()
        if "://" in content:
            content = LINK.sub("", content)
        if "<" in content:
            content = _TAG.sub("", content)
        size += len(content)
        if _is_row(content):
            rows += len(content)
        elif _is_code(content):
            code += len(content)
        elif said := _prose(content):
            prose += said
        elif content and _END.search(content) and not _ITEM.match(content):
            plain += len(content) if _is_uneven(content) else 0
            short.append(len(content))
    plain = prose + (sum(short) if _uneven(short) else plain)
    return Genre(size, prose, rows, code, plain)


def _uneven(lengths: list[int]) -> bool:
    """Whether lines that each end a sentence are prose of one sentence a line: no two of a verse differ so much."""
    return len(lengths) >= _SENTENCES and max(lengths) >= _UNEVEN * min(lengths)


def has_articles(text: str) -> bool:
    """Whether the text is a law, a contract or an amendment: whole sentences recur from article to article."""
    if text.count(_AMENDED) >= _ARTICLES:
        return True
    if not any(mark in text for mark in _ARTICLE_MARKS):
        return False
    first = _FIRST_ARTICLE.match(text) is not None
    return first + sum(1 for _ in islice(_NEXT_ARTICLE.finditer(text), _ARTICLES)) >= _ARTICLES


def _prose(line: str) -> int:
    if _weight(line) < _SHORT_LINE:
        return 0
    if _is_verse(line) or (_ITEM.match(line) and not _END.search(line)):
        return 0
    several = sum(1 for _ in sentences(line)) > 1
    return len(line) if several or _END.search(line) or _weight(line) > _LONG_LINE else 0


def _is_verse(line: str) -> bool:
    """Whether the line's clauses are of one length, as in a poem written as a paragraph."""
    lengths = Counter(len(clause) for clause in _CLAUSES.split(line) if clause)
    return lengths.total() >= _VERSES and max(lengths.values()) >= 0.8 * lengths.total() and max(lengths) <= _LONGEST


def _is_uneven(line: str) -> bool:
    """Whether the line is a sentence of ideographs whose clauses differ in length as those of prose do."""
    if not _STOP.search(line):
        return False
    lengths = [len(clause) for clause in _CLAUSES.split(line) if clause]
    return len(lengths) > 1 and max(lengths) >= _UNEVEN * min(lengths)


def _weight(line: str) -> float:
    """The length in ideographs that would say as much."""
    letters = sum(map(len, _LETTERS.findall(line)))
    return len(line) * _LETTER if 2 * letters > len(line) else len(line)


def _is_code(line: str) -> bool:
    return len(_CODE.findall(line)) > _CODE_SHARE * len(line)


def _is_row(line: str) -> bool:
    digits = len(_DIGIT.findall(line))
    return bool(_ROW.search(line) or _FORM.search(line)) or digits > _DIGIT_SHARE * max(len(line), 1)


def _is_quotation(piece: str) -> bool:
    return piece.startswith(_OPENS) and piece.endswith(_SHUTS) and sum(piece.count(mark) for mark in _SHUTS) == 1


def spoken(text: str, start: int, end: int) -> bool:
    """Whether the span is what one voice says: all of a quotation, or nothing but questions.

    >>> spoken("他说：“走吧，我们一起走吧。”", 3, 15), spoken("为什么？", 0, 4), spoken("走吧。", 0, 3)
    (True, True, False)
    """
    passage = text[start:end].strip()
    if all(_QUESTION.search(passage[sentence.start : sentence.end]) for sentence in sentences(passage)):
        return True
    return any(map(_is_quotation, (passage, text[max(start - 1, 0) : end + 1], text[start : end + 1])))


def articles(passage: str) -> list[str]:
    """The numbers of the articles that begin in the passage, as they are written."""
    first = [match.group() for match in (_FIRST_ARTICLE.match(passage),) if match]
    return [number.strip() for number in first + _NEXT_ARTICLE.findall(passage)]


def has_voices(text: str) -> bool:
    """Whether the text is a play, an interview or a form: many of its lines begin with who or what they are about."""
    speakers = sum(1 for _ in _SPEAKER.finditer(text))
    return speakers >= _VOICES and speakers >= _VOICES_SHARE * sum(
        1 for line in lines(text) if line.content(text).strip()
    )


def voiced(passage: str) -> bool:
    """Whether the passage is one such line."""
    return bool(_SPEAKER.match(passage)) and sum(1 for _ in lines(passage.strip())) == 1


def introduced(text: str, start: int) -> bool:
    """Whether what begins at `start` is told as somebody's words.

    >>> introduced("法兴议曰：日有缓急。", 5), introduced("他来了。日有缓急。", 4)
    (True, False)
    """
    return _INTRODUCING.search(text, max(start - _VERB, 0), start) is not None


def quoted(text: str, start: int) -> bool:
    """Whether what begins at `start` is a quotation of an earlier post: its line or those before it say so."""
    floor = max(start - _LINE, 0)
    line = line_start(text, start, floor)
    if line == floor > 0:  # far from the head of its line
        return False
    mark = _QUOTED_LINE.match(text, line)
    ends = (text.find(end, start, start + _LINE) for end in "\r\n")
    head = text[line : min((end for end in ends if end >= 0), default=start)]
    if (mark and start <= mark.end()) or _QUOTING.search(text[line:start]) or _QUOTING.search(head):
        return True
    for _ in range(_QUOTING_LINES):
        if not line:
            return False
        end = line - 1
        line = line_start(text, end, max(end - _LINE, 0))
        content = text[line:end].strip()
        if content and len(content) < 80 and _QUOTING.search(content):
            return True
    return False
