"""What stands in the tables of an index in a DuckDB file, as values: entries, segments, and chunks of segments."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from cleaner.index.keys import Numbers, Segment, Words
from cleaner.index.types import Entry, Place

COLUMNS = "document, name, id, line, text_key, digest, sha256, size, mtime"
NOWHERE = -1  # the line of a document whose text stands nowhere
FETCHED = 512  # chunks (8 MB) or documents that are fetched by one statement


def to_bytes(text: str) -> bytes:
    """A name as bytes: names of files may hold what is no UTF-8, which no text of DuckDB takes."""
    return text.encode("utf-8", "surrogatepass")


def entry_of_row(row: tuple[Any, ...]) -> Entry:
    """The entry of a row of these columns."""
    _, name, id_, line, key, digest, sha256, size, mtime = row[:9]
    path = "" if line == NOWHERE else _text(name).removesuffix(f"#{line}" if line else "")
    return Entry(_text(id_), Place(path, max(line, 0), key), digest.hex(), sha256.hex(), size, mtime)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def segments_of(connection: Any) -> list[Segment]:
    """The segments, by their numbers."""
    rows = connection.execute("SELECT number, size, firsts FROM segments").fetchall()
    return [Segment(number, size, np.frombuffer(bytearray(firsts), "<u8")) for number, size, firsts in sorted(rows)]


def fetched(connection: Any, segment: Segment, numbers: Numbers) -> Iterator[Words]:
    """Chunks of a segment by their ascending numbers, some joined at a time."""
    for low in range(0, len(numbers), FETCHED):
        some = numbers[low : low + FETCHED]
        query = f"SELECT words FROM keys_{segment.number} WHERE chunk IN ({listed(some)}) ORDER BY chunk"  # noqa: S608 - numbers
        yield np.frombuffer(bytearray().join(row[0] for row in connection.execute(query).fetchall()), "<u8")


def listed(numbers: Numbers) -> str:
    """Numbers as they stand in a query: these are looked up by the primary key, parameters would be a scan."""
    return ", ".join(map(str, numbers.tolist()))
