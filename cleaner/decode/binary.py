"""Telling text from what is no text: signatures and control characters."""

import re

from cleaner.errors import BinaryError

MAGIC = {
    b"\x89PNG\r\n\x1a\n": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image", b"BM": "a bitmap image", b"RIFF": "a RIFF container", b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image", b"\0\0\1\0": "an icon", b"\x1f\x8b\x08": "gzip data", b"BZh": "bzip2 data",
    b"\xfd7zXZ\0": "xz data", b"\x28\xb5\x2f\xfd": "zstd data", b"\x04\x22\x4d\x18": "lz4 data",
    b"PK\3\4": "a zip archive", b"PK\5\6": "a zip archive", b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive", b"SQLite format 3\0": "an SQLite database", b"\x7fELF": "an ELF binary",
    b"MZ": "a Windows binary", b"\xca\xfe\xba\xbe": "a Java class or a Mach-O binary",
    b"\xcf\xfa\xed\xfe": "a Mach-O binary", b"%PDF-": "a PDF document",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an OLE document", b"OggS": "Ogg audio", b"ID3": "MP3 audio",
    b"fLaC": "FLAC audio", b"\0asm": "WebAssembly", b"wOFF": "a font", b"wOF2": "a font", b"OTTO": "a font",
    b"\0\1\0\0\0": "a font", b"PAR1": "Parquet data", b"\x93NUMPY\1": "a NumPy array", b"\x80\x02": "a pickle",
    b"\x80\x03": "a pickle", b"\x80\x04\x95": "a pickle", b"\x80\x05\x95": "a pickle", b"ARROW1\0": "Arrow data",
    b"\x89HDF": "HDF5 data", b"\0\0\0\x18ftyp": "MP4 video", b"\0\0\0\x20ftyp": "MP4 video",
    b"\x1a\x45\xdf\xa3": "Matroska video",
}  # fmt: skip
_LONGEST = max(map(len, MAGIC))
_ANSI = re.compile(rb"\x1b\[[0-9;?=]*[ -/]*[@-~]|\x1b\*[a-z]")
# What plain text holds of the C0 set: tab, newlines, form feed, backspace, bell, escape, and the DOS end-of-file mark.
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\a\b\t\n\v\f\r\x1a\x1b") + b"\x7f"
CONTROL_SHARE = 0.02
QUIET = 0.002
STRAY = 3
"""The largest share of control characters, the same behind the signature of a format, and the most that are let pass
in a short text: forum and source files stay below the second without their colour escapes, documents of word
processors, whose marks they are, below the first."""
SCATTERED = 0.002
STRAY_NULS = 2
"""The largest share of places with NULs that pad nothing, and the most that are let pass in a short text: damage makes
one in 25,000 bytes, tables of strings in a program one in a hundred."""

_RUN = bytes(16)
NAME = 32
"""Bytes; fewer behind a run of NULs, and no whole line, are a number or a name in a table."""


def signature(data: bytes) -> str:
    r"""What the first bytes say the data is; empty when they say nothing.

    >>> signature(b"\x89PNG\r\n\x1a\n")
    'a PNG image'
    """
    return MAGIC.get(_magic(data), "")


def is_certain(data: bytes) -> bool:
    r"""Whether the signature is long and holds control characters, so that no text can begin with it.

    >>> is_certain(b"\x1f\x8b\x08"), is_certain(b"BM in a text")
    (True, False)
    """
    magic = _magic(data)
    # Two bytes can be one character of UTF-16: 80 02 is a pickle, or 耂.
    return len(magic) > 2 and any((byte < 32 or byte == 127) and byte not in b"\r\n" for byte in magic)


def _magic(data: bytes) -> bytes:
    head = data[:_LONGEST]
    return next((magic for magic in MAGIC if head.startswith(magic)), b"")


def stripped(data: bytes) -> bytes:
    """The data without colour escapes, and without NULs that only pad its end or stand in long runs."""
    if b"\x1b" in data:
        data = _ANSI.sub(b"", data)
    if b"\0" in data:
        data = re.sub(_RUN + rb"\0*", b"", data.rstrip(b"\0"))
    return data


def control_share(data: bytes) -> float:
    r"""The share of bytes that no text holds: control characters except white space, bell, backspace and escapes.

    >>> control_share(b"a\x01b\x02")
    0.5
    """
    return _controls(data) / len(data) if data else 0.0


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROL))


def refuse_controls(data: bytes, plain: bytes, limit: float = CONTROL_SHARE) -> None:
    """Refuses what holds more control characters than text does, or NULs all over.

    Args:
        data: the bytes.
        plain: the same, `stripped`.
        limit: the largest share of control characters; less where the first bytes are the signature of a format.

    Raises:
        BinaryError: it is no text.
    """
    if b"\0" in data and not plain:
        raise refusal("nothing but NULs")
    if len(plain) < NAME and b"\n" not in plain and data.startswith(_RUN):
        raise refusal("little but NULs")
    kind, count = signature(data), _controls(plain)
    nuls = len(re.findall(rb"\0+", plain)) if b"\0" in plain else 0
    if count > max((QUIET if kind else limit) * len(plain), STRAY) or nuls > max(SCATTERED * len(plain), STRAY_NULS):
        raise refusal(kind or f"{count / len(plain):.1%} control characters")


def refusal(what: str) -> BinaryError:
    """The error for bytes that are no text."""
    return BinaryError(f"the bytes are {what}, not text", cure="leave the file out, or name its encoding if it is text")
