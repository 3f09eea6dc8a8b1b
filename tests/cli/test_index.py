"""``cleaner index`` and ``--index`` as their users call them."""

import json
from pathlib import Path

import pytest

from tests.calls import OTHER, PROSE, call, words
from tests.index.material import edited, prose
from tests.runs import content, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two documents in an index, and a near-copy of one of them beside it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in" / "a.txt", f"{prose(1)}。\n".encode())
    write(tmp_path / "in" / "b.txt", PROSE.encode())
    write(tmp_path / "new" / "copy.txt", f"{edited(prose(1), 4)}。\n".encode())
    assert call("index", "create", "seen.duckdb").exit_code == 0
    assert call("index", "add", "seen.duckdb", "in").exit_code == 0
    return tmp_path


def test_query_names_the_document_with_its_path_digest_and_exact_similarity(folder: Path) -> None:
    result = call("index", "query", "seen.duckdb", "new")
    assert result.exit_code == 1
    path = (folder / "in" / "a.txt").as_posix()
    assert result.stdout.startswith(f"{(folder / 'new' / 'copy.txt').as_posix()}: repeats {path} (sha256 ")
    line = json.loads(call("index", "query", "seen.duckdb", "new", "--json").stdout)
    assert line["of"] == path
    assert line["method"] == "jaccard"
    assert 0.9 < line["jaccard"] < 1
    assert line["lacking"] == 4


def test_query_of_what_is_not_there_is_silent_and_ends_with_0(folder: Path) -> None:
    write(folder / "new" / "copy.txt", OTHER.encode())
    result = call("index", "query", "seen.duckdb", "new", "in")  # a document does not repeat itself
    assert (result.exit_code, result.stdout) == (0, "")


def test_query_takes_standard_input(folder: Path) -> None:
    line = json.dumps({"id": "7", "text": prose(1)}).encode() + b"\n"
    result = call("index", "query", "seen.duckdb", "-", stdin=line)
    assert result.exit_code == 1
    assert f"repeats {(folder / 'in' / 'a.txt').as_posix()}" in result.stdout


def test_query_says_that_a_similarity_is_an_estimate(folder: Path) -> None:
    (folder / "in" / "a.txt").unlink()
    assert "an estimate: its text cannot be read any more" in call("index", "query", "seen.duckdb", "new").stdout
    line = json.loads(call("index", "query", "seen.duckdb", "new", "--json").stdout)
    assert line["interval"][0] < line["estimate"] < line["interval"][1]
    assert "jaccard" not in line


def test_query_with_a_threshold_of_its_own(folder: Path) -> None:
    assert folder
    assert call("index", "query", "seen.duckdb", "new", "--dedup-threshold", "0.99").exit_code == 0
    result = call("index", "query", "seen.duckdb", "new", "--dedup-threshold", "0.5")
    assert result.exit_code == 2
    assert "the index finds pairs from 0.8 on" in words(result)


def test_remove_by_path_glob_and_because_it_has_vanished(folder: Path) -> None:
    write(folder / "more" / "c.txt", OTHER.encode())
    call("index", "add", "seen.duckdb", "more")
    assert "1 documents forgotten, 2 left" in words(call("index", "remove", "seen.duckdb", "more"))
    (folder / "in" / "a.txt").unlink()
    assert "1 documents forgotten, 1 left" in words(call("index", "remove", "seen.duckdb", "--vanished"))
    assert call("index", "remove", "seen.duckdb", "nosuch").exit_code == 1
    assert "0 left" in words(call("index", "remove", "seen.duckdb", "*/b.txt"))
    assert call("index", "remove", "seen.duckdb").exit_code == 2


def test_info_tells_the_header_and_lists_the_documents(folder: Path) -> None:
    facts = json.loads(call("index", "info", "seen.duckdb", "--json").stdout)
    assert facts["documents"] == 2
    assert (facts["scheme"], facts["permutations"], facts["bands"], facts["rows"]) == ("affine32", "128", "25", "5")
    assert "normaliser" in call("index", "info", "seen.duckdb").stdout
    listed = call("index", "info", "seen.duckdb", "--list").stdout.splitlines()
    assert listed == [(folder / "in" / name).as_posix() for name in ("a.txt", "b.txt")]


def test_records_and_kept_documents_of_an_output_folder_are_found_where_they_stand(folder: Path) -> None:
    lines = [json.dumps({"n": at, "body": prose(at)}) for at in (5, 6)]
    write(folder / "rows.jsonl", "\n".join(lines).encode())
    assert call("index", "add", "seen.duckdb", "rows.jsonl", "--text-key", "body").exit_code == 0
    call("run", "new", "-o", "out")
    call("index", "add", "seen.duckdb", "out")
    write(folder / "again.txt", edited(prose(6), 4).encode())
    result = call("index", "query", "seen.duckdb", "again.txt", "new", "--json")
    found = {line["of"]: line["method"] for line in map(json.loads, result.stdout.splitlines())}
    assert found == {
        f"{folder.as_posix()}/rows.jsonl#2": "jaccard",
        f"{folder.as_posix()}/out/documents/copy.txt": "exact",
    }


def test_run_and_dedup_with_an_index_answer_alike_and_add_what_they_keep(folder: Path) -> None:
    write(folder / "new" / "other.txt", OTHER.encode())
    before = (folder / "seen.duckdb").read_bytes()
    assert call("run", "new", "-o", "out", "--index", "seen.duckdb").exit_code == 0
    assert [json.loads(line)["id"] for line in (folder / "out" / "duplicates.jsonl").read_text().splitlines()] == [
        "copy.txt"
    ]
    assert json.loads(call("index", "info", "seen.duckdb", "--json").stdout)["documents"] == 3
    (folder / "seen.duckdb").write_bytes(before)
    stream = call("decode", "new").stdout_bytes
    for stage in ("repair", "strip", "repeats"):
        stream = call(stage, "-", stdin=stream).stdout_bytes
    call("dedup", "-", "-o", "chain", "--index", "seen.duckdb", stdin=stream)
    assert content(folder / "chain") == content(folder / "out")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["index", "info", "nosuch"], "nosuch: there is no index of this name"),
        (["index", "info", "in/b.txt"], "this is no index of cleaner"),
        (["index", "create", "seen.duckdb"], "a file of this name already"),
        (["run", "new", "-o", "out", "--index", "nosuch"], "make it with: cleaner index create nosuch"),
        (["run", "new", "-o", "out", "--index", "seen.duckdb", "--unit", "word"], "give the same options"),
        (["index", "info", "redis://host/"], "the address is redis://host:port/name"),
    ],
)
def test_what_cannot_start_says_what_to_do(folder: Path, arguments: list[str], message: str) -> None:
    result = call(*arguments)
    assert message in words(result)
    assert result.exit_code == 2
    assert not (folder / "out").exists()
