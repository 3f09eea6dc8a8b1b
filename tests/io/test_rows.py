"""Parquet in and out: values of every type, what stands where."""
# ruff: noqa: S608 - the names in these queries are our own

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cleaner.core.document import Document
from cleaner.core.jsonl import json_text
from cleaner.engines.job import Job
from cleaner.engines.run import run_to_folder
from cleaner.io.layout import FORMATS, Format
from cleaner.io.reading import Keys
from cleaner.io.restore import restore
from cleaner.io.rows import rows
from cleaner.io.sources import list_sources
from cleaner.io.table import Table
from cleaner.io.written import read_output
from cleaner.plan import Plan
from tests.runs import HOME, content, lines

VALUES = {
    "DECIMAL(20,4)": "12345678901234.5678",
    "HUGEINT": "170141183460469231731687303715884105727",
    "UBIGINT": "18446744073709551615",
    "DOUBLE": "0.1",
    "FLOAT": "0.1",
    "BLOB": r"'\x00\xFFabc'",
    "TIMESTAMP": "'2020-01-02 03:04:05.123456'",
    "TIMESTAMP_NS": "'2020-01-02 03:04:05.123456789'",
    "TIMESTAMPTZ": "'2020-01-02 03:04:05.123456+02'",
    "DATE": "'0001-01-01'",
    "TIME": "'01:02:03.5'",
    "INTERVAL": "'3 months'",
    "UUID": "'6f1f8e0a-0000-0000-0000-000000000001'",
    "VARCHAR": """'a"b'' \\ ' || chr(0) || '汉'""",
    "BOOLEAN": "true",
    "VARCHAR[]": "['a', 'NULL', '', NULL, 'x, y', '\"']",
    "BLOB[]": r"['\xAA'::BLOB]",
    "FLOAT[2]": "[0.1, 3.4e38]",
    "STRUCT(a INTEGER, b DECIMAL(3,1)[])": "{'a': 1, 'b': [1.5, NULL]}",
    "MAP(VARCHAR, INTEGER)": "MAP {'k': 1, '': 2}",
    "MAP(INTEGER, VARCHAR)": "MAP {1: 'a'}",
}


