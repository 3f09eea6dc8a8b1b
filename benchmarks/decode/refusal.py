"""Binaries are refused, and no text is."""

import os
import sysconfig
from pathlib import Path

from benchmarks.decode.binaries import binaries
from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import labelled, simplified

FILES = 400


def refusal() -> None:
    """Counts of both, with the names of what went wrong."""
    rows = [(name, attempt(data)) for name, data in binaries()]
    missed = [name for name, decoded in rows if decoded is not None]
    print(f"binaries refused: {len(rows) - len(missed)} of {len(rows)} {missed}")
    texts = list(_texts())
    refused = [name for name, data in texts if attempt(data) is None]
    print(f"texts refused: {len(refused)} of {len(texts)} {refused[:5]}")


def _texts() -> list[tuple[str, bytes]]:
    """The standard library's sources, coloured and padded texts, and the labelled files."""
    files = sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py"))[:FILES]
    texts = [(file.name, file.read_bytes()) for file in files]
    for number, text in enumerate(simplified()):
        data = text[:5000].encode("gb18030")
        texts += [
            (f"coloured {number}", data.replace(b"\n", b"\x1b[1;33m\n\x1b[m")),
            (f"padded {number}", data + b"\0" * 900),
        ]
    if os.environ.get("CLEANER_GOLD"):
        texts += [(row["file"], data) for row, data in labelled()]
    return texts
