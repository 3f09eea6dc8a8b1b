import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.dedup.normal import FOLDS, normalise
from cleaner.text.shadow import shadow, to_text

CASES = {
    "a decimal": ("上涨1.5%", "上涨1.5"),
    "full width": ("上涨１．５％", "上涨1.5"),
    "a date": ("2024.05.01", "20240501"),
    "a date without zeros": ("2024.5.1", "202451"),
    "a version": ("v1.2.3", "v123"),
    "two decimals": ("1.5 2.5", "1.52.5"),
    "an ideographic full stop": ("第1。5", "第15"),
    "thousands": ("1,500.25", "1500.25"),
    "the end of a sentence": ("It was 5. 6 came.", "itwas56came"),
    "a file's name": ("a.b 1.b a.1", "ab1ba1"),
    "only a point": (".", ""),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_a_point_counts_between_the_digits_of_one_number(text: str, wanted: str) -> None:
    assert normalised([text]) == [wanted]


def test_a_number_does_not_go_on_in_the_next_text() -> None:
    assert normalised(["1.", "5", "", ".5", "1.5", "2.5"]) == ["1", "5", "", "5", "1.5", "2.5"]


@given(st.lists(st.text("12345.．. a中１", max_size=14), max_size=4))
def test_points_are_those_of_the_slow_way(texts: list[str]) -> None:
    assert normalised(texts) == [slowly(text) for text in texts]


def slowly(text: str) -> str:
    """A number is digits with points inside; where no more than four digits lie between two points neither counts."""
    folded = shadow(text, FOLDS)
    kept = set[int]()
    for number in re.finditer(r"[0-9]+(?:\.[0-9]+)+", folded):
        points = [number.start() + at for at, sign in enumerate(number.group()) if sign == "."]
        kept |= {at for at in points if not any(0 < abs(at - other) <= 5 for other in points)}
    return "".join(sign for at, sign in enumerate(folded) if sign.isalnum() or at in kept)


def normalised(texts: list[str]) -> list[str]:
    batch = normalise(texts)
    return [to_text(batch.points[start:end]) for start, end in zip(batch.starts, batch.starts[1:], strict=False)]
