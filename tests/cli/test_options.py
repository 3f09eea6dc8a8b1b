"""Every option of the command line reaches the setting that it names, and says so."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cleaner.cli import application
from cleaner.cli.options import ALL_TABLES, flags_of, stage_options

# Values for settings that do not take any; each differs from the default.
PARTICULAR = {
    "convert": "t2s",
    "punctuation": "full",
    "mode": "safe",
    "keep": "first",
    "unit": "word",
    "encoding": "gb18030",
    ("repeats", "keep"): "last",
}


def other(table: str, name: str) -> Any:
    """A value of a setting that is not its default."""
    field = next(field for field in fields(stage_options(table)) if field.name == name)
    if (table, name) in PARTICULAR or name in PARTICULAR:
        return PARTICULAR.get((table, name), PARTICULAR.get(name))
    if field.type is bool:
        return not field.default
    if field.type in (int, float):
        return field.type(field.default) + field.type("17" if field.type is int else "0.005")
    return ["one", "*two"] if field.type == tuple[str, ...] else "other"


@pytest.mark.parametrize(("table", "name"), flags_of(ALL_TABLES))
def test_an_option_sets_what_it_names_and_nothing_else(table: str, name: str, tmp_path: Path) -> None:
    value = other(table, name)
    if name == "packs":
        (tmp_path / "own.toml").write_text('[pack]\nname = "own"\nwhy = "a pack"\n', "utf-8")
        value = [str(tmp_path / "own.toml")]
    flag = flags_of(ALL_TABLES)[table, name]
    if isinstance(value, bool):
        given = [flag if value else f"--no-{flag[2:]}"]
    else:
        given = [part for each in (value if isinstance(value, list) else [value]) for part in (flag, str(each))]
    shown = CliRunner().invoke(application(), ["config", "show", "--json", "--config", str(empty(tmp_path)), *given])
    assert shown.exit_code == 0, shown.output
    rows = {row["key"]: row for row in map(json.loads, shown.stdout.splitlines())}
    assert rows[f"{table}.{name}"] == {"key": f"{table}.{name}", "value": value, "origin": "option"}
    assert {row["origin"] for key, row in rows.items() if key != f"{table}.{name}"} == {"default"}


def empty(folder: Path) -> Path:
    """A configuration that says nothing."""
    path = folder / "cleaner.toml"
    path.write_bytes(b"")
    return path


def test_a_file_that_is_named_is_read_instead_of_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cleaner.toml").write_text("[dedup]\nthreshold = 0.7\n", "utf-8")
    (tmp_path / "mine.toml").write_text("[dedup]\nthreshold = 0.6\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for given, threshold in (([], 0.7), (["--config", "mine.toml"], 0.6)):
        shown = CliRunner().invoke(application(), ["config", "show", "--json", *given])
        rows = {row["key"]: row["value"] for row in map(json.loads, shown.stdout.splitlines())}
        assert rows["dedup.threshold"] == threshold


def test_include_and_exclude_choose_among_the_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "drafts/c.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("一段话。\n", "utf-8")
    given = ["decode", str(tmp_path / "in"), "--no-history", "--include", "*.txt", "--exclude", "drafts/*"]
    told = CliRunner().invoke(application(), given).stdout
    assert [json.loads(line)["id"] for line in told.splitlines()] == ["a.txt"]


def test_records_are_known_by_the_keys_that_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"nr": 7, "body": "ad1 webp\\n正文。", "id": "x"}\n', "utf-8")
    given = ["strip", str(tmp_path / "a.jsonl"), "--id-key", "nr", "--text-key", "body"]
    told = json.loads(CliRunner().invoke(application(), given).stdout)
    assert (told["body"], told["_cleaner"]["id"]) == ("正文。", "7")
