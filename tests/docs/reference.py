"""docs/commands.md, written from the commands themselves: ``python -m tests.docs.reference``."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from cleaner.cli import application

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands.md"
HEAD = """# Commands

Every command and option, as `--help` tells them. In the configuration file an option stands in the table of its
stage: `--mode safe` is `mode = "safe"` under `[strip]`.
"""


def page() -> str:
    """The page."""
    return HEAD + "".join(_command(names, command) for names, command in commands())


def commands() -> Iterator[tuple[str, Any]]:
    """``("rules list", command)`` of every command."""
    top = typer.main.get_command(application())
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        subcommands = getattr(command, "commands", None)
        if subcommands is None:
            yield name, command
        else:
            yield from ((f"{name} {below}", each) for below, each in subcommands.items())


def _command(names: str, command: Any) -> str:
    rows = "".join(_row(parameter) for parameter in command.params if parameter.name != "help")
    example = (command.epilog or "").removeprefix("Example: ")
    return f"\n## cleaner {names}\n\n{command.help}\n\n    {example}\n\n| option | meaning |\n|---|---|\n{rows}"


def _row(parameter: Any) -> str:
    flags = [*parameter.opts, *parameter.secondary_opts]
    names = ", ".join(f"`{flag}`" for flag in flags) if flags[0].startswith("-") else f"`{parameter.metavar}`"
    words = (parameter.help or "").replace("\\[", "[").replace("|", "\\|")
    return f"| {names} | {words} |\n"


if __name__ == "__main__":
    ArgumentParser(description=__doc__).parse_args()
    PAGE.write_text(page(), "utf-8")
