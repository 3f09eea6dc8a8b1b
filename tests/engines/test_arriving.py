"""What has arrived is taken together; nothing waits for more, and nothing runs far ahead."""

import threading
from collections.abc import Iterator

import pytest

from cleaner.engines.arriving import arriving
from cleaner.engines.work import BATCH_BYTES, BATCH_ITEMS
from cleaner.io.sources import LineItem


def item(number: int, size: int = 10) -> LineItem:
    return LineItem(b"x" * size, "-", number)


def test_each_item_is_handed_on_before_the_next_one_comes() -> None:
    asked = threading.Semaphore(0)

    def items() -> Iterator[LineItem]:
        for number in range(20):
            assert asked.acquire(timeout=60)
            yield item(number)
        assert asked.acquire(timeout=60)

    batches = arriving(items())
    for number in range(20):
        asked.release()
        assert next(batches) == [item(number)]
    asked.release()
    assert list(batches) == []


def test_every_item_comes_once_in_order_and_batches_grow_to_their_bound() -> None:
    batches = list(arriving(map(item, range(1000))))
    assert [each for batch in batches for each in batch] == list(map(item, range(1000)))
    assert len(batches[0]) == 1
    assert max(map(len, batches)) <= BATCH_ITEMS


def test_no_more_than_a_batch_is_read_ahead() -> None:
    read = 0

    def items() -> Iterator[LineItem]:
        nonlocal read
        for read in range(100):
            yield item(read, BATCH_BYTES // 4)

    batches = arriving(items())
    taken = sum(len(next(batches)) for _ in range(5))
    assert read <= taken + 5


def test_an_error_comes_after_the_items_before_it() -> None:
    def items() -> Iterator[LineItem]:
        yield item(0)
        raise OSError("the pipe broke")

    batches = arriving(items())
    assert next(batches) == [item(0)]
    with pytest.raises(OSError, match="the pipe broke"):
        next(batches)
