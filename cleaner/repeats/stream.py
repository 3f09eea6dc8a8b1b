"""The characters that passages are compared by: a text without its white space, punctuation and symbols."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from string import ascii_letters

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import MATCHING, CodePoints, code_points, table, to_text, word_mask

Offsets = npt.NDArray[np.int32]
Indices = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

# A block of text is folded at a time, so that no more than a few bytes per character are held besides the result.
_BLOCK = 1 << 18
# An address says nothing in its letters: pages carry hundreds that begin alike. It counts as two characters, of which
# the first stands for all of it: one of the private planes.
LINK = re.compile(r"[A-Za-z]{2,10}://[!#-&(*-;=?-Z\\^-~]{2,}")
_AFTER_SCHEME = re.compile(LINK.pattern.partition("}")[2])  # a search for a constant is many times faster
_SHORTEST_SCHEME, _LONGEST_SCHEME = 2, 10
_SHORTEST_LINK = len("://") + 2
_BEFORE = -np.arange(1, _LONGEST_SCHEME + 2)
# What may stand in an address, and in its scheme, is marked above the bits of a code point.
# (NumPy takes arrays of no dimension in three quarters of the time of its own numbers.)
_IN_LINK, _IN_SCHEME, _POINT, _COLON, _SLASH, _NOTHING = (
    np.array(number, np.uint32) for number in (1 << 30, 2 << 30, (1 << 30) - 1, ord(":"), ord("/"), 0)
)
LINKS = 0xF0000
NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿兆两半廿卅壹贰叁肆伍陆柒捌玖拾佰仟")
_IDEOGRAPHS = np.array(0x2E80, np.uint32)  # from here on: ideographs, kana, hangul
_LINK_KINDS = 0x1FFFE
_LETTER = ord("a")  # folded letters begin here; below stand digits


@dataclass(frozen=True, eq=False)
class Stream:
    """The folded word characters of a text and where each of them stands.

    Attributes:
        text: as it is.
        points: folded code points of its letters, ideographs, digits and marks, shape ``(n,)``.
        at: their offsets in the text, shape ``(n,)``, ascending.
    """

    text: str
    points: CodePoints
    at: Offsets

    def __len__(self) -> int:
        return len(self.points)

    @property
    def gaps(self) -> bool:
        """Whether anything stands between the word characters."""
        return len(self) > 0 and int(self.at[-1] - self.at[0]) >= len(self)

    def words(self, start: int, end: int) -> str:
        """The folded characters ``[start, end)`` of the stream."""
        return self.folded[max(start, 0) : max(end, 0)]

    @cached_property
    def folded(self) -> str:
        """The stream as text."""
        return to_text(self.points)

    @cached_property
    def dense(self) -> bool:
        """Whether the text is written mostly in ideographs, of which one says as much as two or three letters."""
        return 4 * self.ideographs() > len(self)

    def ideographs(self, start: int = 0, end: int | None = None) -> int:
        """How many of the characters ``[start, end)`` are ideographs."""
        return int(np.count_nonzero(self.points[start:end] >= _IDEOGRAPHS))

    def lettered(self, start: int, end: int, enough: float) -> bool:
        """Whether word characters are mostly letters: not even as many ideographs as are `enough` stand among them."""
        points = self.points[max(start, 0) : end]
        ideographs = int(np.count_nonzero(points >= _IDEOGRAPHS))
        return ideographs < enough and 2 * (int(np.count_nonzero(points >= _LETTER)) - ideographs) > len(points)

    def gap(self, index: int) -> str:
        """What the text has between the word character before `index` and the one at it."""
        low = int(self.at[index - 1]) + 1 if index > 0 else 0
        high = int(self.at[index]) if index < len(self) else len(self.text)
        return self.text[low:high]


def figures(words: str) -> list[str]:
    """The digits, numerals and addresses among folded characters.

    >>> figures("增长5成三")
    ['5', '三']
    """
    return [mark for mark in words if mark in NUMERALS or mark.isdigit() or ord(mark) >= LINKS]


def stream(text: str) -> Stream:
    """The stream of a text.

    >>> made = stream("好，「AＢ」。")
    >>> made.words(0, 3), made.at.tolist(), made.gap(1), made.gap(3)
    ('好ab', [0, 3, 4], '，「', '」。')
    """
    known: dict[str, int] = {}
    points, places = [], []
    for start, end in _blocks(text):
        piece = text[start:end]
        raw = code_points(piece)
        linked = "/" in piece and "://" in piece
        block = (_marked() if linked else _words()).take(raw.astype(np.intp), mode="wrap")  # the fastest of the modes
        mask = _shorten_links(block, piece, raw, known) if linked else block != _NOTHING
        del raw
        kept = mask.nonzero()[0]
        points.append(block.take(kept, mode="wrap"))
        places.append(kept.astype(np.int32))
        if start:
            places[-1] += np.int32(start)
    if len(points) == 1:
        return Stream(text, points[0], places[0])
    return Stream(text, np.concatenate(points), np.concatenate(places))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the text, none of which ends inside an address."""
    start = end = 0
    while not end or end < len(text):
        start, end = end, end + _BLOCK
        scheme = text.rfind("://", start, end + _LONGEST_SCHEME) if end < len(text) else -1
        if scheme >= 0 and (address := _AFTER_SCHEME.match(text, scheme)):
            end = max(end, address.end())
        yield start, end


