"""How text gets damaged: written in one codec, read in another."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage.

    Attributes:
        name: as the tables call it.
        written: the codec that the bytes were in.
        of: does it to a text.
        traditional: whether it happens to traditional text.
    """

    name: str
    written: str
    of: Callable[[str], str]
    traditional: bool = False


def as_bytes(written: str, read: str) -> Callable[[str], str]:
    """A reader of single bytes; those that its codec has not come through as C1 controls."""
    table = {byte: bytes([byte]).decode(read, "ignore") or chr(byte) for byte in range(256)}
    return lambda text: "".join(table[byte] for byte in text.encode(written))


def as_pairs(written: str, errors: str = "replace") -> Callable[[str], str]:
    """A reader of GB18030."""
    return lambda text: text.encode(written).decode("gb18030", errors)


def twice(damage: Callable[[str], str]) -> Callable[[str], str]:
    """The same again."""
    return lambda text: damage(damage(text))


def blanked(damage: Callable[[str], str]) -> Callable[[str], str]:
    """And byte A0 became a blank."""
    return lambda text: damage(text).replace("\xa0", " ")


def half(damage: Callable[[str], str]) -> Callable[[str], str]:
    """Only the second half of the text."""
    return lambda text: text[: len(text) // 2] + damage(text[len(text) // 2 :])


def asked(damage: Callable[[str], str]) -> Callable[[str], str]:
    """What was lost at the end of a run stands as a question mark."""
    return lambda text: re.sub("\ufffd(?=[\x00-\x7f]|$)", "?", damage(text))


def chains() -> list[Damage]:
    """Every kind of damage that is measured."""
    latin, western = as_bytes("utf-8", "latin-1"), as_bytes("utf-8", "cp1252")
    return [
        Damage("UTF-8 as latin-1", "utf-8", latin),
        Damage("UTF-8 as windows-1252", "utf-8", western),
        Damage("UTF-8 as latin-1, twice", "utf-8", twice(latin)),
        Damage("UTF-8 as windows-1252, twice", "utf-8", twice(western)),
        Damage("UTF-8 as latin-1, half a sentence", "utf-8", half(latin)),
        Damage("UTF-8 as latin-1, A0 became a blank", "utf-8", blanked(latin)),
        Damage("UTF-8 as windows-1252, A0 became a blank", "utf-8", blanked(western)),
        Damage("GBK as latin-1", "gb18030", as_bytes("gb18030", "latin-1")),
        Damage("GBK as windows-1252", "gb18030", as_bytes("gb18030", "cp1252")),
        Damage("GBK as windows-1251", "gb18030", as_bytes("gb18030", "cp1251")),
        Damage("GBK as latin-1, half a sentence", "gb18030", half(as_bytes("gb18030", "latin-1"))),
        Damage("Big5 as latin-1", "big5", as_bytes("big5", "latin-1"), traditional=True),
        Damage("Big5 as windows-1252", "big5", as_bytes("big5", "cp1252"), traditional=True),
        Damage("Big5 as GB18030", "big5", as_pairs("big5"), traditional=True),
        Damage("UTF-8 as GB18030, lost bytes U+FFFD", "utf-8", as_pairs("utf-8")),
        Damage("UTF-8 as GB18030, lost bytes ?", "utf-8", asked(as_pairs("utf-8"))),
        Damage("UTF-8 as GB18030, traditional", "utf-8", as_pairs("utf-8"), traditional=True),
    ]
