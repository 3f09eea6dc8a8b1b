"""Where a passage may begin and end: at the ends of clauses, sentences and lines, never inside a word or number."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import islice, pairwise

import numpy as np

from cleaner.repeats.markup import fences
from cleaner.repeats.stream import LINK, Stream

OPENERS = "“‘「『（(《〈【［[〔{｛"
CLOSERS = "”’」』）)》〉】］]〕}｝\"'"
_STOPS = "。！？!?…．｡"
_UNITS = "%％‰℃℉°′″"  # they belong to the number before them
_ENDING = ".,:;!?"  # what an address ends in ends its clause
_PAUSES = "，,：:；;､"
# A mark of ASCII ends something only before white space, a closing mark or the end, or behind an ideograph:
# nothing ends in 3.14, 10:30, 1,000 or example.com.
_ASCII = re.compile(r"[.,:;!?](?=[\s”’」』）)\]\"']|\Z)")
_ABBREVIATION = re.compile(r"(?:^|[^\w])(?:[A-Za-z]|[A-Z][a-z]{1,2}|vs|e\.g|i\.e|al|pp|No)\Z")
_AND_SO_ON = re.compile(r"(?:^|[^\w])etc\Z")  # ends a sentence where a capital follows
# What may stand at the head of a line and say no more than its place: （四） 4. ① IV) 第四条 - * and the marks of a
# heading and of a quotation: ## > : |
ENUMERATOR = re.compile(
    r"[ \t\u3000]*(?:"
    r"[（(\[【〔]?"
    r"(?:[0-9０-９]{1,3}(?:[.．][0-9]{1,2}){0,3}|[一二三四五六七八九十百零〇]{1,4}|[ivxIVX]{1,5}|[a-zA-Z])"
    r"[）)\]】〕、.．:：]+"
    r"|第[0-9０-９一二三四五六七八九十百零〇两]{1,5}[章节節条條款项項点點篇回讲講课課]"
    r"|[\u2460-\u249b\u2776-\u2793]|[-*+•·●○◆◇■□▪|｜]|#{1,6}(?=[ \t])|>{1,4}|&gt;|:(?=\s)"
    r")[ \t\u3000]*"
)
_EMPHASIS = "*_"
_MARKS = 3  # of emphasis, at most; more of them are a rule
_LOOK = 400  # characters of a line in which emphasis is looked for
_HEAD = 16  # characters that the longest of them takes
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*[\r\n]")
# Text is broken to 60 to 80 columns, seldom to more than 100 or to less than 50; fewer lines than these tell nothing.
_NARROWEST, _WIDEST = 45, 110
_WRAPPED_LINES = 6
_FULL = 0.6  # of the width, from which on a line may have been broken
_LINES = 120
_ROW = re.compile(rf"(?P<head>[^\r\n]{{0,{_WIDEST + 1}}})[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ENDS = _STOPS + CLOSERS + ".:：>"  # with which a line ends that was not broken
# How far from the end of an equal stretch a boundary is looked for: a long clause.
REACH = 80


class Level(IntEnum):
    """How strong a boundary is."""

    NONE = 0
    CLAUSE = 1
    SENTENCE = 2
    LINE = 3


@dataclass(frozen=True)
class Bounds:
    """The boundaries of a stream; gap `x` lies before its word character `x`."""

    stream: Stream

    @cached_property
    def fences(self) -> list[int]:
        """Where the blocks of code begin and end, in turn."""
        return fences(self.stream.text)

    @cached_property
    def _width(self) -> int:
        """The width that the text's lines were broken to, so that the end of a full one ends nothing; 0 for none."""
        return wrapped(self.stream.text)

    def _full(self, at: int) -> bool:
        """Whether the line of a text in lines of one width is as long as one that was broken."""
        text, line = self.stream.text, near_line_start(self.stream.text, at, 2 * _WIDEST)
        columns = 2 * _WIDEST if line is None else _columns(text[line : at + 1])
        return columns >= _FULL * _NARROWEST and 0 < _FULL * self._width <= columns

    def level(self, x: int, *, head: bool = True) -> Level:
        """How strong a boundary the gap is; with `head`, one behind the enumerator of a line is one."""
        if x <= 0 or x >= len(self.stream):
            return Level.LINE
        gap, at = self.stream.gap(x), int(self.stream.at[x - 1])
        if "://" in gap:
            at = _address_end(self.stream.text, at) - 1
            gap = self.stream.text[at + 1 : int(self.stream.at[x])]
        if not gap:
            return Level.NONE
        if (
            len(gap) == 1
            and self.stream.text[at].isdigit()
            and self.stream.text[at + 2].isdigit()
            and gap not in "\r\n"
        ):
            return Level.NONE  # 3.14, 10:30, 35。8
        mark = Level.NONE if gap.isspace() else self._mark(gap, at)
        if "\n" in gap or "\r" in gap:
            return Level.NONE if not mark and _BLANK_LINE.search(gap) is None and self._full(at) else Level.LINE
        if mark:
            return mark if head or not self._headed(x, at) else Level.NONE
        return Level.LINE if head and self._headed(x, at) else Level.NONE

    def _headed(self, x: int, before: int) -> bool:
        """Whether an enumerator is all that stands on the line before the gap; its last word character is `before`."""
        text, floor = self.stream.text, max(before - _HEAD, 0)
        if floor and text.find("\n", floor, before) < 0 and text.find("\r", floor, before) < 0:
            return False  # no line begins so near
        return enumerated(text, self.start(x)) is not None

    def _mark(self, gap: str, before: int) -> Level:
        ascii_before = self.stream.text[before] < "\u0250"
        level = Level.NONE
        for index, mark in enumerate(gap):
            if mark.isascii() and mark in ".,:;!?":
                behind = ascii_before or gap[:index].strip(CLOSERS)  # nothing ends in 写进~/.profile
                if behind and not _ASCII.match(self.stream.text, before + 1 + index):
                    continue
                if mark == "." and self._abbreviated(before, before + 1 + len(gap)):
                    continue
            if mark in _STOPS or mark == ".":
                return Level.SENTENCE
            if mark in _PAUSES or gap[index : index + 2] in ("——", "--"):
                level = Level.CLAUSE
        return level

    def _abbreviated(self, last: int, following: int) -> bool:
        """Whether the word that ends at `last` is an abbreviation, and no sentence begins with what follows it."""
        text, word = self.stream.text, (max(last - 6, 0), last + 1)
        if _AND_SO_ON.search(text, *word):
            return following < len(text) and not text[following].isupper()
        return _ABBREVIATION.search(text, *word) is not None

    def gaps(self, low: int, high: int) -> list[int]:
        """The gaps from `low` to `high` in which something stands."""
        low, high = max(low, 0), min(high, len(self.stream))
        if low > high:
            return []
        at = self.stream.at[max(low - 1, 0) : high + 1]
        inner = np.flatnonzero(at[1:] - at[:-1] > 1) + max(low, 1)
        last = [len(self.stream)] if high == len(self.stream) else []
        return ([0] if low == 0 else []) + inner.tolist() + last

    def before(self, x: int, floor: int, *, head: bool) -> int | None:
        """The nearest boundary at or before the gap, not before `floor`."""
        return next((at for at in reversed(self.gaps(floor, x)) if self.level(at, head=head)), None)

    def after(self, x: int, ceiling: int, *, head: bool) -> int | None:
        """The nearest boundary at or behind the gap, not behind `ceiling`."""
        return next((at for at in self.gaps(x, ceiling) if self.level(at, head=head)), None)

    def sentences(self, low: int, high: int) -> int:
        """How many sentences end behind `low`, up to the gap `high`."""
        return sum(self.level(at, head=False) >= Level.SENTENCE for at in self.gaps(low + 1, high))

    def start(self, x: int) -> int:
        """The offset in the text at which what begins with word character `x` begins: opening marks included."""
        text, at = self.stream.text, int(self.stream.at[x])
        floor = int(self.stream.at[x - 1]) + 1 if x else 0
        while at > floor and _opens(text, at - 1, floor):
            at -= 1
        return at

    def end(self, x: int) -> int:
        """The offset at which what ends before gap `x` ends: its mark and closing marks included."""
        text, at = self.stream.text, int(self.stream.at[x - 1]) + 1
        ceiling = int(self.stream.at[x]) if x < len(self.stream) else len(text)
        while at < ceiling and not text[at].isspace() and not _opens(text, at, 0):
            at += 1
        return at


