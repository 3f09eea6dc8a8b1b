"""From decisions to edits: terminators, blank lines, pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.edits import Patch
from cleaner.strip.edits import Piece, Reason, edits_of
from cleaner.strip.page import page_of

WHY, OTHER = Reason("strip/demo/a", ()), Reason("strip/demo/b", ())


def left(text: str, lines: set[int], pieces: tuple[tuple[int, int], ...] = ()) -> str:
    found = edits_of(page_of(text), dict.fromkeys(lines, WHY), [Piece(a, b, OTHER) for a, b in pieces])
    return Patch("strip", found).apply(text)


@pytest.mark.parametrize(
    ("text", "lines", "result"),
    [
        ("a\nX\nb\n", {1}, "a\nb\n"),
        ("a\r\nX\r\nb", {1}, "a\r\nb"),
        ("a\n\nX\n\nb", {2}, "a\n\nb"),  # the gap does not double
        ("a\nX\n\nb", {1}, "a\n\nb"),  # a gap that was there stays
        ("a\n\nX\nb", {2}, "a\n\nb"),
        ("X\n\na", {0}, "a"),
        ("\n\nX\na", {2}, "a"),
        ("a\nX\n \nX\nb", {1, 3}, "a\nb"),  # blank lines between go along
        ("a\n\nX", {2}, "a\n\n"),
        ("X", {0}, ""),
        ("a\nX", {1}, "a\n"),
    ],
)
def test_lines_go_with_their_terminators_and_gaps_do_not_double(text: str, lines: set[int], result: str) -> None:
    assert left(text, lines) == result


def test_pieces_leave_the_rest_of_their_line_and_a_line_of_pieces_goes() -> None:
    assert left("历史[编辑]\n[编辑]\n完", set(), ((2, 6), (7, 11))) == "历史\n完"
    assert left("ab cd", set(), ((0, 2), (1, 4))) == "cd"  # of two that overlap the first
    assert left("ab\ncd", {0}, ((0, 1),)) == "cd"  # a line that goes takes its pieces along


def test_neighbours_that_go_for_one_reason_are_one_edit() -> None:
    text = "a\nX\nY\nb\n"
    same = edits_of(page_of(text), {1: WHY, 2: WHY}, [])
    other = edits_of(page_of(text), {1: WHY, 2: OTHER}, [])
    assert [edit.removed for edit in same] == ["X\nY\n"]
    assert [edit.removed for edit in other] == ["X\n", "Y\n"]


@given(st.text("ab \n\r", max_size=30), st.sets(st.integers(0, 9)), st.sets(st.integers(0, 29)))
def test_whatever_is_chosen_the_edits_fit_and_no_other_content_goes(text: str, lines: set[int], at: set[int]) -> None:
    page = page_of(text)
    gone = {line for line in lines if line < len(page.lines)}
    pieces = [Piece(one, one + 1, OTHER) for one in at if one < len(text) and text[one] in "ab"]
    edits = edits_of(page, dict.fromkeys(gone, WHY), pieces)
    Patch("strip", edits).apply(text)
    asked = {one for line in gone for one in range(page.lines[line].start, page.lines[line].end)}
    asked |= {piece.start for piece in pieces}
    removed = {one for edit in edits for one in range(edit.start, edit.end) if not text[one].isspace()}
    assert removed <= asked
