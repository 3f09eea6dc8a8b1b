"""Values that come from outside, held against the types that our dataclasses declare for them."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from sys import float_info
from typing import Any, get_args


def shaped(cls: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of those fields of a dataclass that are text, numbers or one of some words.

    Raises:
        KeyError: one is missing.
        TypeError: one is of another type, another word, or no finite number.

    >>> from cleaner.core.document import Segment
    >>> shaped(Segment, {"start": 0, "end": 4, "codec": "big5", "more": []})
    {'start': 0, 'end': 4, 'codec': 'big5'}
    >>> shaped(Segment, {"start": 0, "end": "4", "codec": "big5"})
    Traceback (most recent call last):
    TypeError: 'end' cannot be '4'
    """
    found = {}
    for name, kind, known in _plain_fields(cls):
        value = found[name] = values[name]
        # Most values are text and whole numbers: each line of a spool comes by here.
        if (type(value) is not kind or known or kind is float) and not _fits(value, kind, known):
            raise TypeError(f"{name!r} cannot be {value!r}")
    return found


@cache
def _plain_fields(cls: type) -> tuple[tuple[str, type, tuple[object, ...]], ...]:
    """Names, types and, where only some words are allowed, these."""
    declared = [(field.name, field.type) for field in fields(cls)]
    plain = [(name, kind, ()) for name, kind in declared if kind in (str, int, float)]
    chosen = [(name, str, get_args(kind)) for name, kind in declared if set(map(type, get_args(kind))) == {str}]
    return (*plain, *chosen)


def _fits(value: Any, kind: type, known: tuple[object, ...]) -> bool:
    if isinstance(value, bool):  # to Python a number
        return False
    if kind is float:
        return isinstance(value, float | int) and abs(value) <= float_info.max  # which no NaN is
    return isinstance(value, kind) and (not known or value in known)


def facts(values: Mapping[str, Any]) -> tuple[tuple[str, str | int | float | bool], ...]:
    """Names with flat values, as evidence holds them.

    Raises:
        TypeError: a value is a table, a list or nothing.
    """
    for name, value in values.items():
        if not isinstance(value, str | int | float):
            raise TypeError(f"{name!r} cannot be {value!r}")
    return tuple(values.items())


def words(values: Mapping[str, Any]) -> dict[str, str]:
    """Names with values that are text.

    Raises:
        TypeError: one is none.
    """
    return {name: text(value) for name, value in values.items()}


def text(value: Any) -> str:
    """The value, which is text.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def number(value: Any) -> int:
    """The value, which is a whole number.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value
