"""The commands that only look: ``cleaner check`` and ``cleaner detect``."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.app import ConfigFile, Json, Quiet, Sources, command
from cleaner.cli.errors import say
from cleaner.cli.options import ALL_TABLES
from cleaner.cli.progress import bar
from cleaner.cli.shared import Options, exit_code, job_of, listing_of, settings_of
from cleaner.cli.telling import show_table
from cleaner.core.allow import Allow
from cleaner.core.document import Document, Rejected
from cleaner.core.jsonl import dump
from cleaner.decode import DecodeOptions
from cleaner.errors import RejectedError, UsageError
from cleaner.io.sources import FileItem

if TYPE_CHECKING:
    from cleaner.views.detections import Detected
    from cleaner.views.findings import Finding

WriteAllow = Annotated[
    bool, typer.Option("--write-allow", help="accept every finding: write it into the configuration file as [[allow]]")
]
Files = Annotated[list[str], typer.Argument(metavar="SOURCE", help="files, folders, globs")]
Diff = Annotated[bool, typer.Option("--diff", help="print a unified diff instead of a line per finding")]


def register() -> None:
    """Adds the commands to the application."""
    command("check", tables=ALL_TABLES, example="cleaner check seeds --diff")(check)
    command("detect", tables=("run", "decode"), omit=("text_key", "id_key", "strict"), example="cleaner detect seeds")(
        detect
    )


def check(
    sources: Sources,
    *,
    diff_: Diff = False,
    json: Json = False,
    write_allow: WriteAllow = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    options: Options,
) -> int:
    """Say what a run would change, and write nothing; exit 1 if it would change anything.

    What [[allow]] in the configuration accepts is not told; an entry there that fits nothing any more is.
    """
    from cleaner.engines.stream import corpus_in_scratch
    from cleaner.io.accepting import append_allow
    from cleaner.views.accepted import Accepted
    from cleaner.views.findings import findings

    settings = settings_of(options, config)
    listing = listing_of(sources, settings)
    accepted = Accepted(settings.plan.allow)
    rejected = 0
    with ExitStack() as stack:
        with bar(listing.size, quiet=quiet) as progress:
            job = job_of(replace(settings.plan, allow=()), listing, settings, progress)
            corpus = stack.enter_context(corpus_in_scratch(job))
        for entry in corpus.entries():
            if isinstance(entry, Rejected):
                rejected += 1
                say(f"{entry.id}: {entry.error}")
            else:
                told = accepted.rest(entry.id, findings(entry))
                _tell(entry, told, settings.plan.allow if diff_ else None, as_json=json)
    sys.stdout.flush()
    for stale in accepted.stale:
        say(
            f"{settings.file}: the accepted finding of {stale.rule} in {stale.path} (text {stale.text}) "
            "fits nothing any more; remove it"
        )
    if write_allow:
        file = Path(settings.file or "cleaner.toml")
        append_allow(file, accepted.entries("accepted with --write-allow"))
        say(f"{len(accepted.told)} findings accepted in {file}")
        return exit_code(listing, clean=not rejected)
    return exit_code(listing, clean=not accepted.told and not rejected and not accepted.stale)


def _tell(document: Document, told: "list[Finding]", allowed: Sequence[Allow] | None, *, as_json: bool) -> None:
    """Prints the findings, or, but for what is allowed, a diff."""
    from cleaner.views.diff import diff

    if allowed is not None:
        shown = diff(document, allowed) if told else ()
        lines = [_coloured(line).encode("utf-8", "backslashreplace") + b"\n" for line in shown]
    elif as_json:
        lines = [dump(finding.to_json()) for finding in told]
    else:
        lines = [finding.words().encode() + b"\n" for finding in told]
    sys.stdout.buffer.writelines(lines)


# As git colours a diff: what goes red, what comes green, places cyan, names bold.
_COLOURS = {"---": "1", "+++": "1", "@@ ": "36", "-": "31", "+": "32"}


def _coloured(line: str) -> str:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return line
    code = next((code for start, code in _COLOURS.items() if line.startswith(start)), "")
    return f"\x1b[{code}m{line}\x1b[m" if code else line


def detect(
    sources: Files,
    *,
    json: Json = False,
    config: ConfigFile = None,
    options: Options,
) -> int:
    """Say in which encoding each file is, how certain that is, and on what evidence; exit 1 if one is undecided."""
    from cleaner.engines.local import LocalEngine

    settings = settings_of(options, config)
    listing = listing_of(sources, settings)
    if listing.stdin or listing.outputs or not listing.files:
        raise UsageError("only files have an encoding", sources[0], "give files, folders or globs")
    results: list[Detected] = []
    for result in LocalEngine(settings.run.jobs).map(partial(_detected, settings.plan.decode), listing.files):
        if json:
            sys.stdout.buffer.write(dump(result.to_json()))
        results.append(result)
    sys.stdout.flush()
    if not json:
        from cleaner.views.detections import table_of

        show_table(table_of(results))
    return exit_code(listing, clean=all(result.decided for result in results))


def _detected(options: DecodeOptions, file: FileItem) -> "Detected":
    from cleaner.decode import detect as detect_bytes
    from cleaner.io.reading import read_bytes
    from cleaner.views.detections import Detected

    try:
        return Detected(file.id, detect_bytes(read_bytes(file), options))
    except RejectedError as error:
        return Detected(file.id, None, error.what)
