"""An entry that needs another one stands only where that one stands by itself, or where two stand by each other."""

import pytest

from cleaner.strip.entry import Entry
from cleaner.strip.needs import standing
from cleaner.strip.rules import Hit


def hit(name: str, line: int, *needs: str, within: int = 2, last: int = -1) -> Hit:
    entry = Entry(name, "p", "line", "w", needs=tuple(f"p/{need}" for need in needs), within=within)
    return Hit(entry, line, max(last, line))


ANCHOR = hit("anchor", 10)


@pytest.mark.parametrize(
    ("hits", "left"),
    [
        ([hit("a", 8, "anchor"), ANCHOR], 2),
        ([hit("a", 7, "anchor"), ANCHOR], 1),
        ([hit("a", 0, "anchor", within=0), ANCHOR], 2),
        ([hit("a", 2, "anchor", last=8), ANCHOR], 2),  # its last line is near
        ([hit("a", 1, "a")], 0),  # nothing serves itself
        ([hit("a", 1, "a", within=0)], 0),
        ([hit("a", 1, "a", last=3)], 0),
        ([hit("a", 1, "a"), hit("a", 3, "a")], 2),  # another line of its kind does
        ([hit("a", 1, "a"), hit("a", 4, "a")], 0),
        ([hit("a", 1, "a", within=0), hit("a", 400, "a", within=0)], 2),
        ([hit("a", 1, "b"), hit("b", 2, "a")], 2),
        ([hit("a", 9, "b"), hit("b", 9, "c"), hit("c", 9, "none")], 0),  # whose own need fails serves nobody
        ([hit("a", 9, "b", "anchor"), hit("b", 9, "c"), ANCHOR], 2),
    ],
)
def test_a_hit_stands_with_what_it_needs(hits: list[Hit], left: int) -> None:
    assert len(standing(hits, {line: line for line in range(500)})) == left
