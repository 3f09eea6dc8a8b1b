"""What stands beside two copies: it tells parallel texts, which differ where they differ on purpose."""

import re
from difflib import SequenceMatcher

from cleaner.repeats.align import difference
from cleaner.repeats.bounds import ENUMERATOR, Level, line_start
from cleaner.repeats.passages import Passage
from cleaner.repeats.stream import Stream

# What stands beside the copies, so many tokens of it: where it is as alike as this, the copies are parts of two texts
# of one build (clauses, forms, items), which differ where they differ on purpose.
_BESIDE = 30
_PARALLEL = 0.55
_ENOUGH = 6
AROUND = 1000
_MARKED = re.compile(r"[ \t]*#{1,6}[ \t]")  # a heading, whatever it ends with
_MARKS = "# \t"
_EXCERPTED = re.compile(r"(?:\A|[\r\n])[ \t\u3000]*(?:…+|\.{3,})[ \t]*\Z")
_WORD = 3  # characters of a difference that is no slip of the pen
# The mark of a note, which the text refers to.
_NOTE = re.compile(r"[ \t\u3000]*(?:[\[［〔]\^?\d{1,3}[\]］〕]|[\u2460-\u249b])")
_LABELLED = re.compile(r"[ \t\u3000]*([^\s：:，。]{1,8})[：:]")  # 原文： 译文：
_REST = 40  # characters of a line behind a copy, up to which both are one heading
_STOPS = "。！？!?….”’」』）)\"']>"
_EMPHASIS = "*_ \t"
_BLANKS = _EMPHASIS + "\r\n\u3000"
_SENTENCE = re.compile(r"[。！？]")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）)\"']*\Z")
# A name, a date or a title before or behind what is said of it.
_LABEL = 16
_TOKEN = re.compile(r"[^\W\d_\u2e80-\uffff\U00020000-\U0003ffff]+|\d+|[^\W\d_]")


def siblings(found: Passage) -> bool:
    """Whether hardly anything stands between the copies."""
    low, high = sorted(((found.low, found.high), (found.other, found.other_end)))
    return high[0] - low[1] < _ENOUGH


def labelled(stream: Stream, found: Passage) -> bool:
    """Whether the copies are the same said of two: each the rest of a line whose few other characters differ."""
    text = stream.text
    if _breaks(text[found.start : found.end]):
        return False
    heads = [_head(text, start) for start in (found.start, found.other_start)]
    tails = [tail(text, end) for end in (found.end, found.other_stop)]
    return any(_labels(*pair) and not any(rest) for pair, rest in ((heads, tails), (tails, heads)))


def rendered(text: str, found: Passage) -> bool:
    """Whether the copies stand in neighbouring lines under two labels, as words and their translation do."""
    (_, end), (start, _) = sorted(((found.start, found.end), (found.other_start, found.other_stop)))
    above, below = (line_start(text, at, max(at - AROUND, 0)) for at in (max(end - 1, 0), start))
    heads = [_LABELLED.match(text, line) for line in (above, below)]
    if above == below or not all(heads) or len({head[1] for head in heads if head}) == 1:
        return False
    return sum(1 for line in text[above:below].splitlines() if line.strip()) == 1


def headed(text: str, found: Passage) -> bool:
    """Whether a copy is a heading, by its marks (##) or as it ends with no stop, or an entry of the contents."""
    copies = ((found.start, found.end), (found.other_start, found.other_stop))
    headings = [_is_heading(text, start, end, exact=not found.edited) for start, end in copies]
    return any(headings)


def announced(text: str, found: Passage) -> bool:
    """Whether the copy stands below a line that announces it, as `the following:` does.

    Dots at the head of its line say as much: what stands behind them is an excerpt.
    """
    above = text[max(found.start - AROUND, 0) : found.start]
    return (found.lines[0] and _leads(above)) or _EXCERPTED.search(above) is not None


def announces(text: str, found: Passage) -> bool:
    """Whether the copy ends with a line that announces what stands below it."""
    return found.lines[1] and _leads(text[found.start : found.end])


def _leads(said: str) -> bool:
    return said.rstrip(_BLANKS).endswith(("：", ":"))


def _is_heading(text: str, start: int, end: int, *, exact: bool) -> bool:
    rest = tail(text, end).rstrip(_EMPHASIS)
    said = text[start:end].rstrip(_EMPHASIS)
    line = line_start(text, start, max(start - AROUND, 0))
    if _MARKED.match(text[line:end]) and not _breaks(text[start:end]) and not text[line:start].strip(_MARKS):
        return True
    if (rest or said)[-1] in _STOPS or len(rest) > _REST or (rest and _SENTENCE_END.search(said)):
        return False
    head = ENUMERATOR.match(text, line)
    if head and not text[head.end() : start].strip() and not _breaks(text[start:end]):
        return True
    return exact and not rest and _SENTENCE.search(text, start, end) is None


def _breaks(copy: str) -> bool:
    """Whether it stands on several lines."""
    return any(mark in copy.strip() for mark in "\r\n")


def noted(text: str, found: Passage) -> bool:
    """Whether the copies are two notes, or entries of a list of references, under marks of their own."""
    marks = [_NOTE.match(text, line_start(text, at, max(at - AROUND, 0))) for at in (found.start, found.other_start)]
    return all(marks) and len({match.group().strip() for match in marks if match}) > 1


def _labels(a: str, b: str) -> bool:
    if not all(0 < len(label) <= _LABEL and not _SENTENCE_END.search(label) for label in (a, b)):
        return False
    return a != b and not _neutral(a, b)


def _neutral(a: str, b: str) -> bool:
    return all((match := ENUMERATOR.match(label)) and match.end() == len(label) for label in (a, b))


def _head(text: str, at: int) -> str:
    return text[line_start(text, at, max(at - AROUND, 0)) : at].strip()


def tail(text: str, at: int) -> str:
    """The rest of the line, blanks aside."""
    ends = [end for end in (text.find(mark, at, at + AROUND) for mark in "\r\n") if end >= 0]
    return text[at : min(ends, default=at + AROUND)].strip()


def parallel(stream: Stream, found: Passage) -> bool:
    """Whether the text goes on alike beside the copies."""
    low, high, other, other_end = found.aligned
    low, other = min((low, other), (found.low, found.other))
    high, other_end = max((high, other_end), (found.high, found.other_end))
    here = stream.words(low - _BESIDE, low), stream.words(high, high + _BESIDE)
    there = stream.words(other - _BESIDE, other), stream.words(other_end, other_end + _BESIDE)
    return any(_alike(a, b) for a, b in zip(here, there, strict=True))


def continued(stream: Stream, found: Passage) -> bool:
    """Whether the sentence that the copy is torn from is alike further on, but for whole words."""
    low, high, other, other_end = found.aligned
    strips = (
        (found.levels[0], (other, found.other), (low, found.low)),
        (found.levels[1], (found.other_end, other_end), (found.high, high)),
    )
    return any(
        level < Level.SENTENCE
        and min(old[1] - old[0], new[1] - new[0]) >= _ENOUGH
        and any(diff.size >= _WORD for diff in difference(stream, old, new))
        for level, old, new in strips
    )


def _alike(a: str, b: str) -> bool:
    ones, others = _TOKEN.findall(a), _TOKEN.findall(b)
    if min(len(ones), len(others)) < _ENOUGH:
        return False
    return SequenceMatcher(None, ones, others, autojunk=False).ratio() >= _PARALLEL
