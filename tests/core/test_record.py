import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.core.record import Record, parse
from tests.io.kinds import VALUES

KEYS = st.one_of(st.sampled_from(["text", "id", "_cleaner", ""]), st.text(max_size=4))
SPACE = st.sampled_from(["", " ", "\t ", "\n"])


@st.composite
def objects(draw: st.DrawFn) -> str:
    """An object as somebody may write it: any white space, keys in any order, some of them twice."""
    members = draw(st.lists(st.tuples(KEYS, VALUES), max_size=5))
    parts = [
        draw(SPACE) + json.dumps(key) + draw(SPACE) + ":" + draw(SPACE) + json.dumps(value) + draw(SPACE)
        for key, value in members
    ]
    return "{" + (",".join(parts) or draw(SPACE)) + "}"


@given(objects())
def test_parsing_finds_what_json_finds(text: str) -> None:
    parsed = parse(text)
    assert parsed.values == json.loads(text)
    assert {key: json.loads(piece) for key, piece in parsed.pieces().items()} == parsed.values


@given(objects(), st.text())
def test_a_gap_takes_out_one_value_and_nothing_else(text: str, other: str) -> None:
    parsed = parse(text)
    for key in parsed.values:
        record = parsed.gap(key)
        assert parse(record.line(other)).values == {**parsed.values, key: other}
        assert record.before + parsed.pieces()[key] + record.after == text


@given(objects(), VALUES)
@example('{"text": "a" }', 1)
@example('{ "text":"a"}', {"b": [None]})
def test_what_is_added_can_be_cut_out_again(text: str, added: object) -> None:
    parsed = parse(text)
    if "text" not in parsed.values or "_cleaner" in parsed.values:
        return
    record = parsed.gap("text")
    again = parse(record.line("new", {"_cleaner": added}))
    assert again.values["_cleaner"] == added
    assert again.gap("text", "_cleaner") == record


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"_cleaner": 1, "text": "a"}', '{"text": "a"}'),
        ('{"text": "a", "_cleaner": 1}', '{"text": "a"}'),
        ('{"x": 1 , "_cleaner": {"y": ","} , "text": "a"}', '{"x": 1  , "text": "a"}'),
    ],
)
def test_the_reserved_key_goes_with_its_comma(text: str, wanted: str) -> None:
    assert parse(text).gap("text", "_cleaner").line("a") == wanted


@pytest.mark.parametrize(
    "text", ["", "{", "{}x", '{"a"}', '{"a":}', '{"a":1,}', "{,}", '{"a":1 "b":2}', "{'a':1}", "nul"]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"line 1 column \d+"):
        parse(text)


@pytest.mark.parametrize("text", ["[]", "1", '"a"', "null"])
def test_what_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(TypeError):
        parse(text)


def test_bytes_must_be_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        parse('{"text": "汉"}'.encode("gbk"))


def test_numbers_of_any_length_and_form_stay_as_they_are() -> None:
    line = '{"a": ' + "9" * 5000 + ', "b": 1.50, "c": -0, "d": 1e400, "text": "x", "e": NaN}'
    assert parse(line).gap("text").line("x") == line


def test_lone_surrogates_stay_escaped() -> None:
    line = r'{"a": "\ud800", "text": "x"}'
    assert parse(line).gap("text").line("\udc00") == r'{"a": "\ud800", "text": "\udc00"}'
    parse(line).gap("text").line("\udc00").encode()


def test_an_empty_object_takes_members() -> None:
    assert Record('{"t": ', "}").line("a", {"b": 1}) == '{"t": "a", "b": 1}'
