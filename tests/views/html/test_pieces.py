from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.edits import Edit
from cleaner.views.html.pieces import PLAIN, Piece, pieces
from cleaner.views.html.places import Mark

TEXTS = st.text(st.characters(), max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...], tuple[Mark, ...]]:
    text = draw(TEXTS)
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    spans = list(zip(bounds[::2], bounds[1::2], strict=False))
    edits = tuple(
        Edit(start, end, text[start:end], draw(st.sampled_from(["", "new"])), "demo/rule") for start, end in spans
    )
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    marks = tuple(
        Mark(min(pair), max(pair), "flag") for pair in draw(st.lists(places, max_size=8)) if pair[0] != pair[1]
    )
    return text, edits, marks


def shape(piece: Piece) -> tuple[int, str, list[int]]:
    return (PLAIN, piece, []) if isinstance(piece, str) else piece


@given(marked())
def test_pieces_put_together_are_the_original(case: tuple[str, tuple[Edit, ...], tuple[Mark, ...]]) -> None:
    text, edits, marks = case
    shapes = [shape(piece) for piece in pieces(text, edits, marks)]
    assert "".join(content for _, content, _ in shapes) == text
    assert [number for number, _, _ in shapes if number != PLAIN] == list(range(len(edits)))


@given(marked())
def test_marks_stand_on_their_plain_characters_or_on_the_edit_that_holds_them_whole(
    case: tuple[str, tuple[Edit, ...], tuple[Mark, ...]],
) -> None:
    text, edits, marks = case
    at = 0
    for number, content, held in map(shape, pieces(text, edits, marks)):
        end = at + len(content)
        if number == PLAIN:
            expected = [index for index, mark in enumerate(marks) if mark.start <= at and end <= mark.end]
        else:
            expected = [index for index, mark in enumerate(marks) if at <= mark.start and mark.end <= end]
        assert held == expected
        at = end
