"""A record of JSON Lines as it was written, around a gap where its text stood.

A record is never parsed and written anew: what stands around its text stays as it was, so that key order, keys that
stand twice, numbers of any length and precision, and escapes survive.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # JSONDecoder's own; typeshed leaves it out
from typing import Any

from cleaner.core.jsonl import json_text

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
# Python refuses to read integers of more digits than this; only their text is wanted, so any value may stand for them.
_MAX_DIGITS = 4300
_LENIENT = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) < _MAX_DIGITS else 0)


@dataclass(frozen=True, slots=True)
class Record:
    r"""The JSON text before and after the value of a record's text.

    Attributes:
        before: from the opening brace to the value of the text.
        after: from behind it to the closing brace.
        columns: the DuckDB type of each column of a row of Parquet, in their order; None for JSON Lines.

    >>> record = parse('{"id": 7, "n": 1.50, "text": "old", "n": 2}').gap("text")
    >>> record.line("new")
    '{"id": 7, "n": 1.50, "text": "new", "n": 2}'
    >>> record.line("new", {"_cleaner": 1})
    '{"id": 7, "n": 1.50, "text": "new", "n": 2, "_cleaner": 1}'
    """

    before: str
    after: str
    columns: Mapping[str, str] | None = None

    def line(self, text: str, more: Mapping[str, Any] | None = None) -> str:
        """The record with a text in its gap, and with more members at its end."""
        after = self.after
        if more:
            added = "".join(f", {json_text(key)}: {json_text(value)}" for key, value in more.items())
            after = f"{after[:-1]}{added}}}"
        return f"{self.before}{json_text(text)}{after}"

    def pieces(self) -> dict[str, str]:
        """The JSON text of each member's value; that of the text is ``null``."""
        return parse(f"{self.before}null{self.after}").pieces()

    @property
    def values(self) -> dict[str, Any]:
        """The members' values; the text is None."""
        return parse(f"{self.before}null{self.after}").values


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: its key, where the key begins, and where its value stands."""

    key: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """An object of JSON as it was written: its text, where its members stand, and their values (the last one wins)."""

    text: str
    members: tuple[Member, ...]
    values: dict[str, Any]

    def gap(self, key: str, without: str = "") -> Record:
        """The record around the value of the last member of that name, the last one of the name `without` cut out.

        Raises:
            KeyError: there is none.
        """
        member = self._last(key)
        if not without or without not in self.values:
            return Record(self.text[: member.start], self.text[member.end :])
        start, end = self._extent(self._last(without))
        if start < member.start:
            return Record(self.text[:start] + self.text[end : member.start], self.text[member.end :])
        return Record(self.text[: member.start], self.text[member.end : start] + self.text[end:])

    def pieces(self) -> dict[str, str]:
        """The JSON text of each member's value."""
        return {member.key: self.text[member.start : member.end] for member in self.members}

    def _last(self, key: str) -> Member:
        for member in reversed(self.members):
            if member.key == key:
                return member
        raise KeyError(key)

    def _extent(self, member: Member) -> tuple[int, int]:
        """A member with the comma that parts it from its neighbour."""
        index = self.members.index(member)
        if index:
            return self.text.index(",", self.members[index - 1].end), member.end
        return (member.at, self.members[1].at) if len(self.members) > 1 else (member.at, member.end)


def parse(line: str | bytes) -> Parsed:
    """The members of an object of JSON.

    Raises:
        ValueError: the line is no JSON, not UTF-8, or no object (then a `TypeError`).
        TypeError: it is JSON, but no object.
        RecursionError: it is nested too deeply.
    """
    text = line.decode() if isinstance(line, bytes) else line
    text = text.strip(" \t\n\r")
    if not text.startswith("{"):
        json.loads(text)
        raise TypeError("no object")
    try:
        return _parse(text, _DECODER)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer with more digits than Python reads
        return _parse(text, _LENIENT)


def _parse(text: str, decoder: json.JSONDecoder) -> Parsed:
    members: list[Member] = []
    values: dict[str, Any] = {}
    at = _after_space(text, 1)
    if text[at : at + 1] != "}":
        while True:
            member, value = _member(text, at, decoder)
            members.append(member)
            values[member.key] = value
            at = _after_space(text, member.end)
            if text[at : at + 1] != ",":
                break
            at = _after_space(text, at + 1)
    if text[at : at + 1] != "}":
        raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    if at + 1 != len(text):
        raise json.JSONDecodeError("Extra data", text, at + 1)
    return Parsed(text, tuple(members), values)


def _member(text: str, at: int, decoder: json.JSONDecoder) -> tuple[Member, Any]:
    if text[at : at + 1] != '"':
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
    key, colon = scanstring(text, at + 1)
    colon = _after_space(text, colon)
    if text[colon : colon + 1] != ":":
        raise json.JSONDecodeError("Expecting ':' delimiter", text, colon)
    start = _after_space(text, colon + 1)
    value, end = decoder.raw_decode(text, start)
    return Member(key, at, start, end), value


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
