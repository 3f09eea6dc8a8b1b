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
    if _only_blanks(text, after):  # the last line: what ends it now ends the one before
        return _last_content(text, start), after
    after = _terminated(text, after)
    while _follows_blank(text, start):
        following = _blanks_behind(text, after)
        if following == len(text) or text[following] not in "\r\n":
            break
        after = _terminated(text, following)
    return start, after


def _only_blanks(text: str, at: int) -> bool:
    while at < len(text) and text[at].isspace():
        at += 1
    return at == len(text)


def _follows_blank(text: str, start: int) -> bool:
    """Whether the line before the one at `start` is blank, or there is none."""
    before = start - 2 if text.startswith("\r\n", start - 2) and start > 1 else start - 1
    before = _blanks_before(text, max(before, 0))
    return before == 0 or text[before - 1] in "\r\n"


def _last_content(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _terminated(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else at + 1
