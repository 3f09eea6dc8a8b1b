"""Learning the lines that the pages of a site share, from a job's own sources."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from cleaner.core.document import Document
from cleaner.engines.job import Job
from cleaner.engines.stream import corpus_in_scratch
from cleaner.engines.work import Entry
from cleaner.errors import UsageError
from cleaner.strip.learn import learn
from cleaner.strip.pack import load


def learned_pack(job: Job, name: str = "learned") -> str:
    """The TOML of the pack that the decoded and repaired documents of a job teach.

    The documents are spooled to a temporary folder once, and read from it in each of the two passes.
    """
    with corpus_in_scratch(replace(job, plan=job.plan.only("decode", "repair"))) as corpus:

        def documents() -> Iterator[tuple[str, str]]:
            return _distinct(corpus.entries())

        return learn(documents, name)


def _distinct(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The documents, of copies one: what four copies of a page share is the page, not its site's chrome."""
    seen: set[bytes] = set()
    for entry in entries:
        if isinstance(entry, Document):
            text = "".join(entry.text.split()).encode("utf-8", "surrogatepass")
            digest = blake2b(text, digest_size=16).digest()
            if digest not in seen:
                seen.add(digest)
                yield entry.id, entry.text


def with_learning(job: Job) -> Job:
    """The job with what its own sources teach as one more rule pack; unchanged when they teach nothing.

    Raises:
        UsageError: one of them is standard input, which comes only once.
    """
    if job.listing.stdin:
        raise UsageError("learning reads the sources twice, standard input comes once", "-", "write it to a file first")
    pack = learned_pack(job)
    if not load(pack, "learned").entries:
        return job
    strip = replace(job.plan.strip, packs=(*job.plan.strip.packs, pack))
    return replace(job, plan=replace(job.plan, strip=strip), learned=pack)
