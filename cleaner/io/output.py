"""The output folder: claimed safely, written whole, marked as ours."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from cleaner.core.document import Document, Rejected, Verdict
from cleaner.core.jsonl import dump
from cleaner.core.ledger import SCHEMA, ledger_line
from cleaner.core.report import Report, report_of, report_of_rejected
from cleaner.errors import OutputError
from cleaner.io import layout
from cleaner.io.atomic import replacing, write_bytes
from cleaner.io.layout import Format
from cleaner.io.lock import held
from cleaner.io.sinks import sink

_RESULTS = (
    layout.DOCUMENTS,
    layout.DROPPED,
    layout.ORIGINALS,
    *(f"{kind}.{ending}" for kind in (layout.DOCUMENTS, layout.DROPPED) for ending in ("jsonl", "parquet")),
    layout.LEDGER,
    layout.DUPLICATES,
    layout.REJECTED,
    layout.REPORT,
)
_OURS = (*_RESULTS, layout.HTML, layout.RUN, layout.LEARNED, layout.WORK)


@contextmanager
def claimed(out: Path, sources: Sequence[Path], *, force: bool = False, resume: bool = False) -> Iterator[Path]:
    """Makes the output folder ours while the block runs, or says why not; gives its work folder.

    Raises:
        OutputError: it exists and may not be replaced, is no folder, lies inside a source (or a source in it), or
            another run writes it.
    """
    _apart(out, sources)
    if out.exists() and not out.is_dir():
        raise OutputError("the output is a file", str(out), "name a folder that does not exist yet")
    if layout.is_ours(out):
        if not (force or resume):
            raise OutputError("the output folder exists", str(out), "--resume finishes it, --force replaces it")
    elif out.is_dir() and any(out.iterdir()):
        _claim_foreign(out, force=force)
    with writing(out, "name another folder"):
        out.mkdir(parents=True, exist_ok=True)
    with held(out), writing(out, "when that is mended, --resume goes on where it stopped"):
        for name in (*_OURS, layout.MARK) if force else ():
            _remove(out / name)
        work = out / layout.WORK
        work.mkdir(exist_ok=True)
        if not layout.is_ours(out):
            write_mark(out, "running", {})
        yield work


@contextmanager
def writing(place: Path, cure: str = "make room there, or name another place") -> Iterator[None]:
    """Says in words what the operating system refuses while a file or folder is written.

    Raises:
        OutputError: the disk is full, something is write-protected, ...
    """
    try:
        yield
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(place)
        why = error.strerror.lower() if error.strerror else str(error)
        raise OutputError(f"it cannot be written: {why}", where, cure) from error


def _apart(out: Path, sources: Sequence[Path]) -> None:
    place = out.resolve()
    for source in (source.resolve() for source in sources):
        if place == source or (source.is_dir() and place.is_relative_to(source)):
            raise OutputError(f"the output lies inside the source {source}", str(out), "name a folder outside of it")
        if source.is_relative_to(place):
            raise OutputError(f"the source {source} lies inside the output", str(out), "name another output folder")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _claim_foreign(out: Path, *, force: bool) -> None:
    if not force:
        cure = "name a folder that does not exist yet, or add ours to it with --force"
        raise OutputError("the folder exists and is not an output of cleaner", str(out), cure)
    taken = [name for name in (*_OURS, layout.MARK) if (out / name).exists()]
    if taken:
        cure = "what is not ours is never replaced: name another folder"
        raise OutputError(f"the folder is not an output of cleaner and holds {taken[0]}", str(out), cure)


def write_mark(out: Path, state: str, plan: Mapping[str, str], form: Format = "tree") -> None:
    """Writes cleaner.json: that a folder is ours, its schema and format, the digests of the stages' options."""
    mark = {"tool": "cleaner", "schema": SCHEMA, "state": state, "format": form, "plan": dict(sorted(plan.items()))}
    write_bytes(out / layout.MARK, json.dumps(mark, indent=1).encode() + b"\n")


def write_output(
    out: Path, entries: Iterable[Document | Rejected], files: Sequence[str], form: Format = "tree"
) -> Report:
    """Writes the documents, the ledger and the other lists of a finished folder, and report.json.

    They are written in the work folder and moved when all of them are whole, so that a killed run leaves nothing
    under a final name that is not finished.

    Args:
        out: the folder, claimed.
        entries: documents sorted by id, with their verdicts, and rejected inputs.
        files: the ids of the documents that are files, for their names.
        form: how the texts are written.
    """
    fresh = out / layout.WORK / "fresh"
    _remove(fresh)
    fresh.mkdir(parents=True)
    report = Report()
    with ExitStack() as stack:
        writer = _Writer(fresh, files, form, stack)
        for entry in entries:
            if isinstance(entry, Rejected):
                report += report_of_rejected(entry)
                writer.reject(entry)
            else:
                report += report_of(entry)
                writer.write(entry)
    write_bytes(fresh / layout.REPORT, json.dumps(report.to_json(), indent=1, ensure_ascii=False).encode() + b"\n")
    for name in _RESULTS:
        _remove(out / name)
        if (fresh / name).exists():
            (fresh / name).replace(out / name)
    return report


class _Writer:
    """The files of an output folder that grow entry by entry."""

    def __init__(self, folder: Path, files: Sequence[str], form: Format, stack: ExitStack) -> None:
        self._folder = folder
        self._sink = sink(form, folder, files, stack)
        self._originals = layout.original_paths(files)
        self._ledger, self._duplicates, self._rejected = (
            stack.enter_context(replacing(folder / name))
            for name in (layout.LEDGER, layout.DUPLICATES, layout.REJECTED)
        )

    def reject(self, entry: Rejected) -> None:
        self._rejected.write(dump({"id": entry.id, "error": entry.error, "sha256": entry.sha256}))

    def write(self, document: Document) -> None:
        line = ledger_line(document) | self._sink.write(document)
        if document.source.original:
            line["original"] = self._keep(document)
        self._ledger.write(dump(line))
        if document.is_dropped:
            self._duplicates.write(dump(duplicate_line(document.id, document.verdict)))

    def _keep(self, document: Document) -> str:
        """Writes the compressed original of a page and says where."""
        place = f"{layout.ORIGINALS}/{self._originals[document.id]}"
        (self._folder / place).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / place).write_bytes(document.source.original)
        return place


def duplicate_line(id_: str, verdict: Verdict | None) -> dict[str, Any]:
    """What duplicates.jsonl says of a dropped document."""
    assert verdict is not None  # noqa: S101 - the caller has looked
    return {
        "id": id_,
        "kept": verdict.of,
        "jaccard": verdict.jaccard,
        "containment": verdict.containment,
        "method": verdict.method,
        "lacking": verdict.lacking,
    }


def finish(out: Path, plan: Mapping[str, str], run: Mapping[str, Any], form: Format = "tree") -> None:
    """Writes run.json, marks the folder complete, and clears the work folder away."""
    write_bytes(out / layout.RUN, json.dumps(run, indent=1).encode() + b"\n")
    write_mark(out, "complete", plan, form)
    tidy(out)


def tidy(out: Path) -> None:
    """Clears away what only an unfinished run needs, and the parts of files that a killed one left."""
    shutil.rmtree(out / layout.WORK, ignore_errors=True)
    for part in out.glob(".*.part"):
        part.unlink(missing_ok=True)
