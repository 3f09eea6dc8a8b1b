"""A progress bar on stderr: stage, documents, bytes a second, time left; none off a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cleaner.core.progress import Progress, silent


@contextmanager
def bar(total: int | None, *, quiet: bool = False) -> Iterator[Progress]:
    """A progress function that draws a bar for `total` bytes (None: not known)."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import Progress as Bar

    columns: list[ProgressColumn] = [
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[documents]:,} documents"),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    ]
    with Bar(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("cleaning", total=total, documents=0)

        def advance(stage: str, documents: int, size: int) -> None:
            done = progress.tasks[task].fields["documents"] + documents
            progress.update(task, description=stage, advance=size, documents=done)

        yield advance
