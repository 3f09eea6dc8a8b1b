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
    sys.exit(guarded(_ended))  # --help is written before any command begins


def _ended() -> int:
    """The exit code of the application, once all that it wrote is out.

    Click and Rich answer a pipe that nobody reads any more with a SystemExit of 1; to us it is a BrokenPipeError again.
    """
    code = 0
    try:
        application()()
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None
        code = int(ended.code or 0)
    sys.stdout.flush()
    return code
