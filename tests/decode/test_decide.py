"""Marks, escapes, ambiguity, forced codecs, and what is refused."""

import gzip
import pickle
import random
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from cleaner.decode import DecodeOptions, decode, detect
from cleaner.errors import BinaryError, ConfigError, UndecidedError


def _noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)  # noqa: S311 - repeatable noise


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x20\x08\x06\0\0\0"


@pytest.mark.parametrize(
    ("mark", "python", "name"),
    [
        (b"\xef\xbb\xbf", "utf-8", "utf-8"), (b"\xef\xbb\xbf" * 2, "utf-8", "utf-8"),
        (b"\xff\xfe", "utf-16-le", "utf-16le"),
        (b"\xfe\xff", "utf-16-be", "utf-16be"), (b"\xff\xfe\0\0", "utf-32-le", "utf-32le"),
        (b"\0\0\xfe\xff", "utf-32-be", "utf-32be"), (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)  # fmt: skip
def test_a_byte_order_mark_decides_and_is_kept_beside_the_text(mark: bytes, python: str, name: str) -> None:
    decoded = decode(mark + "标记后面的正文".encode(python))
    assert (decoded.text, decoded.codec, decoded.bom) == ("标记后面的正文", name, mark)


@pytest.mark.parametrize("python", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["中文文本没有标记。\n", "plain English text\n", "Обычный русский текст\n"])
def test_utf16_and_utf32_without_mark_are_seen(python: str, text: str) -> None:
    assert decode((text * 4).encode(python)).text == text * 4


@pytest.mark.parametrize(
    ("text", "python", "name"),
    [
        ("己所不欲，勿施于人。\n", "hz", "hz-gb-2312"),
        ("こんにちは、世界。\n", "iso2022_jp", "iso-2022-jp"),
        ("안녕하세요 세계\n", "iso2022_kr", "iso-2022-kr"),
    ],
)
def test_seven_bit_codecs_are_told_by_their_escapes(text: str, python: str, name: str) -> None:
    decoded = decode(text.encode(python))
    assert (decoded.text, decoded.codec) == (text, name)


@pytest.mark.parametrize("text", ["if (x ~{ y }~) {}", "~{}~", "~{ab~}", "\x1b[31mred\x1b[m", "a\0b", "~{!!~}"])
def test_ascii_that_only_looks_like_escapes_stays(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("word", ["一些", "什么", "系统", "目前", "为什么"])
def test_gbk_words_that_are_valid_utf8_are_reported_as_ambiguous(word: str) -> None:
    data = word.encode("gbk")
    decoded = decode(data)
    assert (decoded.codec, decoded.runner_up, decoded.text) == ("utf-8", "gb18030", data.decode())
    assert [flag.rule for flag in decoded.flags] == ["decode/ambiguous"]
    assert detect(data).undecided
    with pytest.raises(UndecidedError, match="no encoding is sure enough"):
        decode(data, DecodeOptions(strict=True))


@pytest.mark.parametrize(
    "text", ["Да", "é", "café", "你好", "“x”", "Größe", "中", "—", "€5", "ПРИВЕТ", "•", "·", "ñ", "Ελλάδα"]
)
def test_short_utf8_is_not_called_ambiguous(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.flags) == (text, ())


def test_below_the_threshold_the_best_candidate_is_taken_and_flagged() -> None:
    data = b"int a; // \xa1\xa4\n"
    decoded = decode(data)
    assert decoded.confidence < DecodeOptions().threshold
    assert "decode/undecided" in {flag.rule for flag in decoded.flags}
    with pytest.raises(UndecidedError):
        decode(data, DecodeOptions(strict=True))


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_kr", "hz"])
def test_escapes_do_not_make_text_of_what_is_full_of_controls(codec: str) -> None:
    words = {"iso2022_kr": "다람쥐 헌 쳇바퀴에 타고파"}.get(codec, "中文和日本")
    sound = (words + "\n").encode(codec)
    assert decode(sound * 5).text == (words + "\n") * 5
    with pytest.raises(BinaryError, match="control characters"):
        decode(sound * 5 + b"\0a\0b\0c" * 40)


def test_a_forced_codec_is_used_whatever_the_bytes_say() -> None:
    assert decode("中文".encode(), DecodeOptions(encoding="GBK")).text == "中文".encode().decode("gb18030")
    with pytest.raises(ConfigError, match="unknown encoding 'klingon'"):
        DecodeOptions(encoding="klingon")


@pytest.mark.parametrize(
    "data",
    [
        PNG, PNG[9:] * 3, gzip.compress(b"text " * 500, mtime=0), gzip.compress(bytes(range(256)) * 9, mtime=0)[10:],
        b"PK\3\4\x14\0\0\0\x08\0" + bytes(range(200)), b"SQLite format 3\0\x10\0\1\1\0\x40\x20\x20" + bytes(80),
        b"\x7fELF\2\1\1\0" + bytes(64), pickle.dumps([1.5, "名", {"a": None}] * 20), pickle.dumps([0.1, 2] * 99, 2),
        _noise(500), _noise(20_000),
        array("h", [int(9000 * ((n % 37) / 18 - 1)) for n in range(2000)]).tobytes(),
        bytes(int(128 + 20 * ((n % 37) / 18 - 1)) for n in range(3000)),
        array("d", [n / 7 for n in range(300)]).tobytes(),
    ],
)  # fmt: skip
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryError, match="not text"):
        decode(data)


def test_detect_explains_itself() -> None:
    found = detect("今天的天气非常好，我们去公园。".encode("gbk") + b"\xff\n")
    assert (found.encoding, found.undecided) == ("gb18030", False)
    assert found.candidates[0].codec == "gb18030"
    assert found.candidates[0].first_failure == 30
    assert [candidate.score for candidate in found.candidates] == sorted(
        (each.score for each in found.candidates), reverse=True
    )
    assert any(line.startswith("chardet says") for line in found.evidence)
    assert any("not valid UTF-8 from byte 0" in line for line in found.evidence)
    assert detect(b"<meta charset=big5>").evidence[1] == "the file declares big5"


def test_utf8_needs_neither_chardet_nor_the_model() -> None:
    code = (
        "import sys; from cleaner.decode import decode, model; decode('清洗语料'.encode() * 99);"
        "print('chardet' in sys.modules, model.model.cache_info().misses)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0"]


def test_the_model_stays_below_a_megabyte() -> None:
    import cleaner.decode

    assert (Path(cleaner.decode.__file__).parent / "data" / "model.bin").stat().st_size < 1_000_000
