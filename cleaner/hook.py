"""The entries for pre-commit: thin, quiet when all is well, one line for each finding or changed file.

``cleaner-check`` reports, ``cleaner-fix`` rewrites plain text in place. Both look at each file by itself, so that
pre-commit may spread the files over processes. ``cleaner-dedup`` looks at all that is staged in a folder at once. Exit
codes are those of the commands: 0 clean, 1 look at it, 2 could not start.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cleaner import config
from cleaner.config import Settings
from cleaner.core.allow import glob_of, text_digest
from cleaner.core.document import Document, Rejected, Verdict
from cleaner.core.printable import printable
from cleaner.errors import CleanerError, RejectedError, UsageError
from cleaner.io.kinds import Kind, kind_of
from cleaner.plan import Plan, clean, document_of_bytes
from cleaner.views.accepted import Accepted
from cleaner.views.findings import findings


def check(argv: Sequence[str] | None = None) -> int:
    """``cleaner-check FILE...``: prints what a run would change in each file; writes nothing."""
    return _guarded(_check, sys.argv[1:] if argv is None else argv)


def fix(argv: Sequence[str] | None = None) -> int:
    """``cleaner-fix FILE...``: rewrites files as their cleaned text in UTF-8; 1 when it changed something."""
    return _guarded(_fix, sys.argv[1:] if argv is None else argv)


def dedup(argv: Sequence[str] | None = None) -> int:
    """``cleaner-dedup [FOLDER...]``: names the new staged seeds of the folders that repeat another; writes nothing."""
    folders = (sys.argv[1:] if argv is None else argv) or ["seeds"]
    try:
        _refuse_options(folders, "cleaner-dedup [FOLDER...]")
        return _dedup(config.load({}), folders)
    except CleanerError as error:
        _say(f"cleaner: {error}")
        return 2


def check_main() -> None:
    """The command ``cleaner-check``."""
    sys.exit(check())


def fix_main() -> None:
    """The command ``cleaner-fix``."""
    sys.exit(fix())


def dedup_main() -> None:
    """The command ``cleaner-dedup``."""
    sys.exit(dedup())


def _guarded(entry: Callable[[Settings, str], int], files: Sequence[str]) -> int:
    try:
        _refuse_options(files, f"cleaner-{entry.__name__.strip('_')} FILE...")
        settings = config.load({})
        if entry is _fix:
            _refuse_what_git_cannot_bring_back(files)
    except CleanerError as error:
        _say(f"cleaner: {error}")
        return 2
    return max((_each(entry, settings, file) for file in files), default=0)


def _each(entry: Callable[[Settings, str], int], settings: Settings, file: str) -> int:
    try:
        return entry(settings, file)
    except RejectedError as error:
        _say(str(RejectedError(error.what, file, error.cure)))
    except OSError as error:
        _say(f"{file}: cannot be read or written: {error.strerror}")
    return 1


def _is_plain(file: str) -> bool:
    return kind_of(file) == Kind("text", "", file)


def _cleaned(settings: Settings, plan: Plan, file: str) -> Iterator[Document | Rejected]:
    """What a run makes of a file: its text, that of the page in it, or its records."""
    if _is_plain(file):
        yield clean(plan, document_of_bytes(plan, Path(file).read_bytes(), Path(file).as_posix()))
        return
    from io import BytesIO

    from cleaner.io.items import items
    from cleaner.io.reading import read_item
    from cleaner.io.sources import FileItem, Listing

    listing = Listing((FileItem(Path(file).as_posix(), file, 0, 0.0),))
    for item in items(listing, BytesIO()):
        entry = read_item(plan, settings.keys, item)
        yield clean(plan, entry) if isinstance(entry, Document) else entry


def _check(settings: Settings, file: str) -> int:
    accepted = Accepted(settings.plan.allow)
    rejected = False
    for entry in _cleaned(settings, replace(settings.plan, allow=()), file):
        if isinstance(entry, Rejected):
            rejected = True
            _say(f"{entry.id}: {entry.error}")
            continue
        record = "" if entry.source.fields is None else f"{file}#{entry.source.line}: "
        for finding in accepted.rest(entry.id, findings(entry)):
            _say(record + finding.words())
    for stale in accepted.stale:
        what = f"the accepted finding of {stale.rule} (text {stale.text})"
        _say(f"{file}: {what} fits nothing any more; remove it from the configuration")
    return 1 if accepted.told or accepted.stale or rejected else 0


def _fix(settings: Settings, file: str) -> int:
    if not _is_plain(file) or Path(file).is_symlink():
        return _cannot_fix(settings, file)
    document = next(_cleaned(settings, settings.plan, file))
    assert isinstance(document, Document)  # noqa: S101 - what is refused has raised
    data = document.text.encode("utf-8", "surrogatepass")
    if data == Path(file).read_bytes():
        return 0
    from cleaner.io.atomic import write_bytes

    write_bytes(Path(file), data)
    rules = Counter(finding.rule for finding in findings(document))
    _say(f"fixed {file}: " + ", ".join(f"{rule} x{count}" for rule, count in sorted(rules.items())))
    return 1


def _cannot_fix(settings: Settings, file: str) -> int:
    """Leaves alone what is no file of plain text: a page would lose its markup, records their form, a link itself."""
    for entry in _cleaned(settings, settings.plan, file):
        if isinstance(entry, Rejected):
            _say(f"{entry.id}: {entry.error}")
            return 1
        if any(findings(entry)):
            _say(f"{file}: only files of plain text are rewritten in place; clean it with: cleaner run {file} -o OUT")
            return 1
    return 0


def _dedup(settings: Settings, folders: Sequence[str]) -> int:
    from cleaner.engines.local import LocalEngine
    from cleaner.index.seeds import repeated

    accepted = Accepted(settings.plan.allow)
    for document in repeated(folders, settings.plan, settings.keys, LocalEngine()):
        found = [finding for finding in findings(document) if finding.rule.startswith("dedup/")]
        for finding in accepted.rest(document.id, found):
            _say(f"{document.id}: repeats {_of(document.verdict)}; remove one of the two, or accept it in [[allow]]:")
            _say(f'  path = "{glob_of(document.id)}", rule = "{finding.rule}", text = "{text_digest(finding.text)}"')
    return 1 if accepted.told else 0


def _of(verdict: Verdict | None) -> str:
    if verdict is None:
        raise AssertionError("what repeats another has a verdict that says so")
    if verdict.method == "exact":
        return f"{verdict.of} (the same text)"
    return f"{verdict.of} ({verdict.method} {verdict.jaccard}; {verdict.lacking} characters are its own)"


def _refuse_options(arguments: Sequence[str], usage: str) -> None:
    """Lets only names of files and folders pass.

    Raises:
        UsageError: one is an option, of which a hook has none.
    """
    for argument in arguments:
        if argument.startswith("-") and not Path(argument).exists():
            raise UsageError(f"a hook has no options: {usage}", argument, "settings stand in cleaner.toml")


def _refuse_what_git_cannot_bring_back(files: Sequence[str]) -> None:
    """Lets only files pass whose present content git holds.

    Raises:
        UsageError: a file is not tracked, or has changes that are not staged; or this is no git repository.
    """
    if not files:
        return
    from cleaner.io.git import cannot_bring_back

    untracked, changed = cannot_bring_back(files)
    if untracked:
        raise UsageError("git does not track this file", untracked[0], "git add it first: a fix must be undoable")
    if changed:
        raise UsageError("the file has changes that are not staged", changed[0], "git add or stash them first")


def _say(words: str) -> None:
    try:
        sys.stdout.buffer.write(printable(words).encode() + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on: the work is done all the same, and the exit code tells what there was
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
