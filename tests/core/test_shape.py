"""What comes from outside is of the type that was declared for it, or refused."""

from collections.abc import Callable
from typing import Any

import pytest

from cleaner.core.document import Segment, Verdict
from cleaner.core.shape import facts, number, shaped, text, words

WHOLE = {"start": 0, "end": 4, "codec": "big5"}
DROPPED = {"kind": "dropped", "of": "a", "method": "exact", "jaccard": 1, "containment": 1.0, "lacking": 0}


def test_fields_come_back_as_they_were_and_others_are_left_out() -> None:
    assert shaped(Segment, {**WHOLE, "more": 1}) == WHOLE
    assert shaped(Verdict, DROPPED) == DROPPED


@pytest.mark.parametrize(
    ("cls", "values", "wrong"),
    [
        (Segment, WHOLE, {"start": "0"}),
        (Segment, WHOLE, {"start": 0.0}),
        (Segment, WHOLE, {"start": True}),
        (Segment, WHOLE, {"start": None}),
        (Segment, WHOLE, {"codec": 0}),
        (Verdict, DROPPED, {"jaccard": "1"}),
        (Verdict, DROPPED, {"jaccard": True}),
        (Verdict, DROPPED, {"jaccard": float("nan")}),
        (Verdict, DROPPED, {"jaccard": 10**400}),
        (Verdict, DROPPED, {"kind": "lost"}),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(cls: type, values: dict[str, Any], wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"'{next(iter(wrong))}' cannot be"):
        shaped(cls, values | wrong)


def test_a_field_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="codec"):
        shaped(Segment, {"start": 0, "end": 4})


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (number, 7, ["7", 7.0, True, None]),
        (text, "a", [b"a", 7, None]),
        (words, {"a": "b"}, [{"a": 7}, {"a": None}]),
        (lambda value: dict(facts(value)), {"a": True, "b": 0.5}, [{"a": None}, {"a": []}, {"a": {}}]),
    ],
)
def test_single_values_are_of_their_type(check: Callable[[Any], Any], right: Any, wrong: list[Any]) -> None:
    assert check(right) == right
    for value in wrong:
        with pytest.raises(TypeError):
            check(value)
