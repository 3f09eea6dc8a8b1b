"""The commands as their users call them: what they print, what they write, how they end."""

import json
import os
import random
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.calls import OTHER, PROSE, call, words
from tests.runs import content, write

CLEANER = (sys.executable, "-m", "cleaner")
SEEDS = Path(__file__).parent.parent.parent / "seeds"


def test_run_writes_the_folder_and_a_summary(tmp_path: Path) -> None:
    result = call("run", SEEDS, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "5 documents, 5 kept, 0 duplicates, 0 rejected" in words(result)
    assert "ads/image-name" in result.stderr
    assert result.stdout == ""
    mark = json.loads((tmp_path / "out" / "cleaner.json").read_text())
    assert mark["state"] == "complete"
    assert sorted(mark["plan"]) == ["decode", "dedup", "repair", "repeats", "strip"]


def test_the_chain_of_commands_writes_what_run_writes(tmp_path: Path) -> None:
    write(tmp_path / "in" / "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    write(tmp_path / "in" / "gbk.txt", PROSE.encode("gbk"))
    write(tmp_path / "in" / "copy.txt", (SEEDS / "002_8433e2247a81c5a0.txt").read_bytes())
    sources = [SEEDS, tmp_path / "in"]
    assert call("run", *sources, "-o", tmp_path / "run").exit_code == 1
    stream = call("decode", *sources).stdout_bytes
    for stage in ("repair", "strip", "repeats"):
        stream = call(stage, "-", stdin=stream).stdout_bytes
    assert call("dedup", "-", "-o", tmp_path / "chain", stdin=stream).exit_code == 1
    assert content(tmp_path / "chain") == content(tmp_path / "run")


@pytest.mark.parametrize("changed", [(OTHER, OTHER * 2), ("会议", "會議"), ("utf-8", "big5"), ("utf-8", "nosuch")])
def test_a_text_that_another_tool_changed_between_two_stages_is_rejected(
    folder: Path, changed: tuple[str, str]
) -> None:
    before, after = (json.dumps(text, ensure_ascii=False)[1:-1] for text in changed)
    stream = call("strip", folder / "in").stdout.replace(before, after)
    result = call("repeats", "-", stdin=stream.encode())
    told = {line["id"]: line.get("error") for line in map(json.loads, result.stdout.splitlines())}
    assert told.keys() == {"clean.txt", "dirty.txt"}
    assert str(told["dirty.txt"]).startswith("the text was changed since its history was written; clean it anew")
    assert result.exit_code == 1


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet", "mnbvc"])
def test_what_another_tool_writes_beside_a_document_passes_through(folder: Path, form: str) -> None:
    write(folder / "in.jsonl", json.dumps({"id": "r", "text": PROSE[::-1]}).encode())
    lines = map(json.loads, call("decode", folder / "in", folder / "in.jsonl").stdout.splitlines())
    tagged = "".join(json.dumps({"lang": "zh", **line, "score": 0.5}) + "\n" for line in lines)
    stream = call("repeats", "-", stdin=call("strip", "-", stdin=tagged.encode()).stdout_bytes).stdout_bytes
    call("dedup", "-", "-o", folder / "out", "--format", form, stdin=stream)
    again = call("dedup", folder / "out", "--no-history").stdout
    assert call("dedup", "-", "--no-history", stdin=stream).stdout == again
    assert [(line["lang"], line["id"], line["score"]) for line in map(json.loads, again.splitlines())] == [
        ("zh", "clean.txt", 0.5),
        ("zh", "dirty.txt", 0.5),
        ("zh", "r", 0.5),
    ]
    assert call("restore", folder / "out", "-o", folder / "back").exit_code == 0
    assert (folder / "back" / "dirty.txt").read_bytes() == (folder / "in" / "dirty.txt").read_bytes()


def test_a_text_that_was_changed_in_an_output_folder_is_rejected(folder: Path) -> None:
    call("decode", folder / "in", "-o", folder / "decoded")
    write(folder / "decoded" / "documents" / "dirty.txt", OTHER.encode())
    result = call("strip", folder / "decoded", "-o", folder / "stripped")
    assert "dirty.txt: the text was changed since its history was written" in words(result)
    assert (folder / "stripped" / "documents" / "clean.txt").read_text("utf-8") == PROSE


def test_a_stage_goes_on_from_an_output_folder(folder: Path) -> None:
    assert call("decode", folder / "in", "-o", folder / "decoded").exit_code == 0
    assert call("strip", folder / "decoded", "-o", folder / "stripped").exit_code == 0
    assert (folder / "stripped" / "documents" / "dirty.txt").read_text() == OTHER + "\n"
    call("restore", folder / "stripped", "-o", folder / "back")
    assert content(folder / "back") == content(folder / "in")


def test_a_stage_without_history_prints_bare_records(folder: Path) -> None:
    result = call("strip", folder / "in", "--no-history")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": "clean.txt", "text": PROSE},
        {"id": "dirty.txt", "text": OTHER + "\n"},
    ]


def test_dedup_prints_what_is_kept_and_with_all_what_is_dropped_too(folder: Path) -> None:
    write(folder / "in" / "copy.txt", PROSE.encode())
    kept = call("dedup", folder / "in", "--no-history").stdout.splitlines()
    assert len(kept) == 2
    everything = [json.loads(line) for line in call("dedup", folder / "in", "--all").stdout.splitlines()]
    verdicts = {line["id"]: line["_cleaner"]["verdict"]["kind"] for line in everything}
    assert verdicts == {"clean.txt": "kept", "copy.txt": "dropped", "dirty.txt": "kept"}


def test_records_keep_their_other_fields_and_their_order() -> None:
    line = b'{"url": "u", "body": "\\u4e2d\\u6587\\nad1 webp\\n", "id": 7, "n": [1]}\n'
    result = call("strip", "-", "--text-key", "body", "--no-history", stdin=line)
    assert result.stdout == '{"url": "u", "body": "中文\\n", "id": 7, "n": [1]}\n'


def test_a_bad_line_is_rejected_with_its_number_and_the_rest_flows() -> None:
    result = call("strip", "-", stdin='{"id": "a", "text": "甲"}\n{"id": "b"}\nnonsense\n'.encode())
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "-#2", "-#3"]
    assert "no text under 'text'" in lines[1]["error"]
    assert "--text-key" in lines[1]["error"]
    assert "no JSON" in lines[2]["error"]
    assert result.exit_code == 1


