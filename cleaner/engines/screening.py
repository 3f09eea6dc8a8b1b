"""A first pass over files: those that cannot have a near-duplicate need no second look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import numpy.typing as npt

from cleaner.core.progress import silent
from cleaner.dedup import companions, outlines, telling
from cleaner.dedup.options import SLOTS
from cleaner.dedup.sketch import EMPTY
from cleaner.engines.job import Job
from cleaner.engines.work import batches, weight
from cleaner.io.kinds import kind_of
from cleaner.io.reading import read_text
from cleaner.io.sources import FileItem
from cleaner.plan import Plan

Numbered = tuple[int, Sequence[FileItem]]


@dataclass(frozen=True, slots=True, eq=False)
class Outlined:
    """What the first pass saw of some files in a row.

    Attributes:
        first: the number of the first file.
        outlines: of the documents among them, one column each, ``shape (128, documents)``.
        accepted: which of the files are documents.
        size: bytes of the files.
    """

    first: int
    outlines: npt.NDArray[np.uint32]
    accepted: npt.NDArray[np.bool_]
    size: int


@dataclass(frozen=True, slots=True)
class Outlining:
    """The first pass over a batch as a picklable function: read, decode, outline."""

    plan: Plan

    def __call__(self, batch: Numbered) -> Outlined:
        """The outlines of the batch."""
        first, files = batch
        texts = [read_text(self.plan, file) for file in files]
        accepted = np.array([text is not None for text in texts], np.bool_)
        held = outlines([text for text in texts if text is not None], self.plan.dedup)
        return Outlined(first, held, accepted, sum(map(weight, files)))


def screened(job: Job) -> Job:
    """The job over those of its files that may have a near-duplicate or are rejected: dedup tells the same of them.

    A job that asks more of its files than that comes back as it is.
    """
    if not (telling(job.plan.dedup) and _is_plain(job)):
        return job
    files = job.listing.files
    held = np.full((SLOTS, len(files)), EMPTY, np.uint32)
    chosen = np.ones(len(files), np.bool_)
    for part in job.engine.map(Outlining(job.plan), _numbered(files)):
        job.progress("reading", len(part.accepted), part.size)
        chosen[part.first : part.first + len(part.accepted)] = ~part.accepted
        held[:, part.first + np.flatnonzero(part.accepted)] = part.outlines
    chosen[companions(held, job.plan.dedup)] = True
    listing = replace(job.listing, files=tuple(compress(files, chosen)))
    return replace(job, listing=listing, progress=silent)


def _is_plain(job: Job) -> bool:
    """Whether all that is wanted are the near-duplicates among whole files as they are, each with its own id."""
    listing = job.listing
    whole = all(kind_of(file.id).form in ("text", "html") for file in listing.files)
    own = job.plan.stages == ("dedup",) and not listing.shares_ids
    others = listing.stdin or listing.outputs or job.index is not None or job.plan.dedup.containment
    return whole and own and not others


def _numbered(files: Sequence[FileItem]) -> Iterator[Numbered]:
    done = 0
    for batch in batches(files):
        yield done, batch
        done += len(batch)
