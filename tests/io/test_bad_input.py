"""Bad input among good: each is named with the cure, the rest is done, and the exit code says that something is."""

import json
import os
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, words
from tests.runs import content, lines, write

CURES = {
    "bomb.gz": "unpack it yourself",
    "broken.gz": "compress it again",
    "dangling.txt": "look whether something moves it",
    "data.parquet": "fetch or write it again",
    "folder": "give the folder itself",
    "loop.txt": "remove the link",
    "picture.png": "leave the file out",
    "pipe.txt": "only regular files are read",
    "records.jsonl#2": "one object of JSON on each line",
    "records.jsonl#3": "--text-key",
    "records.jsonl#4": "rename the key",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    import gzip

    root = tmp_path / "in"
    write(root / "good.txt", "一段完好的正文。\n".encode())
    write(root / "empty.txt", b"")
    write(root / "bomb.gz", gzip.compress(bytes(65 << 20)))
    write(root / "broken.gz", gzip.compress(b"text" * 99)[:-9])
    write(root / "data.parquet", b"PAR1 no more PAR1")
    write(root / "picture.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    write(
        root / "records.jsonl",
        b'{"text": "a"}\nno\n{"id": 1}\n{"text": "b", "_cleaner": {"schema": 9}}\n{"text": "c"}\n',
    )
    (root / "dangling.txt").symlink_to("nowhere")
    (root / "loop.txt").symlink_to("loop.txt")
    (root / "folder").symlink_to(".")
    os.mkfifo(root / "pipe.txt")
    return root


def test_every_bad_input_is_named_with_its_cure_and_the_rest_is_done(source: Path, tmp_path: Path) -> None:
    result = call("run", source, "-o", tmp_path / "out", "--jobs", 1, "-q")
    assert result.exit_code == 1
    out = content(tmp_path / "out")
    refused = {line["id"]: line for line in lines(out, "rejected.jsonl")}
    assert refused.keys() == CURES.keys()
    for name, cure in CURES.items():
        assert cure in refused[name]["error"], name
    unread = {name for name, line in refused.items() if not line["sha256"]}
    assert unread == {"dangling.txt", "folder", "loop.txt", "pipe.txt"}
    accepted = [line["id"] for line in lines(out, "ledger.jsonl")]
    assert accepted == ["empty.txt", "good.txt", "records.jsonl#1", "records.jsonl#5"]


def test_the_first_bad_inputs_are_said_even_when_quiet(source: Path, tmp_path: Path) -> None:
    result = call("run", source, "-o", tmp_path / "out", "--jobs", 1, "-q")
    said = result.stderr.splitlines()
    assert said[0].startswith("cleaner: bomb.gz: the .gz grows")
    assert len(said) == 6
    assert "6 more inputs were rejected" in said[-1]


def test_a_format_without_a_folder_is_a_usage_error(source: Path) -> None:
    result = call("strip", source, "--format", "parquet")
    assert result.exit_code == 2
    assert "name a folder with -o" in result.stderr


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet", "mnbvc"])
def test_every_format_is_written_and_restored_by_the_commands(form: str, tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "一段正文。\nad1 webp\n".encode("gb18030"))
    assert call("run", tmp_path / "in", "-o", tmp_path / "out", "--format", form, "--jobs", 1, "-q").exit_code == 0
    names = {"tree": "documents/a.txt", "parquet": "documents.parquet"}
    assert (tmp_path / "out" / names.get(form, "documents.jsonl")).is_file()
    assert call("restore", tmp_path / "out", "-o", tmp_path / "back", "-q").exit_code == 0
    assert content(tmp_path / "back") == content(tmp_path / "in")


def test_a_stage_continues_a_folder_of_any_format(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "一段正文。\nad1 webp\n".encode())
    call("decode", tmp_path / "in", "-o", tmp_path / "one", "--format", "parquet", "-q")
    assert call("strip", tmp_path / "one", "-o", tmp_path / "two", "-q").exit_code == 0
    assert (tmp_path / "two" / "documents" / "a.txt").read_text("utf-8") == "一段正文。\n"


JUNK: tuple[Any, ...] = (
    None,
    5,
    -1,
    1.5,
    float("inf"),
    10**400,
    True,
    "",
    "x",
    "\ud800",
    "../x",
    [],
    [1],
    {},
    {"a": 1},
    {"a": [1]},
)


def places(value: Any, *above: str | int) -> Iterator[tuple[str | int, ...]]:
    """The places in a JSON value, as the keys and numbers that lead there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*above, key)
        yield from places(part, *above, key)


def with_junk(line: bytes) -> Iterator[bytes]:
    """The line with each of its values, one at a time, left out or replaced."""
    for *above, last in places(json.loads(line)):
        for junk in (..., *JUNK):
            whole = json.loads(line)
            holder = reduce(getitem, above, whole)
            if junk is ...:
                del holder[last]
            else:
                holder[last] = junk
            yield json.dumps(whole).encode()


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html"])
def test_whatever_damage_a_history_has_its_line_alone_is_refused(tmp_path: Path, name: str) -> None:
    texts = {
        "a.txt": "一段\ufffd正文。\nad1 webp\n",
        "a.jsonl": '{"id": 1, "text": "ad1 webp\\n\\ud800"}\n',
        "a.html": "<p>正文。</p>",
    }
    write(tmp_path / "in" / name, texts[name].encode("utf-8", "surrogatepass"))
    line = call("strip", tmp_path / "in").stdout_bytes
    result = call("run", "-", "-o", tmp_path / "out", "-q", stdin=b"\n".join((line.strip(), *with_junk(line))))
    assert result.exit_code == 1
    assert b'"error": "the reserved key' in content(tmp_path / "out")["rejected.jsonl"]
    assert call("restore", tmp_path / "out", "-o", tmp_path / "back").exit_code == 0
    assert not {path.name for path in tmp_path.iterdir()} - {"in", "out", "back"}


@pytest.mark.parametrize("name", ["ledger.jsonl", "rejected.jsonl"])
@pytest.mark.parametrize("damage", [b"{", b"[]\n", b"{}\n", b'{"id": 1, "source": []}\n'])
def test_a_folder_whose_lists_are_damaged_is_refused_in_words(tmp_path: Path, name: str, damage: bytes) -> None:
    write(tmp_path / "in" / "a.txt", "一段正文。\n".encode())
    call("run", tmp_path / "in", "-o", tmp_path / "out")
    with (tmp_path / "out" / name).open("ab") as stream:
        stream.write(damage)
    for command in (("restore", tmp_path / "out", "-o", tmp_path / "back"), ("strip", tmp_path / "out")):
        result = call(*command)
        assert f"{name}: a line is damaged" in words(result)
        assert result.exit_code == 2
