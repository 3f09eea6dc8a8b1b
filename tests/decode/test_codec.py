"""The codecs against tables derived from the indexes of the Encoding Standard."""

from hashlib import sha256

import pytest

from cleaner.decode.align import LOST
from cleaner.decode.built import rebuilt
from cleaner.decode.codec import canonical, codec
from cleaner.decode.reading import read
from cleaner.errors import UsageError

# SHA-256 of what `python -m benchmarks.decode fidelity` compares code by code, made from the standard's index files.
GB_TWO_BYTES = "85373408efe24c652c0a2f37997df8c657b0e8a654d07d9f9d97f1ad16609bc6"
GB_FOUR_BYTES = "efc8b18e905caa9e0ea4187852ab4d90bb671c8c722cca4d6bd4f58746eb3e00"
BIG5 = "d3a32dd39574270cd8c5ded7d425f5af54ba7f3b2289920a8c48d6c34471f491"


def test_every_two_byte_code_of_gb18030_is_the_standards() -> None:
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    text = codec("gb18030").decode(
        bytes(byte for lead in range(0x81, 0xFF) for trail in trails for byte in (lead, trail))
    )
    assert len(text) == 23_940
    assert sha256(text.encode()).hexdigest() == GB_TWO_BYTES


def test_every_four_byte_code_of_the_basic_plane_is_the_standards() -> None:
    codes = b"".join(
        bytes((0x81 + n // 12_600, 0x30 + n // 1260 % 10, 0x81 + n // 10 % 126, 0x30 + n % 10)) for n in range(39_420)
    )
    text = codec("gb18030").decode(codes)
    assert sha256(text.encode()).hexdigest() == GB_FOUR_BYTES


def test_every_code_of_big5_is_the_standards() -> None:
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    codes = [bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in trails]
    rows = [(code.hex(), read(code, "big5").text) for code in codes]
    known = [(code, text) for code, text in rows if LOST not in text]
    assert len(known) == 18_594
    assert sha256("".join(code + text for code, text in known).encode()).hexdigest() == BIG5


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("gb18030", "80", "€"),
        ("gb18030", "a2e3", "€"),
        ("gb18030", "a1a4a1aa", "·—"),
        ("gb18030", "a3a0", "\u3000"),
        ("gb18030", "a6d9", "︐"),
        ("gb18030", "a8bc", "ḿ"),
        ("gb18030", "8135f437", "\ue7c7"),
        ("gb18030", "94 32 be 34", "\U0001f4a9"[:0] + bytes.fromhex("9432be34").decode("gb18030")),
        ("big5", "a145", "‧"),
        ("big5", "a1fea241a240a242", "／∕＼﹨"),
        ("big5", "c6a1", "①"),
        ("big5", "c6cf", "廴"),
        ("big5", "8862", "Ê̄"),
        ("big5", "a3e1", "€"),
        ("shift_jis", "8160", "～"),
        ("euc-kr", "8141", "갂"),
    ],
)
def test_a_code_reads_as_in_the_standard_and_comes_back(name: str, data: str, text: str) -> None:
    raw = bytes.fromhex(data)
    reading = read(raw, name)
    assert reading.text == text
    assert rebuilt(reading, name) == raw


@pytest.mark.parametrize("name", ["gb18030", "big5"])
@pytest.mark.parametrize("text", ["甲∕乙﹨丙／丁＼", "‧﹑¯～⊕⊙￥￠￡", "\u1e3f\ue7c7\ufe10"])
def test_corrected_characters_encode_and_come_back(name: str, text: str) -> None:
    known = codec(name)
    kept = "".join(char for char in text if name == "gb18030" or char not in "\u1e3f\ue7c7\ufe10")
    assert known.decode(known.encode(kept)) == kept


def test_a_code_between_others_is_not_torn_out_of_them() -> None:
    # B2 A2 | 41 and A2 41: only the second is the code A241.
    raw = bytes.fromhex("a4a2 41 a241 a741")
    assert read(raw, "big5").text == codec("big5").decode(raw[:3]) + "∕" + codec("big5").decode(raw[5:])


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GB2312", "gb18030"), ("gb_2312-80", "gb18030"), ("GBK", "gb18030"), ("x-gbk", "gb18030"),
        ("cp936", "gb18030"),
        ("Big5-HKSCS", "big5"), ("cp950", "big5"), ("sjis", "shift_jis"), ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"), ("latin1", "windows-1252"), ("ascii", "utf-8"), ("UTF8", "utf-8"),
        ("utf-8-sig", "utf-8"), ("hz-gb-2312", "hz-gb-2312"), ("koi8-r", "koi8-r"), ("rot13", ""), ("nonsense", ""),
        ("idna", ""), ("punycode", ""), ("undefined", ""),
    ],
)  # fmt: skip
def test_a_label_means_what_the_standard_says(label: str, name: str) -> None:
    assert canonical(label) == name


def test_an_unknown_codec_is_named() -> None:
    with pytest.raises(UsageError, match="unknown encoding 'nonsense'"):
        codec("nonsense")
