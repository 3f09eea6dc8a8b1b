"""Names in an output folder: none that is too long, none that leads out of it."""

import json
import os
from pathlib import Path

import pytest

from cleaner.errors import RecordError
from cleaner.io.layout import checked_id, original_paths, restored_paths, text_paths
from tests.calls import PROSE, call, words
from tests.runs import content, lines, write

# As long as a name may be, in letters and in hanzi.
LONG = ("a" * 255, "b" * 251 + ".txt", "长" * 85, "长" * 83 + ".html")
FRAME = "<html><body><p>{}</p></body></html>"


def test_files_with_the_longest_names_are_cleaned_and_restored(tmp_path: Path) -> None:
    corpus = {name: FRAME.format(name).encode() for name in LONG}
    for name, data in corpus.items():
        write(tmp_path / "in" / "sub" / name, data)
    assert call("run", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
    out = content(tmp_path / "out")
    assert sum(path.startswith(("documents/", "dropped/")) for path in out) == len(LONG)
    assert call("restore", tmp_path / "out", "-o", tmp_path / "back").exit_code == 0
    assert content(tmp_path / "back" / "sub") == corpus


def test_a_name_that_would_grow_too_long_is_cut_and_stays_apart_from_others() -> None:
    ids = [f"sub/{'长' * 84}{letter}" for letter in "一二三"] + ["sub/" + "长" * 83 + ".html"]
    paths = text_paths(ids)
    assert len(set(paths.values())) == len(ids)
    assert all(len(os.fsencode(path.removeprefix("sub/"))) <= 255 for path in paths.values())
    assert all(path.startswith("sub/" + "长" * 70) and path.endswith(".txt") for path in paths.values())
    assert all(path.endswith(".zst") for path in original_paths(ids).values())
    assert restored_paths(ids) == {id_: id_ for id_ in ids}


@pytest.mark.parametrize(
    "id_", ["", ".", "..", "/a", "../a", "a/../b", "a//b", "a/", "a\0", "\ud800.txt", "x" * 256, "长" * 86 + "/a"]
)
def test_what_is_no_name_below_a_folder_is_refused(id_: str) -> None:
    with pytest.raises(RecordError, match="is no relative path"):
        checked_id(id_)
    with pytest.raises(RecordError):
        restored_paths([id_])


@pytest.mark.parametrize("id_", ["a", "-", "a b/c\n.txt", "..a", "x" * 255, "长" * 85, os.fsdecode(b"\xff.txt")])
def test_what_is_a_name_below_a_folder_passes(id_: str) -> None:
    assert checked_id(id_) == id_


@pytest.mark.parametrize("outside", ["../evil.jsonl", "/evil.jsonl", "sub/../../evil.jsonl"])
def test_a_record_cannot_say_that_it_came_from_outside(tmp_path: Path, outside: str) -> None:
    write(tmp_path / "in.jsonl", json.dumps({"text": PROSE}).encode())
    wire = call("decode", tmp_path / "in.jsonl").stdout_bytes
    assert b'"path": "in.jsonl"' in wire
    wire = wire.replace(b'"path": "in.jsonl"', b'"path": %s' % json.dumps(outside).encode())
    assert call("run", "-", "-o", tmp_path / "out", stdin=wire).exit_code == 1
    (rejected,) = lines(content(tmp_path / "out"), "rejected.jsonl")
    assert "is no relative path" in rejected["error"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_folder_that_somebody_changed_is_not_restored_outside(tmp_path: Path, name: str) -> None:
    write(tmp_path / "in" / name, json.dumps({"id": "a", "text": PROSE}).encode())
    call("run", tmp_path / "in", "-o", tmp_path / "out")
    ledger = (tmp_path / "out" / "ledger.jsonl").read_text().replace(f'"{name}"', f'"../{name}"')
    write(tmp_path / "out" / "ledger.jsonl", ledger.encode())
    result = call("restore", tmp_path / "out", "-o", tmp_path / "back")
    assert f"the id '../{name}' is no relative path" in words(result)
    assert (result.exit_code, (tmp_path / name).exists()) == (1, False)
