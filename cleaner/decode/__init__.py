"""Bytes to text by evidence, and back again, byte for byte."""

from cleaner.core.document import Source
from cleaner.decode.plain import plain
from cleaner.decode.types import THRESHOLD, Candidate, Decoded, DecodeOptions, Detection

__all__ = ["THRESHOLD", "Candidate", "DecodeOptions", "Decoded", "Detection", "decode", "detect", "encode"]

_DEFAULT = DecodeOptions()


def decode(data: bytes, options: DecodeOptions = _DEFAULT) -> Decoded:
    r"""The text of some bytes, the codec that it was written in, and how sure that is.

    Valid UTF-8 is read as UTF-8, unless it holds the escapes of a seven-bit codec or the NULs of a wide one. `encode`
    gives the bytes back.

    Raises:
        BinaryError: the bytes are no text.
        UndecidedError: `options.strict`, and no codec reaches the threshold.
        UsageError: `options.encoding` is no known encoding.

    >>> decode("我们的系统".encode("gbk")).codec
    'gb18030'
    >>> decode(b"\xef\xbb\xbfabc")
    Decoded(text='abc', codec='utf-8', ..., bom=b'\xef\xbb\xbf', ...)
    """
    if not options.encoding and (text := plain(data)) is not None:
        return Decoded(text)
    from cleaner.decode.decide import decide

    return decide(data, options)


def encode(text: str, source: Source) -> bytes:
    """The original bytes of a decoded text: the inverse of `decode`, byte for byte.

    >>> encode("中文", Source("a.txt", "", 4, codec="gb18030")) == "中文".encode("gb18030")
    True
    """
    from cleaner.decode.restore import encode as encoded

    return encoded(text, source)


def detect(data: bytes, options: DecodeOptions = _DEFAULT) -> Detection:
    """What encoding some bytes are in, with candidates, evidence and segments; `strict` is not looked at.

    Raises:
        BinaryError: the bytes are no text.
        UsageError: `options.encoding` is no known encoding.

    >>> detect("系统".encode("gbk")).undecided
    True
    """
    from cleaner.decode.explain import explain

    return explain(data, options)
