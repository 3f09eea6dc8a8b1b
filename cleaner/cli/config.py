"""``cleaner config show``."""

import typer

from cleaner.cli.app import ConfigFile, Json, app
from cleaner.cli.errors import guarded
from cleaner.cli.options import ALL_TABLES, with_options
from cleaner.cli.shared import Options, settings_of
from cleaner.core.jsonl import dump


def register() -> None:
    """Adds the command to the application."""
    group = typer.Typer(help="Look at the settings.", no_args_is_help=True)

    def show(*, config: ConfigFile = None, json: Json = False, options: Options) -> None:
        """Show the effective settings and where each came from."""
        raise typer.Exit(guarded(lambda: _show(options, config, json=json)))

    group.command("show", epilog="Example: cleaner config show --threshold 0.9")(with_options(ALL_TABLES)(show))
    app.add_typer(group, name="config")


def _show(options: Options, config: str | None, *, json: bool) -> int:
    rows = settings_of(options, config).rows()
    if json:
        for key, value, origin in rows:
            typer.echo(dump({"key": key, "value": value, "origin": origin}), nl=False)
        return 0
    from rich.console import Console

    from cleaner.views.terminal import rows as table

    Console().print(table(("setting", "value", "from"), rows))
    return 0
