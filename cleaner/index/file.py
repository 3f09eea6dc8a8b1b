"""An index in a DuckDB file: one transaction for each change, opened late and closed early.

Documents stand in one table, their band keys in sorted segments (`cleaner.index.keys`), each a table of chunks. An
addition writes a segment of its own; segments of one size are merged, as in a log-structured merge tree (O'Neil, Cheng,
Gawlick and O'Neil, 1996), so that it costs what is added and not what stands.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.dedup import DedupOptions, Records
from cleaner.errors import IndexStoreError
from cleaner.index.keys import (
    CHUNK,
    Numbers,
    Segment,
    Words,
    alike,
    blocks,
    documents_of,
    joined,
    keys_of,
    packed,
    to_merge,
)
from cleaner.index.types import Entry, Header, Info, Match, Place, check, header_from, header_of

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
_COLUMNS = "document, name, id, line, text_key, digest, sha256, size, mtime"

_INSERTED = 2_000  # documents that are handed to DuckDB in one statement: a megabyte of sketches
_HALF, _LOW = 32, 0xFFFFFFFF  # of a pair packed into one number

_FORGOTTEN = 100_000  # names that are handed to it in one statement
_FETCHED = 512  # chunks (8 MB) or documents that are fetched by one statement
_MERGED = 1 << 22  # words that are sorted at once while segments are merged: 32 MB
_NOWHERE = -1  # the line of a document whose text stands nowhere

_LOCKED = re.compile(r"lock", re.IGNORECASE)
_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)")
_PAUSE = 0.1  # seconds between two looks at a lock that another process holds


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
            rows = connection.execute(f"SELECT {_COLUMNS} FROM documents ORDER BY name").fetchall()  # noqa: S608 - names of ours
        yield from map(_entry, rows)

    def put(self, entries: Sequence[Entry], records: Records, below: Sequence[str] = ()) -> None:
        """Adds documents in one transaction; one of a known name takes its place.

        Args:
            entries: all of different names.
            records: of the same documents, in the same order.
            below: paths of folders; what stands there and is not among the entries goes.
        """
        with self._changing() as connection:
            header = self._comparable(connection)
            _forget(connection, [entry.name for entry in entries])
            for folder in below:
                # "0" is the character behind "/".
                ends = [_bytes(f"{folder}/"), _bytes(f"{folder}0")]
                connection.execute("DELETE FROM documents WHERE name >= ? AND name < ?", ends)
            if entries:
                first, number = connection.execute("SELECT * FROM state").fetchone()
                _insert(connection, first, entries, records)
                keys, rows = keys_of(records, header)
                _write(connection, number, [packed(keys, rows + first)])
                connection.execute("UPDATE state SET next_document = ?", [first + len(entries)])
                _settle(connection, number + 1)

    def remove(self, names: Iterable[str]) -> int:
        """Forgets documents, in one transaction; returns how many there were."""
        with self._changing() as connection:
            self._header(connection)
            return _forget(connection, list(names))

    def matches(self, records: Records) -> list[Match]:
        """The documents that may be near-duplicates of those that are asked for, by row and name."""
        with self.opened() as connection:
            return self.found(connection, records)

    def found(self, connection: Any, records: Records) -> list[Match]:
        """The same on an open connection."""
        header = self._comparable(connection)
        keys, rows = keys_of(records, header)
        pairs = [np.unique(joined(words, keys, rows)) for words in _chunks_asked(connection, keys)]
        packs = np.unique(np.concatenate([np.zeros(0, np.int64), *pairs]))
        distinct = np.stack((packs & _LOW, packs >> _HALF & _LOW), axis=1)
        looked_at = _looked_at(connection, header, records, distinct)
        return sorted(looked_at, key=lambda match: (match.row, match.entry.name))

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
            raise _foreign(self.path) from error
        return header_from(values, str(self.path))

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """A connection in a transaction that is committed when the block ends well."""
        with self.opened(write=True) as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def opened(self, *, write: bool = False) -> Iterator[Any]:
        """A connection to the file, closed when the block ends."""
        import duckdb

        connection = self._connection(write=write)
        try:
            yield connection
        except duckdb.Error as error:
            raise IndexStoreError(f"DuckDB says: {_first_line(error)}", str(self.path), _DAMAGED) from error
        finally:
            connection.close()

    def _connection(self, *, write: bool) -> Any:
        """A connection, waited for while another process holds the file."""
        import duckdb

        config: dict[str, Any] = {"threads": "1", "autoinstall_known_extensions": "false"}
        deadline = time.monotonic() + self.lock_timeout
        while True:
            try:
                return duckdb.connect(str(self.path), read_only=not write, config=config)
            except duckdb.Error as error:
                if not _LOCKED.search(str(error)):
                    raise self._unusable(error) from error
                if time.monotonic() >= deadline:
                    raise self._held(error) from error
            time.sleep(_PAUSE)

    def _unusable(self, error: Exception) -> IndexStoreError:
        if not self.path.exists():
            cure = f"make it with: cleaner index create {self.path}"
            return IndexStoreError("there is no index of this name", str(self.path), cure)
        if "not a valid DuckDB" in str(error):
            return _foreign(self.path)
        return IndexStoreError(f"DuckDB cannot open it: {_first_line(error)}", str(self.path), _DAMAGED)

    def _held(self, error: Exception) -> IndexStoreError:
        holder = _HOLDER.search(str(error))
        who = f"process {holder[2]} ({holder[1]})" if holder else "another process"
        cure = "wait for it to end, or wait longer with --lock-timeout"
        return IndexStoreError(f"{who} has held the lock for {self.lock_timeout:g} seconds", str(self.path), cure)


_DAMAGED = "bring back a copy of it, or create it anew"


def _foreign(path: Path) -> IndexStoreError:
    return IndexStoreError("this is no index of cleaner", str(path), "give the path of one, or of a new file")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _one(connection: Any, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _bytes(text: str) -> bytes:
    """A name as bytes: names of files may hold what is no UTF-8, which no text of DuckDB takes."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _entry(row: tuple[Any, ...]) -> Entry:
    _, name, id_, line, key, digest, sha256, size, mtime = row[:9]
    path = "" if line == _NOWHERE else _text(name).removesuffix(f"#{line}" if line else "")
    return Entry(_text(id_), Place(path, max(line, 0), key), digest.hex(), sha256.hex(), size, mtime)


