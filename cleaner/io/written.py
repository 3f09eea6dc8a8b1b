"""The documents of a finished output folder, as its ledger and its texts hold them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.core.document import Document, Rejected
from cleaner.core.jsonl import load
from cleaner.core.ledger import document_from_ledger
from cleaner.errors import OutputError, RestoreError
from cleaner.io import layout


def read_output(out: Path) -> Iterator[Document | Rejected]:
    """The documents of a finished output folder with their texts and verdicts, sorted by id, then what was rejected.

    Raises:
        OutputError: the folder is not ours, or its run was not finished.
        RestoreError: a text that the ledger names is missing.
    """
    if layout.read_mark(out)["state"] != "complete":
        raise OutputError("its run was not finished", str(out), "finish it with --resume")
    records = {kind: _records(out / f"{kind}.jsonl") for kind in (layout.DOCUMENTS, layout.DROPPED)}
    paths = layout.text_paths(line["id"] for line in _lines(out / layout.LEDGER) if "text_key" not in line["source"])
    for line in _lines(out / layout.LEDGER):
        kind = layout.DROPPED if (line["verdict"] or {}).get("kind") == "dropped" else layout.DOCUMENTS
        if "text_key" in line["source"]:
            yield _record(line, next(records[kind]))
        else:
            yield document_from_ledger(line, _text(out / kind / paths[line["id"]]))
    for line in _lines(out / layout.REJECTED):
        yield Rejected(line["id"], line["error"], line["sha256"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        yield from map(load, stream)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    return _lines(path) if path.exists() else iter(())


def _record(line: dict[str, Any], record: dict[str, Any]) -> Document:
    key = line["source"]["text_key"]
    return document_from_ledger(line, record[key], {**record, key: None})


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except OSError as error:
        raise RestoreError(
            "the text is missing", str(path), "it was written beside the ledger; bring it back"
        ) from error
