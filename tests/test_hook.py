"""The pre-commit entries: on their own in a repository, and under the real pre-commit."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import hook

ROOT = Path(__file__).parent.parent
PROSE = "会议指出，要把思想和行动统一到中央的决策部署上来，抓好各项工作落实，确保全年目标任务圆满完成。\n"
DIRTY = PROSE + "\nad1 webp\nad2 webp\n"
LONG = "".join(
    f"第{number}节，{PROSE.strip()}另据了解，{chr(0x4E00 + 97 * number)}地区的情况也大致如此。" for number in range(20)
)
NEAR = LONG.replace("大致如此", "基本如此", 2)


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with a folder for seeds, as the working folder."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q", "-b", "main")
    git("config", "user.email", "someone@example.org")
    git("config", "user.name", "Someone")
    (tmp_path / "seeds").mkdir()
    return tmp_path


def stage(name: str, data: bytes) -> str:
    Path(name).write_bytes(data)
    git("add", name)
    return name


def test_check_is_silent_about_clean_files_and_ends_with_0(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert hook.check([stage("seeds/a.txt", PROSE.encode())]) == 0
    assert capfd.readouterr() == ("", "")
    assert repository.is_dir()


# What costs a tenth of a second and more, or has nothing to do with a clean file.
SLOW = (
    *("typer", "rich", "pydantic", "duckdb", "opencc", "chardet", "ftfy", "datasketch", "scipy", "zstandard"),
    *("numpy.ma", "subprocess", "tempfile", "importlib.resources", "tomllib"),
    *("cleaner.cli", "cleaner.engines", "cleaner.io.reading", "cleaner.index"),
    *("cleaner.decode.model", "cleaner.repair.steps"),
    *("cleaner.strip.removal", "cleaner.strip.flattened", "cleaner.strip.choice", "cleaner.strip.parts"),
)


@pytest.mark.usefixtures("repository")
def test_a_clean_file_is_checked_without_importing_what_is_slow() -> None:
    name = stage("seeds/a.txt", next(ROOT.glob("seeds/002_*")).read_bytes())
    script = "import sys; from cleaner.hook import check; print(check(sys.argv[1:])); print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", script, name]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert told[0] == "0"
    assert set(told).isdisjoint(SLOW)


def test_check_prints_a_line_for_each_finding_and_writes_nothing(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = [stage("seeds/a.txt", DIRTY.encode()), stage("seeds/b.txt", PROSE.encode("gbk"))]
    before = [(repository / name).read_bytes() for name in names]
    assert hook.check(names) == 1
    assert capfd.readouterr().out.splitlines() == [
        "seeds/a.txt:3: strip/ads/image-name: ad1 webp⏎ad2 webp",
        "seeds/b.txt:1: decode/recode: gb18030 to utf-8",
    ]
    assert [(repository / name).read_bytes() for name in names] == before


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-16"])
def test_fix_rewrites_once_and_then_has_nothing_to_do(codec: str, capfd: pytest.CaptureFixture[str]) -> None:
    name = stage("seeds/a.txt", DIRTY.encode(codec))
    Path(name).chmod(0o640)
    assert hook.fix([name]) == 1
    assert "strip/ads/image-name x1" in capfd.readouterr().out
    assert Path(name).read_text("utf-8") == PROSE + "\n"
    assert Path(name).stat().st_mode & 0o777 == 0o640
    git("add", name)
    assert hook.fix([name]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.usefixtures("repository")
def test_fix_refuses_what_git_could_not_bring_back(capfd: pytest.CaptureFixture[str]) -> None:
    Path("seeds/new.txt").write_text(DIRTY)
    assert hook.fix(["seeds/new.txt"]) == 2
    assert "seeds/new.txt: git does not track this file" in capfd.readouterr().out
    name = stage("seeds/old.txt", PROSE.encode())
    Path(name).write_text(DIRTY)
    assert hook.fix([name]) == 2
    assert "not staged" in capfd.readouterr().out
    assert Path(name).read_text() == DIRTY


RECORDS = (
    f'{{"id": "r1", "text": {json.dumps(PROSE, ensure_ascii=False)}}}\n'
    f'{{"id": "r2", "text": {json.dumps(DIRTY)}, "n": 1}}\n'
    "ad1 webp\n"
)
PAGE = f"<html><body><p>{PROSE}</p><p>ad1 webp</p></body></html>\n"


@pytest.mark.usefixtures("repository")
def test_records_pages_and_packed_files_are_checked_as_a_run_reads_them(capfd: pytest.CaptureFixture[str]) -> None:
    names = [
        stage("seeds/a.jsonl", RECORDS.encode()),
        stage("seeds/b.html", PAGE.encode()),
        stage("seeds/c.txt.gz", gzip.compress(DIRTY.encode())),
        stage("seeds/d.txt.gz", gzip.compress(PROSE.encode())),
    ]
    assert hook.check(names) == 1
    told = capfd.readouterr().out.splitlines()
    assert told[0] == "seeds/a.jsonl#2: r2:3: strip/ads/image-name: ad1 webp⏎ad2 webp"
    assert told[1].startswith("seeds/a.jsonl#3: the line is no JSON")
    assert told[2:] == [
        "seeds/b.html:3: strip/ads/image-name: ad1 webp",
        "seeds/c.txt.gz:3: strip/ads/image-name: ad1 webp⏎ad2 webp",
    ]


@pytest.mark.usefixtures("repository")
def test_fix_leaves_alone_what_is_no_plain_text(capfd: pytest.CaptureFixture[str]) -> None:
    held = {
        "seeds/a.jsonl": RECORDS.encode(),
        "seeds/b.html": PAGE.encode("gb18030"),
        "seeds/c.txt.gz": gzip.compress(DIRTY.encode()),
        "seeds/d.txt.gz": gzip.compress(DIRTY.encode())[:-9],
        "seeds/e.jsonl": RECORDS.splitlines(keepends=True)[0].encode(),
    }
    assert hook.fix([stage(name, data) for name, data in held.items()]) == 1
    assert {name: Path(name).read_bytes() for name in held} == held
    told = capfd.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in told] == list(held)[:4]
    assert all("only plain text is rewritten" in line for line in told[:3])
    assert "the .gz is broken" in told[3]


@pytest.mark.usefixtures("repository")
def test_a_name_that_is_no_line_of_text_stays_on_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert hook.check([stage("seeds/a\n\x1b[2J.txt", DIRTY.encode())]) == 1
    assert capfd.readouterr().out.splitlines() == ["seeds/a\\n\\x1b[2J.txt:3: strip/ads/image-name: ad1 webp⏎ad2 webp"]


@pytest.mark.usefixtures("repository")
def test_one_bad_file_is_named_and_the_others_are_looked_at(capfd: pytest.CaptureFixture[str]) -> None:
    picture = stage("seeds/a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert hook.check([picture, "seeds/gone.txt", stage("seeds/b.txt", DIRTY.encode())]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["seeds/a.png", "seeds/gone.txt", "seeds/b.txt"]


@pytest.mark.usefixtures("repository")
def test_an_accepted_finding_is_not_told_and_a_stale_one_is(capfd: pytest.CaptureFixture[str]) -> None:
    name = stage("seeds/a.txt", DIRTY.encode())
    write = [sys.executable, "-m", "cleaner", "check", "seeds", "--write-allow", "-q"]
    assert subprocess.run(write, check=False, capture_output=True).returncode == 0
    assert "[[allow]]" in Path("cleaner.toml").read_text()
    assert hook.check([name]) == 0
    assert hook.fix([name]) == 0
    assert Path(name).read_text() == DIRTY
    stage(name, PROSE.encode())
    assert hook.check([name]) == 1
    assert "fits nothing any more" in capfd.readouterr().out


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a repository of its own, as pre-commit clones it."""
    copy = tmp_path_factory.mktemp("project") / "cleaner"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "out", "__pycache__", ".*_cache"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    commands = (
        ["git", "init", "-q", "-b", "main"],
        ["git", "add", "-A"],
        ["git", "-c", "user.email=a@example.org", "-c", "user.name=A", "commit", "-q", "-m", "all"],
    )
    for command in commands:
        subprocess.run(command, cwd=copy, check=True, env=environment)
    return copy


