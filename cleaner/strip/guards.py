"""Lines that are content by their form, whatever words they hold."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.strip.page import Page

FENCES = ("'''", "~~~")  # the shadow of ``` and ~~~
# 第三章, 第十二条, 一、, (二): headings and articles of reports, laws and papers.
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百千零0-9]{1,6}[编章节条款部]"
    r"|[一二三四五六七八九十]{1,3}[,.] ?[^ ]|\([一二三四五六七八九十]{1,3}\)"
)
_ROW = re.compile(r"\|.*\|$")
# A row of a table of contents: at least so many dots lead from its title to its page; an ellipsis is three of them.
_LEADERS = 6
_PAGES = "0123456789ivxl"
# What the two begin with.
_FORMS = frozenset("第一二三四五六七八九十(|")
_SPEECH = re.compile(r"[^ :,.!?|]{1,8}: ?[^ ].")
# What somebody says ends like this, however short it is.
SAID = frozenset(".!?…~")
# So many lines of speech in a row are a dialogue.
_TURNS = 3
# Who signs, and the date below it; running text stands at most so many lines above. All of the 31 lines told so on
# 1,040 labelled pages were content.
_BODY = re.compile(r"[^ ,.:;!?|]{2,30}(?:人民政府|委员会|办公[厅室]|[局厅部院会处委署社]|公司|中心|大学|学校)")
_DAY = re.compile(
    r"(?:[0-9]{4}|[一二三四五六七八九零〇○]{4})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_SIGNED_BELOW = 4
# A short row with two numbers, neither of them a date's; so many in a row that differ in these alone are a table. Of 20
# such rows on 1,040 labelled pages 12 were content, and what a list counts is nowhere else in the text.
_NUMBERS = re.compile(r"[0-9][^0-9]+[0-9]")
_NUMBER = re.compile(r"[0-9]+")
_PART_OF_DATE = re.compile(r"[0-9] ?(?:[-/.:][0-9]|年|月)")
_ROW_LENGTH, _ROWS = 40, 3
# A string in a list of a program; so many in a row are one.
_STRING = re.compile(r"([\"']).*\1,$")
_STRINGS = 3


def fenced(page: "Page") -> frozenset[int]:
    r"""The lines of code: fenced, fences included unless the last one is left open, and lists of quoted strings.

    >>> from cleaner.strip.page import page_of
    >>> sorted(fenced(page_of("a\n```\nb\n```\nc")))
    [1, 2, 3]
    >>> sorted(fenced(page_of("ads = [\n  '首页',\n  '登录',\n  '注册',\n]")))
    [1, 2, 3]
    """
    found = set[int]()
    if any(fence in page.shadow for fence in FENCES):
        fences = [at for at in page.solid if page.lines[at].whole.startswith(FENCES)]
        found.update(
            line for pair in zip(fences[::2], fences[1::2], strict=False) for line in range(pair[0], pair[1] + 1)
        )
    if any(end in page.shadow for end in ('",\n', "',\n")):
        for string, group in groupby(page.solid, lambda at: bool(_STRING.match(page.lines[at].shadow))):
            run = list(group)
            found.update(run if string and len(run) >= _STRINGS else ())
    return frozenset(found)


def shaped(page: "Page") -> frozenset[int]:
    """Numbered headings and articles, rows of tables and contents, dialogue, signatures of documents, counts.

    Only a rule of its own may take them.
    """
    lines = set[int]()
    run = list[int]()
    for rank, (at, line) in enumerate(zip(page.solid, page.shadows, strict=True)):
        numbered = line[0] in _FORMS and (_NUMBERED.match(line) or _ROW.match(line))
        if numbered or (line[-1] in _PAGES and _leads_to_a_page(line)):
            lines.add(at)
        if line[-1] == "日" and _DAY.fullmatch(line):
            lines.update(_signature(page, rank))
        if line[-1] in SAID and ":" in line and _SPEECH.match(line):
            run.append(at)
        elif run:
            lines.update(run if len(run) >= _TURNS else ())
            run = []
    lines.update(run if len(run) >= _TURNS else ())
    return frozenset(lines.union(_counted(page)))


def _counted(page: "Page") -> Iterator[int]:
    """The rows that differ in their numbers alone."""
    words = [_words(line) if len(line) <= _ROW_LENGTH else "" for line in page.shadows]
    for row, group in groupby(range(len(words)), words.__getitem__):
        run = [page.solid[rank] for rank in group] if row else []
        if len(run) >= _ROWS:
            yield from run


@lru_cache(1 << 14)
def _words(line: str) -> str:
    """A row of numbers without them; empty for any other line."""
    words = "" if not _NUMBERS.search(line) or _PART_OF_DATE.search(line) else _NUMBER.sub("", line)
    return words if any(map(str.isalpha, words)) else ""


def _signature(page: "Page", rank: int) -> list[int]:
    """The lines of those who sign, and of the date below them, if running text stands above; and a note in brackets."""
    first = rank
    while first and _BODY.fullmatch(page.shadows[first - 1]):
        first -= 1
    if first == rank or not any(page.texts[max(first - _SIGNED_BELOW, 0) : first]):
        return []
    after = page.shadows[rank + 1] if rank + 1 < len(page.shadows) else ""
    return page.solid[first : rank + 1 + after.startswith("(此件")]


def _leads_to_a_page(line: str) -> bool:
    title = line.rstrip("0123456789ivxl-–").rstrip(" ")
    dots = title[len(title.rstrip(" .·…")) :]
    return len(title) > len(dots) and len(dots.replace("…", "...").replace(" ", "")) >= _LEADERS
