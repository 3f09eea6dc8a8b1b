"""Where the texts of an output folder go, one sink for each ``--format``, and how they are read back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias

from cleaner.core.document import Document
from cleaner.core.jsonl import json_text, load
from cleaner.core.ledger import record_line
from cleaner.core.record import Record, parse
from cleaner.errors import RestoreError
from cleaner.io import layout
from cleaner.io.atomic import replacing
from cleaner.io.layout import Format
from cleaner.io.mnbvc import Exporter, text_of
from cleaner.io.rows import connect, one_file, quoted
from cleaner.io.table import Table

# What a ledger line says of its document beyond the document itself.
Note: TypeAlias = dict[str, Any]
Text: TypeAlias = tuple[str, Record | None]


class Sink(Protocol):
    """Takes the documents in the order of the ledger."""

    def write(self, document: Document) -> Note:
        """Writes a document and says what its ledger line must hold for it to be read back."""


def sink(form: Format, folder: Path, files: Iterable[str], stack: ExitStack) -> Sink:
    """The sink of a format; its files are complete when the stack closes."""
    if form == "tree":
        return _Tree(folder, layout.text_paths(files), stack)
    if form == "parquet":
        return _Parquet(folder, stack)
    return _Lines(folder, Exporter().line if form == "mnbvc" else record_line, stack, whole=form == "jsonl")


def _kind(document: Document) -> str:
    return layout.DROPPED if document.is_dropped else layout.DOCUMENTS


def _record_note(document: Document) -> Note:
    """The record of a document whose text goes where the record does not."""
    record = document.source.fields
    return {} if record is None else {"record": [record.before, record.after]}


class _Tree:
    """Files as files, records as lines of JSON."""

    def __init__(self, folder: Path, paths: Mapping[str, str], stack: ExitStack) -> None:
        self._folder, self._paths = folder, paths
        self._made: set[Path] = set()
        self._lines = _Lines(folder, record_line, stack, whole=True)

    def write(self, document: Document) -> Note:
        if document.source.fields is not None:
            return self._lines.write(document)
        path = self._folder / _kind(document) / self._paths[document.id]
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(document.text.encode("utf-8", "surrogatepass"))
        return {}


class _Lines:
    """Every document as a line of JSON."""

    def __init__(self, folder: Path, line: Callable[[Document], bytes], stack: ExitStack, *, whole: bool) -> None:
        self._folder, self._line, self._stack, self._whole = folder, line, stack, whole
        self._streams: dict[str, BinaryIO] = {}

    def write(self, document: Document) -> Note:
        kind = _kind(document)
        if kind not in self._streams:
            self._streams[kind] = self._stack.enter_context(replacing(self._folder / f"{kind}.jsonl"))
        self._streams[kind].write(self._line(document))
        return {} if self._whole else _record_note(document)


class _Parquet:
    """Every document as a row."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._tables: dict[str, Table] = {}
        self._table(layout.DOCUMENTS)

    def _table(self, kind: str) -> Table:
        if kind not in self._tables:
            table = Table(self._folder / f"{kind}.parquet", self._folder / f"{kind}.duckdb")
            self._tables[kind] = self._stack.enter_context(table)
        return self._tables[kind]

    def write(self, document: Document) -> Note:
        table = self._table(_kind(document))
        record = document.source.fields
        if record is None:
            more = {} if document.beside is None else document.beside.pieces()
            table.add({**more, "id": json_text(document.id), "text": json_text(document.text)})
            return {"column": table.place("text")}
        key = document.source.text_key
        table.add({**record.pieces(), key: json_text(document.text)}, record.columns)
        return {"column": table.place(key), **_record_note(document)}


class Texts:
    """The cleaned texts of a finished folder, asked for in the order of its ledger."""

    def __init__(self, out: Path, form: str, paths: Mapping[str, str]) -> None:
        self._out, self._form, self._paths = out, form, paths
        self._lines: dict[str, Iterator[bytes]] = {}
        self._rows: dict[str, Iterator[tuple[Any, ...]]] = {}

    def next(self, line: Mapping[str, Any]) -> Text:
        """The text, and the record, of the document that a ledger line speaks of.

        Raises:
            RestoreError: it is missing or damaged.
        """
        kind = layout.DROPPED if (line["verdict"] or {}).get("kind") == "dropped" else layout.DOCUMENTS
        key = line["source"].get("text_key")
        try:
            if self._form == "parquet":
                return self._row(kind)[line["column"]], _record(line)
            if self._form == "mnbvc":
                return text_of(load(self._line(kind))), _record(line)
            if self._form == "jsonl" or key is not None:
                return _text_and_record(self._line(kind), key)
            return (self._out / kind / self._paths[line["id"]]).read_bytes().decode("utf-8", "surrogatepass"), None
        except (OSError, StopIteration, ValueError, KeyError, IndexError, TypeError) as error:
            cure = "it was written beside the ledger; bring it back as it was"
            raise RestoreError(
                f"the text is missing or damaged ({error!r})", f"{self._out}/{kind}: {line['id']}", cure
            ) from error

    def _line(self, kind: str) -> bytes:
        if kind not in self._lines:
            self._lines[kind] = _lines_of(self._out / f"{kind}.jsonl")
        return next(self._lines[kind])

    def _row(self, kind: str) -> tuple[Any, ...]:
        if kind not in self._rows:
            self._rows[kind] = _rows_of(self._out / f"{kind}.parquet")
        return next(self._rows[kind])


def _record(line: Mapping[str, Any]) -> Record | None:
    return Record(*line["record"]) if "record" in line else None


def _text_and_record(line: bytes, key: str | None) -> Text:
    record = parse(line)
    return (record.values["text"], None) if key is None else (record.values[key], record.gap(key))


def _lines_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream


def _rows_of(path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of a Parquet file of ours, its text columns only (the others come from the ledger)."""
    connection = connect()
    try:
        only = [one_file(str(path))]
        columns = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", only).fetchall()
        wanted = ", ".join(quoted(row[0]) if row[1] == "VARCHAR" else "NULL" for row in columns)
        found = connection.execute(f"SELECT {wanted} FROM read_parquet(?)", only)  # noqa: S608 - names are quoted
        while batch := found.fetchmany(64):
            yield from batch
    finally:
        connection.close()
