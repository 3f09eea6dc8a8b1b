"""Duplicates told and nothing dropped: files are not spooled, those that are compared are read again."""

import tempfile
from bisect import bisect_left
from pathlib import Path
from typing import BinaryIO

from cleaner.core.jsonl import dump
from cleaner.engines.corpus import Gathered, decided
from cleaner.engines.job import Job
from cleaner.engines.screening import screened
from cleaner.engines.work import Entry, Work, batches, wire
from cleaner.io.items import items
from cleaner.io.output import duplicate_line
from cleaner.io.reading import read_item
from cleaner.io.spool import Spool


def report_duplicates(job: Job, stream: BinaryIO) -> bool:
    """Writes a line, as in duplicates.jsonl, for each document that dedup would drop, then what was rejected.

    Nothing is added to the index of the job.

    Returns:
        Whether every input was accepted.
    """
    earlier = job.earlier()
    job = screened(job)
    files = job.listing.files

    def again(id_: str) -> Entry:
        return read_item(job.plan, job.keys, files[bisect_left(files, id_, key=lambda file: file.id)])

    # Which of several documents of one id stays is decided by all that they are, so that these are spooled.
    work = Work(job.plan, job.keys, spooled=job.listing.shares_ids)
    with tempfile.TemporaryDirectory(prefix="cleaner-") as folder, Spool(Path(folder) / "spool.jsonl") as spool:
        gathered = Gathered(spool, again)
        for batch in job.engine.map(work, batches(items(job.listing, job.stdin))):
            job.progress("reading", len(batch.ids), batch.size)
            gathered.add(batch)
        corpus = decided(gathered, job.engine, job.plan, earlier.judge if earlier else None)
    dropped = corpus.decisions.dropped if corpus.decisions is not None else ()
    stream.writelines(dump(duplicate_line(decision.id, decision.verdict)) for decision in dropped)
    stream.writelines(map(wire, corpus.refused))
    return not corpus.refused