def _shorten_links(block: CodePoints, text: str, raw: CodePoints, known: dict[str, int]) -> Mask:
    """Puts the number of each address where it begins in a folded text, and tells what of the text is kept.

    Of an address that is the first character and the last one. What was marked in the folded text is so no more.
    """
    starts, ends = _links(block, raw)
    block &= _POINT
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    numbers = [known.setdefault(text[start:end], len(known)) for start, end in spans]
    block[starts] = LINKS + np.array(numbers, np.uint32) % _LINK_KINDS
    edges = np.zeros(2 * len(starts) + 2, np.intp)
    edges[1:-1:2], edges[2:-1:2], edges[-1] = starts + 1, ends - 1, len(raw)
    outside = np.zeros(len(edges) - 1, np.bool_)
    outside[::2] = True
    kept = outside.repeat(edges[1:] - edges[:-1])
    kept &= block != _NOTHING
    return kept


def _links(block: CodePoints, raw: CodePoints) -> tuple[Indices, Indices]:
    """Where the addresses (see `LINK`) begin and end, of a text's code points and those marked by what they may be in.

    An address is the first one in a run of characters that one may hold, and ends with that run.
    """
    marks = (raw[:-2] == _COLON).nonzero()[0]
    marks = marks[(raw[marks + 1] == _SLASH) & (raw[marks + 2] == _SLASH)]
    inside = np.zeros(len(raw) + 1, np.bool_)
    np.greater_equal(block, _IN_LINK, out=inside[:-1])
    runs = (inside[:-1] > inside[1:]).nonzero()[0] + 1
    ends = runs[runs.searchsorted(marks)]
    others = block.take(marks[:, np.newaxis] + _BEFORE, mode="wrap") < _IN_SCHEME
    others[:, -1] = True
    starts = np.maximum(marks - others.argmax(axis=1), 0)  # nothing stands before the text
    found = (marks - starts >= _SHORTEST_SCHEME) & (ends - marks >= _SHORTEST_LINK)
    starts, ends = starts[found], ends[found]
    first = np.ones(len(ends), np.bool_)
    np.not_equal(ends[1:], ends[:-1], out=first[1:])
    return starts[first], ends[first]


@cache
def _words() -> CodePoints:
    """What each code point folds to if that is a word character, else 0, shape ``(0x110000,)``."""
    folds = table(MATCHING)
    words = np.where(word_mask()[folds], folds, np.uint32(0))
    words.setflags(write=False)
    return words


@cache
def _marked() -> CodePoints:
    """The same, with what each code point may be in an address above its bits."""
    marked = _words().copy()
    marked[[point for point in range(128) if _AFTER_SCHEME.fullmatch("://" + 2 * chr(point))]] |= _IN_LINK
    letters = [ord(letter) for letter in ascii_letters]
    marked[letters] = (marked[letters] & _POINT) | _IN_SCHEME
    marked.setflags(write=False)
    return marked
