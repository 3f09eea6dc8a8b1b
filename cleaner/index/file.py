"""An index in a DuckDB file: one transaction for each change, opened late and closed early.

Documents stand in one table, their band keys in sorted segments (`cleaner.index.keys`), each a table of chunks. An
addition writes a segment of its own; segments of one size are merged, as in a log-structured merge tree (O'Neil, Cheng,
Gawlick and O'Neil, 1996), so that it costs what is added and not what stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.dedup import DedupOptions, Records
from cleaner.errors import IndexStoreError
from cleaner.index.connecting import connected, foreign
from cleaner.index.header import Header, check, header_from, header_of
from cleaner.index.keys import keys_of, packed
from cleaner.index.lookup import Lookup
from cleaner.index.merging import settle, write
from cleaner.index.rows import COLUMNS, NOWHERE, entry_of_row, segments_of, to_bytes
from cleaner.index.types import Entry, Guard, Info, Match

_TABLES = """
CREATE TABLE header (key VARCHAR, value VARCHAR);
CREATE TABLE state (next_document UBIGINT, next_segment UBIGINT);
CREATE TABLE segments (number UBIGINT, size UBIGINT, firsts BLOB);
CREATE TABLE documents (
    document UINTEGER PRIMARY KEY, name BLOB, id BLOB, line INTEGER, text_key VARCHAR,
    digest BLOB, sha256 BLOB, size BIGINT, mtime DOUBLE, sketch BLOB USING COMPRESSION uncompressed
);
INSERT INTO state VALUES (0, 0);
"""
_INSERTED = 2_000  # documents that are handed to DuckDB in one statement: a megabyte of sketches
_FORGOTTEN = 100_000  # names that are handed to it in one statement


@dataclass(frozen=True, slots=True)
class FileIndex:
    """An index in a DuckDB file.

    Attributes:
        path: of the file.
        lock_timeout: seconds to wait for another process to let go of it.

    Raises:
        IndexStoreError: from every method, when the file is not there, foreign, damaged, or locked for too long.
    """

    path: Path
    lock_timeout: float = 30.0

    @property
    def where(self) -> str:
        """The path of the file."""
        return str(self.path)

    def create(self, options: DedupOptions) -> None:
        """Makes the file."""
        if self.path.exists():
            raise IndexStoreError("there is a file of this name already", str(self.path), "add to it, or remove it")
        made = header_of(options).to_strings()
        with self.opened(write=True) as connection:
            connection.execute("BEGIN")
            connection.execute(_TABLES)
            connection.executemany("INSERT INTO header VALUES (?, ?)", list(made.items()))
            connection.execute("COMMIT")

    def info(self) -> Info:
        """What stands in the file."""
        with self.opened() as connection:
            header = self._header(connection)
            documents = _one(connection, "SELECT count(*) FROM documents")
            segments = _one(connection, "SELECT count(*) FROM segments")
        return Info(header, documents, self.path.stat().st_size, f"{segments} sorted segments")

    def entries(self) -> Iterator[Entry]:
        """All documents, sorted by name; the file is read in one go."""
        with self.opened() as connection:
            self._header(connection)
            rows = connection.execute(f"SELECT {COLUMNS} FROM documents ORDER BY name").fetchall()  # noqa: S608 - names of ours
        yield from map(entry_of_row, rows)

    def mark(self) -> int:
        """The number that the next document would get."""
        with self.opened() as connection:
            self._header(connection)
            return _one(connection, "SELECT next_document FROM state")

    def put(
        self, entries: Sequence[Entry], records: Records, below: Sequence[str] = (), guard: Guard | None = None
    ) -> None:
        """Adds documents in one transaction; one of a known name takes its place.

        Args:
            entries: all of different names.
            records: of the same documents, in the same order.
            below: paths of folders; what stands there and is not among the entries goes.
            guard: asked first when documents came since its mark.
        """
        with self._changing() as connection:
            header = self._comparable(connection)
            first, number = connection.execute("SELECT * FROM state").fetchone()
            if guard is not None and first != guard.mark:
                guard.refuse(self.lookup(connection).matches(records))
            _forget(connection, [entry.name for entry in entries])
            for folder in below:
                # "0" is the character behind "/".
                ends = [to_bytes(f"{folder}/"), to_bytes(f"{folder}0")]
                connection.execute("DELETE FROM documents WHERE name >= ? AND name < ?", ends)
            if entries:
                _insert(connection, first, entries, records)
                keys, rows = keys_of(records, header)
                write(connection, number, [packed(keys, rows + first)])
                connection.execute("UPDATE state SET next_document = ?", [first + len(entries)])
                settle(connection, number + 1)

    def remove(self, names: Iterable[str]) -> int:
        """Forgets documents, in one transaction; returns how many there were."""
        with self._changing() as connection:
            self._header(connection)
            return _forget(connection, list(names))

    def matches(self, records: Records) -> list[Match]:
        """The documents that may be near-duplicates of those that are asked for, by row and name."""
        with self.opened() as connection:
            return self.lookup(connection).matches(records)

    def lookup(self, connection: Any) -> Lookup:
        """An open connection made ready for questions."""
        return Lookup(connection, self._comparable(connection), segments_of(connection))

    def _comparable(self, connection: Any) -> Header:
        """The header, when sketches of this version can be compared with those of the file."""
        header = self._header(connection)
        check(header, header_of(header.options), str(self.path))
        return header

    def _header(self, connection: Any) -> Header:
        import duckdb

        try:
            values = dict(connection.execute("SELECT key, value FROM header").fetchall())
        except duckdb.CatalogException as error:
            raise foreign(self.path) from error
        return header_from(values, str(self.path))

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """A connection in a transaction that is committed when the block ends well."""
        with self.opened(write=True) as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def opened(self, *, write: bool = False) -> AbstractContextManager[Any]:
        """A connection to the file, closed when the block ends."""
        return connected(self.path, self.lock_timeout, write=write)


def _one(connection: Any, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _forget(connection: Any, names: Sequence[str]) -> int:
    gone = 0
    for low in range(0, len(names), _FORGOTTEN):
        query = "DELETE FROM documents WHERE name IN (SELECT unnest($1::BLOB[]))"
        some = [to_bytes(name) for name in names[low : low + _FORGOTTEN]]
        gone += int(connection.execute(query, [some]).fetchone()[0])
    return gone


def _insert(connection: Any, first: int, entries: Sequence[Entry], records: Records) -> None:
    sketches = np.ascontiguousarray(records.sketches.T, "<u4")
    for low in range(0, len(entries), _INSERTED):
        some = entries[low : low + _INSERTED]
        columns: list[list[Any]] = [
            list(range(first + low, first + low + len(some))),
            [to_bytes(entry.name) for entry in some],
            [to_bytes(entry.id) for entry in some],
            [entry.place.line if entry.place.path else NOWHERE for entry in some],
            [entry.place.text_key for entry in some],
            [bytes.fromhex(entry.digest) for entry in some],
            [bytes.fromhex(entry.sha256) for entry in some],
            [entry.size for entry in some],
            [entry.mtime for entry in some],
            [sketch.tobytes() for sketch in sketches[low : low + len(some)]],
        ]
        kinds = ("UINTEGER", "BLOB", "BLOB", "INTEGER", "VARCHAR", "BLOB", "BLOB", "BIGINT", "DOUBLE", "BLOB")
        parts = ", ".join(f"unnest(${place}::{kind}[])" for place, kind in enumerate(kinds, 1))
        connection.execute(f"INSERT INTO documents SELECT {parts}", columns)
