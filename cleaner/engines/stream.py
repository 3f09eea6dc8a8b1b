"""A run to a stream, or to findings: nothing is written but what is asked for."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleaner.core.ledger import entry_of_line
from cleaner.engines.corpus import Corpus, Gathered, decided
from cleaner.engines.job import Job
from cleaner.engines.work import wire
from cleaner.io.spool import Spool


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
    for batch in job.results(at_once=True):
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
