"""Items as they arrive: what waits is taken together, and nothing waits for more to come."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cleaner.engines.work import BATCH_BYTES, BATCH_ITEMS, weight
from cleaner.io.sources import Item

# Seconds; on Windows a wait without a limit does not hear an interrupt.
_TICK = 1.0


def arriving(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in batches of what has arrived meanwhile; the first ones hold one, two, four ... items at most.

    The items are waited for in a thread of their own, which runs no more than a batch ahead.
    """
    inbox = _Inbox()
    threading.Thread(target=inbox.fill, args=(items,), daemon=True).start()
    limit = 1
    try:
        while batch := inbox.taken(limit):
            yield batch
            limit = min(limit * 2, BATCH_ITEMS)
    finally:
        inbox.close()


@dataclass(slots=True)
class _Inbox:
    changed: threading.Condition = field(default_factory=threading.Condition)
    waiting: deque[Item] = field(default_factory=deque)
    size: int = 0
    error: BaseException | None = None
    ended: bool = False

    def fill(self, items: Iterable[Item]) -> None:
        """Takes in the items, until they end or nobody wants them any more."""
        try:
            for item in items:
                with self.changed:
                    self.changed.wait_for(lambda: self.ended or not self._full)
                    if self.ended:
                        return
                    self.waiting.append(item)
                    self.size += weight(item)
                    self.changed.notify_all()
        except BaseException as error:  # noqa: BLE001 - told where the items are taken
            self.error = error
        finally:
            self.close()

    @property
    def _full(self) -> bool:
        return len(self.waiting) >= BATCH_ITEMS or self.size >= BATCH_BYTES

    def taken(self, limit: int) -> list[Item]:
        """At least one item and at most `limit`; none when they have ended."""
        with self.changed:
            while not self.waiting and not self.ended:
                self.changed.wait(_TICK)
            batch = [self.waiting.popleft() for _ in range(min(limit, len(self.waiting)))]
            self.size -= sum(map(weight, batch))
            self.changed.notify_all()
        if not batch and self.error is not None:
            raise self.error
        return batch

    def close(self) -> None:
        """Ends `fill` when it next has an item."""
        with self.changed:
            self.ended = True
            self.changed.notify_all()
