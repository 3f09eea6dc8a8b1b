"""The inputs one by one: whole files, the lines of JSON Lines, the rows of Parquet, the documents of earlier runs."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cleaner.core.document import Rejected
from cleaner.errors import UnreadableError
from cleaner.io.files import MAX_BYTES, opened
from cleaner.io.kinds import Packing, kind_of
from cleaner.io.rows import rows
from cleaner.io.sources import STDIN, FileItem, Item, LineItem, Listing, StagedItem
from cleaner.io.written import read_output


def items(listing: Listing, stdin: BinaryIO) -> Iterator[Item]:
    """The files one by one, those of records record by record, then earlier runs, then the lines of standard input."""
    for file in listing.files:
        kind = kind_of(file.id)
        if file.trouble is not None or kind.form in ("text", "html"):
            yield file
        else:
            yield from _records(file)
    for out in listing.outputs:
        yield from map(StagedItem, read_output(out))
    if listing.stdin:
        yield from _lines(stdin, STDIN, 0.0)


def _records(file: FileItem) -> Iterator[Item]:
    """The records of a file; where it breaks off, those before it come through and the file is named as rejected."""
    kind = kind_of(file.id)
    number = 0
    try:
        for item in (_rows if kind.form == "parquet" else _file_lines)(file, kind.packing):
            number = item.number if isinstance(item, LineItem) else number
            yield item
    except UnreadableError as error:
        reached = f" (behind {'row' if kind.form == 'parquet' else 'line'} {number})" if number else ""
        yield StagedItem(Rejected(file.id, f"{error.what}{reached}; {error.cure}", digest_of(file.path)))


def _file_lines(file: FileItem, packing: Packing) -> Iterator[LineItem | StagedItem]:
    with opened(file.path, packing) as source:
        yield from _lines(source.stream, file.id, source.mtime)


def _lines(stream: BinaryIO, path: str, mtime: float, limit: int = MAX_BYTES) -> Iterator[LineItem | StagedItem]:
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            yield _too_long(stream, line, f"{path}#{number}", limit)
            continue
        content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if content.strip():
            yield LineItem(content, path, number, mtime)


def _too_long(stream: BinaryIO, piece: bytes, place: str, limit: int) -> StagedItem:
    """Passes over the rest of a line that is too long to be read whole."""
    digest = hashlib.sha256(piece)
    while not piece.endswith(b"\n") and (piece := stream.readline(limit)):
        digest.update(piece)
    why = f"the line holds more than {limit >> 20} MiB, too much for one document; split its text"
    return StagedItem(Rejected(place, why, digest.hexdigest()))


def _rows(file: FileItem, packing: Packing) -> Iterator[LineItem | StagedItem]:
    with _plain(file.path, packing) as (path, mtime):
        for number, (line, columns) in enumerate(rows(path), 1):
            yield LineItem(line, file.id, number, mtime, columns)


@contextmanager
def _plain(path: str, packing: Packing) -> Iterator[tuple[str, float]]:
    """A path at which the file stands unpacked: Parquet is read from its end, so it needs one."""
    with opened(path, packing) as source:
        if not packing:
            yield path, source.mtime
            return
        with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
            copy = f"{folder}/unpacked.parquet"
            with open(copy, "wb") as target:  # noqa: PTH123 - a path of str
                shutil.copyfileobj(source.stream, target, 1 << 20)
            yield copy, source.mtime


def digest_of(path: str) -> str:
    """The sha256 of a file as it stands, empty when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with opened(path) as source:
            while piece := source.stream.read(1 << 20):
                digest.update(piece)
    except UnreadableError:
        return ""
    return digest.hexdigest()
