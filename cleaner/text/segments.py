r"""Lines, paragraphs and sentences as spans of the text; only ``\n``, ``\r\n`` and ``\r`` end lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SENTENCE = re.compile(r"[^。！？!?…；;\r\n]*(?:[。！？!?…；;]+[”’」』）)\"']*|\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Span:
    """``[start, end)`` of a text in code points, and where its content ends before the line terminator."""

    start: int
    end: int
    content_end: int

    def content(self, text: str) -> str:
        """The line without its terminator."""
        return text[self.start : self.content_end]


def lines(text: str) -> Iterator[Span]:
    r"""The lines, each with its terminator; together they are the text.

    >>> [line.content("a\r\nb\x0bc") for line in lines("a\r\nb\x0bc")]
    ['a', 'b\x0bc']
    """
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            content = match.group().rstrip("\r\n")
            yield Span(match.start(), match.end(), match.start() + len(content))


def paragraphs(text: str) -> Iterator[Span]:
    r"""Runs of lines that hold something, without the blank lines around them.

    >>> [text.content("a\nb\n\n \nc") for text in paragraphs("a\nb\n\n \nc")]
    ['a\nb', 'c']
    """
    start = end = content_end = -1
    for line in lines(text):
        if line.content(text).strip():
            start = line.start if start < 0 else start
            end, content_end = line.end, line.content_end
        elif start >= 0:
            yield Span(start, end, content_end)
            start = -1
    if start >= 0:
        yield Span(start, end, content_end)


def sentences(text: str) -> Iterator[Span]:
    """Pieces that end with a full stop (or ； ! ? …, closing quotes included) or a line; together they are the text.

    >>> [span.content("好。“走！”他说") for span in sentences("好。“走！”他说")]
    ['好。', '“走！”', '他说']
    """
    for match in _SENTENCE.finditer(text):
        if match.end() > match.start():
            content = match.group().rstrip("\r\n")
            yield Span(match.start(), match.end(), match.start() + len(content))
