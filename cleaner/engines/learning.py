"""Learning the lines that the pages of a site share, from a job's own sources."""

from collections.abc import Iterator
from dataclasses import replace

from cleaner.core.document import Document
from cleaner.engines.job import Job
from cleaner.engines.stream import corpus_in_scratch
from cleaner.strip.learn import learn
from cleaner.strip.pack import load


def learned_pack(job: Job, name: str = "learned") -> str:
    """The TOML of the pack that the decoded and repaired documents of a job teach.

    The documents are spooled to a temporary folder once, and read from it in each of the two passes.
    """
    with corpus_in_scratch(replace(job, plan=job.plan.only("decode", "repair"))) as corpus:

        def documents() -> Iterator[tuple[str, str]]:
            return ((entry.id, entry.text) for entry in corpus.entries() if isinstance(entry, Document))

        return learn(documents, name)


def with_learning(job: Job) -> Job:
    """The job with what its own sources teach as one more rule pack; unchanged when they teach nothing."""
    pack = learned_pack(job)
    if not load(pack, "learned").entries:
        return job
    strip = replace(job.plan.strip, packs=(*job.plan.strip.packs, pack))
    return replace(job, plan=replace(job.plan, strip=strip), learned=pack)
