"""Options of the commands, made from the options classes of the stages, which say what there is and what it means."""

import inspect
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import MISSING, fields
from typing import Annotated, Any

import typer

from cleaner.config import RunOptions
from cleaner.core.stage import STAGES
from cleaner.plan import Plan

_SINGULAR = {"packs": "pack"}  # given once for each
# What a stage calls a text is the path of a file to whoever types a command.
_WORDS = {("strip", "packs"): "a rule pack, a TOML file, beside the built-in ones; one of the same name replaces it."}
# "        name: what it means" in the Attributes section of a class docstring, with its continuation lines.
_ATTRIBUTE = re.compile(r"^        (\w+): (.*(?:\n {12}.*)*)", re.MULTILINE)


def attribute_help(options: type) -> dict[str, str]:
    """What the class docstring says of each field.

    >>> attribute_help(RunOptions)["jobs"]
    'number of processes; 0 stands for one on each core.'
    """
    doc = options.__doc__ or ""
    return {name: " ".join(words.split()).replace("``", '"') for name, words in _ATTRIBUTE.findall(doc)}


def stage_options(stage: str) -> type:
    """The options class of a stage, or of the run itself."""
    return RunOptions if stage == "run" else type(getattr(Plan(), stage))


def flags_of(tables: Iterable[str]) -> dict[tuple[str, str], str]:
    """The long flag of each ``(table, field)``; a name that two tables share gets its table before it.

    >>> flags_of(["repeats"])["repeats", "keep"], flags_of(["repeats", "dedup"])["repeats", "keep"]
    ('--keep', '--repeats-keep')
    """
    pairs = [(table, field.name) for table in tables for field in fields(stage_options(table))]
    names = [name for _, name in pairs]
    flags = {(table, name): name if names.count(name) == 1 else f"{table}_{name}" for table, name in pairs}
    return {key: "--" + _SINGULAR.get(name, name).replace("_", "-") for key, name in flags.items()}


def with_options(
    tables: Iterable[str], omit: Collection[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the options of the named tables, passed on as ``options={table: {field: value}}``.

    Fields named in `omit` are left out: the command has no use for them.
    """
    flags = {key: flag for key, flag in flags_of(tables).items() if key[1] not in omit}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "options"]
        made = {f"{table}__{name}": (table, name) for table, name in flags}

        def run(**values: Any) -> None:
            options: dict[str, dict[str, Any]] = {}
            for parameter, (table, name) in made.items():
                value = values.pop(parameter)
                if value is not None and value != []:
                    options.setdefault(table, {})[name] = value
            command(**values, options=options)

        parameters = [_parameter(table, name, flags[table, name]) for table, name in flags]
        run.__signature__ = inspect.Signature([*own, *parameters])  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *parameters)}
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        return run

    return decorate


def _parameter(table: str, name: str, flag: str) -> inspect.Parameter:
    options = stage_options(table)
    field = next(field for field in fields(options) if field.name == name)
    kind: Any = field.type
    declared = f"{flag}/--no-{flag[2:]}" if kind is bool else flag
    default = None if field.default is MISSING else field.default
    words = _WORDS.get((table, name)) or attribute_help(options).get(name, "")
    shown = f" [default: {default}]" if default not in (None, "", ()) else ""
    several = kind == tuple[str, ...]
    option = typer.Option(
        declared,
        help=(words + shown).replace("[default", r"\[default"),
        rich_help_panel="Options" if table == "run" else f"Options of {table}",
        show_default=False,
    )
    annotation = Annotated[(list[str] if several else kind) | None, option]  # type: ignore[valid-type]
    return inspect.Parameter(f"{table}__{name}", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


ALL_TABLES = ("run", *STAGES)
