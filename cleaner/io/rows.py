"""Rows of Parquet as records, one at a time and without loss.

A row becomes a line of JSON: text, numbers and truth values as such, lists and structs as far as they come back
exactly, everything else (dates, decimals, bytes, ...) in DuckDB's own notation. With the types of the columns, which
travel beside it, the row can be made again.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.core.jsonl import json_text
from cleaner.errors import UnreadableError

# Rows that are fetched at a time; DuckDB works in vectors of 2,048.
_FETCH = 64
_NATURAL = {"VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT"} | {
    f"U{name}" for name in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
}


def connect(database: str = ":memory:") -> Any:
    """A DuckDB connection that does the same everywhere: one thread, UTC, rows in their order."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": "1",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(database, config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def rows(path: str) -> Iterator[tuple[bytes, Mapping[str, str]]]:
    """The rows of a Parquet file as lines of JSON, each with the types of its columns.

    Raises:
        UnreadableError: it is no Parquet file, or is broken.
    """
    import duckdb

    connection = connect()
    try:
        types = _types(connection, path)
        members = ", ".join(
            f"{_literal(json_text(name) + ': ')} || {_value(name, kind)}" for name, kind in types.items()
        )
        query = f"SELECT '{{' || concat_ws(', ', {members}) || '}}' FROM read_parquet(?)"  # noqa: S608 - names are quoted
        found = connection.execute(query, [one_file(path)])
        while batch := found.fetchmany(_FETCH):
            for (line,) in batch:
                yield line.encode(), types
    except duckdb.Error as error:
        reason = str(error).splitlines()[0] if str(error) else "unknown reason"
        raise UnreadableError(f"the Parquet cannot be read: {reason}", cure="fetch or write it again") from error
    finally:
        connection.close()


def _types(connection: Any, path: str) -> dict[str, str]:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [one_file(path)]).fetchall()
    return {row[0]: row[1] for row in described}


def one_file(path: str) -> str:
    """The path with nothing in it that DuckDB would take for a wildcard."""
    return "".join(f"[{char}]" if char in "[*?" else char for char in path)


def is_nested(kind: str) -> bool:
    """Whether a type is a list, a struct or a map."""
    return kind.endswith("]") or kind.startswith(("STRUCT(", "MAP("))


def _value(name: str, kind: str) -> str:
    """SQL for the value of a column as JSON text, from which `cast` makes the same value again."""
    column = quoted(name)
    as_json, as_text = f"to_json({column})", f"to_json({column}::VARCHAR)"
    if kind in _NATURAL:
        value = as_json
    elif kind == "DOUBLE":
        value = f"CASE WHEN isfinite({column}) THEN {as_json} ELSE {as_text} END"
    elif is_nested(kind) and "BLOB" not in kind and "BIT" not in kind:
        value = f"CASE WHEN CAST({as_json} AS {kind}) IS NOT DISTINCT FROM {column} THEN {as_json} ELSE {as_text} END"
    else:
        value = as_text
    return f"coalesce(({value})::VARCHAR, 'null')"


def cast(value: str, kind: str, *, exact: bool = True) -> str:
    """SQL for the value of a type from SQL for its JSON text; with ``exact=False`` what does not fit becomes NULL."""
    how = "CAST" if exact else "TRY_CAST"
    if kind == "JSON":
        return f"CASE WHEN {value} <> 'null' THEN {how}({value} AS JSON) END"
    plain = f"CAST({value} AS JSON) ->> '$'"
    bare = f"CAST({value} AS JSON)" if is_nested(kind) else value
    return f"""CASE WHEN {value} = 'null' THEN NULL WHEN {value} LIKE '"%' THEN {how}({plain} AS {kind})
        ELSE {how}({bare} AS {kind}) END"""


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
