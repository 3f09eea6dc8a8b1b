"""One writer for a folder: a lock that the system takes back when its process ends, however it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from cleaner.errors import OutputError

# Stands in a folder while it is held, where folders themselves cannot be locked.
LOCK = ".cleaner-lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keeps other processes that ask for the folder out of it, until the block ends or the process does.

    A file system that knows no locks keeps nobody out.

    Raises:
        OutputError: another process holds it.
    """
    with _file_held(folder) if os.name == "nt" else _folder_held(folder):
        yield


@contextmanager
def _folder_held(folder: Path) -> Iterator[None]:
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken(folder) from error
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _file_held(folder: Path) -> Iterator[None]:
    """The same on Windows, which locks files only, and removes none that somebody has open."""
    msvcrt: Any = import_module("msvcrt")  # its types are known on Windows only
    path = folder / LOCK
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except PermissionError as error:
        os.close(descriptor)
        raise _taken(folder) from error
    except OSError:  # a file system without locks
        pass
    try:
        yield
    finally:
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()


def _taken(folder: Path) -> OutputError:
    return OutputError("another run writes this folder", str(folder), "wait until it has ended")
