"""Paragraphs that a page or column break cut inside a sentence, rejoined when asked.

Only prose is joined: the part before is long, has marks inside and none at its end; the part behind goes on with hanzi
and has marks too. Headings, lists, tables and verse have one of these not.
"""

import re
from collections.abc import Iterator

from cleaner.core.edits import Edit, evidence
from cleaner.text.segments import Span, lines

_H = r"\u3400-\u4dbf\u4e00-\u9fff"
# A line of prose in a narrow column has 30 characters; verse and table cells have fewer.
_LEAST = 30
_BROKEN = re.compile(rf"[{_H}，、,][ ]*\Z")
_PROSE = re.compile(rf"[{_H}][，。；：,;][ ]?[{_H}“《（(0-9]")
# What begins a paragraph of its own: enumerators, numbered articles, headings of two or three words and a stop, labels.
_BEGINS = re.compile(
    r"[ ]*[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,3})[)）、.．]"
    r"|第[一二三四五六七八九十百零0-9]+[章节節条條款编編篇部分]"
    rf"|[{_H}]{{1,8}}[：:]|[一二三四五六七八九十]是|其[一二三四五六七八九十]|首先|其次|再次|最后|此外|另外|同时|附[件录表]"
)
_GOES_ON = re.compile(rf"[{_H}，、；]")
_CLAUSE = re.compile(r"[，。；！？,]")


def unwrap_edits(text: str) -> Iterator[Edit]:
    r"""The line terminators, and the blank lines with them, that stand inside a sentence.

    >>> first = "五年来，我们始终推动高质量发展，始终坚持把改善民生放在首位，推动高质量发展为"
    >>> [(edit.start, edit.removed) for edit in unwrap_edits(first + "\n\n主题，在应对下行中启动，在调整中突破。\n")]
    [(38, '\n\n')]
    """
    before: Span | None = None
    length = 0  # of the paragraph so far, with what was joined to it
    blanks = 0
    for line in lines(text):
        content = line.content(text)
        if not content.strip():
            blanks += 1
            continue
        if before and blanks <= 1 and length >= _LEAST and _is_cut(before.content(text)) and _continues(content):
            start = before.start + len(before.content(text).rstrip(" "))
            facts = evidence(before=before.content(text)[-8:], after=content[:8])
            yield Edit(start, line.start, text[start : line.start], "", "repair/unwrap", facts)
            length += len(content)
        else:
            length = len(content)
        before, blanks = line, 0


def _is_cut(content: str) -> bool:
    return bool(_BROKEN.search(content) and _PROSE.search(content)) and not _is_tabular(content)


def _continues(content: str) -> bool:
    goes_on = _GOES_ON.match(content) and not _BEGINS.match(content)
    return bool(goes_on and _CLAUSE.search(content)) and not _is_tabular(content)


def _is_tabular(content: str) -> bool:
    return "\t" in content or "|" in content or "   " in content.strip()
