"""The output folder while it is written: who may write it, and what is said when the system refuses."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from cleaner.engines.job import Job
from cleaner.engines.run import run_to_folder
from cleaner.errors import OutputError
from cleaner.io.output import claimed, writing
from cleaner.io.sources import list_sources
from cleaner.io.table import Table
from cleaner.plan import Plan
from tests.runs import HOME, content, write


@pytest.mark.parametrize("again", [{"force": True}, {"resume": True}])
def test_a_folder_that_another_run_writes_is_left_alone(tmp_path: Path, again: dict[str, bool]) -> None:
    out = tmp_path / "out"
    with claimed(out, []) as work:
        (work / "spool.jsonl").write_bytes(b"a line\n")
        with pytest.raises(OutputError, match="another run writes this folder"), claimed(out, [], **again):
            pass
        assert (work / "spool.jsonl").read_bytes() == b"a line\n"
    with claimed(out, [], **again) as work:
        assert work.is_dir()


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "OUT: it cannot be written: no space left on device; free"),
        (OSError(errno.EACCES, "Permission denied", "OUT/a"), "OUT/a: it cannot be written: permission denied; free"),
        (OSError("IO Error: Disk"), "OUT: it cannot be written: IO Error: Disk; free"),
    ],
)
def test_what_the_system_refuses_is_said_with_place_and_cure(refused: OSError, words: str) -> None:
    with pytest.raises(OutputError) as told, writing(Path("OUT"), "free"):
        raise refused
    assert str(told.value) == words


class FullDisk:
    """Stands where something is written."""

    def __call__(self, *_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def execute(self, *_: object) -> None:
        raise duckdb.TransactionException("Failed to commit: No space left on device")


def test_a_run_on_a_full_disk_says_so_and_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in" / "a.txt", "一段正文。\n".encode())
    job = Job(Plan(), list_sources([str(tmp_path / "in")]), HOME)
    with monkeypatch.context() as patched:
        patched.setattr("cleaner.io.output.replacing", FullDisk())
        with pytest.raises(OutputError, match=r"no space left.* --resume"):
            run_to_folder(job, tmp_path / "out")
    run_to_folder(job, tmp_path / "out", resume=True)
    run_to_folder(job, tmp_path / "whole")
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_table_on_a_full_disk_is_refused_like_any_file(tmp_path: Path) -> None:
    with Table(tmp_path / "t.parquet", tmp_path / "t.duckdb") as table:
        table.add({"id": '"a"'})
        staged, table._staged = table._staged, FullDisk()
        with pytest.raises(OSError, match="No space left"):
            table._flush()
        table._staged = staged
    assert (tmp_path / "t.parquet").exists()
