"""What is to be run, and by whom."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from cleaner.core.progress import Progress, silent
from cleaner.engines.arriving import arriving
from cleaner.engines.corpus import Engine
from cleaner.engines.work import Batch, Work, batches
from cleaner.index import Index
from cleaner.index.using import Earlier
from cleaner.io.items import items
from cleaner.io.layout import Format
from cleaner.io.reading import Keys
from cleaner.io.sources import Listing, sampled
from cleaner.plan import Plan


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

    def results(self, skip: int = 0, *, at_once: bool = False) -> Iterator[Batch]:
        """What comes of the items, batch by batch.

        Args:
            skip: how many items are left out at the beginning.
            at_once: whether an item is worked on when it arrives, or waits for a batch.
        """
        found = items(self.listing, self.stdin)
        todo = islice(sampled(found, self.sample) if self.sample else found, skip, None)
        for batch in self.engine.map(Work(self.plan, self.keys), arriving(todo) if at_once else batches(todo)):
            self.progress("cleaning", len(batch.ids), batch.size)
            yield batch
