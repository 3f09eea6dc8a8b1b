"""``cleaner rules`` and ``cleaner eval``: the rule packs, their tests, and their scores on labelled documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.app import ConfigFile, Json, Quiet, Sources, command
from cleaner.cli.errors import say
from cleaner.cli.progress import bar
from cleaner.cli.shared import Options, exit_code, job_of, listing_of, settings_of
from cleaner.cli.telling import show_table
from cleaner.core.jsonl import dump
from cleaner.errors import OutputError, UsageError
from cleaner.io.atomic import write_bytes
from cleaner.io.output import writing

if TYPE_CHECKING:
    from cleaner.strip.entry import Entry, Pack
    from cleaner.strip.evaluate import Result, Row

Gold = Annotated[str, typer.Argument(metavar="GOLD", help="a folder of NNN.txt beside NNN.json")]
Name = Annotated[str, typer.Argument(metavar="PACK/ID", help="an entry, or a pack")]
Packs = Annotated[list[str] | None, typer.Argument(metavar="PACK", help="TOML files; none stands for the built-in")]
LegadoRules = Annotated[str, typer.Argument(metavar="RULES", help="the JSON file that legado exports")]
PackOut = Annotated[str, typer.Option("--out", "-o", metavar="PACK", help="the TOML file to write")]
ForceFile = Annotated[bool, typer.Option("--force", help="replace the file")]
Errors = Annotated[bool, typer.Option("--errors", help="show every line that was dealt with wrongly")]
Rules = Annotated[bool, typer.Option("--rules", help="show how often each rule fired, and how often rightly")]


def register(group: typer.Typer) -> None:
    """Adds the commands to the application, those of ``rules`` to their group."""
    command("list", tables=("strip",), omit=("mode", "model"), example="cleaner rules list --only discuz", group=group)(
        list_rules
    )
    command(
        "show", tables=("strip",), omit=("mode", "model"), example="cleaner rules show ads/image-name", group=group
    )(show)
    command("import", example="cleaner rules import rules.json -o mine.toml", group=group)(import_)
    command("test", example="cleaner rules test my.toml", group=group)(check_packs)
    command("learn", tables=("run", "decode", "repair"), example="cleaner learn pages -o learned.toml")(learn)
    command("eval", tables=("strip",), example="cleaner eval gold --mode safe --errors")(eval_)


def learn(
    sources: Sources,
    out: PackOut,
    *,
    force: ForceFile = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    options: Options,
) -> int:
    """Learn from a corpus which lines the pages of a site share, as a rule pack to review and to use with --pack."""
    from cleaner.engines.learning import learned_pack
    from cleaner.strip.pack import load

    settings = settings_of(options, config)
    listing = listing_of(sources, settings)
    path = _writable(out, force=force)
    with bar(listing.size, quiet=quiet) as progress:
        pack = learned_pack(job_of(settings.plan, listing, settings, progress), path.stem)
    with writing(path):
        write_bytes(path, pack.encode())
    if not quiet:
        say(f"{len(load(pack, out).entries)} rules learned: {out}; read them, then use them with --pack {out}")
    return exit_code(listing, clean=True)


def list_rules(*, config: ConfigFile = None, json: Json = False, options: Options) -> int:
    """List the rules in force, with their kind, strength and zone."""
    entries = _entries(options, config)
    if json:
        for entry in entries:
            line = {"rule": entry.rule, "kind": entry.kind, "strength": entry.strength, "zone": entry.zone}
            typer.echo(dump({**line, "why": entry.why}), nl=False)
        return 0
    from cleaner.views.terminal import rows

    content = ((entry.name, entry.kind, entry.strength, entry.zone, entry.why) for entry in entries)
    show_table(rows(("rule", "kind", "strength", "zone", "why"), content))
    return 0


def show(name: Name, *, config: ConfigFile = None, options: Options) -> int:
    """Show one rule, or every rule of a pack, whole: pattern, guards, reason, examples."""
    wanted = name.removeprefix("strip/")
    entries = [entry for entry in _entries(options, config) if wanted in (entry.name, entry.pack)]
    if not entries:
        raise UsageError("no rule or pack of this name", name, "cleaner rules list names them")
    for entry in entries:
        typer.echo("\n".join(_card(entry)) + "\n")
    return 0


def _card(entry: "Entry") -> list[str]:
    facts = {
        "kind": entry.kind,
        "strength": entry.strength,
        "zone": entry.zone,
        "why": entry.why,
        "patterns": " | ".join(entry.patterns),
        "literals": " | ".join(entry.literals),
        "grammar": entry.grammar,
        "labels": " | ".join(entry.labels),
        "needs": ", ".join(entry.needs),
        "unless": entry.unless,
    }
    lines = [f"{name:10} {value}" for name, value in facts.items() if value]
    examples = [f"matches    {example!r}" for example in entry.match]
    counter = [f"must not   {example!r}" for example in entry.no_match]
    return [entry.rule, *lines, *examples, *counter]


def _entries(options: Options, config: str | None) -> "Sequence[Entry]":
    from cleaner.strip.rules import entries_in_force

    strip = settings_of(options, config).plan.strip
    return entries_in_force(strip.packs, strip.only, strip.disable)


def import_(rules: LegadoRules, out: PackOut, *, force: ForceFile = False, quiet: Quiet = False) -> int:
    """Make a rule pack of the replace rules of the reader legado; what cannot be converted is listed, with exit 1."""
    from cleaner.strip.legado import import_rules

    path = _writable(out, force=force)
    try:
        imported = import_rules(_text(rules), path.stem)
    except UsageError as error:
        error.where = error.where or rules
        raise
    with writing(path):
        write_bytes(path, imported.pack.encode())
    for left in imported.left:
        typer.echo(f"{left.name}: {left.why}")
    if not quiet:
        say(f"{imported.entries} rules written to {out}, {len(imported.left)} could not be converted")
    return 1 if imported.left else 0


def check_packs(packs: Packs = None) -> int:
    """Run the examples of rule packs, and lint them; exit 1 if anything is wrong."""
    from cleaner.strip.linter import lint, test_pack
    from cleaner.strip.pack import built_in

    chosen: Sequence[Pack] = [_read(path) for path in packs] if packs else built_in()
    faults = [fault for pack in chosen for fault in test_pack(pack)] + lint(chosen)
    for fault in faults:
        typer.echo(str(fault))
    examples = sum(len(entry.match) + len(entry.no_match) for pack in chosen for entry in pack.entries)
    count = sum(len(pack.entries) for pack in chosen)
    say(f"{len(chosen)} packs, {count} rules, {examples} examples, {len(faults)} faults")
    return 1 if faults else 0


def _read(path: str) -> "Pack":
    from cleaner.strip.pack import load

    return load(_text(path), path)


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"is no UTF-8: {error}", path, "save it as UTF-8") from error


def _writable(out: str, *, force: bool) -> Path:
    path = Path(out)
    if path.exists() and not force:
        raise OutputError("the file exists", out, "name a new one, or replace it with --force")
    return path


def eval_(
    gold: Gold, *, rules: Rules = False, errors: Errors = False, config: ConfigFile = None, options: Options
) -> int:
    """Score strip on labelled documents: precision, recall, F1 of lines, and the content that was lost."""
    from cleaner.io.labelled import read_labelled
    from cleaner.strip import Strip
    from cleaner.strip.evaluate import evaluate, rule_table, table
    from cleaner.views.terminal import rows

    strip = settings_of(options, config).plan.strip
    results = evaluate(Strip(strip), read_labelled(Path(gold)))
    headings = ("documents", "n", "precision", "recall", "F1", "macro F1", "loss", "hurt")
    show_table(rows(headings, (_row(row) for row in table(results))))
    if rules:
        content = ((rule, fires, f"{precision:.3f}") for rule, fires, precision in rule_table(results))
        show_table(rows(("rule", "lines", "precision"), content))
    if errors:
        for line in _mistakes(results):
            typer.echo(line)
    return 0


def _row(row: "Row") -> tuple[object, ...]:
    score = row.score
    numbers = (f"{number:.3f}" for number in (score.precision, score.recall, score.f1, row.macro))
    return (row.group, row.documents, *numbers, f"{score.loss:.2%}", row.hurt)


def _mistakes(results: "Sequence[Result]") -> list[str]:
    return [
        f"{wrong.id}:{wrong.line}: {wrong.wanted}, {f'taken by {wrong.rule}' if wrong.rule else 'missed'}: {wrong.text}"
        for result in results
        for wrong in result.mistakes
    ]
