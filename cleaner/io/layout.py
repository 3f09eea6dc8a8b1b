"""The names in an output folder, and how an id becomes a path in it."""

import json
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeAlias, get_args

from cleaner.core.ledger import SCHEMA
from cleaner.errors import OutputError, RecordError
from cleaner.io.kinds import kind_of

# How a folder holds its texts.
Format: TypeAlias = Literal["tree", "jsonl", "parquet", "mnbvc"]
FORMATS: tuple[str, ...] = get_args(Format)

MARK = "cleaner.json"
WORK = ".cleaner-work"
DOCUMENTS, DROPPED, ORIGINALS = "documents", "dropped", "originals"
LEDGER, DUPLICATES, REJECTED = "ledger.jsonl", "duplicates.jsonl", "rejected.jsonl"
REPORT, HTML, RUN, LEARNED = "report.json", "report.html", "run.json", "learned.toml"

_KEPT_NAMES = (".txt", ".md")
# What a name may take on the file systems of Linux; those of macOS and Windows count characters, and so allow more.
_NAME_BYTES = 255


def is_ours(folder: Path) -> bool:
    """Whether a folder is marked as an output of ours (finished or not)."""
    try:
        return bool(json.loads((folder / MARK).read_bytes()).get("tool") == "cleaner")
    except (OSError, ValueError, AttributeError):
        return False


def read_mark(folder: Path) -> dict[str, Any]:
    """The content of the mark.

    Raises:
        OutputError: the folder has none, or one of another schema.
    """
    if not is_ours(folder):
        raise OutputError("this is no output folder of cleaner", str(folder), f"give a folder that holds {MARK}")
    mark: dict[str, Any] = json.loads((folder / MARK).read_bytes())
    if mark.get("schema") != SCHEMA:
        cure = "use the version of cleaner that wrote it"
        raise OutputError(f"its schema is {mark.get('schema')}, this version reads {SCHEMA}", str(folder), cure)
    return mark


def checked_id(id_: str) -> str:
    """The id of a file, when it is a relative path that stays inside its folder, and that a file can have.

    Raises:
        RecordError: it is absolute, empty, climbs out with ``..``, or no file system has such names.
    """
    parts = PurePosixPath(id_).parts
    foreign = os.name == "nt" and any(mark in id_ for mark in "\\:")
    climbs = not parts or id_.startswith("/") or ".." in parts or "\0" in id_
    if foreign or climbs or PurePosixPath(*parts).as_posix() != id_ or any(map(_is_too_long, parts)):
        raise RecordError(
            f"the id {id_!r} is no relative path", cure="an id of a file is a POSIX path below its folder"
        )
    return id_


def _is_too_long(name: str) -> bool:
    """Whether no file can have the name, for its length or because no bytes stand for it."""
    try:
        return len(os.fsencode(name)) > _NAME_BYTES
    except UnicodeEncodeError:
        return True


def text_paths(ids: Iterable[str]) -> dict[str, str]:
    """Where the cleaned text of each file stands, relative to documents/ or dropped/.

    ``.txt`` and ``.md`` keep their names, the others gain ``.txt``; where that name is taken, a ``~`` goes before it.

    >>> text_paths(["A.TXT", "b.html", "b.html.txt"])
    {'A.TXT': 'A.TXT', 'b.html': 'b.html~.txt', 'b.html.txt': 'b.html.txt'}
    """
    return _renamed(ids, lambda name: name if name.lower().endswith(_KEPT_NAMES) else f"{name}.txt")


def original_paths(ids: Iterable[str]) -> dict[str, str]:
    """Where the compressed original of each page stands, relative to originals/.

    >>> original_paths(["a.html"])
    {'a.html': 'a.html.zst'}
    """
    return _renamed(ids, lambda name: f"{name}.zst")


def restored_paths(ids: Iterable[str]) -> dict[str, str]:
    """Under which name the original of each file, or file of records, is restored: without the ending of its packing.

    >>> restored_paths(["a.txt", "a.txt.gz", "b.jsonl.zst", "-"])
    {'-': 'stdin.jsonl', 'a.txt': 'a.txt', 'a.txt.gz': 'a~.txt', 'b.jsonl.zst': 'b.jsonl'}
    """
    return _renamed(ids, lambda name: "stdin.jsonl" if name == "-" else kind_of(name).inner)


def _fitting(path: str) -> str:
    """The path, its last name cut to a length that it can have; a hash stands for what is cut."""
    folder, slash, name = path.rpartition("/")
    if not _is_too_long(name):
        return path
    stem, _, ending = name.rpartition(".")
    tail = f"~{sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}.{ending}"
    while _is_too_long(stem + tail):
        stem = stem[:-1]
    return f"{folder}{slash}{stem}{tail}"


def _renamed(ids: Iterable[str], rename: Callable[[str], str]) -> dict[str, str]:
    """New names, all different; those that stay as they are come first, and no name is that of a folder.

    Raises:
        RecordError: an id leads out of its folder.
    """
    names = sorted(map(checked_id, ids))
    taken = {name for name in names if rename(name) == name}
    taken |= {parent.as_posix() for name in names for parent in PurePosixPath(name).parents}
    paths: dict[str, str] = {}
    for name in names:
        path = _fitting(rename(name))
        while path != name and path in taken:
            stem, dot, ending = path.rpartition(".")
            path = f"{stem}~{dot}{ending}" if "/" not in ending and stem else f"{path}~"
        taken.add(path)
        paths[name] = path
    return paths
