"""The pre-commit entry that stops a new seed that repeats another one."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import hook
from tests.repository import LONG, NEAR, PROSE, commit, git, stage


@pytest.mark.usefixtures("repository")
def test_dedup_stops_a_new_seed_that_repeats_one_of_the_folder(capfd: pytest.CaptureFixture[str]) -> None:
    stage("seeds/old.txt", LONG.encode())
    commit()
    stage("seeds/new.txt", NEAR.encode("gbk"))
    stage("seeds/other.txt", PROSE.encode())
    for _ in range(2):  # the second time with the index that the first has made
        assert hook.dedup([]) == 1
        first, second = capfd.readouterr().out.splitlines()
        assert first.startswith("seeds/new.txt: repeats seeds/old.txt (jaccard 0.9")
        assert second.startswith('  path = "seeds/new.txt", rule = "dedup/duplicate", text = "')
    assert git("status", "--short").splitlines() == ["A  seeds/new.txt", "A  seeds/other.txt"]


@pytest.mark.usefixtures("repository")
def test_dedup_looks_into_packed_seeds(capfd: pytest.CaptureFixture[str]) -> None:
    stage("seeds/a.txt", LONG.encode())
    stage("seeds/b.txt.gz", gzip.compress(NEAR.encode()))
    stage("seeds/c.txt.gz", gzip.compress(LONG.encode())[:-9])
    assert hook.dedup([]) == 1
    assert capfd.readouterr().out.count("repeats") == 1


def records(*texts: str) -> bytes:
    return b"".join(json.dumps({"id": number, "body": text}).encode() + b"\n" for number, text in enumerate(texts))


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_dedup_takes_each_record_for_a_document(
    pack: Callable[[bytes], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    ending = "jsonl" if pack is bytes else "jsonl.gz"
    Path("cleaner.toml").write_text('[run]\ntext_key = "body"\n')
    stage(f"seeds/old.{ending}", pack(records(PROSE, LONG)))
    stage("seeds/old.txt", LONG[::-1].encode())
    commit()
    stage(f"seeds/new.{ending}", pack(records(NEAR, PROSE * 2 + "另起一段，说的是别的事情。", NEAR[::-1])))
    assert hook.dedup([]) == 1
    told = [line for line in capfd.readouterr().out.splitlines() if not line.startswith(" ")]
    assert [line.partition(" (")[0] for line in told] == [
        f"seeds/new.{ending}#1: repeats seeds/old.{ending}#2",
        f"seeds/new.{ending}#3: repeats seeds/old.txt",
    ]
    git("rm", "-q", "--cached", "seeds/old.txt")
    stage(f"seeds/old.{ending}", pack(records(LONG)))
    assert hook.dedup([]) == 1
    assert capfd.readouterr().out.startswith(f"seeds/new.{ending}#1: repeats seeds/old.{ending}#1 (jaccard")


@pytest.mark.usefixtures("repository")
def test_dedup_says_nothing_of_records_that_stood_in_the_file_before(capfd: pytest.CaptureFixture[str]) -> None:
    Path("cleaner.toml").write_text('[run]\ntext_key = "body"\n')
    stage("seeds/a.jsonl", records(LONG, NEAR))
    commit()
    stage("seeds/a.jsonl", records(PROSE, LONG, NEAR))
    assert hook.dedup([]) == 0
    assert capfd.readouterr() == ("", "")
    stage("seeds/a.jsonl", records(LONG.replace("大致", "基本", 4), PROSE, LONG, NEAR))
    assert hook.dedup([]) == 1
    assert capfd.readouterr().out.startswith("seeds/a.jsonl#1: repeats seeds/a.jsonl#4 (jaccard")


@pytest.mark.usefixtures("repository")
def test_dedup_compares_the_records_of_one_new_file_and_passes_over_broken_ones(
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole = json.dumps({"text": LONG}).encode() + b"\n"
    stage("seeds/a.jsonl", whole + b"no record\n" + whole.replace(b"2", b"3", 1))
    assert hook.dedup([]) == 1
    assert capfd.readouterr().out.startswith("seeds/a.jsonl#3: repeats seeds/a.jsonl#1 (")


@pytest.mark.usefixtures("repository")
def test_dedup_compares_new_seeds_with_each_other(capfd: pytest.CaptureFixture[str]) -> None:
    stage("seeds/a.txt", LONG.encode())
    stage("seeds/b.txt", LONG.encode("utf-16"))
    assert hook.dedup([]) == 1
    assert capfd.readouterr().out.startswith("seeds/b.txt: repeats seeds/a.txt (the same text)")


@pytest.mark.usefixtures("repository")
def test_dedup_reads_what_is_staged_and_not_what_lies_there(capfd: pytest.CaptureFixture[str]) -> None:
    stage("seeds/old.txt", LONG.encode())
    commit()
    name = stage("seeds/new.txt", PROSE.encode())
    Path(name).write_text(NEAR)
    Path("seeds/untracked.txt").write_text(NEAR)
    Path("seeds/old.txt").unlink()
    assert hook.dedup([]) == 0
    assert capfd.readouterr() == ("", "")
    git("add", name)
    assert hook.dedup([]) == 1


@pytest.mark.usefixtures("repository")
def test_dedup_forgets_what_was_deleted_and_follows_what_was_renamed(capfd: pytest.CaptureFixture[str]) -> None:
    for name, text in (("gone", LONG), ("was", LONG[::-1])):
        stage(f"seeds/{name}.txt", text.encode())
    commit()
    stage("seeds/first.txt", PROSE.encode())
    assert hook.dedup([]) == 0
    git("rm", "-q", "--cached", "seeds/gone.txt")
    git("mv", "seeds/was.txt", "seeds/now.txt")
    stage("seeds/new.txt", NEAR.encode())
    assert hook.dedup([]) == 0
    stage("seeds/late.txt", NEAR[::-1].encode())
    assert hook.dedup([]) == 1
    assert "seeds/late.txt: repeats seeds/now.txt" in capfd.readouterr().out


@pytest.mark.usefixtures("repository")
def test_dedup_says_nothing_of_old_repetitions_and_looks_where_it_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    Path("texts").mkdir()
    stage("seeds/a.txt", LONG.encode())
    stage("seeds/b.txt", NEAR.encode())
    commit()
    stage("texts/a.txt", LONG.encode())
    stage("seeds/c.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert hook.dedup([]) == 0
    assert capfd.readouterr().out == ""
    assert hook.dedup(["seeds", "texts"]) == 1
    assert capfd.readouterr().out.startswith("texts/a.txt: repeats seeds/a.txt")


@pytest.mark.usefixtures("repository")
def test_dedup_accepts_what_is_allowed(capfd: pytest.CaptureFixture[str]) -> None:
    stage("seeds/old.txt", LONG.encode())
    commit()
    stage("seeds/new.txt", NEAR.encode())
    assert hook.dedup([]) == 1
    allowed = capfd.readouterr().out.splitlines()[1].strip().replace(", ", "\n")
    Path("cleaner.toml").write_text(f"[[allow]]\n{allowed}\n")
    assert hook.dedup([]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("repository")
def test_dedup_makes_a_damaged_index_anew_and_drops_that_of_other_settings() -> None:
    stage("seeds/old.txt", LONG.encode())
    commit()
    stage("seeds/new.txt", NEAR.encode())
    assert hook.dedup([]) == 1
    (cache,) = Path(".git/cleaner").iterdir()
    cache.write_bytes(b"nothing of the kind" * 1000)
    assert hook.dedup([]) == 1
    Path("cleaner.toml").write_text("[dedup]\nthreshold = 0.99\n")
    assert hook.dedup([]) == 0
    (other,) = Path(".git/cleaner").iterdir()
    assert other != cache


@pytest.mark.usefixtures("repository")
def test_dedup_between_two_refs_looks_at_what_came_between_them(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stage("seeds/old.txt", LONG.encode())
    commit()
    stage("seeds/new.txt", NEAR.encode())
    commit()
    assert hook.dedup([]) == 0
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert hook.dedup([]) == 1
    assert "seeds/new.txt: repeats seeds/old.txt" in capfd.readouterr().out


def test_dedup_outside_a_repository_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert hook.dedup([]) == 2
    assert "not a git repository" in capfd.readouterr().out