# ``pre-commit try-repo`` with a store that outlives it: two tries then install the project once.
TRY_REPO = """
import sys
from pre_commit.commands import try_repo
from pre_commit.main import main
from pre_commit.store import Store
try_repo.Store = lambda _: Store(sys.argv[1])
sys.exit(main(["try-repo", *sys.argv[2:]]))
"""


def try_repo(project: Path, *files: str) -> subprocess.CompletedProcess[str]:
    store = str(project.parent / "store")
    command = [sys.executable, "-c", TRY_REPO, store, str(project), "--verbose", "--files", *files]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.usefixtures("repository")
def test_under_the_real_pre_commit_a_dirty_seed_is_stopped_and_fixed_and_passes(project: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    Path("cleaner.toml").write_text("[dedup]\nthreshold = 0.99\n")  # the many differ in their numbers alone
    stage("seeds/old.txt", LONG.encode())
    git("commit", "-q", "-m", "one", "--no-verify")
    other = DIRTY.replace("会议指出", "代表们在讨论中认为")
    names = [stage("seeds/a.txt", DIRTY.encode("gbk")), stage("seeds/b", other.encode("utf-16"))]
    many = [stage(f"seeds/{number}.txt", f"{number}。{PROSE}".encode()) for number in range(300)]
    copy = stage("seeds/copy.txt", LONG[:-4].encode())
    stopped = try_repo(project, *names, *many, copy)
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "seeds/a.txt:3: strip/ads/image-name" in stopped.stdout
    assert "seeds/b:1: decode/recode: utf-16le to utf-8" in stopped.stdout
    assert stopped.stdout.count("fixed seeds/") == 2
    assert stopped.stdout.count(": repeats ") == 1
    assert "seeds/copy.txt: repeats seeds/old.txt (jaccard" in stopped.stdout
    git("rm", "-q", "-f", copy)
    git("add", "-A")
    passed = try_repo(project, *names, *many)
    assert passed.returncode == 0, passed.stdout + passed.stderr


def commit() -> None:
    git("commit", "-q", "-m", "more", "--no-verify")


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
