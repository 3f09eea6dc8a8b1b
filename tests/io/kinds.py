"""Corpora of every kind of file: text, pages, JSON Lines and Parquet, plain and compressed."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import zstandard
from hypothesis import strategies as st

from cleaner.core.jsonl import json_text
from cleaner.io.table import Table
from tests.strategies import clean_texts, files, texts

PACKINGS = {"": bytes, ".gz": lambda data: gzip.compress(data, mtime=0), ".zst": zstandard.compress}

_WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_WORDS, inner, max_size=3)),
    max_leaves=4,
)


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """A page of HTML in some codec."""
    blocks = "".join(f"<p>{text}</p>" for text in draw(st.lists(clean_texts(), max_size=4)))
    page = f"<html><head><title>t</title></head><body><div>首页</div>{blocks}</body></html>"
    return page.encode(draw(st.sampled_from(["utf-8", "gb18030", "utf-16"])), "ignore")


@st.composite
def record_lines(draw: st.DrawFn) -> bytes:
    """A line of JSON Lines: mostly a record with a text, among fields of every kind, some of them twice."""
    fields = draw(st.dictionaries(_WORDS.filter(lambda key: key not in ("id", "text", "_cleaner")), VALUES, max_size=3))
    members = [f"{json_text(key)}:{json_text(value)}" for key, value in fields.items()]
    members += draw(
        st.lists(st.sampled_from(['"n": 1.50', '"n":2', f'"big":{"9" * 4400}', '"s": "\\udfff"']), max_size=2)
    )
    if draw(st.booleans()):
        members.insert(0, f'"id": {draw(st.integers(0, 40))}')
    text = json.dumps(draw(texts()), ensure_ascii=draw(st.booleans())).encode("utf-8", "replace").decode()
    members.insert(draw(st.integers(0, len(members))), f'"text" : {text}')
    whole = "{" + ", ".join(members) + "}"
    return draw(st.sampled_from([whole, whole, whole, whole, whole[:-1], "[]", ""])).encode()


def record_files() -> st.SearchStrategy[bytes]:
    """A file of JSON Lines."""
    return st.lists(record_lines(), max_size=4).map(b"\n".join)


TYPES = {"id": "VARCHAR", "text": "VARCHAR", "n": "DECIMAL(9,2)", "day": "DATE", "raw": "BLOB", "tags": "VARCHAR[]"}


@st.composite
def rows(draw: st.DrawFn) -> Sequence[Mapping[str, Any]]:
    """Rows of Parquet as JSON values of `TYPES`."""
    row = st.fixed_dictionaries(
        {
            "id": st.integers(0, 40).map(lambda number: f"row {number}"),
            "text": texts().filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)),
            "n": st.one_of(st.none(), st.decimals(-9, 9, places=2).map(str)),
            "day": st.sampled_from([None, "2024-02-29", "0001-01-01"]),
            "raw": st.sampled_from([None, "", "\\x00\\xFF", "abc"]),
            "tags": st.one_of(st.none(), st.lists(st.one_of(st.none(), _WORDS), max_size=3)),
        }
    )
    return draw(st.lists(row, min_size=1, max_size=3))


def parquet(rows: Sequence[Mapping[str, Any]], path: Path) -> bytes:
    """The bytes of a Parquet file of these rows, written at a path."""
    with Table(path, path.with_suffix(".duckdb")) as table:
        for row in rows:
            table.add({key: json_text(value) for key, value in row.items()}, TYPES)
    return path.read_bytes()


@st.composite
def mixed(draw: st.DrawFn) -> dict[str, Any]:
    """Files by id, of every kind; the content of a Parquet file is given by its rows."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "a.txt": files(),
        "sub/b.md": files(),
        "c.html": pages(),
        "sub/d.htm": pages(),
        "e.jsonl": record_files(),
        "f.parquet": rows(),
    }
    corpus: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(kinds)), min_size=1, max_size=4, unique=True)):
        packing = draw(st.sampled_from(sorted(PACKINGS)))
        content = draw(kinds[name])
        corpus[name + packing] = PACKINGS[packing](content) if isinstance(content, bytes) else content
    return corpus
