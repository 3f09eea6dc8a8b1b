"""The plain case, seen before anything else is imported: valid UTF-8 in which nothing speaks of another codec."""

from cleaner.decode.binary import control_share

MARK = "\ufeff"
FEW = 24
"""Bytes of multi-byte characters beyond their first; with more of them, text in another codec is never valid UTF-8 by
chance."""
_HEAD = 1024


def plain(data: bytes) -> str | None:
    r"""The text of bytes that are UTF-8 beyond doubt and without a mark; None for all others.

    >>> plain("各位代表，现在开会。".encode() * 3)[:4], plain("系统".encode("gbk")), plain(b"a\0b")
    ('各位代表', None, None)
    """
    if is_signalled(data):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # The bytes of a short text need a comparison, which is too dear to be made for nothing.
    return None if text.startswith(MARK) or 0 < len(data) - len(text) <= FEW else text


def is_signalled(data: bytes) -> bool:
    """Whether the bytes hold escapes of a seven-bit codec, or what no text holds."""
    return b"\0" in data or b"\x1b" in data or (b"~" in data and b"~{" in data) or control_share(data[:_HEAD]) > 0
