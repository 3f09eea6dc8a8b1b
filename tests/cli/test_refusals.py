"""What the commands refuse, and how they end when something is in their way."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.calls import PROSE, call, unread, words
from tests.runs import content, write

CLEANER = (sys.executable, "-m", "cleaner")
SEEDS = Path(__file__).parent.parent.parent / "seeds"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "nosuch", "-o", "out"], 2, "nosuch: there is no such file or folder"),
        (["run", "in", "nosuch", "-o", "out"], 1, "nosuch: there is no such file or folder; the rest goes on"),
        (["run", "in", "-o", "in/out"], 2, "the output lies inside the source"),
        (["run", "in/clean.txt", "-o", "in"], 2, "lies inside the output"),
        (["run", "in", "-o", "foreign"], 2, "is not an output of cleaner"),
        (["run", "in", "-o", "in/clean.txt"], 2, "the output"),
        (["run", "in", "-o", "out", "--dedup-threshold", "7"], 2, "dedup.threshold: 7.0 cannot be"),
        (["run", "in", "-o", "out", "--decode-threshold", "5"], 2, "decode.threshold: 5.0 cannot be"),
        (["run", "in", "-o", "out", "--encoding", "gbkk"], 2, "decode.encoding: unknown encoding 'gbkk'"),
        (["run", "in", "-o", "out", "--encoding", "idna"], 2, "decode.encoding: unknown encoding 'idna'"),
        (["run", "in", "-o", "out", "--pack", "foreign/notes.txt"], 2, "foreign/notes.txt: not TOML"),
        (["run", "in", "-o", "out", "--jobs", "-1"], 2, "run.jobs: -1 cannot be; use 0"),
        (["run", "in", "-o", "out", "--sample", "-1"], 2, "Invalid value for '--sample'"),
        (["run", "in", "-o", "out", "--force", "--resume"], 2, "give --force or --resume"),
        (["strip", "in", "--force"], 2, "--force is for a folder"),
        (["strip", "in", "--format", "jsonl"], 2, "--format is for a folder"),
        (["strip", "in", "-o", "out", "--no-history"], 2, "--no-history is for stdout"),
        (["dedup", "in", "-o", "out", "--all"], 2, "--all is for stdout"),
        (["dedup", "in", "-o", "out", "--report-only"], 2, "--report-only is for stdout"),
        (["dedup", "in", "--all", "--report-only"], 2, "--all is for documents"),
        (["detect", "-"], 2, "only files have an encoding"),
        (["run", "-", "-o", "out", "--learn"], 2, "standard input comes once; write it to a file first"),
        (["run", "in"], 2, "Missing option"),
        (["run", "in", "-o", "out", "--bogus"], 2, "No such option"),
        (["restore", "foreign", "-o", "back"], 2, "no output folder of cleaner"),
        (["run", "empty", "-o", "out"], 2, "hold no files"),
    ],
)
def test_what_cannot_start_says_what_where_and_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    write(folder / "foreign" / "notes.txt", b"mine")
    (folder / "empty").mkdir()
    monkeypatch.chdir(folder)
    result = call(*arguments)
    assert message in words(result)
    assert result.exit_code == code
    assert (folder / "foreign" / "notes.txt").read_bytes() == b"mine"


def test_an_output_of_ours_is_refused_then_replaced_with_force(folder: Path) -> None:
    assert call("run", folder / "in", "-o", folder / "out").exit_code == 0
    result = call("run", folder / "in" / "clean.txt", "-o", folder / "out")
    assert (result.exit_code, "--force replaces it" in words(result)) == (2, True)
    assert call("run", folder / "in" / "clean.txt", "-o", folder / "out", "--force").exit_code == 0
    assert not (folder / "out" / "documents" / "dirty.txt").exists()


@pytest.mark.parametrize("facts", [b"{}", b"[]", b"nothing", None])
def test_a_finished_folder_that_does_not_say_what_went_in_is_no_answer(folder: Path, facts: bytes | None) -> None:
    run = ("run", folder / "in", "-o", folder / "out")
    call(*run)
    (folder / "out" / "run.json").unlink()
    if facts is not None:
        write(folder / "out" / "run.json", facts)
    result = call(*run, "--resume")
    assert (result.exit_code, "run it anew with --force" in words(result)) == (2, True)


def test_a_finished_folder_is_no_answer_to_another_question(folder: Path) -> None:
    run = ("run", folder / "in", "-o", folder / "out")
    assert call(*run).exit_code == 0
    assert "2 documents" in words(call(*run, "--resume"))
    for other in (("--mode", "safe"), ("--format", "jsonl"), (SEEDS,), ("-",)):
        result = call(*run, "--resume", *other)
        assert "not those of the run that was finished; run it anew with --force" in words(result)
        assert result.exit_code == 2


@pytest.mark.parametrize("rule", ["decode/*", "nosuch"])
def test_a_rule_that_edited_nothing_has_nothing_to_put_back(folder: Path, rule: str) -> None:
    write(folder / "in" / "gbk.txt", PROSE.encode("gbk"))
    call("run", folder / "in", "-o", folder / "out")
    result = call("restore", folder / "out", "-o", folder / "back", "--rule", rule)
    assert f"no rule that edited a text fits '{rule}'; there are strip/ads/image-name" in words(result)
    assert result.exit_code == 2


def test_an_id_that_fits_nothing_says_so_and_nothing_else(folder: Path) -> None:
    call("run", folder / "in", "-o", folder / "out")
    result = call("restore", folder / "out", "-o", folder / "back", "--id", "nosuch")
    assert words(result) == f"cleaner: {folder / 'out'}: no document fits; look at the ids in ledger.jsonl"
    assert result.exit_code == 1


def test_a_file_without_rules_to_import_is_named(tmp_path: Path) -> None:
    write(tmp_path / "rules.json", b"[]")
    result = call("rules", "import", tmp_path / "rules.json", "-o", tmp_path / "mine.toml")
    assert words(result).startswith(f"cleaner: {tmp_path / 'rules.json'}: the JSON holds no replace rules")
    assert not (tmp_path / "mine.toml").exists()


@pytest.mark.parametrize(
    "mistaken",
    [("--only", "nosuch"), ("--disable", "ads/nosuch"), ("--encoding", "nosuch"), ("--pack", __file__)],
)
def test_a_mistaken_option_makes_no_folder_and_costs_none(folder: Path, mistaken: tuple[str, str]) -> None:
    assert call("run", folder / "in", "-o", folder / "new", *mistaken).exit_code == 2
    assert not (folder / "new").exists()
    assert call("run", folder / "in", "-o", folder / "out").exit_code == 0
    before = content(folder / "out")
    assert call("run", folder / "in", "-o", folder / "out", "--force", *mistaken).exit_code == 2
    assert content(folder / "out") == before


def test_force_adds_to_a_foreign_folder_and_deletes_nothing(folder: Path) -> None:
    write(folder / "foreign" / "notes.txt", b"mine")
    assert call("run", folder / "in", "-o", folder / "foreign", "--force").exit_code == 0
    assert call("run", folder / "in", "-o", folder / "foreign", "--force").exit_code == 0
    assert (folder / "foreign" / "notes.txt").read_bytes() == b"mine"
    assert (folder / "foreign" / "documents" / "clean.txt").exists()
    write(folder / "other" / "documents" / "mine.txt", b"mine")
    assert call("run", folder / "in", "-o", folder / "other", "--force").exit_code == 2
    assert content(folder / "other") == {"documents/mine.txt": b"mine"}


def test_of_two_sources_with_one_id_one_is_taken_and_the_other_named(folder: Path) -> None:
    write(folder / "more" / "clean.txt", b"something else entirely, in English.\n")
    one = call("run", folder / "in", folder / "more", "-o", folder / "one")
    call("run", folder / "more", folder / "in", "-o", folder / "two")
    assert one.exit_code == 1
    assert content(folder / "one") == content(folder / "two")
    rejected = json.loads((folder / "one" / "rejected.jsonl").read_text())
    assert rejected["id"] == "clean.txt"
    assert "stands 2 times" in rejected["error"]


def test_a_bug_leaves_a_log_and_ends_with_3(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("cleaner.engines.run.run_to_folder", broken)
    result = call("run", folder / "in", "-o", folder / "out")
    assert result.exit_code == 3
    log = Path(words(result).split()[-1])
    assert "ZeroDivisionError: oh" in log.read_text()
    log.unlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("command", [("decode", SEEDS), ("rules", "list"), ("run", "--help")])
def test_a_full_disk_behind_stdout_is_no_bug_of_ours(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*CLEANER, *command], check=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe ends otherwise there")
@pytest.mark.parametrize(
    "command",
    [("--help",), ("check", SEEDS), ("decode", SEEDS), ("rules", "list")],
)
def test_a_pipe_that_nobody_reads_ends_a_command_in_silence(command: tuple[str, ...]) -> None:
    assert unread([*CLEANER, *map(str, command)]) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="the streams are closed by a shell")
def test_closed_streams_stop_no_run(folder: Path) -> None:
    line = f"{shlex.join([*CLEANER, 'run', str(folder / 'in'), '-o', str(folder / 'out')])} <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], check=False).returncode == 0
    assert (folder / "out" / "documents" / "clean.txt").read_text() == PROSE


def test_a_run_that_is_interrupted_says_how_it_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.engines.run.write_output", interrupted)
    result = call("run", folder / "in", "-o", folder / "out")
    assert result.exit_code == 130
    assert "--resume goes on where it stopped" in words(result)
    monkeypatch.undo()
    assert call("run", folder / "in", "-o", folder / "out", "--resume").exit_code == 0
