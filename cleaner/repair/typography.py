"""Half-width marks between hanzi, and full-width full stops inside numbers: put right when asked."""

import re
from collections.abc import Iterator

from cleaner.core.edits import Edit, evidence

_FULL = str.maketrans(",:;?!()", "，：；？！（）")
_H = r"\u3400-\u4dbf\u4e00-\u9fff"
# What may stand beside a mark of Chinese prose besides hanzi: its quotation marks, brackets and titles.
_OPENING, _CLOSING = "“‘《「『【（〈", "”’》」』】）〉"
# Text in which half-width marks are syntax: addresses, and lines of code, tables and markup.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\u3000，。；！“”《》（）]+|\bwww\.[^\s，。；]+|[\w.+-]+@[\w.-]+")
_SYNTAX = re.compile(r"[{}=<>|\\`\t_#]|[,:]\s*\"|\",")
_MARK = re.compile(
    # A comma or semicolon between hanzi, or between a hanzi and a number; a blank behind it goes with it.
    rf"(?<=[{_H}{_CLOSING}])[,;] ?(?=[{_H}{_OPENING}0-9])|(?<=[0-9%％℃])[,;] ?(?=[{_H}{_OPENING}])"
    rf"|(?<=[{_H}])[?!](?=[{_CLOSING}])"
    rf"|(?<=[{_H}{_CLOSING}])[,:;?!] ?(?=[{_H}{_OPENING}])|(?<=[{_H}{_CLOSING}])[,:;?!](?=[ ]*$)",
    re.MULTILINE,
)
_ASIDE = rf"\((?=[{_H}{_OPENING}])[^()\r\n]{{1,80}}(?<=[{_H}{_CLOSING}])\)(?![A-Za-z0-9(])"
_BRACKETS = re.compile(rf"(?:(?<![\w.)])|(?<=[{_H}{_CLOSING}])){_ASIDE}")
_LINE = re.compile(r"[^\r\n]+")

# 725。6亿: a number, a full stop, at most three digits and what only a quantity has behind it. Four digits before the
# stop are a year (截至2020。), digits before 年月日号 begin a sentence with a date.
_DECIMAL = re.compile(
    r"(?<![0-9０-９.．])(?!(?:19|20)[0-9]{2}。)([0-9０-９]{1,9})。(?=[0-9０-９]{1,3}"
    r"(?:[亿億万萬千百][^年月日号]|[%％‰℃°]|个百分点|個百分點|个点|公[里顷頃斤分尺]|千[米克瓦]|平方|立方|毫[米克升]|厘米"
    r"|[米亩畝吨噸元倍克升]|小时|小時|美元|英寸|[kKmMcC]?[mM]\b|[kKmM]?[gG]\b))"
)


def punctuation_edits(text: str) -> list[Edit]:
    """Half-width marks of Chinese prose as full-width ones.

    >>> [(edit.removed, edit.replacement) for edit in punctuation_edits("会议(摘要)在10:30召开, 共1,200人")]
    [('(', '（'), (')', '）'), (', ', '，')]
    """
    edits: list[Edit] = []
    for line in _LINE.finditer(text):
        if not _SYNTAX.search(line.group()):
            edits += _marks(line.group(), line.start())
    return edits


def _marks(line: str, offset: int) -> Iterator[Edit]:
    taken = [match.span() for match in _ADDRESS.finditer(line)]
    spans = [match.span() for match in _MARK.finditer(line)]
    for match in _BRACKETS.finditer(line):
        spans += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    for start, end in sorted(set(spans)):
        if not any(low <= start < high for low, high in taken):
            old = line[start:end]
            new = old.rstrip(" ").translate(_FULL)
            yield Edit(offset + start, offset + end, old, new, "repair/punctuation")


def decimal_edits(text: str) -> Iterator[Edit]:
    """Full-width full stops inside numbers as decimal points.

    >>> [edit.start for edit in decimal_edits("完成725。6亿元。2021年增长8。5%，截至2020。5月")]
    [5, 18]
    """
    for match in _DECIMAL.finditer(text):
        facts = evidence(number=match.group(1))
        yield Edit(match.end() - 1, match.end(), "。", ".", "repair/decimal-point", facts)
