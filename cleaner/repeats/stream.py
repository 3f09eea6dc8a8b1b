"""The characters that passages are compared by: a text without its white space, punctuation and symbols."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cleaner.text.shadow import CodePoints, code_points, folded, to_text, word_mask

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
    mask = word_mask()
    for start in range(0, len(text), _BLOCK):
        block = folded(code_points(text[start : start + _BLOCK]))
        kept = np.flatnonzero(mask[block]).astype(np.int32)
        points.append(block[kept])
        kept += np.int32(start)
        places.append(kept)
    if not points:
        return Stream(text, np.empty(0, np.uint32), np.empty(0, np.int32))
    if len(points) == 1:
        return Stream(text, points[0], places[0])
    return Stream(text, np.concatenate(points), np.concatenate(places))
