"""The characters that passages are compared by: a text without its white space, punctuation and symbols."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import MATCHING, CodePoints, code_points, table, to_text, word_mask

Offsets = npt.NDArray[np.int32]

# A block of text is folded at a time, so that no more than a few bytes per character are held besides the result.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
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

    def words(self, start: int, end: int) -> str:
        """The folded characters ``[start, end)`` of the stream."""
        return to_text(self.points[max(start, 0) : max(end, 0)])

    def gap(self, index: int) -> str:
        """What the text has between the word character before `index` and the one at it."""
        low = int(self.at[index - 1]) + 1 if index > 0 else 0
        high = int(self.at[index]) if index < len(self) else len(self.text)
        return self.text[low:high]


def stream(text: str) -> Stream:
    """The stream of a text.

    >>> made = stream("好，「AＢ」。")
    >>> made.words(0, 3), made.at.tolist(), made.gap(1), made.gap(3)
    ('好ab', [0, 3, 4], '，「', '」。')
    """
    points, places = [], []
    for start in range(0, max(len(text), 1), _BLOCK):
        block = _words().take(code_points(text[start : start + _BLOCK]), mode="clip")
        kept = np.flatnonzero(block != 0)
        points.append(block.take(kept))
        places.append(kept.astype(np.int32))
        places[-1] += np.int32(start)
    if len(points) == 1:
        return Stream(text, points[0], places[0])
    return Stream(text, np.concatenate(points), np.concatenate(places))


@cache
def _words() -> CodePoints:
    """What each code point folds to if that is a word character, else 0, shape ``(0x110000,)``."""
    folds = table(MATCHING)
    words = np.where(word_mask()[folds], folds, np.uint32(0))
    words.setflags(write=False)
    return words
