"""A run from sources to an output folder: resumable, and whole or not there."""

import hashlib
import json
import platform
import time
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cleaner.core.document import Document, Rejected
from cleaner.core.report import Report, report_of_entries
from cleaner.engines.corpus import Gathered, decided, noting, plan_digests
from cleaner.engines.job import Job
from cleaner.errors import OutputError
from cleaner.io import layout
from cleaner.io.atomic import replacing, write_bytes
from cleaner.io.output import claimed, finish, tidy, write_output
from cleaner.io.spool import Spool
from cleaner.io.written import read_output, read_rejected
from cleaner.plan import Plan
from cleaner.views.html import write_report

# A checkpoint costs a sync of the spool; every few seconds it is lost in the noise of the cleaning.
CHECKPOINT_SECONDS = 5.0

# What the result of a run may depend on besides its options.
LIBRARIES = ("chardet", "datasketch", "duckdb", "ftfy", "google-re2", "numpy", "opencc", "resiliparse", "zstandard")


def run_to_folder(job: Job, out: Path, *, force: bool = False, resume: bool = False) -> Report:
    """Runs a job and writes its output folder.

    Raises:
        OutputError: the folder may not be written, or cannot be resumed.
        PackError: the plan has a rule pack that does not load, or names rules that there are not.
    """
    _check_rules(job.plan)
    if force and resume:
        raise OutputError("a folder is either replaced or finished", str(out), "give --force or --resume")
    started = time.time()
    if resume and layout.is_ours(out) and layout.read_mark(out)["state"] == "complete":
        _check_same(job, out)
        tidy(out)
        return _report_of_folder(out)
    earlier = job.earlier(out)
    with claimed(out, job.listing.roots, force=force, resume=resume) as work:
        done, size = _checkpoint(work, job) if resume else (0, 0)
        with Spool(work / "spool.jsonl", size) as spool:
            gathered = Gathered(spool)
            gathered.take_up(job.plan)
            _gather(job, gathered, done, work)
            job.progress("deduplicating" if "dedup" in job.plan.stages else "writing", 0, 0)
            corpus = decided(gathered, job.engine, job.plan, earlier.judge if earlier else None)
            job.progress("writing", 0, 0)
            seen: dict[str, set[str]] = {}
            report = write_output(out, noting(corpus.entries(), seen), corpus.files, job.form)
            job.progress("reporting", 0, 0)
            _write_html(out, report, corpus.documents(), corpus.refused)
            if earlier is not None:
                job.progress("adding to the index", 0, 0)
                earlier.remember(corpus.documents(), job.form, corpus.files)
        if job.learned:
            write_bytes(out / layout.LEARNED, job.learned.encode())
        finish(out, plan_digests(seen, job.plan), _run_facts(started, job), job.form)
    return report


def _check_rules(plan: Plan) -> None:
    """Finds out about a mistake in the names of rules before an output folder is made, or replaced."""
    if "strip" in plan.stages:
        from cleaner.strip.rules import rules

        rules(plan.strip.packs, plan.strip.only, plan.strip.disable)


def _gather(job: Job, gathered: Gathered, done: int, work: Path) -> None:
    saved = time.monotonic()
    for batch in job.results(done):
        gathered.add(batch)
        done += len(batch.ids)
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            _save(work, job, done, gathered.spool)
            saved = time.monotonic()


def _save(work: Path, job: Job, done: int, spool: Spool) -> None:
    spool.sync()
    state = {"items": done, "spool": spool.size, "inputs": _inputs(job)}
    write_bytes(work / "checkpoint.json", json.dumps(state).encode())


def _checkpoint(work: Path, job: Job) -> tuple[int, int]:
    """How many items were done, and how much of the spool they fill."""
    try:
        state = json.loads((work / "checkpoint.json").read_bytes())
    except (OSError, ValueError):
        return 0, 0
    if job.listing.stdin or state["inputs"] != _inputs(job):
        raise _other_run(work.parent, "cut off")
    return state["items"], state["spool"]


def _check_same(job: Job, out: Path) -> None:
    """Lets a finished folder pass for the result of a job that would write the same."""
    try:
        inputs = json.loads((out / layout.RUN).read_bytes())["inputs"]
    except (OSError, ValueError, LookupError, TypeError):  # it is gone, or another's
        inputs = ""
    if job.listing.stdin or inputs != _inputs(job) or layout.read_mark(out)["format"] != job.form:
        raise _other_run(out, "finished")


def _other_run(out: Path, how: str) -> OutputError:
    what = f"the sources or the options are not those of the run that was {how}"
    return OutputError(what, str(out), "run it anew with --force")


def _inputs(job: Job) -> str:
    """A digest of all that the result depends on: the files by name, size and time, and the options."""
    files = [[file.id, file.path, file.size, file.mtime] for file in job.listing.files]
    facts = [files, list(map(str, job.listing.outputs)), job.plan.digests(), [job.keys.id, job.keys.text], job.sample]
    facts += [repr(job.index)] if job.index is not None else []
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def write_html(out: Path) -> None:
    """Writes report.html of a finished output folder anew.

    Raises:
        OutputError: the folder is not ours, or its run was not finished.
    """
    documents = (entry for entry in read_output(out) if isinstance(entry, Document))
    _write_html(out, _report_of_folder(out), documents, read_rejected(out))


def _write_html(out: Path, report: Report, documents: Iterable[Document], rejected: Iterable[Rejected]) -> None:
    with replacing(out / layout.HTML) as stream:
        write_report(stream, report, documents, rejected)


def _report_of_folder(out: Path) -> Report:
    return report_of_entries(read_output(out))


def _run_facts(started: float, job: Job) -> dict[str, Any]:
    return {
        "inputs": _inputs(job),
        "version": version("corpusclean"),
        "python": platform.python_version(),
        "host": platform.node(),
        "system": platform.platform(),
        "started": round(started, 3),
        "seconds": round(time.time() - started, 3),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _version(library: str) -> str | None:
    """The version of a library; None for one that is not there, because its extra was not asked for."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None
