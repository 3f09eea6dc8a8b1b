"""``python -m benchmarks ROOM ...``: the benchmark of a room; the same as ``python -m benchmarks.ROOM ...``."""

import runpy
import sys
from pathlib import Path

ROOMS = sorted(path.parent.name for path in Path(__file__).parent.glob("*/__main__.py"))

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ROOMS:
        sys.exit(f"usage: python -m benchmarks {'|'.join(ROOMS)} ...")
    room = sys.argv.pop(1)
    runpy.run_module(f"benchmarks.{room}", run_name="__main__", alter_sys=True)
