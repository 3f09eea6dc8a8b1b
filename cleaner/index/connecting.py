"""Connections to the file of an index: waited for while another process holds it, with words for what goes wrong."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleaner.errors import IndexStoreError

_LOCKED = re.compile(r"lock", re.IGNORECASE)
_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)")
_PAUSE = 0.1  # seconds between two looks at a lock that another process holds

_FULL = re.compile(r"no space left|not enough space|quota", re.IGNORECASE)
_DAMAGED = "bring back a copy of it, or create it anew"


@contextmanager
def connected(path: Path, lock_timeout: float, *, write: bool) -> Iterator[Any]:
    """A connection to the file, closed when the block ends.

    Raises:
        IndexStoreError: the file is not there, foreign, damaged, or locked for too long.
    """
    import duckdb

    connection = _connection(path, lock_timeout, write=write)
    try:
        yield connection
    except duckdb.Error as error:
        cure = "make room there; what stood in it stands" if _FULL.search(str(error)) else _DAMAGED
        raise IndexStoreError(f"DuckDB says: {_first_line(error)}", str(path), cure) from error
    finally:
        connection.close()


def _connection(path: Path, lock_timeout: float, *, write: bool) -> Any:
    """A connection, waited for while another process holds the file."""
    import duckdb

    config: dict[str, Any] = {"threads": "1", "autoinstall_known_extensions": "false"}
    deadline = time.monotonic() + lock_timeout
    while True:
        try:
            return duckdb.connect(str(path), read_only=not write, config=config)
        except duckdb.Error as error:
            if not _LOCKED.search(str(error)):
                raise _unusable(path, error, write=write) from error
            if time.monotonic() >= deadline:
                raise _held(path, lock_timeout, error) from error
        time.sleep(_PAUSE)


def _unusable(path: Path, error: Exception, *, write: bool) -> IndexStoreError:
    if write and not path.exists():
        return IndexStoreError(f"it cannot be made: {_first_line(error)}", str(path), "look at its folder")
    if not path.exists():
        cure = f"make it with: cleaner index create {path}"
        return IndexStoreError("there is no index of this name", str(path), cure)
    if "not a valid DuckDB" in str(error):
        return foreign(path)
    return IndexStoreError(f"DuckDB cannot open it: {_first_line(error)}", str(path), _DAMAGED)


def _held(path: Path, lock_timeout: float, error: Exception) -> IndexStoreError:
    holder = _HOLDER.search(str(error))
    who = f"process {holder[2]} ({holder[1]})" if holder else "another process"
    cure = "wait for it to end, or wait longer with --lock-timeout"
    return IndexStoreError(f"{who} has held the lock for {lock_timeout:g} seconds", str(path), cure)


def foreign(path: Path) -> IndexStoreError:
    """The error for a file that is none of ours."""
    return IndexStoreError("this is no index of cleaner", str(path), "give the path of one, or of a new file")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
