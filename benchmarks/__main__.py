"""``python -m benchmarks ROOM ...``: the benchmark of a room; the same as ``python -m benchmarks.ROOM ...``."""

import runpy
import sys
from argparse import ArgumentParser
from pathlib import Path

ROOMS = sorted(path.parent.name for path in Path(__file__).parent.glob("*/__main__.py"))

if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("room", choices=ROOMS, help="what follows is for its own benchmark")
    room = parser.parse_args(sys.argv[1:2]).room
    del sys.argv[1]
    runpy.run_module(f"benchmarks.{room}", run_name="__main__", alter_sys=True)
