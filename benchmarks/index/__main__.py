"""Measures the index in a file: ``python -m benchmarks.index [--documents N] [--folder FOLDER]``.

Sketches are random, names look like those of a corpus. Told are the bytes of a document, a query beside DuckDB's own
bare point query on the same file, and what it costs to add ten thousand documents to an empty and to the full one.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from cleaner.dedup import DedupOptions, Records, observe_texts
from cleaner.index import Entry, Place
from cleaner.index.file import FileIndex
from cleaner.index.types import digests_of

OPTIONS = DedupOptions()
PART = 100_000  # documents of one addition while the index is filled
ADDED = 10_000
ROUNDS = 31


def made(first: int, count: int) -> tuple[list[Entry], Records]:
    """So many documents that never were."""
    rng = np.random.default_rng(first)
    ids = [f"board-{number // 5000:04d}/thread-{number:08d}.txt" for number in range(first, first + count)]
    digests = rng.integers(0, 1 << 63, (count, 2)).astype(np.uint64)
    records = replace(
        observe_texts(ids, [""] * count, OPTIONS),
        digests=digests,
        shingles=np.full(count, 2000, np.int64),
        sketches=rng.integers(0, 1 << 32, (128, count), dtype=np.uint32),
    )
    shas = rng.bytes(32 * count)
    entries = [
        Entry(
            id_,
            Place(f"/data/corpora/2024-06/out/documents/{id_}"),
            digest,
            shas[32 * at : 32 * at + 32].hex(),
            9000 + at,
            at,
        )
        for at, (id_, digest) in enumerate(zip(ids, digests_of(digests), strict=True))
    ]
    return entries, records


def changed(records: Records, row: int, share: float) -> Records:
    """The records of one document as it would be with so many of its slots changed."""
    one = records.take(np.array([row]))
    slots = np.random.default_rng(row).permutation(128)[: int(128 * share)]
    one.sketches[slots] += np.uint32(1)
    one.digests[:] += np.uint64(1)
    return one


def timed(action: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3


def fill(index: FileIndex, documents: int) -> None:
    """Fills the index."""
    for first in range(0, documents, PART):
        entries, records = made(first, min(PART, documents - first))
        wall, cpu = timed(partial(index.put, entries, records))
        print(f"  {first + PART:>9,} documents: {wall / 1e3:6.1f} s, {cpu / 1e3:6.1f} s of one core", flush=True)


def compare_queries(index: FileIndex, documents: int) -> None:
    """A query beside the bare point query, on an open connection and with opening and closing."""
    _, records = made(0, min(PART, documents))
    rng = np.random.default_rng(7)
    asked = [changed(records, int(row), 0.1) for row in rng.integers(0, len(records), ROUNDS)]
    rows = [int(row) for row in rng.integers(0, documents, ROUNDS)]

    def point_query(connection: Any, row: int) -> None:
        connection.execute("SELECT * FROM documents WHERE document = ?", [row]).fetchall()

    def bare(row: int) -> None:
        with index.opened() as connection:
            point_query(connection, row)

    assert all(len(index.matches(one)) == 1 for one in asked[:5])
    with index.opened() as connection:
        warm = [timed(partial(point_query, connection, row)) for row in rows]
        lookup = index.lookup(connection)
        ours = [timed(partial(lookup.matches, one)) for one in asked]
    told("open connection", warm, ours)
    told(
        "with opening",
        [timed(partial(bare, row)) for row in rows],
        [timed(partial(index.matches, one)) for one in asked],
    )


def told(name: str, bare: list[tuple[float, float]], ours: list[tuple[float, float]]) -> None:
    """A line of medians."""
    one, two = (median(cpu for _, cpu in times) for times in (bare, ours))
    walls = [median(wall for wall, _ in times) for times in (bare, ours)]
    print(
        f"  {name:16} point query {one:7.2f} ms, ours {two:7.2f} ms: {two / one:5.2f}x "
        f"(wall {walls[0]:.2f} and {walls[1]:.2f}: {walls[1] / walls[0]:.2f}x)"
    )


def compare_additions(index: FileIndex, folder: Path, documents: int) -> None:
    """Ten thousand documents into an empty index, and three times into the full one."""
    empty = FileIndex(folder / "empty.duckdb")
    empty.create(OPTIONS)
    into_empty = timed(partial(empty.put, *made(documents, ADDED)))
    for turn in range(3):
        into_full = timed(partial(index.put, *made(documents + turn * ADDED, ADDED)))
        ratio = into_full[1] / into_empty[1]
        print(f"  {ADDED:,} into none {into_empty[1]:.0f} ms, into {documents:,} {into_full[1]:.0f} ms: {ratio:.2f}x")


def main() -> None:
    """Runs the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the index is made; a temporary folder by default")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        observe_texts(["warm"], ["热身"], OPTIONS)
        index = FileIndex(folder / "full.duckdb")
        index.create(OPTIONS)
        fill(index, arguments.documents)
        held = index.info()
        print(f"  {held.size / held.documents:.0f} bytes per document, {held.layout}")
        compare_queries(index, arguments.documents)
        compare_additions(index, folder, arguments.documents)
        held = index.info()
        print(f"  {held.size / held.documents:.0f} bytes per document afterwards, {held.layout}")


if __name__ == "__main__":
    main()
