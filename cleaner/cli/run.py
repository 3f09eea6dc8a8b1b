"""``cleaner run`` and the commands of the single stages."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.app import ConfigFile, Force, Form, MaybeOut, Out, Quiet, Resume, Sources, Verbose, command, without
from cleaner.cli.errors import say
from cleaner.cli.options import ALL_TABLES
from cleaner.cli.progress import bar
from cleaner.cli.shared import Options, exit_code, job_of, listing_of, settings_of
from cleaner.cli.telling import name_rejected, show, tell
from cleaner.config import Settings
from cleaner.core.progress import silent
from cleaner.core.stage import STAGES
from cleaner.errors import UsageError
from cleaner.io.layout import Format

if TYPE_CHECKING:
    from cleaner.engines.job import Job
    from cleaner.index import Index

NoHistory = Annotated[bool, typer.Option("--no-history", help="leave out what later stages and restore need")]
All = Annotated[bool, typer.Option("--all", help="print dropped documents too, with their verdict")]
ReportOnly = Annotated[
    bool, typer.Option("--report-only", help="print what would be dropped, as in duplicates.jsonl, and drop nothing")
]

IndexAddress = Annotated[
    str | None,
    typer.Option("--index", metavar="IDX", help="documents of earlier runs count as kept; what is kept is added there"),
]
Wait = Annotated[
    float,
    typer.Option("--lock-timeout", min=0, help="seconds to wait while another process holds the file of the index"),
]
Learn = Annotated[bool, typer.Option("--learn", help="first learn the lines that the pages of each site share")]
Sample = Annotated[
    int, typer.Option("--sample", metavar="N", min=0, help="take only N documents, for a first look; 0 takes all")
]

_ABOUT = {
    "decode": "Turn bytes into text by evidence, whatever their encoding.",
    "repair": "Repair mojibake and remove control characters; convert only when asked.",
    "strip": "Strip web and forum chrome: navigation, counters, ads, copyright bars.",
    "repeats": "Remove passages that stand twice in one document.",
    "dedup": "Drop near-duplicates of documents that are kept.",
}


def register() -> None:
    """Adds the commands to the application."""
    command("run", tables=ALL_TABLES, example="cleaner run seeds -o out")(run)
    for stage in STAGES:
        _register_stage(stage)


def run(
    sources: Sources,
    out: Out,
    *,
    force: Force = False,
    resume: Resume = False,
    form: Form = None,
    learn: Learn = False,
    sample: Sample = 0,
    index: IndexAddress = None,
    wait: Wait = 30.0,
    config: ConfigFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    options: Options,
) -> int:
    """Clean SOURCE into a new folder: decode, repair, strip, repeats, dedup.

    With --learn the sources are read twice; what was learned is kept as OUT/learned.toml, a pack for later runs.
    """
    from cleaner.engines.learning import with_learning
    from cleaner.engines.run import run_to_folder

    settings = settings_of(options, config)
    listing = listing_of(sources, settings)
    if verbose:
        tell(settings, listing)
    with bar(listing.size, quiet=quiet) as progress:
        job = job_of(settings.plan, listing, settings, progress)
        job = replace(job, form=form or "tree", sample=sample, index=_opened(index, wait))
        job = with_learning(job) if learn else job
        try:
            report = run_to_folder(job, Path(out), force=force, resume=resume)
        except KeyboardInterrupt:
            say(f"{out} is not finished: --resume goes on where it stopped, --force begins anew")
            raise
    if not quiet:
        show(report, out)
    name_rejected(report, out)
    return exit_code(listing, clean=not report.rejected)


def _register_stage(stage: str) -> None:
    def run_stage(
        sources: Sources,
        out: MaybeOut = None,
        *,
        force: Force = False,
        form: Form = None,
        no_history: NoHistory = False,
        all_: All = False,
        report_only: ReportOnly = False,
        index: IndexAddress = None,
        wait: Wait = 30.0,
        config: ConfigFile = None,
        quiet: Quiet = False,
        options: Options,
    ) -> int:
        shape = Shape(not no_history, all_, report_only, _opened(index, wait))
        folder = folder_of(out, form, force=force, quiet=quiet)
        return _one_stage(stage, sources, settings_of(options, config), shape, folder)

    run_stage.__name__ = stage
    run_stage.__doc__ = f"{_ABOUT[stage]}\n\nFiles are decoded first; JSON Lines and output folders go on from there."
    source = "decode seeds" if stage == "decode" else f"decode seeds | cleaner {stage} -"
    function = run_stage if stage == "dedup" else without(run_stage, "all_", "report_only", "index", "wait")
    command(stage, tables=("run", stage), example=f"cleaner {source}")(function)


def _opened(address: str | None, wait: float) -> "Index | None":
    if address is None:
        return None
    from cleaner.index import open_index

    return open_index(address, wait)


@dataclass(frozen=True, slots=True)
class Shape:
    """What goes to stdout: with the history or without, what is kept, all, or the duplicates; the index dedup asks."""

    history: bool = True
    all: bool = False
    duplicates: bool = False
    index: "Index | None" = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to write instead of stdout."""

    path: str
    form: Format
    force: bool
    quiet: bool


def folder_of(out: str | None, form: Format | None, *, force: bool, quiet: bool) -> Folder | None:
    """The folder that -o names; None for stdout.

    Raises:
        UsageError: an option that is for a folder only.
    """
    if out is not None:
        return Folder(out, form or "tree", force, quiet)
    if form is not None or force:
        option = "--force" if force else "--format"
        raise UsageError(f"{option} is for a folder; stdout gets JSON Lines", cure="name a folder with -o")
    return None


def _one_stage(stage: str, sources: list[str], settings: Settings, shape: Shape, folder: Folder | None) -> int:
    _fits(shape, folder)
    listing = listing_of(sources, settings)
    plan = settings.plan.only(stage)
    if folder is None:
        job = replace(job_of(plan, listing, settings, silent), index=shape.index)
        return exit_code(listing, clean=_to_stdout(job, shape))
    from cleaner.engines.run import run_to_folder

    with bar(listing.size, quiet=folder.quiet) as progress:
        job = replace(job_of(plan, listing, settings, progress), form=folder.form, index=shape.index)
        report = run_to_folder(job, Path(folder.path), force=folder.force)
    if not folder.quiet:
        show(report, folder.path)
    name_rejected(report, folder.path)
    return exit_code(listing, clean=not report.rejected)


def _fits(shape: Shape, folder: Folder | None) -> None:
    """Refuses options that would do nothing."""
    options = {"--no-history": not shape.history, "--all": shape.all, "--report-only": shape.duplicates}
    given = [option for option, is_given in options.items() if is_given]
    if given and folder is not None:
        raise UsageError(f"{given[0]} is for stdout; a folder holds all", cure="leave it out, or leave out -o")
    if len(given) > 1 and shape.duplicates:
        raise UsageError(f"{given[0]} is for documents, --report-only prints none", cure="leave out one of the two")


def _to_stdout(job: "Job", shape: Shape) -> bool:
    stream = sys.stdout.buffer
    if shape.duplicates:
        from cleaner.engines.duplicates import report_duplicates

        clean = report_duplicates(job, stream)
    else:
        from cleaner.engines.stream import run_to_stream

        clean = run_to_stream(job, stream, history=shape.history, all_=shape.all)
    sys.stdout.flush()
    return clean
