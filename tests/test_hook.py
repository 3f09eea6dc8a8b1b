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
from tests.calls import unread
from tests.repository import DIRTY, LONG, PROSE, git, stage

ROOT = Path(__file__).parent.parent


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


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    stage("seeds/b.txt", DIRTY.encode())
    (repository / "seeds" / "a.txt").symlink_to("b.txt")
    git("add", "seeds/a.txt")
    assert hook.fix(["seeds/a.txt"]) == 1
    assert "only files of plain text are rewritten" in capfd.readouterr().out
    assert (repository / "seeds" / "a.txt").is_symlink()
    assert (repository / "seeds" / "b.txt").read_text() == DIRTY


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe ends otherwise there")
def test_files_are_fixed_though_nobody_reads_what_is_said(repository: Path) -> None:
    names = [stage(f"seeds/{name}.txt", DIRTY.encode()) for name in "ab"]
    script = "import sys; from cleaner.hook import fix; sys.exit(fix(sys.argv[1:]))"
    assert unread([sys.executable, "-c", script, *names]) == (1, b"")
    assert all((repository / name).read_bytes() != DIRTY.encode() for name in names)


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
    assert all("only files of plain text are rewritten" in line for line in told[:3])
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


@pytest.mark.parametrize(
    ("entry", "usage"),
    [
        (hook.check, "cleaner-check FILE..."),
        (hook.fix, "cleaner-fix FILE..."),
        (hook.dedup, "cleaner-dedup [FOLDER...]"),
    ],
)
def test_a_hook_has_no_options_and_says_how_it_is_called(
    entry: Callable[[list[str]], int], usage: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert entry(["--help"]) == 2
    told = f"cleaner: --help: a hook has no options: {usage}; settings stand in cleaner.toml\n"
    assert capfd.readouterr() == (told, "")


def test_a_name_that_begins_like_an_option_is_a_file(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (repository / "-a.txt").write_text(DIRTY)
    assert hook.check(["-a.txt"]) == 1
    assert capfd.readouterr().out.startswith("-a.txt:3: strip/ads/image-name")
