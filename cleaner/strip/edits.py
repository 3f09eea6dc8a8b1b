"""From decisions to edits: whole lines with their terminators, pieces of lines, and the blank lines between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from cleaner.core.edits import Edit, Evidence, cut
from cleaner.strip.page import Line, Page


class Reason(NamedTuple):
    """Why something goes: the rule as it stands in the ledger, its facts, and how sure it is."""

    rule: str
    facts: Evidence
    strong: bool = True


class Piece(NamedTuple):
    """A part of the text that goes, ``[start, end)`` in code points."""

    start: int
    end: int
    reason: Reason


def edits_of(page: Page, lines: Mapping[int, Reason], pieces: Sequence[Piece]) -> tuple[Edit, ...]:
    """Sorted, disjoint edits that remove the lines whole and the pieces from the other lines.

    Blank lines between two removed lines go with them; so do those below a removal that follows a blank line or begins
    the text, so that no gap doubles. Content is never joined: a removed line takes its own terminator.
    """
    inner, emptied = _pieces(page, pieces, set(lines))
    gone = {**emptied, **lines}
    if not gone and not inner:
        return ()
    chosen = sorted((*_merged(page, _with_blanks(page, gone)), *inner), key=attrgetter("start"))
    return tuple(cut(page.text, one.start, one.end, one.reason.rule, one.reason.facts) for one in chosen)


def _with_blanks(page: Page, gone: Mapping[int, Reason]) -> Iterator[tuple[int, Reason]]:
    """The removed lines and the blank ones that go with them, in order."""
    last: Reason | None = None  # why the line before this one went, blank lines looked through
    opening = True
    gap = True  # whether a blank line or nothing stands before the removal
    held: list[int] = []
    for index, line in enumerate(page.lines):
        if index in gone:
            before, last = last, gone[index]
            if held and (before or opening):
                yield from ((at, last) for at in held)
            held, opening = [], False
            yield index, last
        elif not line.shadow and (last or opening):
            held.append(index)
        else:
            opening = False
            if last and gap:
                yield from ((at, last) for at in held)
            gap, last, held = not line.shadow, None, []
    if last and gap:
        yield from ((at, last) for at in held)


def _merged(page: Page, gone: Iterable[tuple[int, Reason]]) -> Iterator[Piece]:
    """Lines that go, in order; neighbours that go for the same reason as one piece."""
    first, last, reason = 0, -1, Reason("", ())
    for at, why in gone:
        if at != last + 1 or why != reason:
            if first <= last:
                yield Piece(page.lines[first].start, page.lines[last].end, reason)
            first, reason = at, why
        last = at
    if first <= last:
        yield Piece(page.lines[first].start, page.lines[last].end, reason)


def _pieces(page: Page, pieces: Sequence[Piece], gone: set[int]) -> tuple[list[Piece], dict[int, Reason]]:
    """The disjoint pieces that leave something of their line, and the lines of which nothing would be left."""
    by_line: dict[int, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda one: (one.start, -one.end)):
        at = page.line_at(piece.start)
        mine = by_line.setdefault(at, [])
        if at not in gone and piece.start >= (mine[-1].end if mine else 0):
            mine.append(piece)
    emptied: dict[int, Reason] = {}
    inner: list[Piece] = []
    for at, mine in by_line.items():
        if mine and not _rest(page, at, mine).strip():
            emptied[at] = mine[0].reason
        else:
            inner += _spaced(page, page.lines[at], mine)
    return inner, emptied


def _spaced(page: Page, line: Line, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a line, so that one blank is left between what stood on both sides of blanks that go."""
    found = list(pieces)
    opens = [at for at, piece in enumerate(found) if not at or found[at - 1].end < piece.start]
    for first, after in pairwise((*opens, len(found))):
        start, end = found[first].start, found[after - 1].end
        left = " " if start == line.start else page.shadow[start - 1]
        right = "\n" if end >= line.content_end else page.shadow[end]
        if left == right == " ":
            found[after - 1] = found[after - 1]._replace(end=end + 1)
        elif right != "\n" and " " not in {left, right} and page.shadow[start] == " ":
            found[first] = found[first]._replace(start=start + 1)
    return found


def _rest(page: Page, at: int, pieces: Sequence[Piece]) -> str:
    line, rest, now = page.lines[at], "", page.lines[at].start
    for piece in pieces:
        rest += page.text[now : piece.start]
        now = piece.end
    return rest + page.text[now : line.content_end]