def _forget(connection: Any, names: Sequence[str]) -> int:
    gone = 0
    for low in range(0, len(names), _FORGOTTEN):
        query = "DELETE FROM documents WHERE name IN (SELECT unnest($1::BLOB[]))"
        some = [_bytes(name) for name in names[low : low + _FORGOTTEN]]
        gone += int(connection.execute(query, [some]).fetchone()[0])
    return gone


def _insert(connection: Any, first: int, entries: Sequence[Entry], records: Records) -> None:
    sketches = np.ascontiguousarray(records.sketches.T, "<u4")
    for low in range(0, len(entries), _INSERTED):
        some = entries[low : low + _INSERTED]
        columns: list[list[Any]] = [
            list(range(first + low, first + low + len(some))),
            [_bytes(entry.name) for entry in some],
            [_bytes(entry.id) for entry in some],
            [entry.place.line if entry.place.path else _NOWHERE for entry in some],
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


def _write(connection: Any, number: int, parts: Iterable[Words]) -> None:
    """Writes a segment of parts that follow each other in order."""
    connection.execute(
        f"CREATE TABLE keys_{number} (chunk UINTEGER PRIMARY KEY, words BLOB USING COMPRESSION uncompressed)"
    )
    firsts: list[bytes] = []
    size = 0
    for words in parts:
        for some in blocks(words, _FETCHED * CHUNK):
            blobs = [chunk.astype("<u8").tobytes() for chunk in blocks(some, CHUNK)]
            numbers = list(range(len(firsts), len(firsts) + len(blobs)))
            query = f"INSERT INTO keys_{number} SELECT unnest($1::UINTEGER[]), unnest($2::BLOB[])"
            connection.execute(query, [numbers, blobs])
            firsts += [blob[:8] for blob in blobs]
            size += len(some)
    connection.execute("INSERT INTO segments VALUES (?, ?, ?)", [number, size, b"".join(firsts)])


def _segments(connection: Any) -> list[Segment]:
    rows = connection.execute("SELECT number, size, firsts FROM segments").fetchall()
    return [Segment(number, size, np.frombuffer(bytearray(firsts), "<u8")) for number, size, firsts in sorted(rows)]


def _settle(connection: Any, number: int) -> None:
    """Merges segments until no size has too many; `number` is the next one's."""
    while merged := to_merge(_segments(connection)):
        _write(connection, number, _merged(connection, merged))
        for segment in merged:
            connection.execute(f"DROP TABLE keys_{segment.number}")
            connection.execute("DELETE FROM segments WHERE number = ?", [segment.number])
        number += 1
    connection.execute("UPDATE state SET next_segment = ?", [number])


def _merged(connection: Any, segments: Sequence[Segment]) -> Iterator[Words]:
    """The words of the segments in order, a range of keys at a time, without those of documents that are gone."""
    alive = connection.execute("SELECT document FROM documents").fetchnumpy()["document"].astype(np.int64)
    ranges = max(sum(segment.size for segment in segments) // _MERGED, 1)
    bounds = [part * 2**64 // ranges for part in range(ranges + 1)]
    for low, high in pairwise(bounds):
        ends = np.array([low], np.uint64), np.array([high - 1], np.uint64)
        parts = [
            part for segment in segments for part in _fetched(connection, segment, segment.holding(ends[0], ends[1]))
        ]
        words = np.concatenate([np.zeros(0, np.uint64), *parts])
        words = words[(words >= ends[0]) & (words <= ends[1])]
        words = words[np.isin(documents_of(words), alive)]
        words.sort()
        yield words


def _chunks_asked(connection: Any, keys: Words) -> Iterator[Words]:
    """The chunks that may hold one of the keys, some at a time, those of a block sorted."""
    asked = [(segment, segment.asked(keys)) for segment in _segments(connection)]
    if sum(len(numbers) for _, numbers in asked) <= _FETCHED:
        yield from _together(connection, asked)
        return
    for segment, numbers in asked:
        yield from _fetched(connection, segment, numbers)


def _together(connection: Any, asked: Sequence[tuple[Segment, Numbers]]) -> Iterator[Words]:
    """A few chunks of all segments by one statement, as each statement costs more than what it reads."""
    parts = [
        f"SELECT {segment.number}, chunk, words FROM keys_{segment.number} WHERE chunk IN ({_listed(numbers)})"  # noqa: S608 - numbers
        for segment, numbers in asked
        if len(numbers)
    ]
    rows = sorted(connection.execute(" UNION ALL ".join(parts)).fetchall()) if parts else []
    for _, some in groupby(rows, key=lambda row: row[0]):
        yield np.frombuffer(bytearray().join(row[2] for row in some), "<u8")


def _fetched(connection: Any, segment: Segment, numbers: Numbers) -> Iterator[Words]:
    """Chunks of a segment by their ascending numbers, some joined at a time."""
    for low in range(0, len(numbers), _FETCHED):
        some = numbers[low : low + _FETCHED]
        # Numbers that stand in the query itself are looked up by the primary key; parameters would be a scan.
        query = f"SELECT words FROM keys_{segment.number} WHERE chunk IN ({_listed(some)}) ORDER BY chunk"  # noqa: S608 - numbers
        yield np.frombuffer(bytearray().join(row[0] for row in connection.execute(query).fetchall()), "<u8")


def _listed(numbers: Numbers) -> str:
    return ", ".join(map(str, numbers.tolist()))


def _looked_at(connection: Any, header: Header, records: Records, pairs: Numbers) -> Iterator[Match]:
    """The pairs of a row and a document number, sorted by document, that stand the look at their sketches."""
    rows, documents = pairs.T
    distinct = np.unique(documents)
    for low in range(0, len(distinct), _FETCHED):
        some = distinct[low : low + _FETCHED]
        query = f"SELECT {_COLUMNS}, sketch FROM documents WHERE document IN ({_listed(some)})"  # noqa: S608 - numbers
        held = {row[0]: row for row in connection.execute(query).fetchall()}
        first, last = np.searchsorted(documents, some[0], "left"), np.searchsorted(documents, some[-1], "right")
        asked = [
            (row, held[document])
            for row, document in zip(rows[first:last].tolist(), documents[first:last].tolist(), strict=True)
            if document in held
        ]
        if asked:
            yield from _matches(header, records, asked)


def _matches(header: Header, records: Records, asked: Sequence[tuple[int, tuple[Any, ...]]]) -> Iterator[Match]:
    rows = np.array([row for row, _ in asked], np.int64)
    sketches = np.frombuffer(b"".join(held[9] for _, held in asked), "<u4").reshape(len(asked), -1)
    fits, equal = alike(records, rows, sketches, [held[5].hex() for _, held in asked], header)
    for at in np.flatnonzero(fits).tolist():
        yield Match(asked[at][0], _entry(asked[at][1]), int(equal[at]))
