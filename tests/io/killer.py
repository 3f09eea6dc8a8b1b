"""Runs a job in a child again and again, each time killed (SIGKILL) before another change to the disk; prints JSON.

Arguments: the source, the folder for the outputs, how many kills. Forking keeps the price of the imports at one.
"""

import json
import os
import signal
import sys
from pathlib import Path

import cleaner.engines.run as engine
from cleaner.engines.job import Job
from cleaner.engines.local import LocalEngine
from cleaner.engines.run import run_to_folder
from cleaner.io.sources import list_sources
from cleaner.plan import Plan

# The changes to the disk that a kill may come before.
EVENTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}


def job(source: str) -> Job:
    return Job(Plan(), list_sources([source]), LocalEngine(1))


def counted(limit: int) -> list[int]:
    """Counts the changes to the disk from now on; the one of that number is not lived to see."""
    count = [0]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event in EVENTS or writing:
            count[0] += 1
            if count[0] == limit:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


def child(source: str, out: Path, limit: int, *, resume: bool = False) -> int:
    """Runs in a child process; returns its wait status, or the changes to the disk when it may live."""
    reader, writer = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            count = counted(limit)
            run_to_folder(job(source), out, resume=resume)
            os.write(writer, str(count[0]).encode())
        finally:
            os._exit(1)
    os.close(writer)
    _, status = os.waitpid(pid, 0)
    told = os.read(reader, 20)
    os.close(reader)
    return int(told) if told else -os.WTERMSIG(status)


def main() -> None:
    source, folder, kills = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    engine.CHECKPOINT_SECONDS = 0.0
    run_to_folder(job(source), folder / "whole")  # builds the rules, which the children then share
    changes = child(source, folder / "other", 0)
    moments = sorted({1 + changes * number // kills for number in range(kills)} | {changes - 1, changes})
    told = []
    for number, moment in enumerate(moments):
        out = folder / str(number)
        killed = child(source, out, moment)
        left = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()) if out.exists() else []
        again = child(source, out, moment // 2 + 1, resume=out.exists())  # killed once more, on the way back
        child(source, out, 0, resume=out.exists())
        told.append({"out": str(out), "moment": moment, "killed": killed, "again": again, "left": left})
    print(json.dumps({"changes": changes, "kills": told}))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main()
