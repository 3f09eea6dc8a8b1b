"""Bytes to text in one codec that is known already, keeping whatever encoding the text would not give back.

The fast way is a strict decode that encodes back to the same bytes. Where that fails, and where the text reads as if it
stood half a character off, the bytes are aligned (see `lines`).
"""

import codecs
import re

from cleaner.core.document import BytePatch
from cleaner.decode.align import LOST, Unit
from cleaner.decode.built import Builder, Reading, rebuilt
from cleaner.decode.codec import DOUBLE_BYTE, Codec, codec
from cleaner.decode.lines import add_mended, exact, read_mixed

_MARK = re.compile("[\udd00-\uddff][\udc00-\udcff]*")


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Stands lone surrogates in for undecodable bytes, since no decoder makes any: first U+DDxx, then U+DCxx."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(chr((0xDC00 if place else 0xDD00) + byte) for place, byte in enumerate(lost)), error.end


_KEEP = "cleaner-keep"
codecs.register_error(_KEEP, _keep)


def read(data: bytes, name: str) -> Reading:
    r"""All of the bytes in one codec; what it does not decode becomes U+FFFD with a patch.

    >>> read(b"\xc4\xe3\xff\xba\xc3", "gb18030").text
    '你�好'
    """
    known = codec(name)
    if not known.unit:
        return _stateful(data, known)
    text = exact(data, known)
    if text is not None:
        builder = Builder((name,))
        add_mended(builder, text, 0, known)
        return builder.build()
    if name not in DOUBLE_BYTE:
        return _marked(data, known)
    return _cut_off(data, known) or read_mixed(data, (name,))


def _cut_off(data: bytes, known: Codec) -> Reading | None:
    """The reading of data that is whole but for a character cut off at its end."""
    try:
        known.decode(data)
    except UnicodeDecodeError as error:
        at, incomplete = error.start, error.reason.startswith("incomplete")
    else:
        return None
    rest = data[at:]
    text = exact(data[:at], known) if incomplete and rest not in known.extra else None
    if text is None:
        return None
    return Reading(text + LOST, (BytePatch(len(text), len(text) + 1, rest),))


def _stateful(data: bytes, known: Codec) -> Reading:
    text = codecs.decode(data, known.python, "replace")
    try:
        same = known.encode(text) == data
    except UnicodeError:
        same = False
    return Reading(text, () if same else (BytePatch(0, len(text), data),))


def _marked(data: bytes, known: Codec) -> Reading:
    """One pass of Python's decoder; runs of undecodable bytes as it reports them."""
    text = known.decode(data, _KEEP)
    builder = Builder((known.name,))
    at = 0
    for mark in _MARK.finditer(text):
        builder.add(text[at : mark.start()], 0)
        lost = bytes(ord(char) & 0xFF for char in mark.group())
        builder.add_units([Unit(lost, LOST, 0, exact=False)])
        at = mark.end()
    builder.add(text[at:], 0)
    reading = builder.build()
    if rebuilt(reading, known.name) == data:
        return reading
    return Reading(reading.text, (BytePatch(0, len(reading.text), data),))
