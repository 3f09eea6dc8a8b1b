"""The loop that runs a stage: to its fixed point, flattened, opening no gate, losing no flag."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.document import Document, Flag, Source
from cleaner.core.edits import Edit, Patch, cut, evidence
from cleaner.core.stage import Found, patches_until, rank, run_stage

Finder = Callable[[str], Found]


@dataclass(frozen=True)
class Stage:
    """A stage of one function."""

    finder: Finder
    name: str = "demo"

    def find(self, document: Document) -> Found:
        return self.finder(document.text)


def document(text: str) -> Document:
    return Document("a.txt", text, Source("a.txt", "", 0))


def every(text: str, word: str) -> tuple[Edit, ...]:
    starts, at = [], text.find(word)
    while at >= 0:
        starts.append(at)
        at = text.find(word, at + len(word))
    return tuple(cut(text, start, start + len(word), f"demo/{word}") for start in starts)


def without(word: str) -> Stage:
    return Stage(lambda text: Found(every(text, word)))


def test_stages_stand_in_the_order_of_the_walk_and_unknown_ones_last() -> None:
    assert sorted(["x", "dedup", "decode", "strip"], key=rank) == ["decode", "strip", "dedup", "x"]


def test_a_stage_that_uncovers_work_goes_on_until_there_is_none() -> None:
    ran = run_stage(without("ab"), document("xaabbx"))
    assert ran.text == "xx"
    assert len(ran.history) == 1
    assert ran.original == "xaabbx"


@pytest.mark.parametrize(("text", "looks"), [("text", 1), ("xabx", 2), ("xaabbx", 3)])
def test_a_text_at_rest_is_looked_at_once(text: str, looks: int) -> None:
    seen: list[str] = []

    def finder(text: str) -> Found:
        seen.append(text)
        return Found(every(text, "ab"))

    run_stage(Stage(finder), document(text))
    assert len(seen) == looks


def test_a_stage_with_nothing_to_do_leaves_no_trace() -> None:
    clean = document("text")
    assert run_stage(without("ab"), clean) == clean


def test_an_edit_that_opens_a_gate_is_flagged_and_the_others_are_made() -> None:
    def opened(found: Document) -> Sequence[tuple[int, int]]:
        at = found.text.find("()")
        return [(at, at + 2)] if at >= 0 else []

    ran = run_stage(without("cd"), document("cd (cd) cd"), opened)
    assert "()" not in ran.text
    assert "(cd)" in ran.text
    assert {flag.rule for flag in ran.flags} == {"demo/cd"}
    again = run_stage(without("cd"), document(ran.text), opened)
    assert again.text == ran.text


def test_a_gate_that_was_open_before_holds_nobody_back() -> None:
    ran = run_stage(without("cd"), document("() cd"), lambda found: [(0, 2)] if "()" in found.text else [])
    assert ran.text == "() "


def test_flags_of_the_document_survive_the_rounds_and_those_of_places_are_the_last_ones() -> None:
    def finder(text: str) -> Found:
        whole = (Flag("demo/brake", 0, 0, "too much"),) if "ab" in text else ()
        return Found(every(text, "ab"), (*whole, Flag("demo/place", 1, 2, "here")))

    flags = run_stage(Stage(finder), document("xabx")).flags
    assert [flag.rule for flag in flags] == ["demo/brake", "demo/place"]


def test_a_stage_that_runs_again_says_nothing_twice() -> None:
    def finder(text: str) -> Found:
        whole = (Flag("demo/brake", 0, 0, "too much"),) if "ab" in text else ()
        return Found(every(text, "ab"), (*whole, Flag("demo/place", text.index("y"), len(text), "here")))

    once = run_stage(Stage(finder), replace(document("xabcy"), flags=(Flag("other/place", 0, 1, "there"),)))
    assert [flag.rule for flag in once.flags] == ["other/place", "demo/brake", "demo/place"]
    assert run_stage(Stage(finder), once).flags == once.flags
    moved = run_stage(Stage(finder), run_stage(without("c"), once))
    assert moved.flags == (*once.flags[:2], Flag("demo/place", 1, 2, "here"))


def test_a_stage_that_runs_again_after_later_ones_tells_places_as_it_did_before() -> None:
    repair = Stage(
        lambda text: Found(every(text, "ab"), (Flag("repair/x", text.index("y"), len(text), "here"),)), "repair"
    )
    strip = Stage(lambda text: Found(every(text, "c")), "strip")
    once = run_stage(strip, run_stage(repair, document("xabccy")))
    assert once.flags == (Flag("repair/x", 3, 4, "here"),)
    assert run_stage(repair, once) == once


@pytest.mark.parametrize(
    ("history", "stage", "patches"),
    [
        ((), "strip", 0),
        (("repair", "strip"), "decode", 0),
        (("repair", "strip"), "repair", 1),
        (("repair", "repeats"), "strip", 1),
        (("repair", "strip"), "dedup", 2),
        (("repair", "strip", "repair"), "repair", 3),
        (("repair", "strip", "repair"), "strip", 2),
    ],
)
def test_a_stage_returned_the_text_that_its_own_patch_or_that_of_the_stages_before_led_to(
    history: tuple[str, ...], stage: str, patches: int
) -> None:
    made = replace(document("x"), history=tuple(Patch(name) for name in history))
    assert len(patches_until(made, stage)) == patches


def test_a_stage_that_never_rests_is_stopped() -> None:
    swap = {"a": "b", "b": "a"}
    stage = Stage(lambda text: Found((Edit(0, 1, text[0], swap[text[0]], "demo/swap"),)))
    assert run_stage(stage, document("a")).text in swap


def one_repeat(text: str) -> Found:
    """The first word that stands before, too, and where it stood first: one in each round, so that places shift."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    for start, end in words:
        first = next(low for low, high in words if text[low:high] == text[start:end])
        if first < start:
            kept = evidence(kept_start=first, kept_end=first + end - start)
            return Found((cut(text, start, end, "demo/repeat", kept),))
    return Found()


@given(st.lists(st.sampled_from(["ab", "cd", "e", "fgh"]), max_size=12).map(" ".join))
def test_the_copy_that_is_kept_is_named_in_the_text_that_the_stage_was_given(text: str) -> None:
    ran = run_stage(Stage(one_repeat), document(text))
    for edit in ran.flat.edits:
        facts = dict(edit.evidence)
        if edit.rule == "demo/repeat":
            assert text[int(facts["kept_start"]) : int(facts["kept_end"])] == edit.removed
