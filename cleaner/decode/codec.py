"""Codecs by their WHATWG names, strict both ways, and what Python's tables get wrong put right.

The Encoding Standard reads every GB label with the gb18030 decoder and has its own Big5. Where Python's tables differ
(`cleaner.text.whatwg`) they are corrected in both directions; the codes that Python lacks stand in `Codec.extra`.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from cleaner.decode.big5 import MISSING
from cleaner.errors import UsageError
from cleaner.text.whatwg import BIG5, BIG5_SHADOWED, GB18030

# A8BC and 8135F437 change places: the first waits behind a lone surrogate, which no decoder makes.
_GB_FIX = (("\u1e3f", "\ud800"), *GB18030.items(), ("\ud800", "\ue7c7"))
_BIG5_OWN = (("\u2215", b"\xa2\x41"), ("\ufe68", b"\xa2\x42"), ("\uff0f", b"\xa1\xfe"), ("\uff3c", b"\xa2\x40"))
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")


@dataclass(frozen=True, slots=True)
class Codec:
    """One codec.

    Attributes:
        name: WHATWG spelling, lower case; Python's for what the standard does not know.
        python: the name that Python's `codecs` knows.
        unit: the most bytes that one character takes; 0 for a stateful codec.
        fix: pairs of what Python decodes to and what the standard says.
        extra: bytes that Python does not decode, or not rightly -> their characters.
        own: characters that Python encodes to another code than the standard, or not at all, with their codes.
        shadowed: those of `extra` that Python decodes to a character that has another code of its own.
    """

    name: str
    python: str
    unit: int = 1
    fix: tuple[tuple[str, str], ...] = ()
    extra: dict[bytes, str] = field(default_factory=dict)
    shadowed: tuple[bytes, ...] = ()
    own: tuple[tuple[str, bytes], ...] = ()

    def decode(self, data: bytes, errors: str = "strict") -> str:
        """The text of the bytes.

        Raises:
            UnicodeDecodeError: with ``errors="strict"``, at the first bytes that Python's codec does not know.
        """
        if self.shadowed and any(code in data for code in self.shadowed):
            return "".join(self._pieces(data, errors))
        return self._fixed(codecs.decode(data, self.python, errors))

    def _pieces(self, data: bytes, errors: str) -> Iterator[str]:
        """The text between shadowed codes, and their characters."""
        at = 0
        for match in _PAIR.finditer(data):
            if match.group() in self.shadowed:
                yield self._fixed(codecs.decode(data[at : match.start()], self.python, errors))
                yield self.extra[match.group()]
                at = match.end()
        yield self._fixed(codecs.decode(data[at:], self.python, errors))

    def _fixed(self, text: str) -> str:
        # Looking for twenty characters one by one is many times faster than str.translate.
        for wrong, right in self.fix:
            if wrong in text:
                text = text.replace(wrong, right)
        return text

    def encode(self, text: str) -> bytes:
        """The bytes of a text.

        Raises:
            UnicodeEncodeError: a character that the codec has not.
        """
        for char, code in self.own:
            if char in text:
                return code.join(self.encode(part) for part in text.split(char))
        for wrong, right in reversed(self.fix):
            # U+3000 has its own code (A1A1); the second one (A3A0) is kept as a byte patch.
            if right != "\u3000" and right in text:
                text = text.replace(right, wrong)
        return text.encode(self.python)


_ALL = (
    Codec("utf-8", "utf-8", 4),
    Codec("utf-16le", "utf-16-le", 4), Codec("utf-16be", "utf-16-be", 4),
    Codec("utf-32le", "utf-32-le", 4), Codec("utf-32be", "utf-32-be", 4),
    Codec("gb18030", "gb18030", 4, _GB_FIX, {b"\x80": "\u20ac"}),
    Codec("big5", "big5hkscs", 2, tuple(BIG5.items()), MISSING | BIG5_SHADOWED, tuple(BIG5_SHADOWED), _BIG5_OWN),
    Codec("shift_jis", "cp932", 2), Codec("euc-jp", "euc_jp", 3), Codec("euc-kr", "cp949", 2),
    Codec("iso-2022-jp", "iso2022_jp_2", 0), Codec("iso-2022-kr", "iso2022_kr", 0), Codec("hz-gb-2312", "hz", 0),
    Codec("utf-7", "utf-7", 0),
)  # fmt: skip
CODECS = {codec.name: codec for codec in _ALL}
DOUBLE_BYTE = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")

_PYTHON_TO_WHATWG = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz": "hz-gb-2312",
    "big5": "big5", "big5hkscs": "big5", "cp950": "big5",
    "shift_jis": "shift_jis", "cp932": "shift_jis", "shift_jis_2004": "shift_jis", "shift_jisx0213": "shift_jis",
    "euc_jp": "euc-jp", "euc_jis_2004": "euc-jp", "euc_jisx0213": "euc-jp",
    "euc_kr": "euc-kr", "cp949": "euc-kr", "iso2022_kr": "iso-2022-kr",
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8", "utf-7": "utf-7",
    "utf-16": "utf-16le", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be",
    "utf-32": "utf-32le", "utf-32-le": "utf-32le", "utf-32-be": "utf-32be",
    "iso8859-1": "windows-1252", "iso8859-9": "windows-1254", "iso8859-11": "windows-874", "tis-620": "windows-874",
    "cp874": "windows-874", "cp866": "ibm866", "mac-roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic",
}  # fmt: skip
_LABELS = {
    "gb_2312-80": "gb18030", "csgb2312": "gb18030", "csiso58gb231280": "gb18030", "iso-ir-58": "gb18030",
    "x-gbk": "gb18030", "gb_2312": "gb18030", "big5-hkscs": "big5", "cn-big5": "big5", "csbig5": "big5",
    "x-x-big5": "big5", "hz-gb-2312": "hz-gb-2312", "x-sjis": "shift_jis", "windows-31j": "shift_jis",
    "x-euc-jp": "euc-jp", "ks_c_5601-1987": "euc-kr", "ks_c_5601-1989": "euc-kr", "windows-949": "euc-kr",
    "unicode": "utf-16le", "unicode-1-1-utf-8": "utf-8", "x-cp1252": "windows-1252", "x-cp1251": "windows-1251",
    "dos-874": "windows-874",
}  # fmt: skip

# Python's codecs for labels of domain names, and one that always fails: nothing is written in them.
_NO_ENCODINGS = frozenset({"idna", "punycode", "undefined"})


def canonical(label: str) -> str:
    """The WHATWG name that a label means, lower case; empty when neither the standard nor Python knows it.

    >>> canonical("GB2312"), canonical("cp950"), canonical("latin1"), canonical("nonsense")
    ('gb18030', 'big5', 'windows-1252', '')
    """
    label = label.strip().lower()
    if label in CODECS:
        return label
    if label in _LABELS:
        return _LABELS[label]
    try:
        python = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    if not python._is_text_encoding or python.name in _NO_ENCODINGS:  # noqa: SLF001 - nothing else tells of rot13
        return ""
    return _spelled(python.name)


def _spelled(python: str) -> str:
    if python in _PYTHON_TO_WHATWG:
        return _PYTHON_TO_WHATWG[python]
    if python.startswith("iso2022_jp"):
        return "iso-2022-jp"
    if python.startswith("iso8859-"):
        return python.replace("iso8859", "iso-8859")
    if python.startswith("cp125"):
        return python.replace("cp", "windows-")
    return python.replace("_", "-")


@cache
def codec(name: str) -> Codec:
    """The codec of a canonical name.

    Raises:
        UsageError: there is no such codec.
    """
    if name in CODECS:
        return CODECS[name]
    python = _WHATWG_TO_PYTHON.get(name, name)
    try:
        codecs.lookup(python)
    except LookupError:
        raise UsageError(f"unknown encoding {name!r}", cure="use a name such as utf-8, gb18030 or big5") from None
    return Codec(name, python)


_WHATWG_TO_PYTHON = {"macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874"}
