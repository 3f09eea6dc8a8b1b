"""The commands on an output folder: ``cleaner restore`` and ``cleaner report``."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.app import Quiet, command
from cleaner.cli.errors import say
from cleaner.core.jsonl import load
from cleaner.errors import UsageError
from cleaner.io import layout
from cleaner.io.sources import matches

Folder = Annotated[str, typer.Argument(metavar="OUT", help="an output folder of cleaner")]
Target = Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="the folder to restore to; new or empty")]
Rule = Annotated[str | None, typer.Option("--rule", metavar="GLOB", help="put back only what these rules removed")]
Id = Annotated[str | None, typer.Option("--id", metavar="GLOB", help="only documents of these ids")]


def register() -> None:
    """Adds the commands to the application."""
    command("restore", example="cleaner restore out -o originals")(restore)
    command("report", example="cleaner report out")(report)


def restore(folder: Folder, out: Target, *, rule: Rule = None, id_: Id = None, quiet: Quiet = False) -> int:
    """Rebuild the originals, byte for byte, from an output folder alone.

    With --rule the documents come back clean but for what those rules removed, as UTF-8.
    """
    from cleaner.io.restore import restore as restore_folder

    if rule is not None:
        _fired(Path(folder), rule)
    undone = None if rule is None else lambda name: fnmatchcase(name, rule)
    restored = restore_folder(
        Path(folder), Path(out), lambda document: id_ is None or matches(document.id, id_), undone
    )
    if not restored.files and not restored.records:
        say(f"{folder}: no document fits; look at the ids in ledger.jsonl")
        return 1
    if not quiet:
        say(f"{restored.files:,} files and {restored.records:,} records restored to {out}")
        if restored.rejected and id_ is None:
            say(f"{restored.rejected:,} inputs had been rejected and are not held; rejected.jsonl names them")
    return 0


def _fired(folder: Path, rule: str) -> None:
    """Refuses a glob that fits no rule by which the run edited a text.

    Raises:
        UsageError: it names the rules that there are.
    """
    from cleaner.io.written import finished

    finished(folder)
    stages = load((folder / layout.REPORT).read_bytes())["stages"]
    # How the bytes were read (decode/recode, decode/bom) is no edit: it goes with the whole restore only.
    rules = [name for stage in stages.values() for name, tally in stage.items() if tally["edits"]]
    if not any(fnmatchcase(name, rule) for name in rules):
        raise UsageError(
            f"no rule that edited a text fits {rule!r}", str(folder), f"there are {', '.join(rules) or 'none'}"
        )


def report(folder: Folder, *, quiet: Quiet = False) -> int:
    """Write the HTML report of an output folder anew, from its ledger and its texts."""
    from cleaner.engines.run import write_html

    write_html(Path(folder))
    if not quiet:
        say(f"written: {Path(folder, layout.HTML)}")
    return 0
