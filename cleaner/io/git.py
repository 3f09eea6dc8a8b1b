"""What git has staged: names, contents, what of it is new, what it cannot bring back; and a folder for caches."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cleaner.errors import UsageError

_FILES = ("100644", "100755")  # modes of regular files; the others are links and submodules


def staged(folders: Sequence[str]) -> dict[str, str]:
    """The staged files of folders: by path the name of the blob that holds the content.

    Raises:
        UsageError: this is no git repository.
    """
    found = {}
    for line in _parts(_git("ls-files", "--stage", "-z", "--", *folders)):
        facts, _, path = line.partition("\t")
        mode, blob, stage = facts.split(" ")
        if mode in _FILES and stage == "0":
            found[path] = blob
    return found


def new(folders: Sequence[str]) -> dict[str, str]:
    """The staged files of folders whose content is new or changed: by path the blob that stood there before, if any.

    New is what HEAD does not have; under pre-commit with two refs (``pre-commit run --from-ref A --to-ref B``), what
    came between them. A file that was merely renamed is not new.

    Raises:
        UsageError: this is no git repository, or the refs are none.
    """
    between = [os.environ.get(f"PRE_COMMIT_{name}_REF", "") for name in ("FROM", "TO")]
    span = ["...".join(between)] if all(between) else ["--cached"]
    facts = ("--raw", "--no-abbrev", "-z", "--relative", "-M100%", "--diff-filter=AMRT")
    parts = iter(_parts(_git("diff", *span, *facts, "--", *folders)))
    found = {}
    for told in parts:
        mode, _, before, _, status = told.removeprefix(":").split(" ")
        path = next(parts)
        if status.startswith("R"):
            next(parts)
        else:
            found[path] = before if mode in _FILES else ""
    return found


def contents(blobs: Iterable[str]) -> Iterator[bytes]:
    """The contents of blobs, one by one."""
    # Git as it stands on the path of whoever runs the hook.
    with subprocess.Popen(["git", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S607
        if process.stdin is None or process.stdout is None:
            raise AssertionError("both were asked for")
        for blob in blobs:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            size = int(process.stdout.readline().split()[2])
            yield process.stdout.read(size)
            process.stdout.read(1)
        process.stdin.close()


def cannot_bring_back(files: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of the files those that git does not track, and those with changes that are not staged.

    Raises:
        UsageError: this is no git repository.
    """
    tracked = set(map(Path, _parts(_git("ls-files", "-z", "--", *files))))
    changed = _parts(_git("diff", "--name-only", "--relative", "-z", "--", *files))
    return sorted(file for file in files if Path(file) not in tracked), sorted(changed)


def own_folder() -> Path:
    """A folder inside the repository's git directory, so that no commit and no status ever sees it."""
    return Path(_git("rev-parse", "--git-path", "cleaner").rstrip("\n"))


def _parts(told: str) -> list[str]:
    return [part for part in told.split("\0") if part]


def _git(*arguments: str) -> str:
    try:
        result = subprocess.run(["git", *arguments], capture_output=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError) as error:
        said = error.stderr.decode(errors="replace").strip() if isinstance(error, subprocess.CalledProcessError) else ""
        raise UsageError(
            f"git does not answer: {said or error}", str(Path.cwd()), "run it inside a repository"
        ) from error
    return result.stdout.decode("utf-8", "surrogateescape")