def write(path: Path, select: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.connect().execute(f"COPY ({select}) TO '{path}'")


def same(one: Path, other: Path) -> bool:
    """Whether two Parquet files have the same columns, types and rows."""
    with duckdb.connect() as connection:
        first, second = f"read_parquet('{one}')", f"read_parquet('{other}')"
        schemas = [connection.execute(f"DESCRIBE SELECT * FROM {part}").fetchall() for part in (first, second)]
        held = [connection.execute(f"SELECT * FROM {part}").fetchall() for part in (first, second)]
    return schemas[0] == schemas[1] and held[0] == held[1]


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("null", [False, True])
def test_a_value_of_every_type_survives_the_way_through_json(kind: str, null: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a row of a table
    value = "NULL" if null else VALUES[kind]
    write(tmp_path / "a.parquet", f'SELECT CAST({value} AS {kind}) AS "it\'s a ""column"""')
    copy(tmp_path / "a.parquet", tmp_path / "b.parquet")
    assert same(tmp_path / "a.parquet", tmp_path / "b.parquet")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-0.0", "5e-324", "1.7976931348623157e308"])
def test_every_double_survives(value: str, tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", f"SELECT '{value}'::DOUBLE AS n")
    copy(tmp_path / "a.parquet", tmp_path / "b.parquet")
    with duckdb.connect() as connection:
        query = f"SELECT n::VARCHAR FROM read_parquet(['{tmp_path}/a.parquet', '{tmp_path}/b.parquet'])"
        first, second = connection.execute(query).fetchall()
    assert first == second


def copy(source: Path, target: Path) -> None:
    from cleaner.core.record import parse

    with Table(target, target.with_suffix(".duckdb")) as table:
        for line, types in rows(str(source)):
            table.add(parse(line).pieces(), types)


SELECT = """SELECT 'doc ' || i AS name, '第' || i || '篇正文，讲的是第' || i * 7919 || '件事情。' AS content,
    i::DECIMAL(6,2) AS score, DATE '2024-01-01' + i::INT AS day, ['a', NULL] AS tags FROM range(7) t(i)"""


def run(root: Path, form: Format = "tree", plan: Plan | None = None) -> dict[str, bytes]:
    listing = list_sources([str(root / "in")])
    run_to_folder(Job(plan or Plan(), listing, HOME, Keys("name", "content"), form=form), root / "out")
    return content(root / "out")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("packed", [False, True])
def test_rows_come_back_with_their_types(form: Format, packed: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a row of a table
    source = tmp_path / "a.parquet"
    write(source, SELECT)
    (tmp_path / "in").mkdir()
    data = source.read_bytes()
    (tmp_path / "in" / ("a.parquet" + ".gz" * packed)).write_bytes(gzip.compress(data) if packed else data)
    out = run(tmp_path, form)
    assert [line["id"] for line in lines(out, "ledger.jsonl")] == [f"doc {number}" for number in range(7)]
    restore(tmp_path / "out", tmp_path / "back")
    assert same(source, tmp_path / "back" / "a.parquet")


def test_parquet_out_keeps_columns_and_types(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.parquet", SELECT)
    run(tmp_path, "parquet", Plan().only("decode", "repair"))
    assert same(tmp_path / "in" / "a.parquet", tmp_path / "out" / "documents.parquet")


def test_names_with_wildcards_mean_one_file(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", "SELECT 'one' AS text")
    (tmp_path / "a.parquet").rename(tmp_path / "a[1]*.parquet")
    write(tmp_path / "a1x.parquet", "SELECT 'two' AS text")
    assert [line for line, _ in rows(str(tmp_path / "a[1]*.parquet"))] == [b'{"text": "one"}']


def test_a_folder_with_wildcards_in_its_name_is_read_back_alone(tmp_path: Path) -> None:
    for name, text in (("o1x", "two"), ("o[1]*", "one")):
        write(tmp_path / name / "in" / "a.parquet", f"SELECT '{text}' AS content")
        run(tmp_path / name, "parquet")
    (tmp_path / "o1x" / "out").rename(tmp_path / "out 1x")
    (tmp_path / "o[1]*" / "out").rename(tmp_path / "out [1]*")
    (document,) = read_output(tmp_path / "out [1]*")
    assert isinstance(document, Document)
    assert document.text == "one"


def test_rows_without_text_are_rejected_by_number(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.parquet", "SELECT * FROM (VALUES ('a', 'text'), ('b', NULL)) t(name, content)")
    out = run(tmp_path)
    (refused,) = lines(out, "rejected.jsonl")
    assert refused["id"] == "a.parquet#2"
    assert "no text under 'content'" in refused["error"]


def described(path: Path) -> dict[str, str]:
    with duckdb.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}


def table(path: Path, *records: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with Table(path, path.with_suffix(".duckdb")) as made:
        for record in records:
            made.add({key: json_text(value) for key, value in record.items()})
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM '{path}'").fetchall()


def test_columns_of_json_get_the_narrowest_type(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    held = table(
        path,
        {"i": 1, "f": 1, "s": "a", "b": True, "m": 1, "o": {"x": 1}, "h": 10**30, "n": None},
        {"i": -2, "f": 2.5, "s": "\ud800", "b": False, "m": "x", "o": 1, "h": 1, "l": "late"},
    )
    types = {"i": "BIGINT", "f": "DOUBLE", "s": "VARCHAR", "b": "BOOLEAN", "m": "VARCHAR", "o": "JSON", "h": "JSON"}
    assert described(path) == {**types, "n": "VARCHAR", "l": "VARCHAR"}
    assert held == [
        (1, 1.0, "a", True, "1", '{"x": 1}', str(10**30), None, None),
        (-2, 2.5, "\ufffd", False, "x", "1", "1", None, "late"),
    ]


def test_a_table_without_rows_has_columns(tmp_path: Path) -> None:
    assert table(tmp_path / "a.parquet") == []
    assert described(tmp_path / "a.parquet") == {"id": "VARCHAR", "text": "VARCHAR"}


def test_a_table_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Table(tmp_path / "a.parquet", tmp_path / "a.duckdb") as made:
        made.add({"text": dict[str, str]()["none"]})
    assert list(tmp_path.iterdir()) == []


def test_rows_are_numbered_across_batches(tmp_path: Path) -> None:
    held = table(tmp_path / "a.parquet", *({"n": number} for number in range(1200)))
    assert [row[0] for row in held] == list(range(1200))


def test_a_key_that_is_no_name_of_a_column_becomes_one(tmp_path: Path) -> None:
    held = table(tmp_path / "a.parquet", {"": 1, "a\0b": 2, "it's": 3, "\ud800": 4, "id": 5, "ID": 6, '"': 7})
    assert held == [(1, 2, 3, 4, 5, 6, 7)]
    assert list(described(tmp_path / "a.parquet"))[:5] == ["_", "a\ufffdb", "it's", "\ufffd", "id"]
