"""What detect says of a file: decided or not, or refused with the reason."""

from dataclasses import replace

import pytest

from cleaner.decode.types import Candidate, Detection
from cleaner.views.detections import Detected

CANDIDATES = (Candidate("big5", 0.0), Candidate("gb18030", -1.23456, 2, 7))
FOUND = Detection("big5", 0.98765, "gb18030", undecided=False, candidates=CANDIDATES, segments=(), evidence=("x",))
DOUBTED = replace(FOUND, undecided=True)


@pytest.mark.parametrize(
    ("detected", "decided"),
    [
        (Detected("a", FOUND), True),
        (Detected("a", DOUBTED), False),
        (Detected("a", None, "the bytes are a PNG image, not text"), False),
    ],
)
def test_a_file_is_decided_when_its_encoding_is_sure_enough(detected: Detected, decided: bool) -> None:  # noqa: FBT001 - a row of a table
    assert detected.decided == decided


def test_a_line_of_json_holds_what_was_compared() -> None:
    line = Detected("a", FOUND).to_json()
    assert (line["encoding"], line["confidence"], line["runner_up"]) == ("big5", 0.9877, "gb18030")
    assert line["candidates"][1] == {"encoding": "gb18030", "score": -1.2346, "errors": 2, "first_failure": 7}
    assert Detected("a", None, "no text").to_json() == {"id": "a", "error": "no text"}
