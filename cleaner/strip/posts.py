"""Posts of boards that no pack knows, told by what comes back: a line of author and date, and buttons or a profile.

One line with a date and a time of day says little: logs, chats and chronicles have them too. A board has them in one
shape above every post, and between each two the same words of its interface ("回复", "引用", "注册时间: ...").
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from cleaner.strip.macros import MACROS

_DATE = re.compile(MACROS["{D}"])
_NUMBER = re.compile("[0-9][0-9,.]*")
_WORDS = re.compile(r"[ |·/>,:()\[\]<«»#›_+-]+")
# What stands for the date and for a number in a shape.
_PLACES = frozenset(("\0", "0"))
# A line of an interface, a name or a rank is not longer.
_SHORT = 24
# A board shows at least so many posts, and what stands around a post comes back in this share of them.
_POSTS, _AGAIN = 3, 0.8
# Between two lines that come back stand at most so many lines that are no post: a name, a rank.
_NAMES = 2
# What users wrote is at least so many times longer than the names beside it, and has so many characters a post.
_WROTE, _POST = 2, 10


@dataclass(frozen=True, slots=True)
class Posts:
    """What the posts of a board have around them, as positions among its lines.

    Attributes:
        headers: the line of author and date of each post.
        around: buttons, profiles and names.
    """

    headers: tuple[int, ...]
    around: tuple[int, ...]


def posts_of(lines: Sequence[str], stops: Sequence[bool], dated: Sequence[int], words: frozenset[str]) -> Posts | None:
    """The posts of a page, None when it is not sure that it has any.

    Args:
        lines: the folded lines that are not blank.
        stops: which of them are running text or content by their form.
        dated: those that hold a date, in order.
        words: what interfaces of boards say.
    """
    if len(dated) < _POSTS:
        return None
    for headers in sorted(_alike(lines, dated, words), key=len, reverse=True):
        known = {at: key for at in range(len(lines)) if not stops[at] and (key := key_of(lines[at], words))}
        again = _again(headers, known)
        if again:
            fixed = {at: key for at, key in known.items() if key in again and headers[0] <= at}
            said = [at + 1 for at in headers if at + 1 in fixed]
            if len(said) < _AGAIN * len(headers):  # below the header stand posts, even such as "支持"
                fixed = {at: key for at, key in fixed.items() if at not in said}
            names = _names(lines, stops, {**fixed, **dict.fromkeys(headers, "")})
            return Posts(headers, tuple(sorted({*fixed, *names})))
    return None


def _alike(lines: Sequence[str], dated: Sequence[int], words: frozenset[str]) -> Iterator[tuple[int, ...]]:
    """Lines with dates by their shape: what interfaces say, and where names, numbers and the date stand."""
    shapes: dict[tuple[str, ...], list[int]] = {}
    for at in dated:
        shapes.setdefault(_shape(lines[at], words), []).append(at)
    for found in shapes.values():
        apart = tuple(at for at, after in pairwise((*found, len(lines) + 1)) if after > at + 1)
        if len(apart) >= _POSTS:
            yield apart


@lru_cache(1 << 14)
def _shape(line: str, words: frozenset[str]) -> tuple[str, ...]:
    parts = filter(None, _WORDS.split(_NUMBER.sub("0", _DATE.sub(" \0 ", line, count=1))))
    return tuple(part for part, _ in groupby(part if part in words or part in _PLACES else "" for part in parts))


@lru_cache(1 << 14)
def key_of(line: str, words: frozenset[str]) -> str:
    """What a line of an interface says whatever its numbers and values; empty for any other line."""
    if len(line) > 2 * _SHORT:
        return ""
    label, colon, value = line.partition(":")
    if colon and label.strip() in words and len(value) <= _SHORT:
        return label.strip()
    parts = [part for part in _WORDS.split(_NUMBER.sub(" ", line)) if part]
    return " ".join(parts) if parts and all(part in words for part in parts) else ""


def _again(headers: Sequence[int], known: Mapping[int, str]) -> frozenset[str]:
    """What is said between nearly all headers."""
    cycles = list(pairwise(headers))
    seen = Counter(
        key for first, after in cycles for key in {known[at] for at in range(first + 1, after) if at in known}
    )
    return frozenset(key for key, count in seen.items() if count >= max(2, _AGAIN * len(cycles)))


def _names(lines: Sequence[str], stops: Sequence[bool], marks: Mapping[int, str]) -> Iterator[int]:
    """The short lines that always stand in one place, neither below a header nor where most is written."""
    slots: dict[tuple[str, str], list[range]] = {}
    for first, after in pairwise(sorted(marks)):
        slots.setdefault((marks[first], marks[after]), []).append(range(first + 1, after))
    sizes = {slot: sum(len(lines[at]) for own in places for at in own) for slot, places in slots.items()}
    most = max(sizes.values())
    for slot, places in slots.items():
        filled = [own for own in places if own]
        if not slot[0] or most < _POST * len(places):
            continue
        if len(filled) < _AGAIN * len(places) or sizes[slot] * _WROTE > most:
            continue
        if all(len(own) <= _NAMES and not any(stops[at] or len(lines[at]) > _SHORT for at in own) for own in filled):
            yield from (at for own in filled for at in own)
