"""Writing accepted findings into a configuration file."""

import json
from collections.abc import Iterable
from pathlib import Path

from cleaner.core.allow import Allow
from cleaner.errors import ConfigError
from cleaner.io.atomic import write_bytes


def append_allow(file: Path, entries: Iterable[Allow]) -> None:
    """Adds a table for each entry at the end of cleaner.toml or pyproject.toml; what stands there stays as it is.

    Raises:
        ConfigError: the file cannot be read or written.
    """
    table = "tool.cleaner.allow" if file.name == "pyproject.toml" else "allow"
    try:
        before = file.read_bytes() if file.exists() else b""
        end = "\r\n" if b"\r\n" in before else "\n"
        gap = end if before and not before.endswith(b"\n") else ""
        added = gap + "".join(_table(table, entry) for entry in entries).replace("\n", end)
        write_bytes(file, before + added.encode())
    except OSError as error:
        raise ConfigError(f"accepted findings cannot be written: {error.strerror}", str(file)) from error


def _table(name: str, entry: Allow) -> str:
    values = {"path": entry.path, "rule": entry.rule, "text": entry.text, "reason": entry.reason}
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return f"\n[[{name}]]\n" + lines.replace("\x7f", "\\u007f")  # but for DEL a JSON string is a TOML basic string
