"""Made and found binaries: what must be refused."""

import bz2
import gzip
import io
import lzma
import math
import os
import pickle
import random
import sqlite3
import struct
import sys
import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

SIZES = (200, 500, 1000, 2000, 8000, 30_000, 65_536)
KINDS = {
    ".so": "program", ".a": "program", ".pyc": "compiled python", ".png": "png", ".jpg": "jpeg", ".gif": "gif",
    ".ico": "icon", ".ttf": "font", ".woff2": "font", ".jar": "zip", ".whl": "zip", ".gz": "gzip", ".wav": "sound",
    ".mo": "catalogue", ".npy": "numbers", ".npz": "numbers",
}  # fmt: skip
"""What the files of a machine are, by their suffix."""


def made(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Binaries by kind, whole."""
    text = "".join(rng.choice("清洗语料的工具，从网页里取出正文。abcdefgh \n") for _ in range(20_000)).encode()
    yield from {
        "gzip": gzip.compress(text, mtime=0), "zlib": zlib.compress(text), "bz2": bz2.compress(text),
        "xz": lzma.compress(text), "zip": _zip(text), "png": _png(rng), "jpeg": _jpeg(rng), "sqlite": _sqlite(),
        "elf": Path(sys.executable).read_bytes(), "random": rng.randbytes(70_000),
    }.items()  # fmt: skip
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        value = [{"id": number, "score": rng.random(), "name": f"名{number}"} for number in range(2000)]
        yield "pickle", pickle.dumps(value, protocol)
    yield from _sound(rng)
    yield "numbers", array("d", (rng.gauss(0, 1) for _ in range(5000))).tobytes()
    yield "numbers", array("i", (rng.randrange(100_000) for _ in range(5000))).tobytes()
    yield "numbers", b"".join(struct.pack("<HHI", 7, number, number * 3) for number in range(3000))
    yield "pixels", b"".join(bytes((level, level, level, 255)) for level in sorted(rng.choices(range(256), k=5000)))
    yield "nothing", bytes(70_000)


def found(rng: random.Random, roots: Iterable[Path], count: int) -> Iterator[tuple[str, bytes]]:
    """Binaries of this machine by kind, `count` files of each; files are read at places all over them."""
    files = sorted(path for root in roots for path in root.rglob("*") if path.suffix in KINDS and path.is_file())
    rng.shuffle(files)
    seen: Counter[str] = Counter()
    for path in files:
        kind = KINDS[path.suffix]
        seen[kind] += 1
        if seen[kind] <= count and os.access(path, os.R_OK):
            yield kind, path.read_bytes()


def pieces(rng: random.Random, whole: Iterable[tuple[str, bytes]], count: int) -> Iterator[tuple[str, bytes]]:
    """Heads of binaries and pieces from anywhere in them, without those that are text: licences, names, messages."""
    for kind, data in whole:
        for number in range(count):
            size = rng.choice(SIZES)
            start = rng.randrange(max(len(data) - size, 0) + 1) if number else 0
            piece = data[start : start + size]
            if piece and not _is_text(piece):
                yield kind, piece


def _is_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for one in a hundred: docstrings in compiled Python are, and messages."""
    return len(data.decode("utf-8", "ignore").encode().translate(None, bytes(range(7)))) > 0.99 * len(data) - 4


def _zip(text: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _png(rng: random.Random) -> bytes:
    rows = b"".join(b"\0" + rng.randbytes(96) for _ in range(64))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 32, 64, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def _jpeg(rng: random.Random) -> bytes:
    """Header and entropy-coded data as a JPEG has them; FF is followed by 00."""
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
        + rng.randbytes(6000).replace(b"\xff", b"\xff\0")
        + b"\xff\xd9"
    )


def _sqlite() -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute("create table words (id integer primary key, word text, score real)")
        base.executemany("insert into words (word, score) values (?, ?)", [(f"词语{n}", n / 7) for n in range(500)])
        base.commit()
        return bytes(base.serialize())


def _sound(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    slow, fast = rng.uniform(3, 40), rng.uniform(1, 9)
    wave = [0.6 * math.sin(at / slow) + 0.2 * math.sin(at / fast) + rng.gauss(0, 0.02) for at in range(9000)]
    for loud in (3, 20, 100):
        yield "sound", array("h", (int(200 * loud * value) for value in wave)).tobytes()
        yield "sound", bytes(int(128 + loud * value) & 0xFF for value in wave)
    yield "sound", array("f", wave).tobytes()
