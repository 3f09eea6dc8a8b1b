"""A progress bar on stderr: stage, documents, bytes a second, time left; none off a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from cleaner.engines.run import Progress, silent


@contextmanager
def bar(total: int | None, *, quiet: bool = False) -> Iterator[Progress]:
    """A progress function that draws a bar for `total` bytes (None: not known)."""
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

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield silent
        return
    columns: list[ProgressColumn] = [
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[documents]:,} documents"),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    ]
    with Bar(*columns, console=console, transient=True) as progress:
        task = progress.add_task("cleaning", total=total, documents=0)

        def advance(stage: str, documents: int, size: int) -> None:
            done = progress.tasks[task].fields["documents"] + documents
            progress.update(task, description=stage, advance=size, documents=done)

        yield advance
