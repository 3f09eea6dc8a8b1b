"""What the SOURCE arguments stand for: files, output folders of earlier runs, standard input."""

import glob
import hashlib
import heapq
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path, PurePosixPath

from cleaner.core.document import Document, Rejected
from cleaner.errors import UnreadableError, UsageError
from cleaner.io.files import not_regular, odd_kind
from cleaner.io.layout import is_ours

STDIN = "-"


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file still to be read; `id` is its POSIX path relative to the folder that was given.

    `trouble` says why it cannot be read where the listing knows that already.
    """

    id: str
    path: str
    size: int
    mtime: float
    trouble: UnreadableError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of JSON Lines, not parsed yet; `path` names its file (``-``: standard input), `number` counts from 1.

    `columns` holds the types of the columns where the line stands for a row of Parquet.
    """

    line: bytes
    path: str
    number: int
    mtime: float = 0.0
    columns: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StagedItem:
    """A document of an earlier run, or an input that is rejected before anything is read of it."""

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

    @property
    def shares_ids(self) -> bool:
        """Whether several files stand for documents of one id."""
        return any(one.id == two.id for one, two in pairwise(self.files))


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
            elif os.path.lexists(path):
                files.append(_file(str(path), path.name))
            else:
                missing.append(argument)
    unique = sorted({(file.id, os.path.abspath(file.path)): file for file in files}.items())  # noqa: PTH100 - the links stay
    found = tuple(file for _, file in unique)
    return Listing(found, tuple(roots), tuple(outputs), STDIN in arguments, tuple(missing))


def usable(listing: Listing) -> None:
    """Lets a listing pass that holds anything at all.

    Raises:
        UsageError: it holds nothing.
    """
    if not (listing.files or listing.outputs or listing.stdin):
        if listing.missing:
            raise UsageError("there is no such file or folder", listing.missing[0], "give files, folders, globs or -")
        raise UsageError("the sources hold no files", cure="give files, folders, globs or -")


def _expand(argument: str) -> list[Path]:
    if argument == STDIN:
        return []
    path = Path(argument)
    if not path.exists() and glob.has_magic(argument):
        return [Path(name) for name in sorted(glob.glob(argument, recursive=True))] or [path]  # noqa: PTH207 - Path.glob takes no absolute pattern
    return [path]


def _folder(root: Path, selection: Selection) -> Iterator[FileItem]:
    """The files below a folder; named and not followed are links to folders and the output folders of earlier runs.

    What such an output holds stands there twice and more: cleaned, dropped, in the ledger.
    """
    unlisted: list[FileItem] = []

    def note(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        trouble = UnreadableError(f"the folder cannot be listed: {reason}", cure="look at its permissions")
        unlisted.append(FileItem(_id(Path(error.filename or root), root), str(error.filename), 0, 0.0, trouble))

    for folder, folders, names in os.walk(root, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(folder, name).is_symlink()]
        outputs = {name for name in folders if name not in links and is_ours(Path(folder, name))}
        folders[:] = [name for name in folders if name not in outputs]
        above = "" if Path(folder) == root else f"{_id(Path(folder), root)}/"
        for name in sorted([*names, *links, *outputs]):
            if not name.startswith(".") and selection.takes(above + name):
                yield _file(os.path.join(folder, name), above + name)  # noqa: PTH118 - a Path for each file takes longer
    yield from unlisted


def _id(path: Path, root: Path) -> str:
    return root.name if path == root else path.relative_to(root).as_posix()


def _file(path: str, id_: str) -> FileItem:
    try:
        status = os.stat(path)  # noqa: PTH116 - a path of str
    except OSError:  # a dangling link, or one that leads back to itself: reading it will say so
        return FileItem(id_, path, 0, 0.0)
    kind = odd_kind(status.st_mode)
    if kind == "a folder":
        what = "a link to a folder" if Path(path).is_symlink() else "an output folder of an earlier run"
        trouble = UnreadableError(f"this is {what}, which is not followed", cure="give the folder itself")
        return FileItem(id_, path, 0, 0.0, trouble)
    return FileItem(id_, path, status.st_size, status.st_mtime, not_regular(kind) if kind else None)


def sampled(found: Iterable[Item], size: int) -> list[Item]:
    """So many of the items, in their order: those whose names have the smallest hashes, so that order plays no part."""
    numbered = heapq.nsmallest(size, enumerate(found), key=lambda pair: (_name_hash(pair[1]), pair[0]))
    return [item for _, item in sorted(numbered, key=lambda pair: pair[0])]


def _name_hash(item: Item) -> bytes:
    if isinstance(item, LineItem):
        name = f"{item.path}#{item.number}"
    else:
        name = item.entry.id if isinstance(item, StagedItem) else item.id
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
