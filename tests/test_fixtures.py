"""Whole documents, before and after: what must change, what must not, and what is known to come out wrong."""

from pathlib import Path

import pytest

from cleaner.api import Pipeline

FIXTURES = Path(__file__).parent.parent / "fixtures"


def cases(folder: Path) -> list[Path]:
    """The folders that hold an ``in`` and an ``out`` side by side."""
    return sorted(path.parent for path in folder.glob("*/in") if path.parent.name not in {"negative", "known-failures"})


def assert_golden(case: Path) -> None:
    names = sorted(path.name for path in (case / "in").iterdir())
    assert names == sorted(path.name for path in (case / "out").iterdir())
    for name in names:
        cleaned = Pipeline().bytes((case / "in" / name).read_bytes(), name)
        assert cleaned.text.encode() == (case / "out" / name).read_bytes(), name


@pytest.mark.parametrize("case", cases(FIXTURES), ids=lambda case: case.name)
def test_a_case_comes_out_as_it_should(case: Path) -> None:
    assert_golden(case)


@pytest.mark.parametrize(
    "path", sorted(path for path in (FIXTURES / "negative").rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_a_negative_document_comes_back_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    assert Pipeline().bytes(data, path.name).text.encode() == data


@pytest.mark.parametrize("case", cases(FIXTURES / "known-failures"), ids=lambda case: case.name)
@pytest.mark.xfail(strict=True, reason="known to come out wrong; when it comes out right, it moves up among the cases")
def test_a_known_failure_still_fails(case: Path) -> None:
    assert_golden(case)
