"""The laws, as properties of whole runs over generated corpora."""

import hashlib
import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.api import clean_text
from cleaner.core.document import Document
from cleaner.core.stage import STAGES
from cleaner.engines.job import Job
from cleaner.engines.local import LocalEngine
from cleaner.engines.run import run_to_folder
from cleaner.io.restore import restore
from cleaner.io.sources import list_sources
from cleaner.io.written import read_output
from cleaner.plan import Plan
from tests.engines.partitions import PartitionEngine
from tests.runs import content, lines, run, scratch, stage_stream, texts
from tests.strategies import clean_texts, corpora
from tests.strategies import texts as any_texts

slow = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow
@given(corpora())
def test_law_1_nothing_is_lost(corpus: dict[str, bytes]) -> None:
    with scratch(corpus) as root:
        if not corpus:
            return
        out = run(root / "in", root / "out")
        restore(root / "out", root / "back", lambda _: True, None)
        rejected = {line["id"]: line["sha256"] for line in lines(out, "rejected.jsonl")}
        back = content(root / "back")
        assert back.keys() | rejected.keys() == corpus.keys()
        assert all(back[id_] == corpus[id_] for id_ in back)
        assert all(digest == hashlib.sha256(corpus[id_]).hexdigest() for id_, digest in rejected.items())
        assert content(root / "in") == corpus


@slow
@given(corpora())
def test_law_2_the_history_replays(corpus: dict[str, bytes]) -> None:
    with scratch(corpus) as root:
        if not corpus:
            return
        run(root / "in", root / "out")
        for document in read_output(root / "out"):
            if isinstance(document, Document):
                text = document.original
                assert document.flat.apply(text) == document.text
                for start, end, rule in document.removed:
                    assert rule
                    assert 0 <= start < end <= len(text)


@slow
@given(corpora())
def test_law_3_cleaning_what_is_clean_changes_nothing(corpus: dict[str, bytes]) -> None:
    with scratch(corpus) as root:
        if not corpus:
            return
        first = texts(run(root / "in", root / "out"))
        if first:
            second = run(root / "out" / "documents", root / "again")
            assert texts(second) == first
            assert not any(line["history"] for line in lines(second, "ledger.jsonl"))


@slow
@given(corpora())
def test_law_3_a_run_over_its_own_folder_gives_that_folder(corpus: dict[str, bytes]) -> None:
    with scratch(corpus) as root:
        if not corpus:
            return
        first, second = run(root / "in", root / "out"), run(root / "out", root / "again")
        assert texts(second) == texts(first)
        for before, after in zip(lines(first, "ledger.jsonl"), lines(second, "ledger.jsonl"), strict=True):
            said = [json.dumps(flag, sort_keys=True) for flag in after.pop("flags")]
            assert len(said) == len(set(said)) <= len(before.pop("flags"))
            assert after == before


@slow
@given(any_texts())
def test_law_3_holds_for_every_text(text: str) -> None:
    once = clean_text(text).text
    assert clean_text(once).edits == ()


@slow
@given(clean_texts())
def test_law_4_clean_utf8_is_decoded_and_repaired_to_itself(text: str) -> None:
    with scratch({"a.txt": text.encode()}) as root:
        out = run(root / "in", root / "out", Plan().only("decode", "repair"))
        assert out["documents/a.txt"] == text.encode()


@slow
@given(corpora(), st.integers(0, 1000))
def test_law_5_no_engine_and_no_order_changes_anything(corpus: dict[str, bytes], seed: int) -> None:
    with scratch(corpus) as root:
        if not corpus:
            return
        one = run(root / "in", root / "one")
        other = run(root / "in", root / "other", engine=PartitionEngine(seed))
        assert one == other


@slow
@given(corpora())
def test_law_6_the_chain_is_the_run(corpus: dict[str, bytes]) -> None:
    with scratch(corpus) as root:
        if not corpus:
            return
        whole = run(root / "in", root / "whole")
        stream = stage_stream(Plan().only("decode"), [str(root / "in")])
        for stage in STAGES[1:-1]:
            stream = stage_stream(Plan().only(stage), ["-"], stream)
        job = Job(Plan().only("dedup"), list_sources(["-"]), LocalEngine(1), stdin=io.BytesIO(stream))
        run_to_folder(job, root / "chain")
        assert content(root / "chain") == whole


@slow
@given(corpora())
def test_law_7_what_is_uncertain_is_flagged_or_rejected_when_strict(corpus: dict[str, bytes]) -> None:
    from cleaner.decode import DecodeOptions

    with scratch(corpus) as root:
        if not corpus:
            return
        lax = run(root / "in", root / "lax")
        strict = run(root / "in", root / "strict", Plan(decode=DecodeOptions(strict=True)))
        flagged = {
            line["id"]
            for line in lines(lax, "ledger.jsonl")
            if any(flag["rule"] in ("decode/undecided", "decode/ambiguous") for flag in line["flags"])
        }
        refused = {line["id"] for line in lines(lax, "rejected.jsonl")}
        assert {line["id"] for line in lines(strict, "rejected.jsonl")} == flagged | refused
