"""Codec fidelity against the indexes of the Encoding Standard, which are not shipped: name a folder that holds them.

They are index-gb18030.txt, index-gb18030-ranges.txt and index-big5.txt from https://encoding.spec.whatwg.org/.
"""

from collections.abc import Iterator
from pathlib import Path

from cleaner.decode.reading import read

COMBINED = {1133: "\xca\u0304", 1135: "\xca\u030c", 1164: "\xea\u0304", 1166: "\xea\u030c"}
"""The four pointers that the standard's Big5 decoder turns into two code points."""


PRIVATE = {7457: "\ue7c7"}
"""The one pointer that the standard takes out of its range."""


def fidelity(folder: str) -> None:
    """Every code of both indexes, and every 4-byte code of the ranges."""
    root = Path(folder)
    gb = [(_gb(pointer), char) for pointer, char in _index(root / "index-gb18030.txt").items()]
    big5 = [(_big5(pointer), char) for pointer, char in (_index(root / "index-big5.txt") | COMBINED).items()]
    wide = list(_ranges(root / "index-gb18030-ranges.txt"))
    for name, label, codes in (
        ("gb18030", "two bytes", gb),
        ("gb18030", "four bytes", wide),
        ("big5", "two bytes", big5),
    ):
        wrong = [data.hex() for data, char in codes if read(data, name).text != char]
        print(f"{name:8} {label:10} {len(codes):8,} codes, {len(wrong)} differ {wrong[:8]}")
    print("gb18030 0x80 is", read(b"\x80", "gb18030").text)


def _index(path: Path) -> dict[int, str]:
    rows = (
        line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
    )
    return {int(row[0]): chr(int(row[1], 16)) for row in rows}


def _gb(pointer: int) -> bytes:
    lead, trail = divmod(pointer, 190)
    return bytes((lead + 0x81, trail + (0x40 if trail < 0x3F else 0x41)))


def _big5(pointer: int) -> bytes:
    lead, trail = divmod(pointer, 157)
    return bytes((lead + 0x81, trail + (0x40 if trail < 0x3F else 0x62)))


def _ranges(path: Path) -> Iterator[tuple[bytes, str]]:
    starts = sorted((pointer, ord(char)) for pointer, char in _index(path).items())
    ends = [pointer for pointer, _ in starts[1:]] + [1_237_576]
    for (pointer, first), end in zip(starts, ends, strict=True):
        # The range of the basic plane ends at 39,419; behind it the pointers up to 189,000 mean nothing.
        stop = min(end, 39_420) if pointer < 39_420 else end
        step = 97 if pointer >= 189_000 else 1
        for number in range(pointer, stop, step):
            yield _four(number), PRIVATE.get(number, chr(first + number - pointer))


def _four(pointer: int) -> bytes:
    first, rest = divmod(pointer, 12_600)
    second, rest = divmod(rest, 1260)
    third, fourth = divmod(rest, 10)
    return bytes((first + 0x81, second + 0x30, third + 0x81, fourth + 0x30))
