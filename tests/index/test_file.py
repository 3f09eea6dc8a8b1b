"""The index in a file: what it finds, what it forgets, and what it does when it is killed, locked or foreign."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.dedup import DedupOptions, Records, observe_texts
from cleaner.dedup.search import candidates
from cleaner.errors import IndexStoreError
from cleaner.index import Entry, Place, open_index
from cleaner.index.file import FileIndex
from tests.index.material import OPTIONS, edited, observed, prose

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    """An empty index."""
    made = FileIndex(tmp_path / "seen.duckdb", 0.3)
    made.create(OPTIONS)
    return made


def names(index: FileIndex, *texts: str) -> list[tuple[int, str]]:
    records = observe_texts([str(at) for at in range(len(texts))], texts, OPTIONS)
    return [(match.row, match.entry.name) for match in index.matches(records)]


def test_a_query_names_the_documents_it_resembles_and_no_others(index: FileIndex) -> None:
    texts = {f"/in/{seed}.txt": prose(seed) for seed in range(40)}
    index.put(*observed(texts))
    (match,) = index.matches(observe_texts(["q"], [edited(prose(7), 4)], OPTIONS))
    assert match.entry == Entry("7.txt", Place("/in/7.txt"), observed(texts)[0][7].digest, "ab" * 32, 1, 2.5)
    assert match.interval[0] < match.estimate < match.interval[1]
    assert names(index, prose(99)) == []


@pytest.mark.parametrize("text", ["", "甲", "C++", "😀", "𠀀𠀁"])
def test_short_and_empty_texts_match_only_their_equals(index: FileIndex, text: str) -> None:
    index.put(
        *observed({"/in/own.txt": text, "/in/b.txt": "乙", "/in/c.txt": "C", "/in/d.txt": "😁", "/in/e.txt": "𠀁"})
    )
    assert names(index, text) == [(0, "/in/own.txt")]


def test_names_that_are_no_utf8_and_records_come_back_as_they_were(index: FileIndex) -> None:
    _, records = observed({"a": prose(1), "b": prose(2), "c": prose(3)})
    entries = [
        Entry("\udce9", Place("/in/\udce9.txt"), "00" * 16),
        Entry("7", Place("/in/b.jsonl", 7, "body"), "11" * 16),
        Entry("c", Place(), "22" * 16),
    ]
    index.put(entries, records)
    assert sorted(index.entries(), key=lambda entry: entry.digest) == entries


def test_a_document_of_a_known_name_takes_its_place(index: FileIndex) -> None:
    index.put(*observed({"/in/a.txt": prose(1), "/in/b.txt": prose(2)}))
    index.put(*observed({"/in/a.txt": prose(3)}))
    assert names(index, prose(1), prose(2), prose(3)) == [(1, "/in/b.txt"), (2, "/in/a.txt")]
    assert index.info().documents == 2


def test_what_stands_below_a_folder_goes_when_the_folder_is_written_anew(index: FileIndex) -> None:
    index.put(*observed({"/out/a.txt": prose(1), "/out/b.txt": prose(2), "/output/c.txt": prose(3)}))
    index.put(*observed({"/out/a.txt": prose(4)}), below=["/out"])
    assert [entry.name for entry in index.entries()] == ["/out/a.txt", "/output/c.txt"]


def test_removed_documents_are_not_found_and_their_number_is_told(index: FileIndex) -> None:
    index.put(*observed({"/in/a.txt": prose(1), "/in/b.txt": prose(2)}))
    assert index.remove(["/in/a.txt", "/in/never.txt"]) == 1
    assert names(index, prose(1), prose(2)) == [(1, "/in/b.txt")]


def test_many_small_additions_answer_like_one_large_one(tmp_path: Path) -> None:
    texts = {f"/in/{seed}.txt": prose(seed // 2) if seed % 2 else edited(prose(seed // 2), 3) for seed in range(80)}
    entries, records = observed(texts)
    one, many = FileIndex(tmp_path / "one.duckdb"), FileIndex(tmp_path / "many.duckdb")
    one.create(OPTIONS)
    many.create(OPTIONS)
    one.put(entries, records)
    for row in np.random.default_rng(0).permutation(len(entries)).tolist():
        many.put(entries[row : row + 1], records.take(np.array([row])))
    many.remove(["/in/0.txt"])
    one.remove(["/in/0.txt"])
    assert many.matches(records) == one.matches(records)
    assert int(many.info().layout.split()[0]) < 16


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 60)), min_size=2, max_size=12), st.data())
def test_matches_are_the_candidates_of_one_corpus(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[int, int]], data: st.DataObject
) -> None:
    texts = [edited(prose(seed, 200), places) for seed, places in made]
    records = observe_texts([str(at) for at in range(len(texts))], texts, OPTIONS)
    cut = data.draw(st.integers(1, len(texts) - 1))
    index = FileIndex(tmp_path_factory.mktemp("index") / "seen.duckdb")
    index.create(OPTIONS)
    index.put(*observed({f"/in/{at}": text for at, text in enumerate(texts[:cut])}))
    asked = records.take(np.arange(cut, len(texts)))
    found = {(int(match.entry.id), match.row + cut) for match in index.matches(asked)}
    assert found == _pairs_one_by_one(records, cut)


def _pairs_one_by_one(records: Records, cut: int) -> set[tuple[int, int]]:
    """The slow way: each pair as a corpus of its own."""
    return {
        (old, new)
        for old in range(cut)
        for new in range(cut, len(records))
        if len(candidates(records.take(np.array([old, new])), OPTIONS))
        or (records.digests[old] == records.digests[new]).all()
    }


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("normaliser", "0123456789abcdef", "made with another normaliser"),
        ("scheme", "legacy", "made with another scheme"),
        ("seed", "2", "made with another seed"),
        ("permutations", "256", "made with another permutations"),
        ("bands", "16", "made for threshold"),
        ("schema", "99", "its schema is 99"),
        ("rows", "five", "header is damaged"),
    ],
)
def test_an_index_of_another_make_is_refused_with_the_cure(
    index: FileIndex, key: str, value: str, message: str
) -> None:
    import duckdb

    with duckdb.connect(str(index.path)) as connection:
        connection.execute("UPDATE header SET value = ? WHERE key = ?", [value, key])
    for use in (lambda: index.matches(observed({"/a": prose(1)})[1]), lambda: index.put(*observed({"/a": prose(1)}))):
        with pytest.raises(IndexStoreError, match=message) as caught:
            use()
        assert caught.value.cure
        assert caught.value.where == str(index.path)


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "text.txt").write_text("nothing of the kind " * 1000)
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    for name, message in (
        ("none", "no index of this name"),
        ("text.txt", "no index of"),
        ("other.duckdb", "no index of"),
    ):
        with pytest.raises(IndexStoreError, match=message):
            open_index(str(tmp_path / name)).info()
    assert not (tmp_path / "none").exists()


def test_create_never_replaces_a_file(index: FileIndex) -> None:
    with pytest.raises(IndexStoreError, match="a file of this name already"):
        index.create(DedupOptions(threshold=0.9))
    assert index.info().header.threshold == 0.8


_HOLD = """
import sys, duckdb, time
connection = duckdb.connect(sys.argv[1])
connection.execute("SELECT 1")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def _holder(index: FileIndex, seconds: float) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(index.path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_after_the_lock_timeout_the_process_that_holds_the_file_is_named(index: FileIndex) -> None:
    with _holder(index, 60) as holder:
        with pytest.raises(
            IndexStoreError, match=f"process {holder.pid} .*has held the lock for 0.3 seconds"
        ) as caught:
            index.put(*observed({"/in/a.txt": prose(1)}))
        holder.kill()
    assert "--lock-timeout" in caught.value.cure


def test_a_lock_that_is_let_go_in_time_is_waited_for(index: FileIndex) -> None:
    with _holder(index, 1.0):
        FileIndex(index.path, 30).put(*observed({"/in/a.txt": prose(1)}))
    assert index.info().documents == 1


_ADD = """
import sys
from pathlib import Path
from cleaner.index import file
from tests.index.material import observed, prose

settle = file.settle
def announced(connection, number):
    settle(connection, number)
    print("written", flush=True)
    sys.stdin.readline()
file.settle = announced
file.FileIndex(Path(sys.argv[1])).put(*observed({f"/new/{seed}": prose(seed) for seed in range(1000, 3000)}))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize("delay", [None, 0.0, 0.02, 0.1])
def test_an_addition_that_is_killed_leaves_the_old_index_whole(index: FileIndex, delay: float | None) -> None:
    """Killed before the commit (None), or so many seconds after it was let go into it."""
    index.put(*observed({f"/old/{seed}": prose(seed) for seed in range(50)}))
    command = [sys.executable, "-c", _ADD, str(index.path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        if delay is not None:
            process.stdin.write("\n")
            process.stdin.flush()
            time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    documents = index.info().documents
    assert documents == 50 if delay is None else documents in (50, 2050)
    assert names(index, prose(7), prose(1007)) == [(0, "/old/7"), (1, "/new/1007")][: 1 if documents == 50 else 2]
    index.put(*observed({"/in/a.txt": prose(1)}))
    assert index.info().documents == documents + 1
