"""The documents of a finished output folder, as its ledger and its texts hold them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from cleaner.core.document import Document, Rejected
from cleaner.core.jsonl import load
from cleaner.core.ledger import document_from_ledger
from cleaner.core.shape import shaped, text
from cleaner.errors import EditError, OutputError, RestoreError
from cleaner.io import layout
from cleaner.io.sinks import Texts


def read_output(out: Path) -> Iterator[Document | Rejected]:
    """The documents of a finished output folder with their texts and verdicts, sorted by id, then what was rejected.

    Raises:
        OutputError: the folder is not ours, or its run was not finished.
        RestoreError: a text that the ledger names is missing, or a line of the ledger is damaged.
    """
    mark = finished(out)
    with _readable(out / layout.LEDGER):
        paths = layout.text_paths(
            line["id"] for line in _lines(out / layout.LEDGER) if "text_key" not in line["source"]
        )
    options: Mapping[str, str] = mark["plan"]  # the stages that the documents went through
    texts = Texts(out, mark.get("format", "tree"), paths)
    for line in _lines(out / layout.LEDGER):
        with _readable(out / layout.LEDGER):
            content, record = texts.next(line)
            document = document_from_ledger(line, content, record, _original(out, line))
        yield replace(document, options=options)
    yield from read_rejected(out)


def read_rejected(out: Path) -> Iterator[Rejected]:
    """The inputs that the run did not accept, sorted by id."""
    for line in _lines(out / layout.REJECTED):
        with _readable(out / layout.REJECTED):
            rejected = Rejected(**shaped(Rejected, line))
        yield rejected


def finished(out: Path) -> dict[str, Any]:
    """The mark of a finished output folder.

    Raises:
        OutputError: the folder is not ours, or its run was not finished.
    """
    mark = layout.read_mark(out)
    if mark["state"] != "complete":
        raise OutputError("its run was not finished", str(out), "finish it with --resume")
    return mark


def sources_of(out: Path) -> set[str]:
    """The ids of the files, and the paths of the files of records, that the ledger names."""
    finished(out)
    with _readable(out / layout.LEDGER):
        return {
            text(line["source"]["path"] if "text_key" in line["source"] else line["id"])
            for line in _lines(out / layout.LEDGER)
        }


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        for line in stream:
            with _readable(path):
                told = load(line)
            yield told


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Says in words that a list of a finished folder is not as it was written.

    Raises:
        RestoreError: a line is no JSON, lacks a member, or has one of another kind.
    """
    try:
        yield
    except (AttributeError, EditError, LookupError, TypeError, ValueError) as error:
        raise RestoreError(f"a line is damaged ({error!r})", str(path), "bring the file back as it was") from error


def _original(out: Path, line: dict[str, Any]) -> bytes:
    """The compressed original of a page; empty for every other document."""
    if "original" not in line:
        return b""
    path = out / str(line["original"])
    try:
        return Path(path).read_bytes()
    except OSError as error:
        cure = "it was written beside the ledger; bring it back"
        raise RestoreError("the original of the page is missing", str(path), cure) from error
