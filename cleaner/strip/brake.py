"""The brake: when weak rules would take too much of the running text, they take nothing."""

from collections.abc import Mapping, Sequence
from itertools import compress

from cleaner.strip.edits import Piece, Reason
from cleaner.strip.page import Page

# More than this share of the characters of running text never was chrome on any labelled page; a page on which weak
# rules want more is one that they misread.
LIMIT = 0.35


def share_of_weak(page: Page, lines: Mapping[int, Reason], pieces: Sequence[Piece]) -> float:
    """What weak rules would take of the running text that strong ones leave, 0 to 1.

    Measured on what strong rules leave, so that a second pass, which finds the strong ones done, sees the same text.
    """
    cuts: dict[int, int] = {}
    for piece in pieces:
        if not piece.reason.strong:
            at = page.line_at(piece.start)
            cuts[at] = cuts.get(at, 0) + piece.end - piece.start
    left = weak = 0
    for index in compress(page.solid, page.texts):
        reason = lines.get(index)
        if reason is None or not reason.strong:
            size = len(page.lines[index].shadow)
            left += size
            weak += size if reason else min(cuts.get(index, 0), size)
    return weak / left if left else 0.0


def empties(page: Page, lines: Mapping[int, Reason]) -> bool:
    """Whether nothing at all would be left although strong rules leave something."""
    return all(at in lines for at in page.solid) and not all(lines[at].strong for at in page.solid)