def _address_end(text: str, at: int) -> int:
    """Where the address ends that begins at the offset."""
    address = LINK.match(text, at)
    return at + len(address.group().rstrip(_ENDING)) if address else at + 1


def wrapped(text: str) -> int:
    r"""The columns that the text's lines were broken to (as its first ones tell), 0 if they were not.

    >>> wrapped("It was a dark and stormy night and the rain\nfell in torrents, except at occasional times,\n" * 9)
    45
    """
    rows = [row["head"].rstrip() for row in islice(_ROW.finditer(text), _LINES)]
    full = [row for row, behind in pairwise(rows) if row and behind]
    lengths = sorted(map(len, full))
    if len(full) < _WRAPPED_LINES or lengths[len(lengths) * 9 // 10] > _WIDEST:
        return 0
    widths = sorted(map(_columns, full))
    width = widths[len(widths) * 9 // 10]
    broken = sum(_columns(row) > 0.8 * width and row[-1] not in _ENDS and "://" not in row for row in full)
    return width if _NARROWEST <= width <= _WIDEST and broken > 0.4 * len(full) else 0


def _columns(row: str) -> int:
    """Columns of a terminal, as good as it matters here."""
    return len(row) if row.isascii() else len(row) + sum(mark >= "\u2e80" for mark in row)


def line_start(text: str, at: int, floor: int = 0) -> int:
    """Where the line that `at` lies in begins (or `floor`, if that comes later)."""
    return max(text.rfind("\n", floor, at), text.rfind("\r", floor, at), floor - 1) + 1


def near_line_start(text: str, at: int, reach: int) -> int | None:
    r"""Where the line that `at` lies in begins, or None where that is further off than `reach`.

    >>> near_line_start("一\n二三", 4, 4), near_line_start("一\n二三四五", 6, 2)
    (2, None)
    """
    floor = max(at - reach, 0)
    line = line_start(text, at, floor)
    return None if line == floor > 0 else line


def enumerated(text: str, at: int) -> int | None:
    r"""Where the enumerator begins that is all that stands before `at` on its line, or None.

    >>> enumerated("好。\n (四) 发展", 8), enumerated("好。(四) 发展", 6)
    (4, None)
    """
    line = line_start(text, at, max(at - _HEAD, 0))
    if line and text[line - 1] not in "\r\n":
        return None
    match = ENUMERATOR.match(text, line, at)
    if match is None or match.end() != at:
        return None
    return line + len(match.group()) - len(match.group().lstrip())


def _opens(text: str, at: int, floor: int) -> bool:
    mark = text[at]
    if mark in OPENERS:
        return True
    if mark in _EMPHASIS:
        return _emphasizes(text, at)
    if mark in "\"'":
        return at == floor or text[at - 1].isspace() or text[at - 1] in OPENERS + _PAUSES
    if mark == ">":  # the end of a tag opens nothing
        return at == floor or text[at - 1].isspace()
    return not (mark.isspace() or mark in CLOSERS + _STOPS + _PAUSES + _UNITS + ".、—-")


def _emphasizes(text: str, at: int) -> bool:
    """Whether a mark of emphasis, as Markdown writes it, begins one rather than ends it."""
    start, end = at, at + 1
    while start > 0 and end - start <= _MARKS and text[start - 1] in _EMPHASIS:
        start -= 1
    while end < len(text) and end - start <= _MARKS and text[end] in _EMPHASIS:
        end += 1
    if end - start > _MARKS:
        return True
    if end == len(text) or text[end].isspace() or text[end] in CLOSERS + _STOPS + _PAUSES + ".、":
        return False
    return text.count("**", line_start(text, start, max(start - _LOOK, 0)), start) % 2 == 0
