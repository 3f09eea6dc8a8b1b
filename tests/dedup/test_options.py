import pytest

from cleaner.dedup import DedupOptions, bands
from cleaner.errors import ConfigError


def test_the_defaults_cut_25_bands_of_5() -> None:
    cut = bands(DedupOptions())
    assert (cut.count, cut.rows) == (25, 5)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0])
@pytest.mark.parametrize("recall", [0.5, 0.9, 0.99, 0.999])
def test_bands_find_the_wanted_share_at_the_threshold(threshold: float, recall: float) -> None:
    cut = bands(DedupOptions(threshold=threshold, recall=recall))
    assert 1 - (1 - threshold**cut.rows) ** cut.count >= recall
    assert cut.count * cut.rows <= 128


BAD = {
    "unit": {"unit": "line"},
    "keep": {"keep": "best"},
    "threshold": {"threshold": 0.0},
    "above": {"threshold": 1.1},
    "nan": {"threshold": float("nan")},
    "recall": {"recall": 1.0},
    "containment": {"containment": -0.1},
}


@pytest.mark.parametrize("values", BAD.values(), ids=BAD)
def test_values_that_cannot_be_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=r"dedup\."):
        DedupOptions(**values)  # type: ignore[arg-type]


def test_a_recall_that_128_slots_cannot_give_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"at most 0\.\d+"):
        bands(DedupOptions(threshold=0.01, recall=0.99))
