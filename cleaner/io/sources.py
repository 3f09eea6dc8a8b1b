"""What the SOURCE arguments stand for: files, the lines of JSON Lines, the documents of an output folder."""

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from cleaner.core.document import Document, Rejected
from cleaner.io.layout import is_ours
from cleaner.io.written import read_output

STDIN = "-"


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file still to be read; `id` is its POSIX path relative to the folder that was given."""

    id: str
    path: str
    size: int
    mtime: float


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of JSON Lines, not parsed yet; `path` names its file (``-``: standard input), `number` counts from 1."""

    line: bytes
    path: str
    number: int
    mtime: float = 0.0


@dataclass(frozen=True, slots=True)
class StagedItem:
    """A document, or a rejected input, of an earlier run."""

    entry: Document | Rejected


Item = FileItem | LineItem | StagedItem


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of a folder count: globs on the id; a file that is named itself always counts."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, id_: str) -> bool:
        """Whether the file of that id is taken.

        >>> Selection(exclude=("drafts/*",)).takes("drafts/a.txt")
        False
        """
        included = not self.include or any(matches(id_, pattern) for pattern in self.include)
        return included and not any(matches(id_, pattern) for pattern in self.exclude)


def matches(id_: str, pattern: str) -> bool:
    """Whether a glob speaks of the id: of all of it, or of its last part when the glob has no slash.

    >>> matches("a/b.txt", "*.txt"), matches("a/b.txt", "a/*"), matches("a/b.txt", "c/*")
    (True, True, False)
    """
    return fnmatch(id_, pattern) or ("/" not in pattern and fnmatch(PurePosixPath(id_).name, pattern))


@dataclass(frozen=True, slots=True)
class Listing:
    """What the arguments stand for.

    Attributes:
        files: sorted by id, then by path.
        roots: the files and folders that were named.
        outputs: output folders of earlier runs, whose documents are taken up where they stand.
        stdin: whether ``-`` was given.
        missing: arguments that stand for nothing.
    """

    files: tuple[FileItem, ...] = ()
    roots: tuple[Path, ...] = ()
    outputs: tuple[Path, ...] = ()
    stdin: bool = False
    missing: tuple[str, ...] = field(default=())

    @property
    def size(self) -> int | None:
        """The bytes of all files, or None where standard input keeps its size to itself."""
        return None if self.stdin else sum(file.size for file in self.files)


def list_sources(arguments: Sequence[str], selection: Selection | None = None) -> Listing:
    """Looks the arguments up: files, folders (recursively, hidden entries left out), globs, ``-``."""
    selection = selection or Selection()
    files: list[FileItem] = []
    roots: list[Path] = []
    outputs: list[Path] = []
    missing: list[str] = []
    for argument in arguments:
        for path in _expand(argument):
            roots.append(path)
            if path.is_dir():
                if is_ours(path):
                    outputs.append(path)
                else:
                    files += _folder(path, selection)
            elif path.exists():
                files.append(_file(path, path.name))
            else:
                missing.append(argument)
    unique = sorted({(file.id, file.path): file for file in files}.items())
    found = tuple(file for _, file in unique)
    return Listing(found, tuple(roots), tuple(outputs), STDIN in arguments, tuple(missing))


def _expand(argument: str) -> list[Path]:
    if argument == STDIN:
        return []
    path = Path(argument)
    if not path.exists() and glob.has_magic(argument):
        return [Path(name) for name in sorted(glob.glob(argument, recursive=True))] or [path]  # noqa: PTH207 - Path.glob takes no absolute pattern
    return [path]


def _folder(root: Path, selection: Selection) -> Iterator[FileItem]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            id_ = path.relative_to(root).as_posix()
            if not name.startswith(".") and selection.takes(id_):
                yield _file(path, id_)


def _file(path: Path, id_: str) -> FileItem:
    try:
        status = path.stat()
    except OSError:  # a dangling link: reading it will say so
        return FileItem(id_, str(path), 0, 0.0)
    return FileItem(id_, str(path), status.st_size, status.st_mtime)


def items(listing: Listing, stdin: BinaryIO) -> Iterator[Item]:
    """The files one by one, those of JSON Lines line by line, then earlier runs, then the lines of standard input."""
    for file in listing.files:
        if is_jsonl(file.id):
            with open(file.path, "rb") as stream:  # noqa: PTH123 - a path of str, opened for its lines
                yield from _lines(stream, file.id, file.mtime)
        else:
            yield file
    for out in listing.outputs:
        yield from map(StagedItem, read_output(out))
    if listing.stdin:
        yield from _lines(stdin, STDIN, 0.0)


def is_jsonl(id_: str) -> bool:
    """Whether the name is one of JSON Lines."""
    return id_.lower().endswith((".jsonl", ".ndjson"))


def _lines(stream: BinaryIO, path: str, mtime: float) -> Iterator[LineItem]:
    for number, line in enumerate(stream, 1):
        content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if content.strip():
            yield LineItem(content, path, number, mtime)
