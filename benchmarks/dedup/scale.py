"""How cost and memory grow with the corpus: the command itself, one process for each of several corpora."""

import os
from pathlib import Path

from benchmarks.dedup.corpus import make_apart
from benchmarks.dedup.plot import svg
from benchmarks.dedup.speed import report_only, run

_SMALLEST = 1_250


def measure(folder: Path, documents: int, rounds: int, plot: Path | None) -> None:
    """Prints the least cost of `cleaner dedup --report-only` from 1,250 documents up, each time twice as many."""
    print("| documents | MB | wall s | cpu s | cpu ms per document | peak MiB | duplicates |")
    print("|---|---|---|---|---|---|---|")
    count, points = _SMALLEST, []
    while count <= documents:
        corpus = folder / f"dedup-{count}"
        make_apart(corpus, count)
        files = [entry.stat().st_size for entry in os.scandir(corpus)]
        cost = min((run(report_only(corpus)) for _ in range(rounds)), key=lambda cost: cost.cpu)
        print(
            f"| {len(files):,} | {sum(files) / 1e6:.0f} | {cost.wall:.2f} | {cost.cpu:.2f} |"
            f" {1000 * cost.cpu / len(files):.3f} | {cost.peak:.0f} | {len(cost.said.splitlines()):,} |",
            flush=True,
        )
        points.append((float(len(files)), cost.cpu))
        count *= 2
    if plot is not None and len(points) > 1:
        plot.write_text(svg(points, "documents", "seconds of one core"), "utf-8")


def memory(folder: Path, documents: int) -> None:
    """Prints the peak of the whole command over documents of about a megabyte, against 200 MB and 1 KB per document."""
    corpus = folder / f"dedup-large-{documents}"
    make_apart(corpus, documents, characters=300_000)
    count = len(list(corpus.glob("*.txt")))
    # What goes to stdout comes last: the peak of a process begins with that of the one that starts it, which reads it.
    ways = {"-o OUT": ["-o", str(folder / "out"), "--force"], "--report-only": ["--report-only"], "to stdout": []}
    for said, more in ways.items():
        command = [*report_only(corpus)[:-3], *more, "--jobs", "1"]
        cost = run(command)
        allowed = (200e6 + 1e3 * count) / 2**20
        print(f"{said}: {count} documents of about 1 MB, {cost.peak:.0f} MiB at peak, allowed {allowed:.0f} MiB")
