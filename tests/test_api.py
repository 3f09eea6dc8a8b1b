"""The library's front door."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path

import pytest

import cleaner
from cleaner.errors import OutputError, UsageError
from cleaner.plan import Plan
from cleaner.strip import StripOptions

SEEDS = Path(__file__).parent.parent / "seeds"
TEXTS = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def test_edits_speak_of_the_original_and_give_the_cleaned_text() -> None:
    for text in TEXTS:
        cleaned = cleaner.clean_text(text)
        rebuilt, at = [], 0
        for edit in cleaned.edits:
            assert text[edit.start : edit.end] == edit.removed
            rebuilt += [text[at : edit.start], edit.replacement]
            at = edit.end
        assert "".join(rebuilt) + text[at:] == cleaned.text


def test_a_pipeline_pickles_and_threads_share_it() -> None:
    pipeline = cleaner.Pipeline(Plan(strip=StripOptions(mode="safe")))
    again = pickle.loads(pickle.dumps(pipeline))  # noqa: S301 - our own bytes
    assert again == pipeline
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(again, TEXTS * 4)) == [pipeline(text) for text in TEXTS] * 4


def test_iter_takes_from_an_endless_generator_no_more_than_is_asked_for() -> None:
    taken = count()
    endless = (f"第{next(taken)}段。" for _ in count())
    assert [cleaned.text for cleaned in islice(cleaner.Pipeline().iter(endless), 3)] == [
        "第0段。",
        "第1段。",
        "第2段。",
    ]
    assert next(taken) == 3


def test_clean_files_writes_a_folder_and_returns_its_report(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report = cleaner.clean_files([SEEDS], tmp_path / "out", progress=lambda *step: told.append(step))
    assert (report.documents, report.kept, report.rejected) == (5, 5, 0)
    assert sum(documents for _, documents, _ in told) == 5
    assert sum(size for _, _, size in told) == report.bytes
    with pytest.raises(OutputError):
        cleaner.clean_files([SEEDS], tmp_path / "out")
    with pytest.raises(UsageError):
        cleaner.clean_files([tmp_path / "nosuch"], tmp_path / "other")


def test_clean_files_takes_one_source_as_it_takes_several(tmp_path: Path) -> None:
    assert cleaner.clean_files(str(SEEDS), tmp_path / "one") == cleaner.clean_files(SEEDS, tmp_path / "other")


def test_clean_files_passes_over_no_source_in_silence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nosuch: there is no such file or folder"):
        cleaner.clean_files([SEEDS, tmp_path / "nosuch"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_format_and_a_stage_that_there_are_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no format 'csv'; use one of tree, jsonl, parquet, mnbvc"):
        cleaner.clean_files([SEEDS], tmp_path / "out", form="csv")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="there is no stage 'stirp'; there are decode, repair"):
        Plan().only("repair", "stirp")
    with pytest.raises(UsageError, match="there is no stage 'stirp'"):
        Plan(stages=("stirp",))
    assert Plan().only("strip", "decode").stages == ("decode", "strip")


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, cleaner; print([name for name in ('numpy', 'rich', 'typer', 'duckdb') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"


def test_the_front_door_has_what_it_names_and_nothing_else() -> None:
    assert all(hasattr(cleaner, name) for name in cleaner.__all__)
    with pytest.raises(AttributeError):
        cleaner.nothing  # noqa: B018 - the look-up is the test
