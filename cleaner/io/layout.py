"""The names in an output folder, and how an id becomes a path in it."""

import json
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from cleaner.core.ledger import SCHEMA
from cleaner.errors import OutputError, RecordError

MARK = "cleaner.json"
WORK = ".cleaner-work"
DOCUMENTS, DROPPED = "documents", "dropped"
LEDGER, DUPLICATES, REJECTED = "ledger.jsonl", "duplicates.jsonl", "rejected.jsonl"
REPORT, HTML, RUN = "report.json", "report.html", "run.json"

_KEPT_NAMES = (".txt", ".md")


def is_ours(folder: Path) -> bool:
    """Whether a folder is marked as an output of ours (finished or not)."""
    try:
        return bool(json.loads((folder / MARK).read_bytes()).get("tool") == "cleaner")
    except (OSError, ValueError, AttributeError):
        return False


def read_mark(folder: Path) -> dict[str, object]:
    """The content of the mark.

    Raises:
        OutputError: the folder has none, or one of another schema.
    """
    if not is_ours(folder):
        raise OutputError("this is no output folder of cleaner", str(folder), f"give a folder that holds {MARK}")
    mark: dict[str, object] = json.loads((folder / MARK).read_bytes())
    if mark.get("schema") != SCHEMA:
        cure = "use the version of cleaner that wrote it"
        raise OutputError(f"its schema is {mark.get('schema')}, this version reads {SCHEMA}", str(folder), cure)
    return mark


def checked_id(id_: str) -> str:
    """The id of a file, when it is a relative path that stays inside its folder.

    Raises:
        RecordError: it is absolute, empty, or climbs out with ``..``.
    """
    parts = PurePosixPath(id_).parts
    foreign = os.name == "nt" and any(mark in id_ for mark in "\\:")
    climbs = not parts or id_.startswith("/") or ".." in parts or "\0" in id_
    if foreign or climbs or PurePosixPath(*parts).as_posix() != id_:
        raise RecordError(
            f"the id {id_!r} is no relative path", cure="an id of a file is a POSIX path below its folder"
        )
    return id_


def text_paths(ids: Iterable[str]) -> dict[str, str]:
    """Where the cleaned text of each file stands, relative to documents/ or dropped/.

    ``.txt`` and ``.md`` keep their names, the others gain ``.txt``; where that name is taken, a ``~`` goes before it.

    >>> text_paths(["a.txt", "b.html", "b.html.txt"])
    {'a.txt': 'a.txt', 'b.html': 'b.html~.txt', 'b.html.txt': 'b.html.txt'}
    """
    names = sorted(ids)
    taken = {name for name in names if name.endswith(_KEPT_NAMES)}
    taken |= {parent.as_posix() for name in names for parent in PurePosixPath(name).parents}
    paths: dict[str, str] = {}
    for name in names:
        path = name
        if not name.endswith(_KEPT_NAMES):
            path = f"{name}.txt"
            while path in taken:
                path = f"{path.removesuffix('.txt')}~.txt"
            taken.add(path)
        paths[name] = path
    return paths
