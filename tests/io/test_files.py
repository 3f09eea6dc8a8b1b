import os
import socket
from functools import partial
from pathlib import Path

import pytest

from cleaner.errors import UnreadableError
from cleaner.io.files import opened, read_regular, read_whole


def test_a_file_is_read_with_its_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    os.utime(tmp_path / "a", (1, 1_700_000_000))
    with opened(str(tmp_path / "a")) as file:
        assert (read_whole(file.stream), file.mtime) == (b"abc", 1_700_000_000)


def refused(path: Path, words: str) -> None:
    with pytest.raises(UnreadableError, match=words), opened(str(path)) as file:
        file.stream.read()


def test_a_fifo_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "this is a FIFO")


def test_a_file_that_became_a_fifo_is_never_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"")
    status = (tmp_path / "file").stat()
    monkeypatch.setattr(os, "stat", lambda _: status)
    refused(tmp_path / "pipe", "this is a FIFO")


def test_sockets_devices_and_folders_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        refused(Path("socket"), "this is a socket")
    refused(Path("/dev/zero"), "this is a device")
    refused(tmp_path, "this is a folder.*give the folder itself")


def test_what_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    refused(tmp_path / "gone", "not there")


def test_a_link_to_itself_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    refused(tmp_path / "loop", "leads back to itself")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "locked").write_bytes(b"a")
    (tmp_path / "locked").chmod(0)
    user = os.geteuid()
    if user == 0:  # root may read everything: look as nobody does
        os.seteuid(65534)
    try:
        refused(tmp_path / "locked", "permission denied; look at its permissions")
    finally:
        os.seteuid(user)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"one")
    with pytest.raises(UnreadableError, match="changed while it was read"), opened(str(path)) as file:
        path.write_bytes(file.stream.read() + b" two")


def test_a_document_has_a_largest_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(11))
    with pytest.raises(UnreadableError, match="too much for one document"), opened(str(tmp_path / "a")) as file:
        read_whole(file.stream, 10)


def test_a_regular_file_is_read_whole_with_its_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    os.utime(tmp_path / "a", (1, 1_700_000_000))
    assert read_regular(str(tmp_path / "a")) == (b"abc", 1_700_000_000)


@pytest.mark.parametrize("most", [1, 2])
def test_a_read_that_is_cut_short_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: read(descriptor, min(size, most)))
    assert read_regular(str(tmp_path / "a"))[0] == b"abc"


def test_a_file_that_changes_while_it_is_read_whole_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log").write_bytes(b"one")
    read = os.read

    def interrupted(descriptor: int, size: int) -> bytes:
        data = read(descriptor, size)
        (tmp_path / "log").write_bytes(b"one two")
        return data

    monkeypatch.setattr(os, "read", interrupted)
    with pytest.raises(UnreadableError, match="changed while it was read"):
        read_regular(str(tmp_path / "log"))


@pytest.mark.parametrize("size", [10, 11, 12])
def test_a_regular_file_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    (tmp_path / "a").write_bytes(bytes(size))
    monkeypatch.setattr("cleaner.io.files.MAX_BYTES", 10)
    monkeypatch.setattr("cleaner.io.files.read_whole", partial(read_whole, limit=10))
    if size == 10:
        assert read_regular(str(tmp_path / "a"))[0] == bytes(10)
    else:
        with pytest.raises(UnreadableError, match="too much for one document"):
            read_regular(str(tmp_path / "a"))
