"""Accepted findings are added to a configuration, whose own bytes stay."""

import tomllib
from pathlib import Path

import pytest

from cleaner.core.allow import Allow
from cleaner.errors import ConfigError
from cleaner.io.accepting import append_allow

ENTRY = Allow("seeds/*.txt", "strip/ads/*", "0123456789abcdef", "“meant”, says\tthe editor")


@pytest.mark.parametrize("before", ["", "# none\n", "[dedup]\nthreshold = 0.9", "# 说明\r\n[run]\r\njobs = 2\r\n"])
@pytest.mark.parametrize("name", ["cleaner.toml", "pyproject.toml"])
def test_what_stood_there_stays_byte_for_byte(tmp_path: Path, name: str, before: str) -> None:
    file = tmp_path / name
    file.write_bytes(before.encode())
    append_allow(file, [ENTRY, ENTRY])
    after = file.read_bytes()
    assert after.startswith(before.encode())
    assert (b"\r\n" in after) == ("\r\n" in before)
    assert after.count(b"\n") == after.count(b"\r\n" if "\r" in before else b"\n")
    tables = tomllib.loads(after.decode())
    allow = (tables["tool"]["cleaner"] if name == "pyproject.toml" else tables)["allow"]
    assert [Allow(**entry) for entry in allow] == [ENTRY, ENTRY]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="accepted findings cannot be written"):
        append_allow(tmp_path, [ENTRY])
