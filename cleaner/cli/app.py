"""The Typer application, and how a command becomes part of it."""

import inspect
from collections.abc import Callable, Collection, Iterable
from typing import Annotated

import typer

from cleaner.cli.errors import guarded
from cleaner.cli.options import with_options
from cleaner.io.layout import Format

app = typer.Typer(
    name="cleaner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turns a heap of scraped documents into a clean, deduplicated corpus, and accounts for every character it "
    "removed.\n\nSOURCE is a file, a folder (with all below it that is not hidden), a glob, an output folder of an "
    "earlier run, or - for JSON Lines on standard input.",
    epilog="Example: cleaner run seeds -o out",
)


def _tell_version(wanted: bool) -> None:  # noqa: FBT001 - Typer's form of a callback
    if wanted:
        from importlib.metadata import version

        typer.echo(f"cleaner {version('corpusclean')}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="say which this is")
    ] = False,
) -> None:
    """Holds what stands before a command."""


Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE", help="files, folders, globs, output folders, or - for JSON Lines")
]
Out = Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="the folder to write; it must not exist yet")]
MaybeOut = Annotated[
    str | None, typer.Option("--out", "-o", metavar="OUT", help="a folder to write instead of JSON Lines on stdout")
]
Force = Annotated[bool, typer.Option("--force", help="replace an output folder of an earlier run")]
Resume = Annotated[bool, typer.Option("--resume", help="finish a run that was cut off")]
Form = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="how OUT holds the texts: tree (files as files, records as JSON Lines; the default), jsonl, parquet, or "
        "mnbvc (paragraphs with md5 and duplicate flags)",
    ),
]
ConfigFile = Annotated[
    str | None, typer.Option("--config", metavar="FILE", help="read this configuration file instead of looking for one")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="print errors only")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="say what the settings come to before the work starts")]
Json = Annotated[bool, typer.Option("--json", help="one object of JSON on each line")]


def without(function: Callable[..., int], *names: str) -> Callable[..., int]:
    """The function without some of its options, which keep their defaults."""

    def fewer(**values: object) -> int:
        return function(**values)

    whole = inspect.signature(function)
    kept = [parameter for name, parameter in whole.parameters.items() if name not in names]
    fewer.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]  # inspect.signature looks here
    fewer.__name__, fewer.__doc__ = function.__name__, function.__doc__
    return fewer


def command(
    name: str, *, tables: Iterable[str] = (), omit: Collection[str] = (), example: str, group: typer.Typer = app
) -> Callable[[Callable[..., int]], None]:
    """Registers a function that returns an exit code as a command, with the options of the named tables.

    Options named in `omit` are left out.
    """

    def register(function: Callable[..., int]) -> None:
        def run(**values: object) -> None:
            raise typer.Exit(guarded(lambda: function(**values)))

        run.__name__, run.__doc__ = function.__name__, function.__doc__
        run.__wrapped__ = function  # type: ignore[attr-defined]  # inspect.signature looks here
        made = with_options(tables, omit)(run) if tables else run
        group.command(name, epilog=f"Example: {example}")(made)

    return register
