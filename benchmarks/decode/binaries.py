"""Made and found binaries: what must be refused."""

import bz2
import gzip
import io
import lzma
import math
import pickle
import random
import sqlite3
import struct
import sys
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path


def binaries() -> Iterator[tuple[str, bytes]]:
    """Names and bytes of some eighty binaries, the same in every run."""
    rng = random.Random(7)  # noqa: S311 - the same binaries in every run
    text = "".join(rng.choice("清洗语料的工具，从网页里取出正文。abcdefgh \n") for _ in range(20_000)).encode()
    packed = {
        "gzip": gzip.compress(text, mtime=0), "zlib": zlib.compress(text), "bz2": bz2.compress(text),
        "xz": lzma.compress(text), "zip": _zip(text), "png": _png(rng), "jpeg": _jpeg(rng), "sqlite": _sqlite(),
        "elf": _head(Path(sys.executable)),
    }  # fmt: skip
    yield from packed.items()
    for name, data in packed.items():
        for start in (3, 100, 999):
            yield f"{name} from byte {start}", data[start : start + 4096]
    for size in (64, 200, 1000, 5000, 50_000):
        yield f"random {size}", rng.randbytes(size)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        value = [{"id": number, "score": rng.random(), "name": f"名{number}"} for number in range(200)]
        yield f"pickle {protocol}", pickle.dumps(value, protocol)
    yield from _sound(rng)
    yield "floats", array("d", (rng.gauss(0, 1) for _ in range(500))).tobytes()
    yield "integers", array("i", (rng.randrange(100_000) for _ in range(500))).tobytes()
    yield "compiled python", b"".join(struct.pack("<HHI", 7, number, number * 3) for number in range(300))
    yield from _found()


def _found() -> Iterator[tuple[str, bytes]]:
    """Shared libraries and compiled modules of this Python."""
    import numpy as np

    root = Path(np.__file__).parent
    for path in sorted(root.rglob("*.so"))[:8]:
        yield path.name, _head(path)
        yield f"{path.name}, middle", path.read_bytes()[8_000:16_000]
    for path in sorted(root.rglob("*.pyc"))[:4]:
        yield path.name, path.read_bytes()


def _head(path: Path) -> bytes:
    return path.read_bytes()[:65_536]


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
    wave = [0.6 * math.sin(number / 9) + 0.2 * math.sin(number / 3.7) + rng.gauss(0, 0.02) for number in range(4000)]
    yield "pcm 16 bit", array("h", (int(20_000 * value) for value in wave)).tobytes()
    yield "pcm 16 bit, quiet", array("h", (int(200 * value) for value in wave)).tobytes()
    yield "pcm 8 bit", bytes(int(128 + 100 * value) & 0xFF for value in wave)
    yield "pcm 8 bit, quiet", bytes(int(128 + 6 * value) & 0xFF for value in wave)
    yield "pcm float", array("f", wave).tobytes()
