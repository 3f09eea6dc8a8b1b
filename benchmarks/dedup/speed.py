"""Whole processes, same files, same run, one core: files to verified pairs, ours and the peers'."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.dedup.corpus import make_apart

_ROOT = Path(__file__).parents[2]
_ONE_CORE = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "RAYON")}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took.

    Attributes:
        wall: seconds.
        cpu: seconds, of user and system.
        peak: MiB resident.
        said: what it printed.
    """

    wall: float
    cpu: float
    peak: float
    said: str


PEERS = ("rensa", "gaoya", "datasketch")


def measure(folder: Path, documents: int, python: str, rounds: int, chosen: Sequence[str] = PEERS) -> None:
    """Prints the cost of each, and how many times ours it is, rounds interleaved."""
    make_apart(folder, documents)
    peers = str(_ROOT / "benchmarks/dedup/peers.py")
    commands = {
        "cleaner dedup --report-only": report_only(folder),
        "cleaner.dedup": [sys.executable, "-m", "benchmarks.dedup.ours", str(folder)],
        **{name: [python, peers, name, str(folder)] for name in chosen},
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
            print(f"{name}: {costs[name][-1].cpu:.2f} s cpu", file=sys.stderr)
    whole, library = (median(cost.cpu for cost in costs[name]) for name in list(commands)[:2])
    print(f"{documents} documents, {rounds} rounds, medians")
    print("| engine | wall s | cpu s | times the command | times the functions | peak MiB | duplicates |")
    print("|---|---|---|---|---|---|---|")
    for name, held in costs.items():
        wall, cpu, peak = (median(getattr(cost, key) for cost in held) for key in ("wall", "cpu", "peak"))
        said = len(held[0].said.splitlines()) if "report" in name else held[0].said
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {cpu / whole:.1f} | {cpu / library:.1f} | {peak:.0f} | {said} |")


def report_only(folder: Path) -> list[str]:
    """The command as its users call it, in one process."""
    return [sys.executable, "-m", "cleaner", "dedup", str(folder), "--report-only", "--jobs", "1"]


def run(command: list[str]) -> Cost:
    """Runs a command on one core and says what it cost."""
    before = os.times()
    with subprocess.Popen(
        command, cwd=_ROOT, env={**os.environ, **_ONE_CORE}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read().strip()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    wall = os.times().elapsed - before.elapsed
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)
