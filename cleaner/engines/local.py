"""The engine of one machine: batches over processes, results in the order of the batches."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from cleaner.dedup import DedupOptions

if TYPE_CHECKING:
    from cleaner.dedup import Decisions, Records, Texts

T = TypeVar("T")
R = TypeVar("R")

# Starting a worker costs about a second of imports and rule compilation; what this many batches cost at home is less.
BATCHES_AT_HOME = 4
# Batches under way per worker: enough to keep it busy, few enough to bound what waits in memory.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs in this process, or over `jobs` processes when there is work for them; 0 stands for all cores."""

    jobs: int = 0

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """``function`` of each item, in order; at most a few results per worker are under way."""
        jobs = self.jobs or os.cpu_count() or 1
        remaining = iter(items)
        at_home = None if jobs == 1 else BATCHES_AT_HOME
        yield from map(function, islice(remaining, at_home))
        first = next(remaining, None)
        if first is not None:
            yield from _spread(function, first, remaining, jobs)

    def decide(self, records: "Records", options: DedupOptions, texts: "Texts") -> "Decisions":
        """What dedup decides, in this process: candidates and their texts are few."""
        from cleaner.dedup import decide

        return decide(records, options, texts)


def _spread(function: Callable[[T], R], first: T, rest: Iterator[T], jobs: int) -> Iterator[R]:
    # Spawned, not forked: a fork copies threads' locks as they stand (NumPy's, DuckDB's) and is no default any more.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_serve)
    try:
        pending: deque[Future[R]] = deque([pool.submit(function, first)])
        for item in rest:
            pending.append(pool.submit(function, item))
            if len(pending) >= jobs * AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _serve() -> None:
    """An interrupt is the parent's to answer, who ends the workers; a worker whose parent was killed ends itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
