"""Runs with an index: documents of earlier runs count as kept, and what a run keeps is known to the next."""

import io
import random
from pathlib import Path

import pytest

from cleaner.dedup import Decisions, DedupOptions, Records, Texts
from cleaner.engines.corpus import Engine
from cleaner.engines.job import Job
from cleaner.engines.run import run_to_folder
from cleaner.engines.stream import run_to_stream
from cleaner.errors import IndexStoreError
from cleaner.index.file import FileIndex
from cleaner.io.restore import restore
from cleaner.io.sources import list_sources
from cleaner.plan import Plan
from tests.engines.partitions import PartitionEngine
from tests.index.material import OPTIONS, edited, prose
from tests.runs import HOME, content, lines, texts, write


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    """An empty index."""
    made = FileIndex(tmp_path / "seen.duckdb", 1)
    made.create(OPTIONS)
    return made


def folder(path: Path, documents: dict[str, str]) -> Path:
    for name, text in documents.items():
        write(path / name, f"{text}。\n".encode())
    return path


def run(
    source: Path, out: Path, index: FileIndex, form: str = "tree", engine: Engine = HOME, **how: bool
) -> dict[str, bytes]:
    run_to_folder(Job(Plan(), list_sources([str(source)]), engine, form=form, index=index), out, **how)  # type: ignore[arg-type]
    return content(out)


@pytest.mark.parametrize("form", ["tree", "jsonl", "parquet"])
def test_a_near_duplicate_of_an_earlier_run_is_dropped_and_names_it(
    tmp_path: Path, index: FileIndex, form: str
) -> None:
    run(folder(tmp_path / "a", {"b.txt": prose(2), "sub/old.txt": prose(1)}), tmp_path / "one", index, form)
    out = run(folder(tmp_path / "b", {"new.txt": prose(3), "rep.txt": edited(prose(1), 4)}), tmp_path / "two", index)
    (dropped,) = lines(out, "duplicates.jsonl")
    where = {"tree": "/sub/old.txt", "jsonl": ".jsonl#2", "parquet": ".parquet#2"}[form]
    assert dropped["id"] == "rep.txt"
    assert dropped["kept"] == f"{tmp_path.as_posix()}/one/documents{where}"
    assert dropped["method"] == "jaccard"
    assert 0.9 < dropped["jaccard"] < 1
    assert dropped["lacking"] == 4
    assert sorted(texts(out)) == ["new.txt"]
    restore(tmp_path / "two", tmp_path / "back", lambda _: True, None)
    assert content(tmp_path / "back") == content(tmp_path / "b")


def test_the_same_text_in_another_script_is_an_exact_copy(tmp_path: Path, index: FileIndex) -> None:
    text = "發佈時間二○二四年，會議地點待定，請各位代表準時出席。" * 3
    run(folder(tmp_path / "a", {"old.txt": text}), tmp_path / "one", index)
    simplified = "发布时间二○二四年 会议地点待定 请各位代表准时出席" * 3
    out = run(folder(tmp_path / "b", {"new.txt": simplified}), tmp_path / "two", index)
    assert [(line["method"], line["jaccard"]) for line in lines(out, "duplicates.jsonl")] == [("exact", 1.0)]


def test_an_estimate_drops_nothing_but_is_flagged_with_its_interval(tmp_path: Path, index: FileIndex) -> None:
    run(folder(tmp_path / "a", {"old.txt": prose(1)}), tmp_path / "one", index)
    (tmp_path / "one" / "documents" / "old.txt").unlink()
    out = run(folder(tmp_path / "b", {"new.txt": edited(prose(1), 4)}), tmp_path / "two", index)
    (line,) = lines(out, "ledger.jsonl")
    (flag,) = line["flags"]
    assert line["verdict"] == {"kind": "kept"}
    assert flag["rule"] == "dedup/indexed"
    assert flag["evidence"]["of"].endswith("/one/documents/old.txt")
    assert flag["evidence"]["low"] < 0.95 < flag["evidence"]["high"]


def test_a_text_that_was_changed_since_counts_as_gone(tmp_path: Path, index: FileIndex) -> None:
    run(folder(tmp_path / "a", {"old.txt": prose(1)}), tmp_path / "one", index)
    (tmp_path / "one" / "documents" / "old.txt").write_text(prose(9))
    out = run(folder(tmp_path / "b", {"new.txt": edited(prose(1), 4)}), tmp_path / "two", index)
    assert [line["flags"][0]["rule"] for line in lines(out, "ledger.jsonl")] == ["dedup/indexed"]


def test_two_filled_in_forms_both_stay_and_are_flagged(tmp_path: Path, index: FileIndex) -> None:
    form = (
        "兹证明{}同志于{}年{}月{}日参加本单位组织的业务培训，学习期间遵守纪律，尊敬师长，团结同学，按时完成了规定的全部课程，"
        "经考核成绩合格，准予结业，特发此证，以资证明。持证人可凭本证书在本系统各下属单位申请相应岗位，各单位应当依照有关办法"
        "予以认可并妥善安排。本证书涂改无效，遗失不补，解释权归培训中心所有，望有关单位予以接洽为荷，此致敬礼"
    )
    run(folder(tmp_path / "a", {"old.txt": form.format("王小明", 2021, 3, 15)}), tmp_path / "one", index)
    other = form.format("王小明", 2023, 9, 28)
    out = run(folder(tmp_path / "b", {"new.txt": other}), tmp_path / "two", index)
    (line,) = lines(out, "ledger.jsonl")
    assert line["verdict"] == {"kind": "kept"}
    assert [flag["rule"] for flag in line["flags"]] == ["dedup/template"]


