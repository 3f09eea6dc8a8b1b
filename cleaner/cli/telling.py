"""What a run says of itself on stderr: its settings, its summary, what was rejected; and tables on stdout."""

import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.errors import say
from cleaner.config import Settings
from cleaner.core.jsonl import load
from cleaner.core.report import Report
from cleaner.io.layout import REJECTED
from cleaner.io.sources import Listing

if TYPE_CHECKING:
    from rich.table import Table

_NEVER_WRAPS = 1 << 20  # columns
# So many rejected inputs are named on stderr; the others are counted there.
NAMED = 5


def tell(settings: Settings, listing: Listing) -> None:
    """What the settings come to, on stderr."""
    from cleaner.dedup import bands
    from cleaner.strip.rules import rules

    cut = bands(settings.plan.dedup)
    say(
        f"{len(listing.files):,} files, {listing.size or 0:,} bytes, in {settings.run.jobs or os.cpu_count()} processes"
    )
    say(f"strip: mode {settings.plan.strip.mode}, {len(rules(settings.plan.strip.packs).entries)} rules")
    say(f"dedup: {cut.count} x {cut.rows} bands find {cut.found:.2%} of the pairs at {settings.plan.dedup.threshold}")


def show_table(table: "Table") -> None:
    """A table on stdout; off a terminal each row is one line, however long, for files and for grep."""
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else _NEVER_WRAPS).print(table)


def show(report: Report, out: str) -> None:
    """The summary table and the totals, on stderr."""
    from rich.console import Console

    from cleaner.views.terminal import summary, totals

    console = Console(stderr=True)
    if report.rules or report.flags:
        console.print(summary(report))
    console.print(totals(report), soft_wrap=True)
    console.print(f"written to {out}", markup=False, highlight=False)


def name_rejected(report: Report, out: str) -> None:
    """The first of the rejected inputs with the reasons, on stderr, --quiet or not: they are what wants a look."""
    if not report.rejected:
        return
    path = Path(out, REJECTED)
    with path.open("rb") as lines:
        for line in map(load, islice(lines, NAMED)):
            say(f"{line['id']}: {line['error']}")
    if report.rejected > NAMED:
        say(f"{report.rejected - NAMED:,} more inputs were rejected; {path} names them")
