"""What somebody says, asks or cites: it may be said twice."""

import re
from difflib import SequenceMatcher
from itertools import islice

from cleaner.repeats.bounds import line_start, near_line_start
from cleaner.text.segments import lines, sentences

_QUOTED_LINE = re.compile(r"(?:[ \t]*(?:>|&gt;|:\s|\|\s|｜))+\s*")
_QUOTED_ON = re.compile(rf"[^\r\n]*(?:\r\n|\r|\n)(?:{_QUOTED_LINE.pattern})")
_QUOTING = re.compile(
    r"^[\s【\[（(]*(?:引用|原帖由|原帖|以下是引用|引文|回复\s*(?:\d|[:：@])|quote|originally posted)|"
    r"(?:大作中提到|写道|wrote|writes|\bsaid|发表的?)\s*[】\]]?\s*[：:]\s*[】\]]?\s*\Z|\bsaid in\s*\Z|\[/?quote|"
    r"^[^\s：:]{1,20}[ \t]+发表于[ \t]*\d.{0,30}\Z",
    re.IGNORECASE,
)
_QUOTING_LINES = 6
_LINE = 200
_VERBS = "[曰说說道云言奏称稱问問答写寫疏议議诏詔]|said|says|wrote|writes|asked|replied"
_BEFORE = r"[^\S\r\n]*[“‘「『\"']?[^\S\r\n]*\Z"
# 来说， 而言， 也就是说， introduce nothing.
_INTRODUCING = re.compile(
    rf"(?<![来是而])(?:{_VERBS}|表示|强调|強調|指出|认为|認為|提出|要求|介绍|介紹|宣布|透露|报道|報道|了解)[：:,，]{_BEFORE}"
)
_CITING = re.compile(rf"(?:{_VERBS})[：:]{_BEFORE}")
# A copy that takes up with who says it, in no quotation marks, as old records recite decrees.
_DECREE = re.compile(r"\s*[^\s：:，。]{1,10}曰[：:]\s*(?![\s“‘「『\"'])")
_SAID = re.compile(r"[^\S\r\n][\r\n]")  # where blanks stand for the marks: a blank before the end of a line
# A line that begins with who says it, in no quotation marks.
_TURN = re.compile(r"\s*[^\s：:，。]{1,12}[曰说說道][：:]\s*(?![\s“”‘「『\"'])")
_SPEAKING = re.compile(rf"(?:{_VERBS})[：:]")
_TURNS = 2
_ALIKE = 0.5  # of what stands before two copies
_PIECE = 12  # characters that are no turn of phrase
_VERB = 12  # characters before a quotation in which it is introduced
_ASKING = " \t\u3000*_#>-“‘「『\"'"  # marks before a question
_QUESTION = re.compile(r"[？?][”’」』）)\"'\]]*\s*\Z")
_CLOSING = tuple('”」』"')
_QUOTATION = re.compile(r"[“「『\"][\s.…]*[^”」』\"]+[”」』\"]\s*\Z")
_EXCERPT = re.compile(r"\s*(?:\w+\s+)?[“「『\"]\s*(?:\.{3}|…)")
_OPENING = re.compile(r"[“「『\"][\s.…]*")
_MARKS = 8  # characters around a passage in which the marks of its quotation stand
_VOICES = 3
_VOICES_SHARE = 0.3
# Who speaks, or what a form asks for; neither is the hour before 8:30, nor what leads to a quotation in a narrative.
_SPEAKER = re.compile(
    r"^[ \t\u3000]*[^\s：:，。]{1,8}(?!(?<=\d)[：:]\d|(?<=[曰说說道问問])[：:][“「『\"])[：:](?=\S)", re.MULTILINE
)


def asked(text: str, start: int, end: int) -> bool:
    r"""Whether the span is nothing but questions, on lines of their own but for who asks them.

    >>> asked("问：为什么？", 2, 6), asked("他来了。为什么？", 4, 8), asked("走吧。", 0, 3)
    (True, False, False)
    """
    passage = text[start:end].strip()
    if not all(_QUESTION.search(passage[sentence.start : sentence.end]) for sentence in sentences(passage)):
        return False
    line = near_line_start(text, start, _LINE)
    head = None if line is None else text[line:start].strip(_ASKING)
    behind = text[end : end + 1]
    return (not head or head[-1] in ":：") and (not behind or behind in "\r\n")


def spoken(text: str, start: int, end: int) -> bool:
    """Whether the span is what one voice says: all of a quotation, or an excerpt that a word joins to one.

    >>> spoken("他说：“走吧，我们一起走吧。”", 3, 15), spoken("走吧。", 0, 3)
    (True, False)
    """
    passage = text[start:end].strip()
    before, behind = text[max(start - _MARKS, 0) : start], text[end : end + 1]
    opened = next((before[at:] for at in range(len(before)) if _OPENING.fullmatch(before, at)), "")
    if _EXCERPT.match(opened + passage) and passage.endswith(_CLOSING):
        return True
    return any(_QUOTATION.match(piece) for piece in (passage, opened + passage, opened + passage + behind))


