"""The engine of one machine: batches over processes, results in the order of the batches."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from queue import SimpleQueue
from time import perf_counter
from typing import TYPE_CHECKING, Generic, TypeVar

from cleaner.dedup import DedupOptions

if TYPE_CHECKING:
    from cleaner.dedup import Decisions, Records, Texts

T = TypeVar("T")
R = TypeVar("R")

# Starting workers costs about a second each, of imports and rules: that much work is done at home first.
HOME_SECONDS = 1.0
# Batches under way per worker: enough to keep it busy, few enough to bound what waits in memory.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs in this process, or over `jobs` processes when there is work for them; 0 stands for all cores."""

    jobs: int = 0

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """``function`` of each item, in order, as soon as it is known; at most a few per worker are under way."""
        jobs = self.jobs or os.cpu_count() or 1
        home = _Home()
        remaining = iter(items)
        for item in home.timed(remaining):
            if jobs > 1 and home.is_too_small:
                yield from _spread(function, chain((item,), remaining), jobs)
                return
            yield home.worked(function, item)

    def decide(self, records: "Records", options: DedupOptions, texts: "Texts") -> "Decisions":
        """What dedup decides, in this process: candidates and their texts are few."""
        from cleaner.dedup import decide

        return decide(records, options, texts)


@dataclass(slots=True)
class _Home:
    """How long this process waited for its last item, and how long it has worked; the first item warms it up."""

    waited: float = 0.0
    last: float = 0.0
    busy: float = 0.0
    warm: bool = False

    def timed(self, items: Iterator[T]) -> Iterator[T]:
        """The items, each wait for one noted."""
        while True:
            asked = perf_counter()
            try:
                item = next(items)
            except StopIteration:
                return
            self.waited = perf_counter() - asked
            yield item

    def worked(self, function: Callable[[T], R], item: T) -> R:
        """The result of the function, the work on it noted."""
        begun = perf_counter()
        result = function(item)
        self.last = perf_counter() - begun
        self.busy += self.last if self.warm else 0.0
        self.warm = True
        return result

    @property
    def is_too_small(self) -> bool:
        """Whether workers are worth their start: there is work, and it comes faster than it is done."""
        return self.busy >= HOME_SECONDS and self.waited < self.last


def _spread(function: Callable[[T], R], items: Iterator[T], jobs: int) -> Iterator[R]:
    # Spawned, not forked: a fork copies threads' locks as they stand (NumPy's, DuckDB's) and is no default any more.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_serve)
    line = _Line[R](threading.Semaphore(jobs * AHEAD))
    # Items are waited for in a thread of their own, so that a result is told while the next item is not there yet.
    threading.Thread(target=line.fill, args=(pool, function, items), daemon=True).start()
    try:
        yield from line.results()
    finally:
        line.close()
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(slots=True)
class _Line(Generic[R]):
    """What is under way, in order; no longer than its free places allow."""

    free: threading.Semaphore
    futures: SimpleQueue[Future[R] | None] = field(default_factory=SimpleQueue)
    closed: bool = False

    def fill(self, pool: ProcessPoolExecutor, function: Callable[[T], R], items: Iterator[T]) -> None:
        """Hands the items to the pool, until they end or nobody wants results any more."""
        try:
            for item in items:
                self.free.acquire()
                if self.closed:
                    return
                self.futures.put(pool.submit(function, item))
            self.futures.put(None)
        except BaseException as error:  # noqa: BLE001 - told where the results are read
            failed: Future[R] = Future()
            failed.set_exception(error)
            self.futures.put(failed)

    def results(self) -> Iterator[R]:
        """The results in order."""
        while (future := self.futures.get()) is not None:
            yield future.result()
            self.free.release()

    def close(self) -> None:
        """Ends `fill` when it next wants a place."""
        self.closed = True
        self.free.release()


def _serve() -> None:
    """An interrupt is the parent's to answer, who ends the workers; a worker whose parent was killed ends itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
