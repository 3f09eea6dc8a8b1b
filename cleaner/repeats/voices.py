"""What somebody says, asks or cites: it may be said twice."""

import re

from cleaner.repeats.bounds import line_start
from cleaner.text.segments import lines, sentences

_QUOTED_LINE = re.compile(r"(?:[ \t]*(?:>|&gt;|:\s|\|\s|｜))+\s*")
_QUOTING = re.compile(
    r"^[\s【\[（(]*(?:引用|原帖由|原帖|以下是引用|引文|回复\s*(?:\d|[:：@])|quote|originally posted)|"
    r"(?:大作中提到|写道|wrote|发表的?)\s*[】\]]?\s*[：:]\s*[】\]]?\s*\Z|\[/?quote|"
    r"^[^\s：:]{1,20}[ \t]+发表于[ \t]*\d.{0,30}\Z",
    re.IGNORECASE,
)
_QUOTING_LINES = 3
_LINE = 200
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


def spoken(text: str, start: int, end: int) -> bool:
    """Whether the span is what one voice says: all of a quotation, or nothing but questions.

    >>> spoken("他说：“走吧，我们一起走吧。”", 3, 15), spoken("为什么？", 0, 4), spoken("走吧。", 0, 3)
    (True, True, False)
    """
    passage = text[start:end].strip()
    if all(_QUESTION.search(passage[sentence.start : sentence.end]) for sentence in sentences(passage)):
        return True
    return any(map(_is_quotation, (passage, text[max(start - 1, 0) : end + 1], text[start : end + 1])))


def _is_quotation(piece: str) -> bool:
    return piece.startswith(_OPENS) and piece.endswith(_SHUTS) and sum(piece.count(mark) for mark in _SHUTS) == 1


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
