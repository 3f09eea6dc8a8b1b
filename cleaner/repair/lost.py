"""Text that nothing brings back: it is flagged, never invented."""

import re
from collections.abc import Iterable, Iterator

from cleaner.core.document import Flag
from cleaner.core.edits import evidence

_LOST = re.compile(
    # U+FFFD written as UTF-8 (EF BF BD) and read as GBK; with an intact byte between two of them the middle differs.
    r"(?P<double_decoding>锟(?:斤拷|斤|[\u4e00-\u9fff]{1,4}拷)(?:锟斤拷|斤拷|锟斤)*)"
    # Memory that a debug build of Microsoft's C runtime fills with CC (stack), CD (heap) and DD (freed), read as GBK.
    r"|(?P<debug_fill>烫{3,}|屯{3,}|葺{3,})"
    r"|(?P<replacement>\ufffd+)"
)
_WHY = {
    "double_decoding": "the bytes were replaced by U+FFFD before they were read as GBK; the text is gone",
    "debug_fill": "the fill pattern of uninitialised memory, not text",
    "replacement": "characters that a decoder could not read; the text is gone",
}
_RULE = {kind: f"repair/lost/{kind.replace('_', '-')}" for kind in _WHY}


def lost_flags(text: str, places: Iterable[int]) -> Iterator[Flag]:
    r"""One flag per line and kind, from the first to the last place, with the number of lost characters.

    Args:
        text: what is looked through.
        places: where the characters of `LOST` stand, ascending.

    >>> [(flag.rule, flag.start, flag.end) for flag in lost_flags("好锟斤拷锟斤拷\n烫烫烫烫", [1, 4, 8])]
    [('repair/lost/double-decoding', 1, 7), ('repair/lost/debug-fill', 8, 12)]
    """
    held: dict[str, list[int]] = {}
    line_end = at = -1
    for place in places:
        match = _LOST.match(text, place) if place >= at else None
        if not match:
            continue
        at = match.end()
        if match.start() >= line_end:
            yield from _flags(held)
            held = {}
            line_end = _end_of_line(text, match.end())
        first, _, count = held.get(match.lastgroup or "", (match.start(), 0, 0))
        held[match.lastgroup or ""] = [first, match.end(), count + match.end() - match.start()]
    yield from _flags(held)


def _flags(held: dict[str, list[int]]) -> Iterator[Flag]:
    for kind, (start, end, count) in held.items():
        yield Flag(_RULE[kind], start, end, _WHY[kind], evidence(characters=count))


_END = re.compile(r"[\r\n]|\Z")


def _end_of_line(text: str, at: int) -> int:
    found = _END.search(text, at)
    return found.start() if found else len(text)
