"""Totals that merge in any order, and what report.json says of them."""

from functools import reduce
from itertools import permutations
from operator import add

from cleaner.core.document import Document, Flag, Source
from cleaner.core.edits import Patch, cut
from cleaner.core.report import Report, Tally, report_of


def document(name: str, *flags: str) -> Document:
    text = "ad1 webp text ad2 webp"
    patch = Patch("strip", (cut(text, 0, 9, "strip/ads/image-name"), cut(text, 13, 22, "strip/ads/image-name")))
    return Document(name, text, Source(name, "", 22)).with_patch(
        patch, tuple(Flag(rule, 0, 1, "why") for rule in flags)
    )


def test_rules_and_flags_are_counted_by_document_and_one_by_one() -> None:
    told = (report_of(document("a", "strip/brake", "strip/brake")) + report_of(document("b", "strip/brake"))).to_json()
    assert told["flags"] == {"strip/brake": {"documents": 2, "flags": 3}}
    assert told["stages"] == {"strip": {"strip/ads/image-name": {"documents": 2, "edits": 4, "characters": 36}}}
    assert (told["documents"], told["kept"], told["dropped"], told["removed"]) == (2, 2, 0, 36)


def test_the_sum_is_the_same_in_any_order() -> None:
    parts = [report_of(document("a")), report_of(document("b", "x/y")), Report(rejected=1, rules={"x/z": Tally(1)})]
    assert all(reduce(add, order) == reduce(add, parts) for order in permutations(parts))
