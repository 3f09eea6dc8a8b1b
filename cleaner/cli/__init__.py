"""The command line: options become settings, the library does the work, a view shows it, an exit code ends it."""

from functools import cache

import typer

from cleaner.cli.app import app


@cache
def application() -> typer.Typer:
    """The application with all its commands."""
    from cleaner.cli import config, look, restore, run

    for module in (run, look, restore, config):
        module.register()
    return app


def main() -> None:
    """The command ``cleaner``."""
    application()()