def test_check_names_file_line_rule_and_text_and_writes_nothing(folder: Path) -> None:
    before = content(folder)
    result = call("check", folder / "in")
    assert result.stdout == "dirty.txt:3: strip/ads/image-name: ad1 webp\n"
    assert result.exit_code == 1
    assert content(folder) == before


def test_check_says_that_a_file_would_be_recoded_or_dropped(folder: Path) -> None:
    write(folder / "in" / "gbk.txt", PROSE.encode("gbk"))
    rows = call("check", folder / "in").stdout.splitlines()
    assert "gbk.txt:1: decode/recode: gb18030 to utf-8" in rows
    assert any(row.startswith("gbk.txt:1: dedup/duplicate: ") for row in rows)


def test_check_of_clean_documents_is_silent_and_ends_with_0(folder: Path) -> None:
    result = call("check", folder / "in" / "clean.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_check_as_json_and_as_a_diff(folder: Path) -> None:
    finding = json.loads(call("check", folder / "in", "--json").stdout)
    assert finding.keys() == {"id", "line", "rule", "text", "strength"}
    assert finding["text"] == "ad1 webp\n"
    assert call("check", folder / "in", "--diff").stdout.endswith("\n-ad1 webp\n")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text, or of fewer characters")
def test_every_finding_can_be_accepted_whatever_its_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (b"a[1].txt", b"*.txt", b"\xc4\xe3.txt", b"a\nb\x7f'\".txt"):
        write(tmp_path / os.fsdecode(b"in/" + name), b"ad1 webp\n")
    monkeypatch.chdir(tmp_path)
    assert call("check", "in").exit_code == 1
    assert call("check", "in", "--write-allow").exit_code == 0
    assert call("check", "in").exit_code == 0


def test_a_diff_shows_nothing_that_was_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.txt", f"ad1 webp\n{PROSE}".encode())
    call("check", "a.txt", "--write-allow")
    write(tmp_path / "a.txt", f"ad1 webp\n{PROSE}\nad2 webp\n".encode())
    shown = call("check", "a.txt", "--diff").stdout.splitlines()
    assert [line for line in shown if line.startswith("-")] == ["--- a/a.txt", "-ad2 webp"]


def test_restore_gives_back_every_byte(tmp_path: Path) -> None:
    call("run", SEEDS, "-o", tmp_path / "out")
    assert call("restore", tmp_path / "out", "-o", tmp_path / "back").exit_code == 0
    assert content(tmp_path / "back") == content(SEEDS)


def test_restore_of_one_rule_puts_back_just_its_removals(tmp_path: Path) -> None:
    call("run", SEEDS, "-o", tmp_path / "out")
    call("restore", tmp_path / "out", "-o", tmp_path / "back", "--rule", "strip/ads/*", "--id", "000*")
    assert list(content(tmp_path / "back")) == ["000_799ca7624cdd9ec8.txt"]
    assert content(tmp_path / "back")["000_799ca7624cdd9ec8.txt"] == content(SEEDS)["000_799ca7624cdd9ec8.txt"]


def test_restore_of_a_rule_that_did_nothing_names_those_that_did(folder: Path) -> None:
    call("run", folder / "in", "-o", folder / "out")
    result = call("restore", folder / "out", "-o", folder / "back", "--rule", "strip/nosuch*")
    assert "fits 'strip/nosuch*'; there are strip/ads/image-name" in words(result)
    assert result.exit_code == 2
    assert not (folder / "back").exists()


def test_the_version_is_that_of_the_package() -> None:
    assert call("--version").stdout == f"cleaner {version('corpusclean')}\n"


def test_a_long_name_stands_whole_in_the_tables(tmp_path: Path) -> None:
    name = "a" * 100 + ".txt"
    write(tmp_path / name, PROSE.encode())
    shown = call("detect", tmp_path).stdout
    assert name in "".join(line.split("│")[1].strip() for line in shown.splitlines() if line.startswith("│"))


def test_restore_notices_a_changed_document(folder: Path) -> None:
    call("run", folder / "in", "-o", folder / "out")
    (folder / "out" / "documents" / "clean.txt").write_text("changed")
    result = call("restore", folder / "out", "-o", folder / "back")
    assert result.exit_code == 2
    assert "clean.txt: what is restored is not the original" in words(result)


def test_detect_says_encoding_and_evidence(folder: Path) -> None:
    write(folder / "in" / "gbk.txt", (PROSE * 3).encode("gbk"))
    result = call("detect", folder / "in", "--json")
    rows = {row["id"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert {id_: row["encoding"] for id_, row in rows.items()} == {
        "clean.txt": "utf-8",
        "dirty.txt": "utf-8",
        "gbk.txt": "gb18030",
    }
    assert rows["gbk.txt"]["evidence"]
    assert result.exit_code == 0
    assert "gb18030" in call("detect", folder / "in").stdout


@pytest.mark.parametrize("command", [("detect", SEEDS), ("rules", "list"), ("config", "show")])
def test_off_a_terminal_every_row_of_a_table_is_one_line(command: tuple[str, ...]) -> None:
    told = call(*command)
    rows = told.stdout.splitlines()[3:-1]
    assert len(rows) == len(call(*command, "--json").stdout.splitlines())
    assert all(row.startswith("│ ") and "… " not in row for row in rows)


def test_detect_of_a_binary_ends_with_1(tmp_path: Path) -> None:
    write(tmp_path / "a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = call("detect", tmp_path / "a.png", "--json")
    assert json.loads(result.stdout)["error"]
    assert result.exit_code == 1


PAGE = "{nav}\n\n{title}\n\n{body}\n\n{foot}\n"
NAV = "江畔论坛 首页 版块 相册 活动 家园\n\n江畔人家 临水而居"
FOOT = "江畔论坛站务组 邮箱 help@example.org\n\n江畔论坛由众人出资维持"


def pages(folder: Path, count: int) -> None:
    """Pages of one site: the same head and foot, each with a body of its own."""
    for number in range(count):
        rng = random.Random(number)  # noqa: S311 - noise, no secret
        body = "。".join("".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(20)) for _ in range(9)) + "。"
        write(folder / f"{number}.txt", PAGE.format(nav=NAV, title=body[:9], body=body[10:], foot=FOOT).encode())


def test_run_with_learn_takes_what_all_pages_share_and_keeps_the_pack(tmp_path: Path) -> None:
    pages(tmp_path / "in", 12)
    assert call("run", tmp_path / "in", "-o", tmp_path / "out", "--learn").exit_code == 0
    cleaned = (tmp_path / "out" / "documents" / "3.txt").read_text()
    assert "站务组" not in cleaned
    assert cleaned.count("。") == 9
    pack = tmp_path / "out" / "learned.toml"
    assert call("rules", "test", pack).exit_code == 0
    again = call("run", tmp_path / "out" / "documents", "-o", tmp_path / "again", "--pack", pack)
    assert again.exit_code == 0
    assert content(tmp_path / "again" / "documents") == content(tmp_path / "out" / "documents")


def test_copies_of_one_page_teach_nothing(tmp_path: Path) -> None:
    page = (SEEDS / "002_8433e2247a81c5a0.txt").read_text("utf-8")
    for number, text in enumerate((page, page, page.replace("\n", "\r\n"), page + "\n", OTHER)):
        write(tmp_path / "in" / f"{number}.txt", text.encode())
    call("learn", tmp_path / "in", "-o", tmp_path / "pack.toml")
    assert "[[entry]]" not in (tmp_path / "pack.toml").read_text("utf-8")
    call("run", tmp_path / "in", "-o", tmp_path / "out", "--learn")
    assert json.loads((tmp_path / "out" / "report.json").read_bytes())["removed"] == 0


def test_learn_writes_a_pack_that_run_uses(tmp_path: Path) -> None:
    pages(tmp_path / "in", 12)
    assert call("learn", tmp_path / "in", "-o", tmp_path / "site.toml").exit_code == 0
    assert "站务组" in (tmp_path / "site.toml").read_text()
    assert call("learn", tmp_path / "in", "-o", tmp_path / "site.toml").exit_code == 2
    call("run", tmp_path / "in", "-o", tmp_path / "out", "--pack", tmp_path / "site.toml")
    assert "站务组" not in (tmp_path / "out" / "documents" / "3.txt").read_text()


def test_a_sample_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    pages(tmp_path / "in", 12)
    call("run", tmp_path / "in", "-o", tmp_path / "one", "--sample", "3")
    assert len(content(tmp_path / "one" / "documents")) == 3
    half = sorted((tmp_path / "in").iterdir(), reverse=True)
    call("run", *half, "-o", tmp_path / "two", "--sample", "3")
    assert content(tmp_path / "one" / "documents") == content(tmp_path / "two" / "documents")


def test_verbose_says_what_the_settings_come_to(folder: Path) -> None:
    result = call("run", folder / "in", "-o", folder / "out", "-v")
    assert "25 x 5 bands" in words(result)


def test_rules_are_listed_shown_and_tested() -> None:
    assert "ads/image-name" in call("rules", "list", "--only", "ads", "--json").stdout
    assert "ad1 webp" in call("rules", "show", "ads/image-name").stdout
    assert call("rules", "show", "nosuch").exit_code == 2
    result = call("rules", "test")
    assert (result.exit_code, result.stdout) == (0, "")


def test_eval_prints_scores_and_errors(tmp_path: Path) -> None:
    write(tmp_path / "001.txt", f"{PROSE}{PROSE.strip()[::-1]}\nad1 webp\n".encode())
    write(tmp_path / "001.json", json.dumps({"family": "ads", "labels": ["keep", "drop", "drop"]}).encode())
    result = call("eval", tmp_path, "--errors", "--rules")
    assert result.exit_code == 0
    assert "001:2: drop, missed" in result.stdout
    assert "strip/ads/image-name" in result.stdout
    write(tmp_path / "002.json", b'{"family": "ads", "labels": []}')
    assert "002.txt: cannot be read" in words(call("eval", tmp_path))


def test_rules_of_legado_become_a_pack_and_what_cannot_is_listed(tmp_path: Path) -> None:
    rules = [
        {"name": "域名", "pattern": "请记住本书首发域名", "replacement": "", "isRegex": False, "isEnabled": True},
        {"name": "回看", "pattern": "(?<=甲)乙丙丁戊", "replacement": "", "isRegex": True, "isEnabled": True},
    ]
    write(tmp_path / "rules.json", json.dumps(rules).encode())
    result = call("rules", "import", tmp_path / "rules.json", "-o", tmp_path / "mine.toml")
    assert result.exit_code == 1
    assert result.stdout.startswith("回看: ")
    write(tmp_path / "a.txt", f"{PROSE}请记住本书首发域名\n{OTHER}".encode())
    cleaned = call("strip", tmp_path / "a.txt", "--pack", tmp_path / "mine.toml", "--no-history").stdout
    assert "首发域名" not in cleaned
