"""The first pass over files passes over those that cannot have a near-duplicate, and nothing else changes."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.dedup import DedupOptions
from cleaner.engines.duplicates import report_duplicates
from cleaner.engines.job import Job
from cleaner.engines.screening import screened
from cleaner.index import open_index
from cleaner.io.sources import FileItem, list_sources
from cleaner.plan import Plan
from tests.dedup.corpus import corpus, passages
from tests.engines.partitions import PartitionEngine
from tests.runs import HOME

PLAN = Plan().only("dedup")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Lone texts, pages of three of them, pairs at all distances in two codecs, and files that are no text."""
    for number, text in enumerate(passages(2000)):
        (tmp_path / f"lone-{number:03d}.txt").write_text(text, "utf-8")
        (tmp_path / f"page-{number % 3}.html").write_text(f"<p>{text}</p>", "utf-8")
    for name, text in corpus(30).items():
        (tmp_path / name).write_bytes(text.encode("gb18030" if name.endswith("b.txt") else "utf-8"))
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty.txt").write_bytes(b"")
    return Job(PLAN, list_sources([str(tmp_path)]), HOME)


def told(job: Job) -> list[dict[str, object]]:
    stream = io.BytesIO()
    report_duplicates(job, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_the_same_is_told_as_without_the_first_pass(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = told(job)
    monkeypatch.setattr("cleaner.engines.duplicates.screened", lambda job: job)
    assert with_it == told(job)
    assert len(with_it) >= 15
    assert {"image.txt", "gone.txt"} <= {row["id"] for row in with_it if "error" in row}


def test_lone_files_are_passed_over_and_rejected_ones_are_not(job: Job) -> None:
    names = {file.id for file in screened(job).listing.files}
    assert {"image.txt", "gone.txt", "page-0.html"} <= names
    lone = [name for name in names if name.startswith("lone")]
    assert len(lone) == 3 < len([file for file in job.listing.files if file.id.startswith("lone")]) / 5


def test_batches_may_come_back_in_any_order(job: Job) -> None:
    other = screened(replace(job, engine=PartitionEngine()))
    assert other.listing.files == screened(job).listing.files


@pytest.mark.parametrize(
    "more",
    [
        lambda job, _: replace(job, listing=replace(job.listing, stdin=True)),
        lambda job, _: replace(job, listing=replace(job.listing, files=(*job.listing.files, job.listing.files[-1]))),
        lambda job, _: replace(job, listing=replace(job.listing, files=(FileItem("a.jsonl", "a.jsonl", 0, 0.0),))),
        lambda job, _: replace(job, plan=replace(PLAN, dedup=DedupOptions(containment=0.9))),
        lambda job, _: replace(job, plan=replace(PLAN, dedup=DedupOptions(threshold=0.6))),
        lambda job, folder: replace(job, index=open_index(str(folder / "seen.duckdb"))),
    ],
    ids=["standard input", "an id twice", "records", "excerpts", "a low threshold", "an index"],
)
def test_a_job_that_asks_more_is_left_as_it_is(job: Job, more: Callable[[Job, Path], Job], tmp_path: Path) -> None:
    asked = more(job, tmp_path)
    assert screened(asked) is asked