def test_no_order_and_no_engine_changes_the_answer(tmp_path: Path, index: FileIndex) -> None:
    folder(tmp_path / "a", {f"{seed}.txt": prose(seed) for seed in range(6)})
    run(tmp_path / "a", tmp_path / "one", index)
    rng = random.Random(5)  # noqa: S311 - texts, no secret
    new = {f"{at}.txt": edited(prose(rng.randrange(9)), rng.randrange(1, 40)) for at in range(24)}
    folder(tmp_path / "b", new)
    before = index.path.read_bytes()
    outs = []
    for engine in (HOME, PartitionEngine(1), PartitionEngine(2)):
        index.path.write_bytes(before)
        outs.append(run(tmp_path / "b", tmp_path / "two", index, engine=engine, force=True))
    assert outs[0] == outs[1] == outs[2]
    assert 0 < len(lines(outs[0], "duplicates.jsonl")) < 24


def test_a_run_that_is_made_again_answers_the_same(tmp_path: Path, index: FileIndex) -> None:
    source = folder(tmp_path / "a", {"a.txt": prose(1), "b.txt": edited(prose(1), 2), "c.txt": prose(3)})
    first = run(source, tmp_path / "one", index)
    held = list(index.entries())
    assert run(source, tmp_path / "one", index, force=True) == first
    assert list(index.entries()) == held


def test_documents_of_the_sources_do_not_stand_in_their_own_way(tmp_path: Path, index: FileIndex) -> None:
    source = folder(tmp_path / "a", {"a.txt": prose(1), "b.txt": edited(prose(1), 2)})
    run(source, tmp_path / "one", index)
    out = run(tmp_path / "one", tmp_path / "two", index)
    assert len(texts(out)) == 1


def test_what_is_kept_after_a_drop_is_judged_without_the_dropped(tmp_path: Path, index: FileIndex) -> None:
    """b falls for the index; c resembles b alone, and stays."""
    base = prose(1, 2000)
    close, far = edited(base, 30), edited(edited(base, 30)[::-1], 32)[::-1]
    run(folder(tmp_path / "a", {"old.txt": base}), tmp_path / "one", index)
    out = run(folder(tmp_path / "b", {"b.txt": close + "啊", "c.txt": far}), tmp_path / "two", index)
    assert [line["id"] for line in lines(out, "duplicates.jsonl")] == ["b.txt"]


def test_a_stream_drops_what_an_earlier_stream_had(index: FileIndex) -> None:
    def stream(text: str) -> bytes:
        out = io.BytesIO()
        line = f'{{"id": "7", "text": "{text}"}}\n'.encode()
        run_to_stream(Job(Plan(), list_sources(["-"]), HOME, stdin=io.BytesIO(line), index=index), out, history=False)
        return out.getvalue()

    assert stream(prose(1))
    assert not stream(prose(1))
    assert stream(prose(2))
    assert [entry.place.path for entry in index.entries()] == ["", ""]


def test_an_index_for_other_options_is_refused_before_anything_is_written(tmp_path: Path, index: FileIndex) -> None:
    source = folder(tmp_path / "a", {"a.txt": prose(1)})
    job = Job(Plan(dedup=DedupOptions(threshold=0.9)), list_sources([str(source)]), HOME, index=index)
    with pytest.raises(IndexStoreError, match=r"made for threshold 0\.8") as caught:
        run_to_folder(job, tmp_path / "out")
    assert "same options" in caught.value.cure
    assert not (tmp_path / "out").exists()


def test_a_run_that_another_one_overtook_keeps_nothing_twice(tmp_path: Path, index: FileIndex) -> None:
    class Overtaken:
        """While it decides, another run keeps its own copy."""

        map = HOME.map

        def decide(self, records: Records, options: DedupOptions, texts: Texts) -> Decisions:
            run(folder(tmp_path / "a", {"first.txt": prose(1)}), tmp_path / "one", index)
            return HOME.decide(records, options, texts)

    source = folder(tmp_path / "b", {"late.txt": edited(prose(1), 4), "own.txt": prose(2)})
    with pytest.raises(IndexStoreError, match=r"meanwhile added .*first\.txt, which late\.txt repeats.*--resume"):
        run(source, tmp_path / "two", index, engine=Overtaken())
    assert [entry.id for entry in index.entries()] == ["first.txt"]
    out = run(source, tmp_path / "two", index, resume=True)
    assert [(line["id"], line["kept"][-9:]) for line in lines(out, "duplicates.jsonl")] == [("late.txt", "first.txt")]
    assert [entry.id for entry in index.entries()] == ["first.txt", "own.txt"]


def test_what_another_run_adds_meanwhile_is_no_matter_when_nothing_repeats_it(tmp_path: Path, index: FileIndex) -> None:
    class Overtaken:
        map = HOME.map

        def decide(self, records: Records, options: DedupOptions, texts: Texts) -> Decisions:
            run(folder(tmp_path / "a", {"first.txt": prose(1)}), tmp_path / "one", index)
            return HOME.decide(records, options, texts)

    run(folder(tmp_path / "b", {"own.txt": prose(2)}), tmp_path / "two", index, engine=Overtaken())
    assert [entry.id for entry in index.entries()] == ["first.txt", "own.txt"]
