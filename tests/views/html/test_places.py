import pytest

from cleaner.core.document import Document, Flag
from cleaner.core.edits import Patch, cut, evidence
from cleaner.views.html.places import flag_span, kept_span, marks, twin_span
from tests.views.html.samples import plain, recoded, repeated


def walked() -> Document:
    """Strip takes the head and flags the tail; repeats takes the second `one two `."""
    document = plain("a.txt", "HEAD one two one two TAIL")
    stripped = document.with_patch(
        Patch("strip", (cut(document.text, 0, 5, "strip/demo/head"),)),
        (Flag("strip/demo/tail", 16, 20, "stays"),),
    )
    edit = cut(stripped.text, 8, 16, "repeats/passage", evidence(kept_start=0, kept_end=8))
    return stripped.with_patch(Patch("repeats", (edit,)), (Flag("repeats/short", 0, 3, "too short"),))


def test_a_flag_lies_where_its_own_stage_saw_it() -> None:
    document = walked()
    spans = [flag_span(document, flag) for flag in document.flags]
    assert [document.original[start:end] for start, end in filter(None, spans)] == ["TAIL", "one"]


def test_a_flag_of_the_whole_document_has_no_place() -> None:
    assert flag_span(walked(), Flag("strip/brake", 0, 0, "too much")) is None


def test_the_kept_copy_is_found_through_the_stages_before() -> None:
    document = walked()
    (edit,) = (edit for edit in document.flat.edits if edit.rule == "repeats/passage")
    assert kept_span(document, document.original, edit) == (5, 13)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"kept_start": 0},
        {"kept_start": 8, "kept_end": 8},
        {"kept_start": 0, "kept_end": 999},
    ],
    ids=["none", "half", "empty", "beyond the end"],
)
def test_a_kept_copy_that_cannot_be_right_is_not_shown(facts: dict[str, int]) -> None:
    document = plain("a.txt", "one two one two TAIL")
    edit = cut(document.text, 8, 16, "repeats/passage", evidence(**facts))
    after = document.with_patch(Patch("repeats", (edit,)))
    assert kept_span(after, after.original, edit) is None


def test_the_repeats_of_a_real_report_find_their_first_copies() -> None:
    document = repeated()
    found = [mark for mark in marks(document, document.original, document.flat.edits) if mark.kind == "kept"]
    assert [(mark.start, mark.end) for mark in found] == [(2265, 2511), (2688, 2935), (9000, 9379)]


def test_a_flagged_repeat_names_its_twin_in_the_original_too() -> None:
    document = plain("a.txt", "HEAD one two three; one two four")
    after = document.with_patch(
        Patch("strip", (cut(document.text, 0, 5, "strip/demo"),)),
    ).with_patch(Patch("repeats"), (Flag("repeats/passage", 15, 27, "differs", evidence(kept_start=0, kept_end=13)),))
    (flag,) = after.flags
    span = twin_span(after, after.original, flag)
    assert span is not None
    assert after.original[slice(*span)] == "one two three"


def test_bytes_that_the_text_cannot_say_are_marked() -> None:
    document = recoded()
    found = [mark for mark in marks(document, document.original, document.flat.edits) if mark.kind == "bytes"]
    assert [document.original[mark.start : mark.end] for mark in found] == ["\ufffd", "\ufffd"]
    assert [mark.facts["hex"] for mark in found] == ["81", "ff"]
