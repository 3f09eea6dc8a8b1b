"""The command line: options become settings, the library does the work, a view shows it, an exit code ends it."""

from functools import cache

import typer

from cleaner.cli.app import app


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
    """The command ``cleaner``."""
    application()()
