"""Putting back what a run removed: the originals, from the output folder alone."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cleaner.core.document import Document, Rejected
from cleaner.core.edits import Patch
from cleaner.core.jsonl import dump
from cleaner.decode import encode
from cleaner.errors import EditError, OutputError, RestoreError
from cleaner.io.atomic import replacing, write_bytes
from cleaner.io.written import read_output


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back."""

    files: int = 0
    records: int = 0
    rejected: int = 0


def everything(_: Document) -> bool:
    """Chooses every document."""
    return True


def restore(
    out: Path,
    target: Path,
    chosen: Callable[[Document], bool] = everything,
    undone: Callable[[str], bool] | None = None,
) -> Restored:
    """Writes originals to a new folder.

    Args:
        out: a finished output folder.
        target: a folder that does not exist or is empty.
        chosen: which documents.
        undone: which rules to take back, giving the otherwise clean text as UTF-8; None for the original bytes.

    Raises:
        OutputError: the target holds something.
        RestoreError: a text does not lead back to the sha256 of its original.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError("the folder to restore to is not empty", str(target), "name a new one")
    files = rejected = 0
    lines: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
    target.mkdir(parents=True, exist_ok=True)
    for entry in read_output(out):
        if isinstance(entry, Rejected):
            rejected += 1
        elif not chosen(entry):
            continue
        elif entry.source.fields is not None:
            lines[entry.source.path].append((entry.source.line, _record_line(entry, undone)))
        else:
            write_bytes(target / entry.id, _bytes(entry, undone))
            files += 1
    for path, numbered in lines.items():
        with replacing(target / ("stdin.jsonl" if path == "-" else path)) as stream:
            stream.writelines(line for _, line in sorted(numbered))
    return Restored(files, sum(map(len, lines.values())), rejected)


def _bytes(document: Document, undone: Callable[[str], bool] | None) -> bytes:
    if undone is not None:
        return _partly(document, undone).encode("utf-8", "surrogatepass")
    data = encode(_original(document), document.source)
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        cure = "the folder was changed after the run; its documents must stand as they were written"
        raise RestoreError("what is restored is not the original (its sha256 differs)", document.id, cure)
    return data


def _original(document: Document) -> str:
    try:
        return document.original
    except EditError as error:
        raise RestoreError(str(error), document.id) from error


def _record_line(document: Document, undone: Callable[[str], bool] | None) -> bytes:
    text = _original(document) if undone is None else _partly(document, undone)
    fields = document.source.fields or {}
    return dump({key: text if key == document.source.text_key else value for key, value in fields.items()})


def _partly(document: Document, undone: Callable[[str], bool]) -> str:
    edits = tuple(edit for edit in document.flat.edits if not undone(edit.rule))
    return Patch("", edits).apply(_original(document))
