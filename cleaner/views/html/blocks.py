"""Compressed blocks inside the page: what the reader opens is inflated then, and not before."""

import base64
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO

from cleaner.core.jsonl import dump

# A block is inflated whole when one of its documents is opened: 256 KiB of JSON take a few milliseconds, and deflate
# (window 32 KiB) gains nothing from more.
BLOCK_BYTES = 256 * 1024

# The level is part of the promise of equal bytes; it holds within one build of zlib (RFC 1951 leaves the encoder free).
# On Chinese pages level 6 takes twice the time for 7 % fewer bytes, and the time is that of a whole run's last step.
_LEVEL = 1


def packed(data: bytes) -> bytes:
    """The data as a zlib stream (RFC 1950; ``deflate`` of the Compression Streams standard) in base64.

    >>> zlib.decompress(base64.b64decode(packed(b"text")))
    b'text'
    """
    return base64.b64encode(zlib.compress(data, _LEVEL))


def element(name: str, data: bytes) -> bytes:
    """A data block (HTML Standard, 4.12.1): a script element that no browser runs; base64 has no ``<`` to end it."""
    return b'<script type="application/octet-stream" id="%s">%s</script>\n' % (name.encode("ascii"), packed(data))


class Blocks:
    """Writes items into blocks as they come; holds one block in memory."""

    def __init__(self, out: BinaryIO, size: int = BLOCK_BYTES) -> None:
        self.out, self.size = out, size
        self._number = 0
        self._lines: list[bytes] = []
        self._held = 0

    def add(self, item: Mapping[str, Any]) -> tuple[int, int]:
        """Takes the item and says where it will stand: the number of its block, its place in that."""
        line = dump(item)
        if self._lines and self._held + len(line) > self.size:
            self.flush()
        self._lines.append(line)
        self._held += len(line)
        return self._number, len(self._lines) - 1

    def flush(self) -> None:
        """Writes what is held; nothing when nothing is."""
        if not self._lines:
            return
        data = b"[" + b",".join(line.rstrip(b"\n") for line in self._lines) + b"]"
        self.out.write(element(f"block-{self._number}", data))
        self._number += 1
        self._lines, self._held = [], 0