def has_voices(text: str) -> bool:
    """Whether the text is a play, an interview or a form: many of its lines begin with who or what they are about."""
    speakers = sum(1 for _ in _SPEAKER.finditer(text))
    return speakers >= _VOICES and speakers >= _VOICES_SHARE * sum(
        1 for line in lines(text) if line.content(text).strip()
    )


def has_turns(passage: str) -> bool:
    """Whether the passage holds words of two and more, each introduced, rather than those of one.

    >>> has_turns("可以吗？他说：可以。她问道：何时？"), has_turns("可以。他说：是的。")
    (True, False)
    """
    return sum(1 for _ in islice(_SPEAKING.finditer(passage), _TURNS)) == _TURNS


def voiced(text: str, start: int, end: int) -> bool:
    r"""Whether the span begins with the name of who speaks, and is no more than that voice says in its line.

    >>> voiced("甲：走吧，天要黑了。\n", 0, 10), voiced("天黑了。甲：走吧。\n", 4, 9)
    (True, False)
    """
    passage, line = text[start:end], near_line_start(text, start, _LINE)
    speaker = None if line is None else _SPEAKER.match(text, line)
    if speaker is None or speaker.end() <= start or has_turns(passage):
        return False
    return sum(1 for _ in lines(passage.strip())) == 1


def introduced(text: str, start: int) -> bool:
    """Whether what begins at `start` is told as somebody's words, or as what somebody holds.

    >>> introduced("法兴议曰：日有缓急。", 5), introduced("他来了。日有缓急。", 4)
    (True, False)
    """
    return _INTRODUCING.search(text, max(start - _VERB, 0), start) is not None


def decreed(text: str, start: int, end: int) -> bool:
    r"""Whether the span is what one says, with the name of who says it.

    >>> decreed("王曰：可。\n行之。\n", 0, 10), decreed("王曰： 可。 \n行之。\n", 0, 12)
    (True, False)
    """
    opened = _DECREE.match(text, start)
    if opened is None:
        return False
    said = _SAID.search(text, opened.end(), end) if text[opened.end() - 1].isspace() else None
    return said is None or not text[said.end() : end].strip()


def cited(text: str, start: int, other: int) -> bool:
    """Whether what begins at `start` is introduced as somebody's words, or goes on in a line that is.

    Words go on in such a line if what stands before them in it, or a piece of it, stands before `other`, where the
    other copy begins, as well; else they are put into it.

    >>> cited("法兴议曰：日有缓急。月有盈亏。", 5, 0), cited("会议指出，日有缓急。", 5, 0)
    (True, False)
    """
    if _CITING.search(text, max(start - _VERB, 0), start):
        return True
    line = near_line_start(text, start, _LINE)
    turn = None if line is None else _TURN.match(text, line)
    if turn is None or turn.end() > start:
        return False
    said = text[turn.end() : start]
    if SequenceMatcher(None, said, text[max(other - len(said), 0) : other], autojunk=False).ratio() >= _ALIKE:
        return True
    before = text[max(other - 2 * _LINE, 0) : other]
    return SequenceMatcher(None, said, before, autojunk=False).find_longest_match().size >= _PIECE


def quoted(text: str, start: int, end: int) -> bool:
    r"""Whether the span is a quotation of an earlier post: its lines, or those before it, say so.

    >>> quoted("> 一。二。\n> 三。\n", 4, 12), quoted("> 一。二。\n三。\n", 4, 10)
    (True, False)
    """
    line = near_line_start(text, start, _LINE)
    if line is None:
        return False
    mark = _QUOTED_LINE.match(text, line)
    ends = (text.find(end, start, start + _LINE) for end in "\r\n")
    head = text[line : min((end for end in ends if end >= 0), default=start)]
    if mark and (start <= mark.end() or _QUOTED_ON.match(text, start, end)):
        return True
    if _QUOTING.search(text[line:start]) or _QUOTING.search(head):
        return True
    # What is quoted under a heading begins with its line.
    return not text[line:start].strip() and _headed(text, line)


def _headed(text: str, line: int) -> bool:
    """Whether one of the few lines before the one at `line` says that a quotation follows."""
    for _ in range(_QUOTING_LINES):
        if not line:
            return False
        end = line - 1
        line = line_start(text, end, max(end - _LINE, 0))
        content = text[line:end].strip()
        if content and len(content) < 80 and _QUOTING.search(content):
            return True
    return False
