"""The output folder: claimed safely, written whole, marked as ours."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.core.document import Document, Rejected
from cleaner.core.jsonl import dump
from cleaner.core.ledger import SCHEMA, ledger_line, record_of
from cleaner.core.report import Report, report_of, report_of_rejected
from cleaner.errors import OutputError
from cleaner.io import layout
from cleaner.io.atomic import replacing, write_bytes

_OURS = (
    layout.DOCUMENTS,
    layout.DROPPED,
    f"{layout.DOCUMENTS}.jsonl",
    f"{layout.DROPPED}.jsonl",
    layout.LEDGER,
    layout.DUPLICATES,
    layout.REJECTED,
    layout.REPORT,
    layout.HTML,
    layout.RUN,
    layout.WORK,
)


def claim(out: Path, sources: Sequence[Path], *, force: bool = False, resume: bool = False) -> Path:
    """Makes the output folder ours, or says why not; returns its work folder.

    Raises:
        OutputError: it exists and may not be replaced, is no folder, or lies inside a source (or a source in it).
    """
    _apart(out, sources)
    if out.exists() and not out.is_dir():
        raise OutputError("the output is a file", str(out), "name a folder that does not exist yet")
    if layout.is_ours(out):
        _claim_again(out, force=force, resume=resume)
    elif out.is_dir() and any(out.iterdir()):
        _claim_foreign(out, force=force)
    work = out / layout.WORK
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the output folder cannot be made: {error.strerror}", str(out), "name another one"
        ) from error
    if not layout.is_ours(out):
        write_mark(out, "running", {})
    return work


def _apart(out: Path, sources: Sequence[Path]) -> None:
    place = out.resolve()
    for source in (source.resolve() for source in sources):
        if place == source or (source.is_dir() and place.is_relative_to(source)):
            raise OutputError(f"the output lies inside the source {source}", str(out), "name a folder outside of it")
        if source.is_relative_to(place):
            raise OutputError(f"the source {source} lies inside the output", str(out), "name another output folder")


def _claim_again(out: Path, *, force: bool, resume: bool) -> None:
    if not (force or resume):
        raise OutputError("the output folder exists", str(out), "--resume finishes it, --force replaces it")
    for name in (*_OURS, layout.MARK) if force else ():
        _remove(out / name)


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


def write_mark(out: Path, state: str, plan: Mapping[str, str]) -> None:
    """Writes cleaner.json: the mark that a folder is ours, its schema and the digests of the stages' options."""
    mark = {"tool": "cleaner", "schema": SCHEMA, "state": state, "plan": dict(sorted(plan.items()))}
    write_bytes(out / layout.MARK, json.dumps(mark, indent=1).encode() + b"\n")


def write_output(out: Path, entries: Iterable[Document | Rejected], files: Iterable[str]) -> Report:
    """Writes all that a finished folder holds but run.json and the mark.

    Args:
        out: the folder, claimed.
        entries: documents sorted by id, with their verdicts, and rejected inputs.
        files: the ids of the documents that are files, for their names.
    """
    report = Report()
    with ExitStack() as stack:
        writer = _Writer(out, layout.text_paths(files), stack)
        for entry in entries:
            if isinstance(entry, Rejected):
                report += report_of_rejected(entry)
                writer.reject(entry)
            else:
                report += report_of(entry)
                writer.write(entry)
    write_bytes(out / layout.REPORT, json.dumps(report.to_json(), indent=1, ensure_ascii=False).encode() + b"\n")
    return report


class _Writer:
    """The files of an output folder that grow entry by entry; they get their names when the stack closes."""

    def __init__(self, out: Path, paths: Mapping[str, str], stack: ExitStack) -> None:
        self._out, self._paths, self._stack = out, paths, stack
        self._ledger, self._duplicates, self._rejected = map(
            self._open, (layout.LEDGER, layout.DUPLICATES, layout.REJECTED)
        )
        self._records: dict[str, BinaryIO] = {}

    def _open(self, name: str) -> BinaryIO:
        return self._stack.enter_context(replacing(self._out / name))

    def reject(self, entry: Rejected) -> None:
        self._rejected.write(dump({"id": entry.id, "error": entry.error, "sha256": entry.sha256}))

    def write(self, document: Document) -> None:
        kind = layout.DROPPED if document.is_dropped else layout.DOCUMENTS
        self._ledger.write(dump(ledger_line(document)))
        if document.is_dropped:
            self._duplicates.write(dump(_duplicate(document)))
        if document.source.fields is None:
            path = self._out / kind / self._paths[document.id]
            write_bytes(path, document.text.encode("utf-8", "surrogatepass"))
            return
        if kind not in self._records:
            self._records[kind] = self._open(f"{kind}.jsonl")
        self._records[kind].write(dump(record_of(document)))


def _duplicate(document: Document) -> dict[str, Any]:
    verdict = document.verdict
    assert verdict is not None  # noqa: S101 - the caller has looked
    return {
        "id": document.id,
        "kept": verdict.of,
        "jaccard": verdict.jaccard,
        "containment": verdict.containment,
        "method": verdict.method,
        "lacking": verdict.lacking,
    }


def finish(out: Path, plan: Mapping[str, str], run: Mapping[str, Any]) -> None:
    """Writes run.json, marks the folder complete, and clears the work folder away."""
    write_bytes(out / layout.RUN, json.dumps(run, indent=1).encode() + b"\n")
    write_mark(out, "complete", plan)
    shutil.rmtree(out / layout.WORK, ignore_errors=True)
