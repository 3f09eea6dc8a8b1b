"""The edits that take a copy out of the text without joining or spoiling what stands around it."""

from cleaner.repeats.bounds import line_start
from cleaner.repeats.passages import Passage


def spans(text: str, found: Passage) -> list[tuple[int, int]]:
    """The spans to remove: whole lines with their terminators, but never the line end between two rests."""
    start, end = found.start, found.end
    starts, ends = found.lines
    if starts and ends:
        return [_lines(text, line_start(text, start), end)]
    if ends:
        return [(_blanks_before(text, start), end)]
    if starts or not _line_ends(text, start, end):
        return [(start, _blanks_behind(text, end))]
    first = min(_find(text, mark, start, end) for mark in "\r\n")
    while text[first - 1].isspace() and first > start:
        first -= 1
    rest = first
    while text[rest].isspace():
        rest += 1
    return [(_blanks_before(text, start), first), (rest, _blanks_behind(text, end))]


def _find(text: str, mark: str, start: int, end: int) -> int:
    at = text.find(mark, start, end)
    return at if at >= 0 else end


def _line_ends(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def _blanks_behind(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace() and text[at] not in "\r\n":
        at += 1
    return at


def _blanks_before(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace() and text[at - 1] not in "\r\n":
        at -= 1
    return at


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole lines with the terminator behind them, and the blank lines too if blank lines stand before as well."""
    after = _blanks_behind(text, end)
    if after == len(text):  # the last line: what ends it now ends the one before
        return _last_content(text, start), len(text)
    after = _terminated(text, after)
    blank_before = not start or not text[line_start(text, start - 1) : start].strip()
    while blank_before:
        following = _blanks_behind(text, after)
        if following == len(text) or text[following] not in "\r\n":
            break
        after = _terminated(text, following)
    return start, after


def _last_content(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _terminated(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else at + 1
