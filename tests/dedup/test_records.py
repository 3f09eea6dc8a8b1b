import pickle
from dataclasses import fields

import numpy as np
import pytest

from cleaner.dedup import DedupOptions, Pile, Records, observe_texts
from tests.dedup.corpus import corpus

TEXTS = corpus(20)
NAMES = list(TEXTS)


def observed(names: list[str], containment: float = 0.9) -> Records:
    return observe_texts(names, [TEXTS[name] for name in names], DedupOptions(containment=containment))


def assert_equal(one: Records, two: Records) -> None:
    for field in fields(Records):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name))


def parts() -> list[Records]:
    return [observed(NAMES[:3]), observed([]), observed(NAMES[3:4]), observed(NAMES[4:])]


def test_records_of_parts_are_those_of_the_whole() -> None:
    assert_equal(Records.concat(parts()), observed(NAMES))


@pytest.mark.parametrize("merged", [1, 4, 4096])
def test_a_pile_gives_what_concat_gives(merged: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.dedup.records._MERGED", merged)
    pile = Pile()
    for part in parts():
        pile.add(part)
    assert_equal(pile.done(), observed(NAMES))
    assert len(pile.done()) == 0


def test_taking_records_takes_their_samples_along() -> None:
    chosen = np.array([30, 2, 17])
    assert_equal(observed(NAMES).take(chosen), observed([NAMES[i] for i in chosen]))


def test_records_pickle() -> None:
    assert_equal(pickle.loads(pickle.dumps(observed(NAMES))), observed(NAMES))  # noqa: S301 - our own


def test_a_chunk_border_between_texts_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = observed(NAMES)
    monkeypatch.setattr("cleaner.dedup.records.CHUNK", 300)
    assert_equal(observed(NAMES), whole)


def test_a_document_takes_some_600_bytes() -> None:
    records = observed(NAMES, containment=0)
    taken = sum(getattr(records, field.name).nbytes for field in fields(Records))
    assert taken / len(records) < 600
    assert not len(records.samples)


def test_length_counts_all_but_white_space() -> None:
    records = observe_texts(["a"], ["《字》 a\u3000b\n😀\t"], DedupOptions())
    assert records.lengths.tolist() == [6]
