"""A run that is killed at any moment leaves nothing half-written, and --resume ends it as if nothing had been."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.engines.job import Job
from cleaner.engines.local import LocalEngine
from cleaner.engines.run import run_to_folder
from cleaner.io.sources import list_sources
from cleaner.plan import Plan
from tests.runs import content, write

ROOT = Path(__file__).parents[2]
TEXT = "第{0}号文件的正文：今年的第{0}次会议讨论了{0}项工作，决定了{0}件事情，记在第{0}本册子里。\nad1 webp\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills are sent to forked children")


def corpus(folder: Path, files: int) -> Path:
    for number in range(files):
        write(folder / f"{number % 7}" / f"{number}.txt", TEXT.format(number * 7919).encode() * (1 + number % 3))
    records = "".join(json.dumps({"id": f"r{n}", "text": TEXT.format(n * 104729)}) + "\n" for n in range(files))
    write(folder / "r.jsonl", records.encode())
    write(folder / "p.html", "<p>一页网页，上面有一段话。</p>".encode())
    write(folder / "bad.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    return folder


def half(out: Path) -> list[str]:
    """Files under a final name that are no whole file: a list that ends inside a line, JSON that is cut off."""
    broken = []
    for path in out.glob("*.json*"):
        data = path.read_bytes()
        whole = data.endswith(b"\n") or not data
        with contextlib.suppress(ValueError):
            [json.loads(line) for line in (data.splitlines() if path.suffix == ".jsonl" else [data])]
            broken += [] if whole else [path.name]
            continue
        broken.append(path.name)
    return broken


def test_killed_before_any_change_to_the_disk_it_ends_the_same(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 12)
    before = content(source)
    command = [sys.executable, str(ROOT / "tests/io/killer.py"), str(source), str(tmp_path), "8"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}, check=True, capture_output=True)
    told = json.loads(done.stdout)
    whole = content(tmp_path / "whole")
    assert len(told["kills"]) >= 8
    for kill in told["kills"]:
        assert kill["killed"] == -signal.SIGKILL
        assert content(Path(kill["out"])) == whole, kill
        # Under a final name stands what a whole run writes there, or nothing.
        final = [name for name in kill["left"] if not name.startswith((".cleaner-work/", ".")) and name != "run.json"]
        assert set(final) <= whole.keys(), kill
    assert content(source) == before


def test_a_real_command_is_killed_and_resumed(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 150)
    before = content(source)
    haste = (  # workers and checkpoints from the beginning on, however fast the machine
        "import cleaner.engines.local as l, cleaner.engines.run as r; l.HOME_SECONDS = r.CHECKPOINT_SECONDS = 0.0; "
        "from cleaner.cli import main; main()"
    )
    out = tmp_path / "out"
    command = [sys.executable, "-c", haste, "run", str(source), "-o", str(out), "--jobs", "2", "-q"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        while process.poll() is None and len(children(process.pid)) < 2:
            time.sleep(0.005)
        workers = children(process.pid)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert workers
    assert json.loads((out / "cleaner.json").read_bytes())["state"] == "running"
    assert json.loads((out / ".cleaner-work" / "checkpoint.json").read_bytes())["items"] > 0
    assert half(out) == []
    assert content(source) == before
    assert gone(workers), "workers outlive their killed parent"
    job = Job(Plan(), list_sources([str(source)]), LocalEngine(1))
    run_to_folder(job, out, resume=True)
    run_to_folder(job, tmp_path / "whole")
    assert content(out) == content(tmp_path / "whole")


def children(pid: int) -> list[int]:
    """The processes whose parent has this id."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text("utf-8").rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def gone(pids: list[int]) -> bool:
    """Whether all these processes end within ten seconds."""
    for _ in range(200):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False
