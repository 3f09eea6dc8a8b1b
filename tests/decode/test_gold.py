"""The labelled real files; floors that only go up."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from benchmarks.decode.measure import restored
from cleaner.decode import decode
from cleaner.decode.codec import canonical, codec

pytestmark = pytest.mark.gold


@pytest.fixture(scope="module")
def rows() -> list[tuple[dict[str, Any], bytes]]:
    folder = os.environ.get("CLEANER_GOLD", "")
    if not folder:
        pytest.skip("CLEANER_GOLD names no folder of labelled files")
    home = Path(folder) / "encoding"
    return [(row, (home / row["file"]).read_bytes()) for row in json.loads((home / "truth.json").read_text("utf-8"))]


def _truth(row: dict[str, Any], data: bytes) -> str:
    if row["encoding"] in {"UTF-16", "UTF-32"}:
        return data.decode(row["encoding"])
    return codec(canonical(row["encoding"])).decode(data, "strict" if row["strict"] else "replace").lstrip("\ufeff")


def test_every_strict_file_decodes_to_its_exact_text(rows: list[tuple[dict[str, Any], bytes]]) -> None:
    wrong = [row["file"] for row, data in rows if row["strict"] and decode(data).text != _truth(row, data)]
    assert wrong == []


def test_damaged_files_keep_their_family_and_every_other_character(rows: list[tuple[dict[str, Any], bytes]]) -> None:
    damaged = [(row, data) for row, data in rows if not row["strict"]]
    wrong = [row["file"] for row, data in damaged if decode(data).text != _truth(row, data)]
    # One of the nine holds nothing but two French words in Latin-1, whatever its label says.
    assert len(wrong) <= 1


def test_every_file_comes_back_byte_for_byte(rows: list[tuple[dict[str, Any], bytes]]) -> None:
    assert [row["file"] for row, data in rows if restored(decode(data)) != data] == []
