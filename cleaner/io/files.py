"""Regular files, opened without ever waiting for one that is none, and unpacked within bounds."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from cleaner.errors import UnreadableError
from cleaner.io.kinds import Packing
from cleaner.io.packing import unpacked

# One document is held in memory whole, several times over while it is cleaned; the longest novels have some 50 MB.
MAX_BYTES = 256 << 20

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def odd_kind(mode: int) -> str:
    """What a directory entry is that is no regular file; empty for a regular one."""
    if stat.S_ISREG(mode):
        return ""
    return next((words for test, words in _KINDS if test(mode)), "no regular file")


def not_regular(kind: str) -> UnreadableError:
    """The error for something that is not read because of what it is."""
    cure = "give the folder itself" if kind == "a folder" else "only regular files are read; standard input is -"
    return UnreadableError(f"this is {kind}", cure=cure)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file.

    Attributes:
        stream: its bytes, unpacked.
        mtime: when it was last changed.
        size: how many bytes there should be; 0 where only unpacking tells.
    """

    stream: BinaryIO
    mtime: float
    size: int = 0


@contextmanager
def opened(path: str, packing: Packing = "") -> Iterator[Opened]:
    """A regular file to read; a FIFO, a socket or a device is never waited for.

    Raises:
        UnreadableError: it is gone, may not be read, is no regular file, is a broken archive, or changes meanwhile.
    """
    try:
        descriptor, before = _regular(path)
        with os.fdopen(descriptor, "rb") as raw:
            yield Opened(unpacked(raw, packing), before.st_mtime, 0 if packing else before.st_size)
            after = os.fstat(descriptor)
    except OSError as error:
        raise _unreadable(error) from error
    _unchanged(before, after)


def read_regular(path: str) -> tuple[bytes, float]:
    """All the bytes of a regular file as they stand, and when it was last changed; no stream is made for it.

    Raises:
        UnreadableError: as in `opened`, or there are too many for one document.
    """
    try:
        descriptor, before = _regular(path)
        try:
            data = os.read(descriptor, min(before.st_size, MAX_BYTES) + 1)
            if len(data) != before.st_size or len(data) > MAX_BYTES:  # cut short, or more than there should be
                with os.fdopen(descriptor, "rb", closefd=False) as stream:
                    stream.seek(0)
                    data = read_whole(stream, expected=before.st_size)
            after = os.fstat(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unreadable(error) from error
    _unchanged(before, after)
    return data, before.st_mtime


def _regular(path: str) -> tuple[int, os.stat_result]:
    """The descriptor of a regular file, and its status."""
    if kind := odd_kind(os.stat(path).st_mode):  # noqa: PTH116 - a path of str
        raise not_regular(kind)
    # The entry may have become a FIFO since: opening must not wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    status = os.fstat(descriptor)
    if kind := odd_kind(status.st_mode):
        os.close(descriptor)
        raise not_regular(kind)
    return descriptor, status


def _unchanged(before: os.stat_result, after: os.stat_result) -> None:
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableError("it changed while it was read", cure="run again when nothing writes to it")


def _unreadable(error: OSError) -> UnreadableError:
    reason = (error.strerror or str(error)).lower()
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UnreadableError("it cannot be read: it is not there (any more)", cure="look whether something moves it")
    if error.errno == errno.ELOOP:
        return UnreadableError("it cannot be read: the link leads back to itself", cure="remove the link")
    return UnreadableError(f"it cannot be read: {reason}", cure="look at its permissions")


def read_whole(stream: BinaryIO, limit: int = MAX_BYTES, *, expected: int = 0) -> bytes:
    """All the bytes of a stream; of how many are `expected` the first room is made, as room for `limit` takes its time.

    Raises:
        UnreadableError: there are more than `limit`.
    """
    data = stream.read(min(expected, limit) + 1)
    if expected < len(data) <= limit:
        data += stream.read(limit + 1 - len(data))
    if len(data) > limit:
        raise UnreadableError(
            f"it holds more than {limit >> 20} MiB, too much for one document",
            cure="split it, or give its parts as JSON Lines",
        )
    return data
