import gzip
import io
from pathlib import Path

import pytest

from cleaner.core.document import Rejected
from cleaner.io import items as module
from cleaner.io.items import items
from cleaner.io.sources import FileItem, LineItem, Listing, StagedItem, list_sources


def of(*sources: object, stdin: bytes = b"") -> list[LineItem | StagedItem | FileItem]:
    return list(items(list_sources([str(source) for source in sources]), io.BytesIO(stdin)))


def test_lines_keep_their_numbers_and_blank_ones_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"a": 1}\n\n  \r\n{"a": 2}')
    found = [(item.line, item.path, item.number) for item in of(tmp_path) if isinstance(item, LineItem)]
    assert found == [(b'{"a": 1}\n', "a.jsonl", 1), (b'{"a": 2}', "a.jsonl", 4)]


def test_standard_input_is_lines() -> None:
    assert [item.number for item in of("-", stdin=b"{}\n{}\n") if isinstance(item, LineItem)] == [1, 2]


def test_a_line_too_long_is_rejected_and_the_rest_flows() -> None:
    long = b'"' + b"x" * 100 + b'"\n'
    found = list(module._lines(io.BytesIO(b"{}\n" + long + b"{}\n"), "-", 0.0, limit=10))
    assert [type(item) for item in found] == [LineItem, StagedItem, LineItem]
    rejected = found[1].entry if isinstance(found[1], StagedItem) else None
    assert isinstance(rejected, Rejected)
    assert rejected.id == "-#2"
    assert "too much" in rejected.error


def test_lines_before_a_break_come_through(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(20_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-2000])
    *before, last = of(tmp_path)
    assert len(before) > 1000
    assert isinstance(last, StagedItem)
    assert isinstance(last.entry, Rejected)
    assert f"behind line {len(before)}" in last.entry.error
    assert len(last.entry.sha256) == 64


def test_a_file_of_records_that_is_gone_is_rejected(tmp_path: Path) -> None:
    listing = Listing(files=(FileItem("a.jsonl", str(tmp_path / "a.jsonl"), 1, 0.0),))
    (item,) = items(listing, io.BytesIO())
    assert isinstance(item, StagedItem)
    assert isinstance(item.entry, Rejected)
    assert "not there" in item.entry.error


@pytest.mark.parametrize("name", ["bad.parquet", "bad.parquet.gz"])
def test_a_broken_parquet_is_rejected(name: str, tmp_path: Path) -> None:
    data = b"PAR1 and then nothing that makes sense PAR1"
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (item,) = of(tmp_path)
    assert isinstance(item, StagedItem)
    assert isinstance(item.entry, Rejected)
    assert "Parquet cannot be read" in item.entry.error
