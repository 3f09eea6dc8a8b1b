"""Tables for the terminal."""

from collections.abc import Iterable
from typing import Any

from rich.table import Column, Table
from rich.text import Text

from cleaner.core.report import Report
from cleaner.core.stage import rank, stage_of


def summary(report: Report) -> Table:
    """What a run did: a row per stage and rule, then the totals of documents."""
    table = Table(title="what was removed, and by which rule", title_justify="left", show_lines=False)
    table.add_column("stage")
    table.add_column("rule", overflow="fold")
    table.add_column("documents", justify="right")
    table.add_column("edits", justify="right")
    table.add_column("characters", justify="right")
    last = ""
    for rule, tally in sorted(report.rules.items(), key=lambda pair: (rank(stage_of(pair[0])), pair[0])):
        stage, _, name = rule.partition("/")
        table.add_row(
            stage if stage != last else "", name, f"{tally.documents:,}", f"{tally.edits:,}", f"{tally.characters:,}"
        )
        last = stage
    for rule, count in sorted(report.flags.items()):
        table.add_row("flagged", rule, f"{report.flagged[rule]:,}", f"{count:,}", "", style="yellow")
    return table


def totals(report: Report) -> Text:
    """One line: documents, kept, duplicates, rejected, characters."""
    words = [
        f"{report.documents:,} documents",
        f"{report.kept:,} kept",
        f"{report.dropped:,} duplicates",
        f"{report.rejected:,} rejected",
        f"{report.removed:,} of {report.characters:,} characters removed or rewritten",
    ]
    return Text(", ".join(words), style="bold")


def rows(headings: Iterable[str], content: Iterable[Iterable[Any]]) -> Table:
    """A plain table."""
    table = Table(*(Column(heading, overflow="fold") for heading in headings))
    for row in content:
        table.add_row(*map(str, row))
    return table
