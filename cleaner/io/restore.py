"""Putting back what a run removed: the originals, from the output folder alone."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

from cleaner.core.document import Document, Rejected
from cleaner.core.edits import Patch
from cleaner.core.ledger import record_line
from cleaner.core.record import parse
from cleaner.decode import encode
from cleaner.errors import EditError, OutputError, RestoreError
from cleaner.io.atomic import replacing, write_bytes
from cleaner.io.layout import restored_paths, text_paths
from cleaner.io.output import writing
from cleaner.io.reading import page_of
from cleaner.io.table import Table
from cleaner.io.written import read_output, sources_of

Undone = Callable[[str], bool] | None


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
    out: Path, target: Path, chosen: Callable[[Document], bool] = everything, undone: Undone = None
) -> Restored:
    """Writes originals to a new folder: files byte for byte (of compressed ones the bytes inside), records by value.

    Args:
        out: a finished output folder.
        target: a folder that does not exist or is empty.
        chosen: which documents.
        undone: which rules to take back, giving the otherwise clean text as UTF-8; None for the original bytes.

    Raises:
        OutputError: the target holds something, or cannot be written.
        RestoreError: a text does not lead back to the sha256 of its original.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError("the folder to restore to is not empty", str(target), "name a new one")
    files = rejected = 0
    paths = restored_paths(sources_of(out))
    with writing(target), _Records(target, paths) as records:
        target.mkdir(parents=True, exist_ok=True)
        for entry in read_output(out):
            if isinstance(entry, Rejected):
                rejected += 1
            elif chosen(entry):
                if entry.source.fields is not None:
                    records.add(entry, _original(entry) if undone is None else _partly(entry, undone))
                else:
                    _write_file(target, paths[entry.id], entry, undone)
                    files += 1
        records.write()
    return Restored(files, records.count, rejected)


def _write_file(target: Path, path: str, document: Document, undone: Undone) -> None:
    if undone is None:
        write_bytes(target / path, _bytes(document))
        return
    # The text drawn from a page is no page any more.
    name = text_paths([path])[path] if document.source.original else path
    write_bytes(target / name, _partly(document, undone).encode("utf-8", "surrogatepass"))


def _bytes(document: Document) -> bytes:
    source = document.source
    data = page_of(source.original) if source.original else encode(_original(document), source)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        cure = "the folder was changed after the run; its documents must stand as they were written"
        raise RestoreError("what is restored is not the original (its sha256 differs)", document.id, cure)
    return data


def _original(document: Document) -> str:
    try:
        return document.original
    except EditError as error:
        raise RestoreError(str(error), document.id) from error


def _partly(document: Document, undone: Callable[[str], bool]) -> str:
    edits = tuple(edit for edit in document.flat.edits if not undone(edit.rule))
    return Patch("", edits).apply(_original(document))


@dataclass(slots=True)
class _Records:
    """Records on their way back into their files, in the order in which they stood there; they wait on disk."""

    target: Path
    paths: dict[str, str]
    count: int = 0
    _scratch: BinaryIO = field(default_factory=tempfile.TemporaryFile)
    _places: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    _columns: dict[str, dict[str, str]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    def add(self, document: Document, text: str) -> None:
        """Takes a record with its text as it was."""
        source = document.source
        record = source.fields
        assert record is not None  # noqa: S101 - the caller has looked
        line = record_line(document, text)
        self._places.setdefault(source.path, []).append((source.line, self._scratch.tell(), len(line)))
        self._scratch.write(line)
        if record.columns is not None:
            self._columns[source.path] = dict(record.columns)
        self.count += 1

    def write(self) -> None:
        """Writes the files."""
        for path, places in self._places.items():
            lines = self._lines(sorted(places))
            if path in self._columns:
                self._write_rows(self.target / self.paths[path], lines, self._columns[path])
            else:
                with replacing(self.target / self.paths[path]) as stream:
                    stream.writelines(lines)

    def _lines(self, places: list[tuple[int, int, int]]) -> Iterator[bytes]:
        for _, offset, length in places:
            self._scratch.seek(offset)
            yield self._scratch.read(length)

    def _write_rows(self, path: Path, lines: Iterator[bytes], columns: dict[str, str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=path.parent) as folder:
            fresh = Path(folder, "rows.parquet")
            with Table(fresh, Path(folder, "rows.duckdb")) as table:
                for line in lines:
                    table.add(parse(line).pieces(), columns)
            fresh.replace(path)
