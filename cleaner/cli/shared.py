"""What the commands share: settings, listings, the engine, and the words about missing sources."""

import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner import config
from cleaner.cli.errors import say
from cleaner.core.progress import Progress
from cleaner.io.sources import Listing, list_sources, usable
from cleaner.plan import Plan

if TYPE_CHECKING:
    from cleaner.engines.job import Job

Options = Mapping[str, Mapping[str, Any]]


def settings_of(options: Options, config_file: str | None) -> config.Settings:
    """The settings of a command."""
    return config.load(options, file=Path(config_file) if config_file else None)


def listing_of(sources: Sequence[str], settings: config.Settings) -> Listing:
    """The sources of a command; missing ones are named, and nothing usable is an error."""
    listing = list_sources(sources, settings.selection)
    usable(listing)
    for missing in listing.missing:
        say(f"{missing}: there is no such file or folder; the rest goes on")
    return listing


def job_of(plan: Plan, listing: Listing, settings: config.Settings, progress: Progress) -> "Job":
    """The job of a command."""
    from cleaner.engines.job import Job
    from cleaner.engines.local import LocalEngine

    return Job(plan, listing, LocalEngine(settings.run.jobs), settings.keys, progress, standard_input())


def standard_input() -> BinaryIO:
    """Standard input as bytes, through an object of its own.

    Python closes `sys.stdin` at its end, and dies of it when a thread still waits for input there.
    """
    if sys.stdin is None:  # whoever started us had closed it
        return BytesIO()
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except OSError:  # no descriptor: a test, a notebook
        return sys.stdin.buffer


def exit_code(listing: Listing, *, clean: bool) -> int:
    """1 when something wants a look: rejected inputs or missing sources."""
    return 0 if clean and not listing.missing else 1
