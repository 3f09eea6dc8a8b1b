"""Laws 1, 5 and 6 for every kind of source and every format of an output folder."""

import hashlib
import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document
from cleaner.core.record import parse
from cleaner.core.stage import STAGES
from cleaner.engines.corpus import Engine
from cleaner.engines.job import Job
from cleaner.engines.run import run_to_folder
from cleaner.io.files import read_whole
from cleaner.io.kinds import kind_of
from cleaner.io.layout import FORMATS, Format
from cleaner.io.packing import unpacked
from cleaner.io.restore import restore
from cleaner.io.rows import rows
from cleaner.io.sources import list_sources
from cleaner.io.written import read_output
from cleaner.plan import Plan
from tests.engines.partitions import PartitionEngine
from tests.io.kinds import PACKINGS, mixed, pages, parquet
from tests.runs import HOME, content, lines, stage_stream, texts, write

forms = st.sampled_from(FORMATS)
slow = settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@contextmanager
def disk(corpus: Mapping[str, Any]) -> Iterator[Path]:
    """The corpus below ``in`` of a folder."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in").mkdir()
        for name, data in corpus.items():
            packing = {"gz": ".gz", "zst": ".zst"}.get(kind_of(name).packing, "")
            held = data if isinstance(data, bytes) else PACKINGS[packing](parquet(data, root / "made.parquet"))
            write(root / "in" / name, held)
        yield root


def run(root: Path, out: str, form: Format, engine: Engine = HOME) -> dict[str, bytes]:
    run_to_folder(Job(Plan(), list_sources([str(root / "in")]), engine, form=form), root / out)
    return content(root / out)


def records(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The fields of every readable record of a folder, as JSON texts, by file."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted(folder.rglob("*")):
        kind = kind_of(path.name)
        name = path.relative_to(folder).as_posix()
        inner = kind_of(name).inner
        if kind.form == "parquet" and not kind.packing:
            found[inner] = [parse(line).pieces() for line, _ in rows(str(path))]
        elif kind.form == "jsonl":
            with path.open("rb") as raw:
                held = read_whole(unpacked(raw, kind.packing))
            found[inner] = [pieces for line in held.split(b"\n") if (pieces := fields(line)) is not None]
    return found


def fields(line: bytes) -> dict[str, str] | None:
    try:
        parsed = parse(line)
    except (ValueError, TypeError):
        return None
    pieces = parsed.pieces()
    if "text" in pieces:
        pieces["text"] = json.dumps(parsed.values["text"])  # the value counts, not how it was escaped
    return pieces


@slow
@given(mixed(), forms)
def test_law_1_every_original_comes_back(corpus: dict[str, Any], form: Format) -> None:
    with disk(corpus) as root:
        before = content(root / "in")
        out = run(root, "out", form)
        restore(root / "out", root / "back")
        refused = {line["id"]: line["sha256"] for line in lines(out, "rejected.jsonl")}
        for name, data in before.items():
            kind = kind_of(name)
            if kind.form in ("text", "html"):
                if name in refused:
                    assert refused[name] == hashlib.sha256(data).hexdigest()
                else:
                    inside = read_whole(unpacked(io.BytesIO(data), kind.packing))
                    assert (root / "back" / kind.inner).read_bytes() == inside
        back = records(root / "back")
        accepted = {(line["source"]["path"], line["source"]["line"]) for line in lines(out, "ledger.jsonl")}
        assert sum(map(len, back.values())) == sum(line > 0 for _, line in accepted)
        assert content(root / "in") == before


@slow
@given(mixed(), forms)
def test_law_1_records_come_back_field_by_field(corpus: dict[str, Any], form: Format) -> None:
    only = {name: data for name, data in corpus.items() if kind_of(name).form in ("jsonl", "parquet")}
    with disk(only) as root:
        if not only:
            return
        run(root, "out", form)
        restore(root / "out", root / "back")
        numbers = {
            (kind_of(entry.source.path).inner, entry.source.line)
            for entry in read_output(root / "out")
            if isinstance(entry, Document)
        }
        if any(kind_of(name).packing and kind_of(name).form == "parquet" for name in only):
            return  # the packed rows cannot be read here without unpacking; test_restore does it
        before, back = records(root / "in"), records(root / "back")
        for name, held in back.items():
            assert len(held) == sum(path == name for path, _ in numbers)
            assert all(row in before[name] for row in held)


@slow
@given(mixed(), forms, st.integers(0, 1000))
def test_law_5_no_engine_and_no_order_changes_anything(corpus: dict[str, Any], form: Format, seed: int) -> None:
    with disk(corpus) as root:
        assert run(root, "one", form) == run(root, "other", form, PartitionEngine(seed))


@slow
@given(mixed(), forms)
def test_law_6_the_chain_is_the_run(corpus: dict[str, Any], form: Format) -> None:
    with disk(corpus) as root:
        whole = run(root, "whole", form)
        stream = stage_stream(Plan().only("decode"), [str(root / "in")])
        for stage in STAGES[1:-1]:
            stream = stage_stream(Plan().only(stage), ["-"], stream)
        job = Job(Plan().only("dedup"), list_sources(["-"]), HOME, stdin=io.BytesIO(stream), form=form)
        run_to_folder(job, root / "chain")
        assert content(root / "chain") == whole


@pytest.mark.parametrize("form", FORMATS)
def test_law_6_holds_from_folder_to_folder(form: Format, tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.html", "<p>发表于 2023-2-3 21:00:09 | 显示全部楼层</p><p>正文第一段。</p>".encode())
    write(tmp_path / "in" / "b.jsonl", '{"id": 1, "text": "ad1 webp\\n正文。", "n": 1.0, "n": 2}\n'.encode())
    whole = run(tmp_path, "whole", form)
    source = tmp_path / "in"
    for stage in STAGES:
        target = tmp_path / stage
        job = Job(Plan().only(stage), list_sources([str(source)]), HOME)
        run_to_folder(replace(job, form=form), target)
        source = target
    assert content(source) == whole


@slow
@given(st.dictionaries(st.sampled_from(["a.html", "b.html"]), pages(), min_size=1))
def test_law_3_the_text_of_a_page_is_clean_once_it_is_cleaned(corpus: dict[str, bytes]) -> None:
    with disk(corpus) as root:
        first = texts(run(root, "out", "tree"))
        if first:
            job = Job(Plan(), list_sources([str(root / "out" / "documents")]), HOME)
            run_to_folder(job, root / "again")
            assert texts(content(root / "again")) == first
