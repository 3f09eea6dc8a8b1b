"""Lines that are content by their form, whatever words they hold."""

import re

from cleaner.strip.page import Page

_FENCE = re.compile(r"(?:'''|~~~)")  # the shadow of ``` and ~~~
# 第三章, 第十二条, 一、, (二): headings and articles of reports, laws and papers.
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百千零0-9]{1,6}[编章节条款部]"
    r"|[一二三四五六七八九十]{1,3}[,.] ?[^ ]|\([一二三四五六七八九十]{1,3}\)"
)
_ROW = re.compile(r"\|.*\|$")
_SPEECH = re.compile(r"[^ :,.!?|]{1,8}: ?[^ ].*[.!?…]")
# So many lines of speech in a row are a dialogue.
_TURNS = 3


def fenced(page: Page) -> frozenset[int]:
    r"""The lines of fenced code, fences included; none when the last fence is left open.

    >>> from cleaner.strip.page import page_of
    >>> sorted(fenced(page_of("a\n```\nb\n```\nc")))
    [1, 2, 3]
    """
    fences = [at for at in page.solid if _FENCE.match(page.lines[at].whole)]
    pairs = zip(fences[::2], fences[1::2], strict=False)
    return frozenset(line for start, end in pairs for line in range(start, end + 1))


def shaped(page: Page) -> frozenset[int]:
    """Numbered headings and articles, rows of tables, dialogue: only a rule of its own may take such a line."""
    lines = {at for at in page.solid if _NUMBERED.match(page.lines[at].shadow) or _ROW.match(page.lines[at].shadow)}
    run = list[int]()
    for at in (*page.solid, -1):
        if at >= 0 and _SPEECH.fullmatch(page.lines[at].shadow):
            run.append(at)
            continue
        if len(run) >= _TURNS:
            lines.update(run)
        run = []
    return frozenset(lines)
