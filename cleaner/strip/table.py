"""One table of a pack: its keys read and checked, every fault told with its place and its cure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cleaner.errors import PackError
from cleaner.strip.macros import folded, written_out
from cleaner.text.shadow import shadow

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REFUSED = re.compile(r"(?<!\\)(?:\\\\)*\\([dDwWsSbB])")
_SPACED = str.maketrans({"\u3000": " ", "\xa0": " ", "\t": " "})


class Table:
    """Reads the keys of one table and remembers which were read."""

    def __init__(self, data: Mapping[str, Any], where: str, *, trusted: bool) -> None:
        self.data, self.where, self.trusted, self.seen = data, where, trusted, set[str]()

    def error(self, what: str, cure: str) -> PackError:
        """What is wrong, with the place of the table."""
        return PackError(what, self.where, cure)

    def _value(self, key: str, kind: type, default: Any) -> Any:
        self.seen.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"{key} must be of type {kind.__name__}", "see the schema of rule packs")
        return value

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, empty when it is not given."""
        value = str(self._value(key, str, ""))
        if required and not value.strip():
            raise self.error(f"{key} is missing", "every pack and entry says what it is and why")
        return value

    def identifier(self, key: str) -> str:
        """A name of lower-case letters and digits, parted by hyphens."""
        value = self.text(key, required=True)
        if not _ID.fullmatch(value):
            raise self.error(f"{value!r} is no {key}", "lower-case letters and digits, parted by hyphens")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str:
        """One of the choices; `default` when it is not given, None for a key that must be."""
        value = self.text(key, required=default is None) or default or ""
        if value not in choices:
            raise self.error(f"{key} is {value!r}", f"one of {', '.join(filter(None, choices))}")
        return value

    def number(self, key: str, default: int) -> int:
        """A whole number."""
        return int(self._value(key, int, default))

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return bool(self._value(key, bool, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        values = self._value(key, list, [])
        if not all(isinstance(value, str) and value for value in values):
            raise self.error(f"{key} must be a list of texts, none of them empty", "see the schema of rule packs")
        return tuple(values)

    def literals(self, key: str) -> tuple[str, ...]:
        """A list of texts, folded."""
        return tuple(dict.fromkeys(map(folded, self.texts(key))))

    def pattern(self, key: str) -> str:
        """An RE2 pattern, written out."""
        return self._checked(key, self.text(key))

    def patterns(self, key: str) -> tuple[str, ...]:
        """A list of RE2 patterns, written out."""
        return tuple(self._checked(key, value) for value in self.texts(key))

    def _checked(self, key: str, pattern: str) -> str:
        if self.trusted:
            return written_out(pattern)
        import re2

        if refused := _REFUSED.search(pattern):
            raise self.error(f"{key} uses \\{refused.group(1)}, which is ASCII only", r"write [0-9], \p{L} or a blank")
        for char in pattern.translate(_SPACED):
            if char >= "\x80" and (fold := shadow(char)) != char and fold.isascii():
                raise self.error(f"{key} holds {char!r}, which no shadow has", f"write {fold!r}")
        if upper := re.search(
            r"[A-Z]", re.sub(r"\\p\{\^?\w+\}|\\.|\(\?P<|\{[A-Z]\}", "", pattern, flags=re.IGNORECASE)
        ):
            raise self.error(f"{key} holds {upper.group()!r}, but the shadow is lower case", "write it in lower case")
        options = re2.Options()
        options.log_errors = False
        plain = written_out(pattern)
        try:
            re2.compile(plain, options)  # type: ignore[no-untyped-call] # re2 has no annotations
        except re2.error as error:
            reason = error.args[0] if error.args else "no RE2 pattern"
            raise self.error(f"{key}: {reason}", "RE2 knows no lookaround and no back references") from error
        return plain

    def done(self) -> None:
        """Refuses a key that was not asked for."""
        for key in self.data:
            if key not in self.seen:
                raise self.error(f"unknown key {key!r}", f"one of {', '.join(sorted(self.seen))}")
