"""Documents on disk between the document stages and dedup: an append-only file of wire lines, read back by place."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from cleaner.core.document import Document, Rejected
from cleaner.core.ledger import entry_of_line

Place = tuple[int, int]


class Spool:
    """An append-only file of lines; a line is found again by its place, ``(offset, length)`` in bytes.

    Opening an existing file takes up its whole lines and cuts off what a killed run left behind them.
    """

    def __init__(self, path: Path, size: int = 0) -> None:
        """Opens the file, keeping its first `size` bytes."""
        self.path = path
        self._stream = path.open("r+b" if path.exists() else "w+b")
        self._stream.truncate(size)
        self._stream.seek(size)
        self.size = size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def append(self, lines: Iterable[bytes]) -> list[Place]:
        """Adds lines and says where they stand."""
        places: list[Place] = []
        for line in lines:
            places.append((self.size, len(line)))
            self._stream.write(line)
            self.size += len(line)
        return places

    def flush(self) -> None:
        """Brings what was appended to the operating system, so that readers see it."""
        self._stream.flush()

    def sync(self) -> None:
        """Brings what was appended to the disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def line(self, place: Place) -> bytes:
        """The line at a place."""
        offset, length = place
        if hasattr(os, "pread"):
            return os.pread(self._stream.fileno(), length, offset)
        self._stream.seek(offset)
        line = self._stream.read(length)
        self._stream.seek(self.size)
        return line

    def entry(self, place: Place) -> Document | Rejected:
        """What the line at a place holds."""
        entry = entry_of_line(self.line(place))
        if entry is None:
            raise AssertionError(f"{self.path} at {place}: a line that no stage wrote")
        return entry

    def places(self) -> Iterator[Place]:
        """The places of all lines that stand."""
        self.flush()
        offset = 0
        with self.path.open("rb") as stream:
            for line in stream:
                yield offset, len(line)
                offset += len(line)
