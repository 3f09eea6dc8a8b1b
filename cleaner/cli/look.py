"""The commands that only look: ``cleaner check`` and ``cleaner detect``."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from cleaner.cli.app import ConfigFile, Json, Quiet, Sources, command
from cleaner.cli.errors import say
from cleaner.cli.options import ALL_TABLES
from cleaner.cli.progress import bar
from cleaner.cli.shared import Options, exit_code, job_of, listing_of, settings_of
from cleaner.core.document import Document, Rejected
from cleaner.core.jsonl import dump
from cleaner.decode import DecodeOptions
from cleaner.engines.run import corpus_in_scratch
from cleaner.errors import RejectedError
from cleaner.io.reading import read_bytes
from cleaner.io.sources import FileItem
from cleaner.views.detections import Detected, table_of
from cleaner.views.diff import diff
from cleaner.views.findings import findings

Diff = Annotated[bool, typer.Option("--diff", help="print a unified diff instead of a line per finding")]


def register() -> None:
    """Adds the commands to the application."""
    command("check", tables=ALL_TABLES, example="cleaner check seeds --diff")(check)
    command("detect", tables=("run", "decode"), example="cleaner detect seeds")(detect)


def check(
    sources: Sources,
    *,
    diff: Diff = False,
    json: Json = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    options: Options,
) -> int:
    """Say what a run would change, and write nothing; exit 1 if it would change anything."""
    settings = settings_of(options, config)
    listing = listing_of(sources, settings)
    found = rejected = 0
    with (
        bar(listing.size, quiet=quiet) as progress,
        corpus_in_scratch(job_of(settings.plan, listing, settings, progress)) as corpus,
    ):
        for entry in corpus.entries():
            if isinstance(entry, Rejected):
                rejected += 1
                say(f"{entry.id}: {entry.error}")
            else:
                for line in _shown(entry, as_diff=diff, as_json=json):
                    found += 1
                    sys.stdout.buffer.write(line)
    sys.stdout.flush()
    return exit_code(listing, clean=not found and not rejected)


def _shown(document: Document, *, as_diff: bool, as_json: bool) -> Iterator[bytes]:
    if as_diff:
        yield from (line.encode("utf-8", "backslashreplace") + b"\n" for line in diff(document))
        return
    for finding in findings(document):
        yield dump(finding.to_json()) if as_json else finding.words().encode("utf-8", "backslashreplace") + b"\n"


def detect(
    sources: Sources,
    *,
    json: Json = False,
    config: ConfigFile = None,
    options: Options,
) -> int:
    """Say in which encoding each file is, how certain that is, and on what evidence; exit 1 if one is undecided."""
    settings = settings_of(options, config)
    listing = listing_of(sources, settings)
    results: list[Detected] = []
    for result in (_detected(file, settings.plan.decode) for file in listing.files):
        if json:
            sys.stdout.buffer.write(dump(result.to_json()))
        else:
            results.append(result)
    sys.stdout.flush()
    if results:
        from rich.console import Console

        Console().print(table_of(results))
    return exit_code(listing, clean=all(result.decided for result in results))


def _detected(file: FileItem, options: DecodeOptions) -> Detected:
    from cleaner.decode import detect as detect_bytes

    try:
        return Detected(file.id, detect_bytes(read_bytes(file), options))
    except RejectedError as error:
        return Detected(file.id, None, error.what)
