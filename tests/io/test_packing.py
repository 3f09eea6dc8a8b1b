import gzip
import io
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import UnreadableError
from cleaner.io.kinds import Packing
from cleaner.io.packing import unpacked

PACKERS: dict[Packing, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": zstandard.compress}
packings = pytest.mark.parametrize("packing", ["gz", "zst"])


@given(st.binary(max_size=200_000), st.sampled_from(["", "gz", "zst"]))
def test_what_was_packed_comes_out(data: bytes, packing: Packing) -> None:
    packed = PACKERS[packing](data) if packing else data
    assert unpacked(io.BytesIO(packed), packing).read() == data


@packings
def test_several_archives_in_a_row_are_one(packing: Packing) -> None:
    pack = PACKERS[packing]
    assert unpacked(io.BytesIO(pack(b"one ") + pack(b"") + pack(b"two")), packing).read() == b"one two"


@packings
@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_an_archive_that_is_cut_off_is_an_error(packing: Packing, keep: float) -> None:
    packed = PACKERS[packing](bytes(range(256)) * 40)
    with pytest.raises(UnreadableError, match=f"the .{packing} is broken"):
        unpacked(io.BytesIO(packed[: int(len(packed) * keep)]), packing).read()


@packings
@pytest.mark.parametrize("data", [b"plain text, not packed at all", b"\x1f\x8b", b"\x28\xb5\x2f\xfd\xff\xff"])
def test_what_is_no_archive_is_an_error(packing: Packing, data: bytes) -> None:
    with pytest.raises(UnreadableError, match=f"the .{packing} is broken"):
        unpacked(io.BytesIO(data), packing).read()


def test_an_empty_file_is_no_zst() -> None:
    with pytest.raises(UnreadableError, match="ends before its end"):
        unpacked(io.BytesIO(b""), "zst").read()


@packings
def test_garbage_behind_an_archive_is_an_error(packing: Packing) -> None:
    with pytest.raises(UnreadableError, match="broken"):
        unpacked(io.BytesIO(PACKERS[packing](b"text") + b"garbage"), packing).read()


@packings
def test_a_bomb_is_stopped_early(packing: Packing) -> None:
    stream = unpacked(io.BytesIO(PACKERS[packing](bytes(100 << 20))), packing)
    with pytest.raises(UnreadableError, match="grows to more than 400 times its size"):
        list(iter(lambda: stream.read(1 << 20), b""))


@packings
def test_lines_come_before_the_archive_is_read_whole(packing: Packing) -> None:
    import random

    noise = random.Random(1).randbytes(3 << 20)  # noqa: S311 - no secret
    raw = io.BytesIO(PACKERS[packing](b"first line\n" + noise))
    assert unpacked(raw, packing).readline() == b"first line\n"
    assert raw.tell() < 1 << 20
