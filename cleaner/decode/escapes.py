"""Seven-bit codecs: ISO-2022-JP, ISO-2022-KR and HZ, told by their escapes and by the text between them."""

import re

from cleaner.decode.codec import codec
from cleaner.decode.model import CLASSES, model

_JP = re.compile(rb"\x1b\$[@B]|\x1b\$\([DOQP]|\x1b\(I")
_KR = re.compile(rb"\x1b\$\)C")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+(?:~\}|[\r\n]|$)")
_WIDE = {CLASSES.index(name) for name in ("hanzi", "kana")}
GAIN = 8.0
"""Nats by which the hanzi must be likelier than the tildes, braces and letters that spell them."""


def detected(data: bytes) -> str:
    """The codec whose escapes stand in seven-bit data; empty when there is none.

    >>> detected(b"~{VPND~}~{WVDR~}"), detected(b"if x ~{ y ~}")
    ('hz-gb-2312', '')
    """
    if not data.isascii():
        return ""
    if _KR.search(data, 0, 256) and b"\x0e" in data and _decodes(data, "iso-2022-kr"):
        return "iso-2022-kr"
    if b"\x1b" in data and _JP.search(data) and _decodes(data, "iso-2022-jp"):
        return "iso-2022-jp"
    return "hz-gb-2312" if b"~{" in data and _is_hz(data) else ""


def _decodes(data: bytes, name: str) -> bool:
    try:
        return not codec(name).decode(data).isascii()
    except UnicodeDecodeError:
        return False


def _is_hz(data: bytes) -> bool:
    shifted = b"\n".join(match.group() for match in _HZ.finditer(data[: 1 << 16]))
    try:
        codec("hz-gb-2312").decode(data)
        text = codec("hz-gb-2312").decode(shifted)
    except UnicodeDecodeError:
        return False
    likely = model()
    wide = sum(likely.members[ord(char)] in _WIDE for char in text)
    return bool(wide >= 2 and likely.cost(text) + GAIN < likely.cost(shifted.decode("ascii")))
