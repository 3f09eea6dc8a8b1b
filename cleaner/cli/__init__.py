"""The command line: options become settings, the library does the work, a view shows it, an exit code ends it."""

import os
import sys
from functools import cache
from pathlib import Path

import typer

from cleaner.cli.app import app
from cleaner.cli.errors import guarded


@cache
def application() -> typer.Typer:
    """The application with all its commands."""
    from cleaner.cli import config, index, look, restore, rules, run

    for module in (run, look, restore):
        module.register()
    for name, words, register in (
        ("rules", "List, show and test the rules of strip.", rules.register),
        ("index", "Keep what earlier runs have kept, and ask whether a document repeats it.", index.register),
        ("config", "Look at the settings.", config.register),
    ):
        group = typer.Typer(help=words, no_args_is_help=True)
        register(group)
        app.add_typer(group, name=name)
    return app


def main() -> None:
    """The command ``cleaner``; what it says goes nowhere where whoever started it had closed stdout or stderr."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for the life of the process
    sys.exit(guarded(application()))  # --help is written before any command begins
