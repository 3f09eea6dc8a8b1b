"""The wire and the ledger: a document comes back as it was, and what is damaged is refused in words."""

import json
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core.document import BytePatch, Document, Flag, Rejected, Segment, Source, Verdict
from cleaner.core.edits import Edit, Evidence, Patch
from cleaner.core.ledger import (
    RESERVED,
    document_from_ledger,
    entry_of_line,
    from_wire,
    ledger_line,
    rejected_to_wire,
    to_wire,
)
from cleaner.core.record import parse
from cleaner.errors import RecordError

WORDS = st.text(max_size=8)
FACTS = st.one_of(WORDS, st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))
EVIDENCE: st.SearchStrategy[Evidence] = st.dictionaries(WORDS, FACTS, max_size=3).map(
    lambda facts: tuple(facts.items())
)
PLACES = st.integers(0, 9)
SEGMENTS = st.builds(Segment, PLACES, PLACES, WORDS)
BYTE_PATCHES = st.builds(BytePatch, PLACES, PLACES, st.binary(max_size=3))
FLAGS = st.builds(Flag, WORDS, PLACES, PLACES, WORDS, EVIDENCE)
VERDICTS = st.one_of(
    st.none(), st.just(Verdict()), st.builds(Verdict, st.just("dropped"), WORDS, WORDS, st.just(0.9), st.just(1.0))
)
SOURCES = st.builds(
    Source,
    path=WORDS,
    sha256=WORDS,
    size=st.integers(0),
    mtime=st.floats(0, 1e10),
    codec=WORDS,
    confidence=st.floats(0, 1),
    runner_up=WORDS,
    bom=st.binary(max_size=3),
    segments=st.lists(SEGMENTS, max_size=2).map(tuple),
    byte_patches=st.lists(BYTE_PATCHES, max_size=2).map(tuple),
    original=st.binary(max_size=4),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of every kind, files and records, with a history that fits their text."""
    source = draw(SOURCES)
    if draw(st.booleans()):
        key = draw(WORDS.filter(lambda name: name != RESERVED))
        fields = {**draw(st.dictionaries(WORDS, FACTS, max_size=3)), key: "old"}
        fields.pop(RESERVED, None)
        record = parse(json.dumps(fields)).gap(key)
        columns = draw(st.one_of(st.none(), st.just({key: "VARCHAR"})))
        source = replace(source, fields=replace(record, columns=columns), text_key=key, line=3)
    document = Document(draw(WORDS), draw(st.text(max_size=12)), source, options={"decode": draw(WORDS)})
    more = draw(st.dictionaries(WORDS.filter(lambda name: name not in ("id", "text", RESERVED)), FACTS, max_size=2))
    if more and source.fields is None:
        written = json.dumps({**more, "id": document.id, "text": "old"})
        document = replace(document, beside=parse(written).gap("text"))
    for _ in range(draw(st.integers(0, 2))):
        document = document.with_patch(draw(patches(document.text)), (draw(FLAGS),))
    return replace(document, verdict=draw(VERDICTS))


@st.composite
def patches(draw: st.DrawFn, text: str) -> Patch:
    """Edits that fit a text."""
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = zip(bounds[::2], bounds[1::2], strict=False)
    edits = (Edit(low, high, text[low:high], draw(WORDS), draw(WORDS), draw(EVIDENCE)) for low, high in spans)
    return Patch(draw(WORDS), tuple(edits))


@given(documents())
def test_a_document_comes_back_from_the_wire(document: Document) -> None:
    assert entry_of_line(to_wire(document)) == document


@given(documents())
def test_a_document_comes_back_from_the_ledger_its_text_and_what_stands_apart(document: Document) -> None:
    line = json.loads(json.dumps(ledger_line(document)))
    source = document.source
    back = document_from_ledger(line, document.text, source.fields, source.original)
    assert replace(back, options=document.options) == document


@given(documents())
def test_without_history_stands_the_record_alone(document: Document) -> None:
    record = parse(to_wire(document, history=False))
    assert RESERVED not in record.values
    key = document.source.text_key if document.source.fields is not None else "text"
    assert record.values[key] == document.text
    assert from_wire(record) is None


@given(st.builds(Rejected, WORDS, WORDS, WORDS))
def test_a_rejected_input_comes_back(rejected: Rejected) -> None:
    assert entry_of_line(rejected_to_wire(rejected)) == rejected


WIRE = json.loads(to_wire(Document("a", "x", Source("a", "", 1), options={})))
SOURCE = WIRE[RESERVED]["source"]
FLAG = {"rule": "strip/x", "start": 0, "end": 1, "why": "", "evidence": {}}
OVERLAPPING = {"start": 0, "end": 2, "removed": "x", "replacement": "", "rule": "", "evidence": {}}


@pytest.mark.parametrize("id_", ["b", None, 1])
def test_an_id_that_another_tool_changed_is_not_changed_back_in_silence(id_: object) -> None:
    with pytest.raises(RecordError, match="the id was changed since the history was written"):
        entry_of_line(json.dumps({**WIRE, "id": id_}).encode())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({RESERVED: 7}, "is not of schema 1 (it has none)"),
        ({RESERVED: {**WIRE[RESERVED], "schema": 2}}, "is not of schema 1 (it has schema 2)"),
        ({RESERVED: {"schema": 1}}, "is damaged (KeyError"),
        ({RESERVED: {**WIRE[RESERVED], "source": {}}}, "is damaged (KeyError"),
        ({RESERVED: {**WIRE[RESERVED], "history": [{"stage": "strip"}]}}, "is damaged (KeyError"),
        ({RESERVED: {**WIRE[RESERVED], "flags": [{"evidence": {}, "colour": 1}]}}, "is damaged (KeyError"),
        ({RESERVED: {**WIRE[RESERVED], "flags": [{**FLAG, "evidence": []}]}}, "is damaged (AttributeError"),
        ({RESERVED: {**WIRE[RESERVED], "flags": [{**FLAG, "evidence": {"a": [1]}}]}}, "'a' cannot be [1]"),
        ({RESERVED: {**WIRE[RESERVED], "flags": [{**FLAG, "start": "0"}]}}, "'start' cannot be '0'"),
        ({RESERVED: {**WIRE[RESERVED], "id": None}}, "None is no text"),
        ({RESERVED: {**WIRE[RESERVED], "options": {"strip": 5}}}, "5 is no text"),
        ({RESERVED: {**WIRE[RESERVED], "verdict": {"kind": "lost"}}}, "'kind' cannot be 'lost'"),
        ({RESERVED: {**WIRE[RESERVED], "source": {**SOURCE, "size": 1.5}}}, "'size' cannot be 1.5"),
        ({RESERVED: {**WIRE[RESERVED], "source": {**SOURCE, "mtime": inf}}}, "'mtime' cannot be inf"),
        (
            {RESERVED: {**WIRE[RESERVED], "source": {**SOURCE, "mtime": 10**400}}},
            "'mtime' cannot be 1",
        ),
        ({RESERVED: {"schema": 1, "sha256": []}, "error": "no"}, "'sha256' cannot be []"),
        (
            {RESERVED: {**WIRE[RESERVED], "history": [{"stage": "strip", "edits": [OVERLAPPING]}]}},
            "is damaged (EditErr",
        ),
        ({RESERVED: {**WIRE[RESERVED], "original": "abc"}}, "is damaged (Error"),
        ({"text": 7}, "is damaged (TypeError"),
    ],
)
def test_what_is_damaged_is_refused_in_words(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RecordError) as refused:
        entry_of_line(json.dumps({**WIRE, **changes}).encode())
    assert words in str(refused.value)
    assert "write it again" in refused.value.cure
