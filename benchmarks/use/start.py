"""What a fresh process costs: `cleaner-check` of a clean file beside the import of typer and numpy.

The commands are started in turn, so that whatever else the machine does falls on all of them, and the medians of their
user CPU time are compared. The clean files are the seeds that come back as they are, in a folder without settings.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

SEEDS = Path(__file__).parents[2] / "seeds"
CLEAN = ("002", "004")
PEER = "import typer, numpy"
CHECK = "import sys; from cleaner.hook import check; sys.exit(check(sys.argv[1:]))"
ROUNDS = 15


def start(rounds: int = ROUNDS) -> None:
    """Prints the cost of each command as a multiple of the peer's."""
    with tempfile.TemporaryDirectory() as folder:
        files = [shutil.copy(next(SEEDS.glob(f"{number}_*")), folder) for number in CLEAN]
        commands = {
            PEER: ["-c", PEER],
            **{f"cleaner-check, {Path(file).stat().st_size:,} bytes": ["-c", CHECK, file] for file in files},
            "cleaner check, the first of the two": ["-m", "cleaner", "check", "-q", files[0]],
            "cleaner --help": ["-m", "cleaner", "--help"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for each in range(rounds + 1):
            for name, arguments in commands.items():
                seconds = _user_seconds(arguments, folder)
                if each:  # the first round fills the caches of the file system, and Python's own
                    times[name].append(seconds)
    peer = median(times[PEER])
    print(f"user CPU seconds, median of {rounds} fresh processes each, started in turn")
    for name, taken in times.items():
        print(f"{median(taken):.3f}  {median(taken) / peer:5.2f} x  {name}")


def _user_seconds(arguments: Sequence[str], folder: str) -> float:
    # An installed package comes with its bytecode; a checkout gets it in the first round.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times().children_user
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return os.times().children_user - before
