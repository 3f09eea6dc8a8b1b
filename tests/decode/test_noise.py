"""What is refused because it reads as no text, and the texts that come near it."""

import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks.decode.binaries import found, made, pieces
from benchmarks.decode.measure import attempt
from cleaner.decode import decode
from cleaner.decode.noise import is_smooth
from cleaner.errors import BinaryError


@pytest.mark.parametrize("seed", range(3))
def test_pieces_of_binaries_are_refused(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same pieces in every run
    cut = pieces(rng, [*made(rng), *found(rng, [Path(np.__file__).parent], 6)], 3)
    assert [(kind, data[:40]) for kind, data in cut if attempt(data) is not None] == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(300), "nothing but NULs"),
        ("Größe\x01\x02 und Gewicht\x03 ".encode("latin-1") * 20, "control characters"),
        (bytes(300) + b"check_pri", "little but NULs"),
        (b"\xff" * 9000, "noise in every known encoding"),
        (b"\xaa\x55" * 2000, "noise in every known encoding"),
        (b"\x1c\0\0\0" * 50, "control characters"),
        (np.arange(0x600, 0x6FF, dtype="<u4").tobytes(), "noise in every known encoding"),
        (b"\xfe\xff" + bytes(range(256)) * 20, "noise in every known encoding"),
        (b"\x93NUMPY\1\0v\0{'descr': '|i1', 'fortran_order': False, 'shape': (9,), }\n" + bytes(900), "a NumPy array"),
        (b"one\0two\0three\0four\0", "control characters"),
        (random.Random(1).randbytes(900), "noise in every known encoding"),  # noqa: S311 - repeatable noise
        (b"BM\x01\0\0\0" + bytes(range(1, 200)), "a bitmap image"),
    ],
)
def test_a_refusal_says_what_the_bytes_are(data: bytes, words: str) -> None:
    with pytest.raises(BinaryError, match=f"^the bytes are .*{words}, not text"):
        decode(data)


@pytest.mark.parametrize(
    "text",
    [
        "工程名称\x01施工单位\x02\x13\x15\n" * 4 + "竣工验收资料一览表，由施工单位填写。\n" * 30,
        "收支情况一览表\n" + "────────────────────\n                    \n" * 30,
        "各位代表：\n" + "\0" * 600,
        "\0" * 600 + "各位代表：现在开会。\n",
        "一行\0被坏字节打断的文字，\0仍然是文字。",
    ],
)
@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_texts_that_look_a_little_like_binaries_are_read(text: str, name: str) -> None:
    assert decode(text.encode(name)).text == text


def test_letters_of_one_byte_are_text_where_they_are_parted_by_blanks() -> None:
    assert decode("Быстрая лисица перепрыгнула через ленивую собаку. ".encode("koi8-r") * 4).codec == "koi8-r"
    with pytest.raises(BinaryError):
        decode(bytes(range(0xC0, 0x100)) * 4)


def test_a_table_of_characters_in_order_is_text_even_when_it_is_damaged() -> None:
    codes = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    rows = [b"".join(codes[start : start + 40]) for start in range(0, len(codes), 40)]
    rng = random.Random(5)  # noqa: S311 - repeatable damage
    data = bytearray(b"\n".join(rows))
    for at in rng.sample(range(len(data)), len(data) // 100):
        data[at] = rng.randrange(256)
    assert decode(bytes(data)).codec == "gb18030"


def test_smooth_is_what_goes_up_and_down_in_small_steps() -> None:
    wave = np.arange(400)
    assert is_smooth((128 + 90 * np.sin(wave / 9)).astype(np.uint8).tobytes())
    assert not is_smooth((128 + 3 * np.sin(wave / 9)).astype(np.uint8).tobytes())
    assert not is_smooth(b"")
