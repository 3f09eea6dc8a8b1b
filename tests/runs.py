"""Helpers for tests that run the whole way: corpora on disk, runs into folders, folders as values."""

import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleaner.engines.corpus import Engine
from cleaner.engines.job import Job
from cleaner.engines.local import LocalEngine
from cleaner.engines.run import run_to_folder
from cleaner.engines.stream import run_to_stream
from cleaner.io.sources import list_sources
from cleaner.plan import Plan

HOME = LocalEngine(1)


@contextmanager
def scratch(corpus: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with the corpus below ``in``; file times are fixed, as they stand in the ledger."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in").mkdir()
        for id_, data in corpus.items():
            write(root / "in" / id_, data)
        yield root


def write(path: Path, data: bytes) -> None:
    import os

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (1_700_000_000, 1_700_000_000))


def run(source: Path, out: Path, plan: Plan | None = None, engine: Engine = HOME) -> dict[str, bytes]:
    """Runs a folder into a folder and returns what is in it."""
    run_to_folder(Job(plan or Plan(), list_sources([str(source)]), engine), out)
    return content(out)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but run.json, by relative path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def texts(out: Mapping[str, bytes]) -> dict[str, bytes]:
    """The kept texts of an output folder's content."""
    return {path.removeprefix("documents/"): data for path, data in out.items() if path.startswith("documents/")}


def lines(out: Mapping[str, bytes], name: str) -> list[dict[str, Any]]:
    """The objects of a file of JSON Lines in an output folder's content."""
    return [json.loads(line) for line in out[name].splitlines()]


def stage_stream(plan: Plan, sources: list[str], stdin: bytes = b"") -> bytes:
    """What the command of one stage writes to stdout."""
    out = io.BytesIO()
    run_to_stream(Job(plan, list_sources(sources), HOME, stdin=io.BytesIO(stdin)), out)
    return out.getvalue()
