"""`cleaner dedup --report-only` tells what a run drops, and drops nothing."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner.cli import application
from cleaner.engines.duplicates import report_duplicates
from cleaner.engines.job import Job
from cleaner.engines.run import run_to_folder
from cleaner.index import open_index
from cleaner.io.layout import DUPLICATES, REJECTED
from cleaner.io.sources import Listing, list_sources
from cleaner.plan import Plan
from tests.dedup.corpus import corpus
from tests.runs import HOME, content, lines

PLAN = Plan().only("dedup")


def told(listing: Listing, stdin: bytes = b"") -> list[dict[str, object]]:
    stream = io.BytesIO()
    report_duplicates(Job(PLAN, listing, HOME, stdin=io.BytesIO(stdin)), stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def as_files(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("gb18030" if name.endswith("b.txt") else "utf-8"))


def as_records(folder: Path, texts: dict[str, str]) -> None:
    records = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (folder / "all.jsonl").write_text("\n".join([*records, "no json"]), "utf-8")


def as_both_of_one_id(folder: Path, texts: dict[str, str]) -> None:
    for part in ("one", "two"):
        (folder / part).mkdir()
        for name, text in texts.items():
            (folder / part / name).write_text(text if name < "010" else text + part, "utf-8")


@pytest.mark.parametrize("written", [as_files, as_records, as_both_of_one_id])
def test_what_is_told_is_what_a_run_drops(tmp_path: Path, written: Callable[[Path, dict[str, str]], None]) -> None:
    (source := tmp_path / "in").mkdir()
    written(source, corpus(15))
    before = content(source)
    folders = [str(path) for path in sorted(source.iterdir()) if path.is_dir()] or [str(source)]
    listing = list_sources(folders)
    run_to_folder(Job(PLAN, listing, HOME), tmp_path / "out")
    out, rows = content(tmp_path / "out"), told(listing)
    assert [row for row in rows if "error" not in row] == lines(out, DUPLICATES)
    assert [row["id"] for row in rows if "error" in row] == [row["id"] for row in lines(out, REJECTED)]
    assert len(lines(out, DUPLICATES)) >= 5
    assert content(source) == before


def test_records_on_standard_input_are_told_of(tmp_path: Path) -> None:
    texts = corpus(15)
    as_records(tmp_path, texts)
    assert (
        told(Listing(stdin=True), (tmp_path / "all.jsonl").read_bytes())[:-1]
        == told(list_sources([str(tmp_path / "all.jsonl")]))[:-1]
    )


def test_a_report_writes_no_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(application(), ["dedup", str(tmp_path), "--report-only", "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "leave out -o" in result.stderr


def test_an_index_is_asked_and_not_added_to(tmp_path: Path) -> None:
    (source := tmp_path / "in").mkdir()
    as_files(source, corpus(5))
    index = open_index(str(tmp_path / "seen.duckdb"))
    index.create(PLAN.dedup)
    report_duplicates(Job(PLAN, list_sources([str(source)]), HOME, index=index), io.BytesIO())
    assert index.info().documents == 0
