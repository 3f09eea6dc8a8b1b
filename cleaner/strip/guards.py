"""Lines that are content by their form, whatever words they hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
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
# A table written cell by cell: a number alone counts each row. A row has so many cells, one more or one fewer than the
# one above at most; none of them is longer than this, and so many hold letters. On 1,237 labelled pages 149 of 197 such
# cells are content; lists of what is read most have fewer cells.
_DIGITS, _CELLS, _CELL, _TOLD = 4, range(6, 13), 30, 2
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
    return frozenset(lines.union(_counted(page), _tabled(page)))


def _counted(page: "Page") -> Iterator[int]:
    """The rows that differ in their numbers alone."""
    words = [_words(line) if len(line) <= _ROW_LENGTH else "" for line in page.shadows]
    for row, group in groupby(range(len(words)), words.__getitem__):
        run = [page.solid[rank] for rank in group] if row else []
        if len(run) >= _ROWS:
            yield from run


def _tabled(page: "Page") -> frozenset[int]:
    """The cells of tables that were written one below the other, from the first numbered row to the last."""
    short = ((at, line) for at, line in enumerate(page.shadows) if len(line) <= _DIGITS and line.isdecimal())
    numbers = {at: int(line) for at, line in short if int(line)}
    found = set[int]()
    for rank in numbers if len(numbers) >= _ROWS else ():
        rows = _rows(page, numbers, rank) if rank not in found else []
        if len(rows) >= _ROWS:
            longest = max(after - row for row, after in pairwise(rows))
            found.update(range(rank, min(rows[-1] + longest, len(page.solid))))
    return frozenset(page.solid[rank] for rank in found if len(page.shadows[rank]) <= _CELL)


def _rows(page: "Page", numbers: Mapping[int, int], first: int) -> list[int]:
    """Where the rows of a table begin, the first of them at `first`."""
    best = [first]
    for size in _CELLS:
        rows = [first]
        while after := next((at for at in _below(rows[-1], size) if numbers.get(at) == numbers[rows[-1]] + 1), 0):
            if not _is_row(page.shadows[rows[-1] : after]):
                break
            rows.append(after)
        best = max(best, rows, key=len)
    return best


def _is_row(cells: Sequence[str]) -> bool:
    return max(map(len, cells)) <= _CELL and sum(any(map(str.isalpha, cell)) for cell in cells) >= _TOLD


def _below(row: int, size: int) -> tuple[int, int, int]:
    """Where the row below one of so many cells may begin."""
    return row + size, row + size + 1, row + size - 1


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
