import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.dedup import Decisions, DedupOptions, apply, candidates, decide, observe_texts, survivors, verify
from cleaner.dedup.contain import containers
from tests.dedup import oracle
from tests.dedup.corpus import edited, passages

OPTIONS = DedupOptions(containment=0.9)


def decided(texts: dict[str, str], options: DedupOptions = OPTIONS) -> Decisions:
    return decide(observe_texts(list(texts), list(texts.values()), options), options, texts.__getitem__)


def excerpts(length: int = 200, changes: int = 0) -> dict[str, str]:
    """Long documents of real prose, and an excerpt of each."""
    chance = random.Random(4)  # noqa: S311 - seeded on purpose
    texts = {}
    for number, piece in enumerate(passages(1500)):
        at = chance.randrange(len(piece) - length - 80)
        texts[f"{number:02d}-whole"] = piece
        cut = piece[at : at + length + 80]
        taken = next(cut[:end] for end in range(length, len(cut) + 1) if len(oracle.normal(cut[:end])) >= length)
        texts[f"{number:02d}-part"] = edited(taken, changes, chance, "甲乙丙丁")
    return texts


@pytest.mark.parametrize("changes", [0, 2])
def test_excerpts_from_200_characters_are_found(changes: int) -> None:
    texts = excerpts(changes=changes)
    decisions = decided(texts)
    planted = [
        name
        for name in texts
        if name.endswith("part") and oracle.containment(texts[name], texts[name.replace("part", "whole")]) >= 0.9
    ]
    found = [name for name in planted if decisions[name].verdict.of == name.replace("part", "whole")]
    assert len(planted) >= 25
    assert len(found) >= 0.95 * len(planted)
    assert {decision.verdict.method for decision in decisions} == {"containment"}


def test_an_excerpt_says_where_it_stands() -> None:
    whole = passages(1500)[2]
    texts = {"whole": whole, "part": whole[400:700] + "（完）"}
    decision = decided(texts)["part"]
    start, end = decision.where
    assert abs(start - 400) <= 5
    assert abs(end - 700) <= 5
    document = apply(Document("part", texts["part"], Source("part", "0" * 64, 1)), decision)
    assert document.flags[0].rule == "dedup/excerpt"
    assert dict(document.flags[0].evidence) == {"of": "whole", "start": start, "end": end}


@pytest.mark.parametrize("keep", ["longest", "first", "newest"])
def test_the_container_stays_whatever_the_policy(keep: str) -> None:
    whole = passages(1500)[3]
    texts = {"a-part": whole[300:700], "b-whole": whole, "c-larger": whole + passages(1500)[4]}
    options = DedupOptions(containment=0.9, keep=keep)
    decisions = decided(texts, options)
    assert {decision.id: decision.verdict.of for decision in decisions.dropped} == {
        "a-part": "c-larger",
        "b-whole": "c-larger",
    }


def test_without_the_option_an_excerpt_stays() -> None:
    assert not decided(excerpts(), DedupOptions())


def test_what_is_dropped_stands_in_a_kept_one_and_a_second_pass_drops_nothing() -> None:
    texts = {**excerpts(), **{f"x-{name}": text[40:] for name, text in excerpts(300, 1).items()}}
    decisions = decided(texts)
    for decision in decisions.dropped:
        verdict = decision.verdict
        assert decisions[verdict.of].verdict.kind == "kept"
        measure = oracle.jaccard if verdict.method == "jaccard" else oracle.containment
        assert measure(texts[decision.id], texts[verdict.of]) >= (0.8 if verdict.method == "jaccard" else 0.9)
    kept = {name: text for name, text in texts.items() if decisions[name].verdict.kind == "kept"}
    assert not decided(kept).dropped
    names = list(texts)
    random.Random(1).shuffle(names)  # noqa: S311 - seeded on purpose
    assert decided({name: texts[name] for name in names}) == decisions


def test_an_engine_that_scores_all_pairs_decides_alike() -> None:
    texts = {**excerpts(), **{f"x-{name}": text[40:] for name, text in excerpts(300, 1).items()}}
    names = list(texts)
    records = observe_texts(names, list(texts.values()), OPTIONS)
    pairs = candidates(records, OPTIONS)
    scores = [
        (verify(texts[names[i]], texts[names[j]], OPTIONS), verify(texts[names[j]], texts[names[i]], OPTIONS))
        for i, j in pairs
    ]
    assert survivors(records, OPTIONS, pairs, scores) == decide(records, OPTIONS, texts.__getitem__)


SETS = st.lists(st.sets(st.integers(0, 40), max_size=12), max_size=8)


@given(SETS, st.sampled_from((0.5, 0.9, 1.0)))
@settings(deadline=None)
def test_the_join_gives_all_pairs_that_share_enough(sets: list[set[int]], containment: float) -> None:
    samples = np.array([value for held in sets for value in sorted(held)], np.uint32)
    counts = np.array([len(held) for held in sets], np.int64)
    found = containers(samples, counts, np.arange(len(sets)), DedupOptions(containment=containment))
    wanted = []
    for i, one in enumerate(sets):
        error = (containment * (1 - containment) / max(len(one), 1)) ** 0.5
        needed = max(int(np.ceil(len(one) * (containment - 3 * error))), 1)
        wanted += [[i, j] for j, two in enumerate(sets) if j > i and len(one & two) >= needed]
    assert found.tolist() == wanted
