"""``cleaner config show``."""

import typer

from cleaner.cli.app import ConfigFile, Json, command
from cleaner.cli.options import ALL_TABLES
from cleaner.cli.shared import Options, settings_of
from cleaner.cli.telling import show_table
from cleaner.core.jsonl import dump


def register(group: typer.Typer) -> None:
    """Adds the command to its group."""
    command("show", tables=ALL_TABLES, example="cleaner config show --dedup-threshold 0.9", group=group)(show)


def show(*, config: ConfigFile = None, json: Json = False, options: Options) -> int:
    """Show the effective settings and where each came from."""
    rows = settings_of(options, config).rows()
    if json:
        for key, value, origin in rows:
            typer.echo(dump({"key": key, "value": value, "origin": origin}), nl=False)
        return 0
    from cleaner.views.terminal import rows as table

    show_table(table(("setting", "value", "from"), rows))
    return 0
