from pathlib import Path

import pytest

from benchmarks.dedup.corpus import Planted, make, read
from cleaner.dedup import DedupOptions, decide, observe_texts
from tests.dedup import oracle


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], list[Planted]]:
    folder: Path = tmp_path_factory.mktemp("planted") / "corpus"
    planted = make(folder, documents=160, pairs_per_level=12, characters=900)
    return {path.name: read(path) for path in sorted(folder.glob("*.txt"))}, planted


@pytest.mark.parametrize("threshold", [0.6, 0.7, 0.8, 0.9])
def test_all_planted_pairs_are_found_and_nothing_else(
    corpus: tuple[dict[str, str], list[Planted]], threshold: float
) -> None:
    texts, planted = corpus
    options = DedupOptions(threshold=threshold)
    decisions = decide(observe_texts(list(texts), list(texts.values()), options), options, texts.__getitem__)
    dropped = {decision.id: decision.verdict.of for decision in decisions.dropped}
    assert all(oracle.jaccard(texts[one], texts[two]) >= threshold for one, two in dropped.items())
    names = [(f"{pair.one:06d}.txt", f"{pair.two:06d}.txt") for pair in planted]
    reaching = [(one, two) for one, two in names if oracle.jaccard(texts[one], texts[two]) >= threshold]
    missed = [pair for pair in reaching if pair not in dropped.items() and pair[::-1] not in dropped.items()]
    assert len(reaching) >= 10
    assert len(missed) <= 0.01 * len(reaching)
