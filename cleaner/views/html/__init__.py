"""report.html: one self-contained page that shows what a run did, character by character.

The texts lie in the page as compressed blocks, written while the documents stream by, and are inflated when the reader
opens them. The page loads nothing, runs no script but its own, and holds nothing of host or time.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from cleaner.core.document import Document, Rejected
from cleaner.core.jsonl import dump
from cleaner.core.report import Report
from cleaner.views.html.blocks import Blocks, element
from cleaner.views.html.budget import Budget, Limits, is_quiet
from cleaner.views.html.content import content_of, row_of, row_of_rejected
from cleaner.views.html.overview import overview, ranked_rules
from cleaner.views.html.page import head, tail

__all__ = ["Limits", "write_report"]

_DEFAULT_LIMITS = Limits()


def write_report(
    out: BinaryIO,
    report: Report,
    documents: Iterable[Document],
    rejected: Iterable[Rejected],
    limits: Limits = _DEFAULT_LIMITS,
) -> None:
    """Writes the page.

    The same arguments give the same bytes (with one build of zlib). The documents are taken once, one at a time; a row
    of each stays in memory, its text does not.

    Args:
        out: a binary stream; it need not be seekable.
        report: the totals of all documents.
        documents: the accepted documents, dropped ones included.
        rejected: the inputs that were not accepted.
        limits: how much the page takes in; what is left out is counted on the page.
    """
    out.write(head(overview(report)))
    blocks, budget = Blocks(out), Budget(limits)
    rows = [*_rows(documents, blocks, budget), *_rejected_rows(rejected, budget)]
    blocks.flush()
    index = {
        "rules": ranked_rules(report),
        "rows": rows,
        "leftOut": budget.left_out,
        "withoutText": budget.without_text,
    }
    out.write(element("index", dump(index)))
    out.write(tail())


def _rows(documents: Iterable[Document], blocks: Blocks, budget: Budget) -> Iterator[dict[str, Any]]:
    for document in documents:
        quiet = is_quiet(document)
        if not budget.takes_row(quiet=quiet):
            continue
        original = document.original
        row = row_of(document, original)
        if budget.takes_text(len(original), quiet=quiet):
            row["at"] = blocks.add(content_of(document, original))
        yield row


def _rejected_rows(rejected: Iterable[Rejected], budget: Budget) -> Iterator[dict[str, Any]]:
    return (row_of_rejected(each) for each in rejected if budget.takes_row())
