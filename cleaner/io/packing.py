"""Compressed files as streams: bounded memory, whole or an error, no bombs."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cleaner.errors import UnreadableError
from cleaner.io.kinds import Packing

# Text shrinks to a third or a tenth, the most monotonous logs to a hundredth. What grows more than this, beyond a size
# that does no harm, is made to fill a disk.
MAX_RATIO = 400
HARMLESS_BYTES = 64 << 20

# A zstd block of 4 bytes can stand for 128 KiB: this many bytes become at most 64 MiB in one step.
_ZSTD_STEP = 2048


def unpacked(raw: BinaryIO, packing: Packing) -> BinaryIO:
    """The bytes inside of a compressed file; those of a plain one as they are.

    Reading raises `UnreadableError` where the archive is cut off, broken, or grows beyond all measure.
    """
    if not packing:
        return raw
    pieces = _gzip_pieces(raw) if packing == "gz" else _zstd_pieces(raw)
    return io.BufferedReader(_Pieces(pieces, raw.tell, packing), 1 << 16)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream, watched for growing beyond measure."""

    def __init__(self, pieces: Iterator[bytes], consumed: Callable[[], int], packing: str) -> None:
        self._pieces, self._consumed, self._packing = pieces, consumed, packing
        self._left = memoryview(b"")
        self._made = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # the buffer is one
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._count(len(piece))
            self._left = memoryview(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _count(self, size: int) -> None:
        self._made += size
        if self._made > HARMLESS_BYTES and self._made > MAX_RATIO * max(self._consumed(), 1):
            cure = "unpack it yourself if it is meant to be so"
            raise UnreadableError(f"the .{self._packing} grows to more than {MAX_RATIO} times its size", cure=cure)


def _gzip_pieces(raw: BinaryIO) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=raw) as stream:
        while True:
            try:
                piece = stream.read1(1 << 18)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise _broken("gz", str(error)) from error
            if not piece:
                return
            yield piece


def _zstd_pieces(raw: BinaryIO) -> Iterator[bytes]:
    import zstandard

    decompressor = zstandard.ZstdDecompressor()
    unit = decompressor.decompressobj()
    begun = False
    for chunk in iter(lambda: raw.read(_ZSTD_STEP), b""):
        rest = chunk
        while rest:
            try:
                piece = unit.decompress(rest)
            except zstandard.ZstdError as error:
                raise _broken("zst", str(error)) from error
            begun = not unit.eof
            rest = unit.unused_data if unit.eof else b""
            unit = decompressor.decompressobj() if unit.eof else unit
            if piece:
                yield piece
    if begun or raw.tell() == 0:
        raise _broken("zst", "it ends before its end")


def _broken(packing: str, why: str) -> UnreadableError:
    reason = why.rstrip(".").lower()
    return UnreadableError(f"the .{packing} is broken: {reason}", cure="fetch or compress it again")
