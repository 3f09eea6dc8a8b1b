"""Law 1 at the door: the bytes come back from the text, whatever they were."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.decode.measure import restored
from cleaner.decode import Decoded, DecodeOptions, decode
from cleaner.errors import BinaryError
from tests.decode.helpers import SEEDS

CODECS = (
    "utf-8",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc_jp",
    "cp949",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "hz",
    "iso2022_jp",
)
NAMES = (
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "utf-16le",
    "utf-32be",
    "hz-gb-2312",
    "iso-2022-jp",
    "windows-1252",
)


def assert_comes_back(data: bytes, options: DecodeOptions | None = None) -> None:
    try:
        decoded = decode(data, options or DecodeOptions())
    except BinaryError:
        return
    assert restored(decoded) == data
    assert all(patch.start <= patch.end <= len(decoded.text) for patch in decoded.byte_patches)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_accepted_bytes_come_back(data: bytes) -> None:
    assert_comes_back(data)


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.binary(max_size=80))
def test_any_bytes_come_back_from_a_forced_codec(name: str, data: bytes) -> None:
    assert_comes_back(data, DecodeOptions(encoding=name))


@settings(deadline=None)
@given(
    st.sampled_from(CODECS),
    st.text(alphabet=st.sampled_from("我们的系统漢字〜～・−かなカナ한글aé \r\n~{}\x1b€\ufeff"), max_size=60),
    st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=2)), max_size=4),
)
def test_mutated_text_of_any_codec_comes_back(codec: str, text: str, changes: list[tuple[int, bytes]]) -> None:
    data = text.encode(codec, "ignore")
    for place, piece in changes:
        data = data[:place] + piece + data[place + 1 :]
    assert_comes_back(data)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")))
def test_clean_utf8_is_read_as_it_is(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.codec, decoded.bom) == (text, "utf-8", b"")


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"]
)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_every_seed_reads_the_same_in_every_codec(seed: Path, codec: str) -> None:
    data = seed.read_bytes().decode().encode(codec, "ignore")  # GBK and HZ lack a few characters
    text = data.decode(codec)
    decoded = decode(data)
    assert decoded.text == text
    assert restored(decoded) == data


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_every_seed_in_traditional_characters_reads_the_same_from_big5(seed: Path) -> None:
    import opencc

    data = opencc.OpenCC("s2t").convert(seed.read_bytes().decode()).encode("cp950", "ignore")
    decoded = decode(data)
    assert decoded.codec == "big5"
    assert restored(decoded) == data
    assert decoded.text.count("\ufffd") == 0


def test_empty_input_is_an_empty_text() -> None:
    assert decode(b"") == Decoded("")


def test_line_terminators_stay_as_they_are() -> None:
    text = "一行\r\n二行\r三行\n四行\u2028五行\x85六行\x0b"
    assert decode(text.encode()).text == text
    assert decode(text.encode("gb18030")).text == text
