"""Edits and patches: applying, taking back, mapping offsets, composing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.edits import Edit, Patch, compose, cut, flatten
from cleaner.errors import EditError


@st.composite
def patches(draw: st.DrawFn, text: str) -> Patch:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    edits, last = [], (-1, -1)
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        replacement = draw(st.text("xyz", max_size=3))
        if (start, end) != last and text[start:end] != replacement:
            edits.append(Edit(start, end, text[start:end], replacement, draw(st.sampled_from(["demo/a", "demo/b"]))))
            last = (start, end)
    return Patch("demo", tuple(edits))


@st.composite
def texts_and_patches(draw: st.DrawFn) -> tuple[str, Patch, Patch]:
    text = draw(st.text("abcd", max_size=20))
    first = draw(patches(text))
    return text, first, draw(patches(first.apply(text)))


@given(texts_and_patches())
def test_revert_gives_back_what_apply_took(case: tuple[str, Patch, Patch]) -> None:
    text, patch, _ = case
    assert patch.revert(patch.apply(text)) == text


@given(texts_and_patches())
def test_compose_does_both_patches_and_reverts_both(case: tuple[str, Patch, Patch]) -> None:
    text, first, second = case
    both = compose(first, second)
    after = second.apply(first.apply(text))
    assert both.apply(text) == after
    assert both.revert(after) == text


@given(texts_and_patches())
def test_kept_characters_map_to_themselves(case: tuple[str, Patch, Patch]) -> None:
    text, patch, _ = case
    after = patch.apply(text)
    replaced = {
        offset
        for landing, edit in zip(patch.landings(), patch.edits, strict=True)
        for offset in range(landing, landing + len(edit.replacement))
    }
    origins = patch.origins(range(len(after)))
    assert origins == sorted(origins)
    assert all(after[at] == text[origin] for at, origin in enumerate(origins) if at not in replaced)


def test_a_removal_inside_a_removal_keeps_its_own_rule() -> None:
    one = Patch("s", (cut("abcdef", 2, 4, "s/inner"),))
    two = Patch("s", (cut("abef", 1, 3, "s/outer"),))
    assert [(e.start, e.end, e.rule) for e in flatten("s", [one, two]).edits] == [
        (1, 2, "s/outer"),
        (2, 4, "s/inner"),
        (4, 5, "s/outer"),
    ]


def test_an_edit_that_is_taken_back_vanishes() -> None:
    there = Patch("s", (Edit(0, 1, "a", "b", "s/there"),))
    back = Patch("s", (Edit(0, 1, "b", "a", "s/back"),))
    assert compose(there, back).edits == ()


@pytest.mark.parametrize(
    "edits",
    [
        (cut("abc", 1, 3, "r"), cut("abc", 0, 1, "r")),
        (cut("abc", 0, 2, "r"), cut("abc", 1, 3, "r")),
        (Edit(0, 2, "a", "", "r"),),
    ],
    ids=["out of order", "overlapping", "misstated length"],
)
def test_edits_that_do_not_fit_together_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(EditError):
        Patch("s", edits)


def test_applying_to_another_text_is_refused() -> None:
    patch = Patch("s", (cut("abc", 0, 1, "r"),))
    with pytest.raises(EditError):
        patch.apply("xbc")
    with pytest.raises(EditError):
        Patch("s", (Edit(0, 1, "a", "q", "r"),)).revert("xbc")
