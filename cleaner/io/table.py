"""Records into Parquet: staged in a DuckDB file, so that memory stays bounded, then written in one go."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cleaner.io.rows import cast, connect, quoted

# Rows handed to DuckDB at a time, and rows of a row group: at 10 KB a text, a group is some 40 MB in memory.
_BATCH = 512
_GROUP = 4096

# The types of simple values in JSON; a column that holds several of them holds their texts.
_SIMPLE = {"VARCHAR", "BOOLEAN", "BIGINT", "DOUBLE"}


# An escaped backslash, a pair of surrogates, or (the group) a surrogate alone.
_ESCAPES = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class Table:
    """Rows on their way into a Parquet file; the file is written when the block ends without an error.

    Columns stand in the order in which they were first seen; a row that lacks one holds NULL there. Columns that come
    from Parquet keep their types, those from JSON get the narrowest that holds all their values.

    Raises:
        OSError: the disk is full, or cannot be written.
    """

    def __init__(self, target: Path, scratch: Path) -> None:
        """Stages rows in a file `scratch`."""
        self._target, self._scratch = target, scratch
        self._columns: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._batch: list[tuple[list[str], list[str]]] = []
        self._exact = True
        self._staged: Any = None

    def __enter__(self) -> Self:
        self._staged = connect(str(self._scratch))
        self._staged.execute("CREATE TABLE staged (row BIGINT, cells MAP(VARCHAR, VARCHAR))")
        self._rows = 0
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                self._write()
        finally:
            self._staged.close()
            for path in (self._scratch, self._scratch.with_name(f"{self._scratch.name}.wal")):
                path.unlink(missing_ok=True)

    def add(self, cells: Mapping[str, str], types: Mapping[str, str] | None = None) -> None:
        """Adds a row of JSON texts by column; `types` are those of the columns, else they are told by the values."""
        self._exact &= types is not None
        for name, value in cells.items():
            kind = _type_of(value) if types is None else types.get(name, "VARCHAR")
            known = self._columns.setdefault(name, kind)
            if known != kind:
                self._columns[name] = _both(known, kind)
        numbers = [self._numbers.setdefault(name, str(len(self._numbers))) for name in cells]
        self._batch.append((numbers, [_sound(value) for value in cells.values()]))
        if len(self._batch) == _BATCH:
            self._flush()

    def place(self, name: str) -> int:
        """The number of a column that was seen, from 0."""
        return list(self._columns).index(name)

    def _flush(self) -> None:
        if self._batch:
            names, values = map(list, zip(*self._batch, strict=True))
            numbers = list(range(self._rows, self._rows + len(self._batch)))
            self._execute(
                "INSERT INTO staged SELECT unnest($1::BIGINT[]), map(unnest($2::VARCHAR[][]), unnest($3::VARCHAR[][]))",
                [numbers, names, values],
            )
            self._rows += len(self._batch)
            self._batch.clear()

    def _write(self) -> None:
        known = self._columns or {"id": "VARCHAR", "text": "VARCHAR"}
        parts = [
            cast(f"cells['{number}']", kind or "VARCHAR", exact=self._exact) + f" AS {quoted(_name(name))}"
            for number, (name, kind) in enumerate(known.items())
        ]
        select = f"SELECT {', '.join(parts)} FROM staged ORDER BY row"  # noqa: S608 - names are quoted
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP}"
        self._execute(f"COPY ({select}) TO {_text(str(self._target))} ({options})")

    def _execute(self, statement: str, values: list[Any] | None = None) -> None:
        import duckdb

        try:
            self._staged.execute(statement, values)
        except (duckdb.IOException, duckdb.TransactionException) as error:  # a full disk above all
            raise OSError(str(error)) from error


def _name(name: str) -> str:
    """A name that a column can have: not empty, without NUL and lone surrogates."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", name) or "_"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _type_of(value: str) -> str:
    """The narrowest type of a JSON text; empty for null, which fits everywhere."""
    head = value[0]
    if head == '"':
        return "VARCHAR"
    if head in "tf":
        return "BOOLEAN"
    if head == "n":
        return ""
    if head in "[{":
        return "JSON"
    if value.lstrip("-").isdigit():
        return "BIGINT" if len(value) <= 18 else "JSON"
    return "DOUBLE" if value.strip("-0123456789.eE+") == "" else "JSON"


def _both(one: str, other: str) -> str:
    if not one or not other:
        return one or other
    if {one, other} == {"BIGINT", "DOUBLE"}:
        return "DOUBLE"
    return "VARCHAR" if {one, other} <= _SIMPLE else "JSON"


def _sound(value: str) -> str:
    r"""The JSON text without escapes of lone surrogates, which no text of Parquet can hold; they become U+FFFD.

    >>> _sound(r'"\ud83d\ude00 \ud83d \\ud83d"')
    '"\\ud83d\\ude00 \\ufffd \\\\ud83d"'
    """
    if "\\ud" not in value and "\\uD" not in value:
        return value
    return _ESCAPES.sub(lambda match: "\\ufffd" if match.group(1) else match.group(), value)
