"""The engine of one machine: results in order, at home or over processes, as soon as they are known."""

import threading
from collections.abc import Iterator

import pytest

from cleaner.engines import local
from cleaner.engines.local import AHEAD, LocalEngine


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are started for the second item."""
    monkeypatch.setattr(local, "HOME_SECONDS", 0.0)


def slowly(number: int) -> int:
    return sum(range(20_000)) * 0 + number * number


@pytest.mark.usefixtures("at_once")
def test_results_come_in_the_order_of_the_items() -> None:
    assert list(LocalEngine(2).map(slowly, range(40))) == [number * number for number in range(40)]


@pytest.mark.usefixtures("at_once")
def test_a_result_is_told_while_the_next_item_is_not_there_yet() -> None:
    told: list[int] = []
    seen = threading.Event()

    def items() -> Iterator[int]:
        yield from range(4)
        assert seen.wait(60), "the fourth result waits for the fifth item"
        yield 4

    for result in LocalEngine(2).map(slowly, items()):
        told.append(result)
        if len(told) == 4:
            seen.set()
    assert told == [0, 1, 4, 9, 16]


@pytest.mark.usefixtures("at_once")
def test_no_more_is_taken_than_the_workers_need() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    for done, _ in enumerate(LocalEngine(2).map(slowly, items())):
        assert taken <= done + 2 * AHEAD + 2
        if done == 50:
            break


@pytest.mark.usefixtures("at_once")
def test_an_error_of_the_items_is_raised_where_the_results_are_read() -> None:
    def items() -> Iterator[int]:
        yield from range(5)
        raise RuntimeError("the disk is gone")

    results = LocalEngine(2).map(slowly, items())
    assert [next(results) for _ in range(5)] == [0, 1, 4, 9, 16]
    with pytest.raises(RuntimeError, match="the disk is gone"):
        next(results)


def test_little_work_stays_at_home() -> None:
    assert list(LocalEngine(2).map(lambda number: number + 1, range(100))) == list(range(1, 101))  # no lambda pickles
