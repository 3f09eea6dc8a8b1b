"""A file is whole or as it was, and keeps who may read it."""

import os
import stat
import sys
from pathlib import Path

import pytest

from cleaner.io.atomic import replacing, write_bytes


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_fails_leaves_what_stood_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), replacing(path) as stream:
        stream.writelines([b"new", "no bytes"])  # type: ignore[list-item]
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", b"old")]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "sub" / "new", b"")
        (tmp_path / "old").touch()
        (tmp_path / "old").chmod(0o600)
        write_bytes(tmp_path / "old", b"new")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "sub" / "new"), mode(tmp_path / "old")) == (0o640, 0o600)


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    write_bytes(tmp_path / ("名" * 85), b"text")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"text"]
