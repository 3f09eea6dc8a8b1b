"""A run from sources to an output folder, to a stream, or to findings; resumable, and whole or not there."""

import hashlib
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.core.document import Document, Rejected
from cleaner.core.ledger import entry_of_line
from cleaner.core.report import Report, report_of_entries
from cleaner.engines.corpus import Corpus, Engine, Gathered, decided, noting, plan_digests
from cleaner.engines.work import Batch, Work, batches, wire
from cleaner.errors import OutputError
from cleaner.index import Index
from cleaner.index.using import Earlier
from cleaner.io import layout
from cleaner.io.atomic import replacing, write_bytes
from cleaner.io.items import items
from cleaner.io.output import claim, finish, tidy, write_output
from cleaner.io.reading import Keys
from cleaner.io.sinks import Format
from cleaner.io.sources import Listing, sampled
from cleaner.io.spool import Spool
from cleaner.io.written import read_output
from cleaner.plan import Plan
from cleaner.views.html import write_report

# A checkpoint costs a sync of the spool; every few seconds it is lost in the noise of the cleaning.
CHECKPOINT_SECONDS = 5.0

# What the result of a run may depend on besides its options.
LIBRARIES = ("chardet", "datasketch", "ftfy", "google-re2", "numpy", "opencc")

Progress = Callable[[str, int, int], None]


def silent(_stage: str, _documents: int, _bytes: int) -> None:
    """The progress of a run that nobody watches."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run, and by whom.

    Attributes:
        plan: the stages and their options.
        listing: the sources.
        engine: who runs it.
        keys: the names in records.
        progress: called with what is going on, and the documents and bytes done since the last call.
        stdin: where ``-`` reads from.
        form: how a folder holds the texts.
        sample: how many items are taken, chosen by their names alone; 0 stands for all.
        learned: the text of the pack that was learned for this job, kept in its output folder.
        index: of earlier runs, whose documents count as kept, and to which this one adds what it keeps.
    """

    plan: Plan
    listing: Listing
    engine: Engine
    keys: Keys = field(default_factory=Keys)
    progress: Progress = silent
    stdin: BinaryIO = field(default_factory=lambda: sys.stdin.buffer)
    form: Format = "tree"
    sample: int = 0
    learned: str = ""
    index: Index | None = None

    def earlier(self, out: Path | None = None) -> Earlier | None:
        """The index as this run uses it, when it has one and deduplicates.

        Raises:
            IndexStoreError: it is not there, or was made for other options.
        """
        if self.index is None or "dedup" not in self.plan.stages:
            return None
        earlier = Earlier(self.index, self.plan, self.listing, out)
        earlier.usable()
        return earlier

    def results(self, skip: int = 0, *, growing: bool = False) -> Iterator[Batch]:
        """What comes of the items, batch by batch, the first `skip` items left out."""
        found = items(self.listing, self.stdin)
        todo = islice(sampled(found, self.sample) if self.sample else found, skip, None)
        for batch in self.engine.map(Work(self.plan, self.keys), batches(todo, growing=growing)):
            self.progress("cleaning", len(batch.ids), batch.size)
            yield batch


def run_to_folder(job: Job, out: Path, *, force: bool = False, resume: bool = False) -> Report:
    """Runs a job and writes its output folder.

    Raises:
        OutputError: the folder may not be written, or cannot be resumed.
    """
    started = time.time()
    if resume and layout.is_ours(out) and layout.read_mark(out)["state"] == "complete":
        tidy(out)
        return _report_of_folder(out)
    earlier = job.earlier(out)
    work = claim(out, job.listing.roots, force=force, resume=resume)
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
    finish(out, plan_digests(seen, job.plan), _run_facts(started), job.form)
    return report


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
        cure = "run it anew with --force"
        raise OutputError(
            "the sources or the options are not those of the run that was cut off", str(work.parent), cure
        )
    return state["items"], state["spool"]


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
    rejected = [entry for entry in read_output(out) if isinstance(entry, Rejected)]
    _write_html(out, _report_of_folder(out), documents, rejected)


def _write_html(out: Path, report: Report, documents: Iterable[Document], rejected: Iterable[Rejected]) -> None:
    with replacing(out / layout.HTML) as stream:
        write_report(stream, report, documents, rejected)


def _report_of_folder(out: Path) -> Report:
    return report_of_entries(read_output(out))


def _run_facts(started: float) -> dict[str, Any]:
    return {
        "version": version("corpusclean"),
        "python": platform.python_version(),
        "host": platform.node(),
        "system": platform.platform(),
        "started": round(started, 3),
        "seconds": round(time.time() - started, 3),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


@contextmanager
def corpus_in_scratch(job: Job) -> Iterator[Corpus]:
    """The decided corpus of a job, spooled to a temporary folder that goes with the block.

    What it keeps is added to the index of the job when the block ends well.
    """
    earlier = job.earlier()
    with tempfile.TemporaryDirectory(prefix="cleaner-") as folder, Spool(Path(folder) / "spool.jsonl") as spool:
        gathered = Gathered(spool)
        for batch in job.results():
            gathered.add(batch)
        corpus = decided(gathered, job.engine, job.plan, earlier.judge if earlier else None)
        yield corpus
        if earlier is not None:
            earlier.remember(corpus.documents(), job.form, corpus.files)


def run_to_stream(job: Job, stream: BinaryIO, *, history: bool = True, all_: bool = False) -> bool:
    """Runs a job and writes JSON Lines in the order of the inputs; with dedup, only what is kept unless `all_`.

    Returns:
        Whether every input was accepted.
    """
    if "dedup" in job.plan.stages:
        with corpus_in_scratch(job) as corpus:
            return _stream_corpus(corpus, stream, history=history, all_=all_)
    accepted = True
    for batch in job.results(growing=True):
        accepted &= all(batch.accepted)
        stream.writelines(batch.lines if history else map(_without_history, batch.lines))
        stream.flush()
    return accepted


def _stream_corpus(corpus: Corpus, stream: BinaryIO, *, history: bool, all_: bool) -> bool:
    in_order = sorted((place for _, place in corpus.kept))
    for place in in_order:
        document = corpus.document(place)
        if all_ or not document.is_dropped:
            stream.write(wire(document, history=history))
    stream.writelines(map(wire, corpus.refused))
    return not corpus.refused


def _without_history(line: bytes) -> bytes:
    entry = entry_of_line(line)
    return line if entry is None else wire(entry, history=False)
