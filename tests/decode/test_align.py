"""Damaged and mixed files: the family, the characters that come back, the segments."""

import random

import pytest

from benchmarks.decode.measure import placed, recovered, restored
from cleaner.decode import decode
from cleaner.decode.codec import codec
from tests.decode.helpers import is_hanzi, texts


@pytest.mark.parametrize(
    ("name", "rate", "rounds", "floor"),
    [
        ("gb18030", 1e-4, 6, 0.9997), ("gb18030", 1e-3, 2, 0.998), ("gb18030", 1e-2, 1, 0.9805),
        ("big5", 1e-4, 6, 0.9997), ("big5", 1e-3, 2, 0.998), ("big5", 1e-2, 1, 0.9805),
        ("utf-8", 1e-4, 3, 0.9997), ("utf-8", 1e-3, 2, 0.997), ("utf-8", 1e-2, 1, 0.972),
    ],
)  # fmt: skip
def test_random_bytes_lose_little_but_the_characters_they_hit(
    name: str, rate: float, rounds: int, floor: float
) -> None:
    rng = random.Random(f"{name} {rate}")  # noqa: S311 - repeatable damage
    total = hit = 0
    for text in [text[:4000] for text in texts(name)]:
        chars = placed([(text, name)])
        clean = codec(name).encode(text)
        for _ in range(rounds):
            dirty = bytearray(clean)
            for at in rng.sample(range(len(dirty)), max(1, round(len(dirty) * rate))):
                dirty[at] = rng.randrange(256)
            decoded = decode(bytes(dirty))
            assert decoded.codec == name
            assert restored(decoded) == bytes(dirty)
            found = recovered(decoded)
            total, hit = total + len(chars), hit + sum(char in found for char in chars)
    assert hit / total >= floor


@pytest.mark.parametrize("place", [0, 1, 500, 501, -2])
@pytest.mark.parametrize("change", [b"\xff", b"", b"\x80\xff", b"\0"])
@pytest.mark.parametrize("name", ["gb18030", "big5", "utf-8"])
def test_one_bad_byte_never_changes_the_family(name: str, place: int, change: bytes) -> None:
    data = codec(name).encode(texts(name)[0][:1500])
    dirty = data[:place] + change + data[place:][1:]
    decoded = decode(dirty)
    assert decoded.codec == name
    assert restored(decoded) == dirty


def test_every_lost_byte_is_patched_and_flagged() -> None:
    decoded = decode("我们的系统".encode("gbk") + b"\xff" + "非常稳定".encode("gbk"))
    assert decoded.text == "我们的系统�非常稳定"
    assert [(patch.start, patch.end, patch.data) for patch in decoded.byte_patches] == [(5, 6, b"\xff")]
    assert [(flag.rule, flag.start) for flag in decoded.flags if flag.rule == "decode/undecodable"] == [
        ("decode/undecodable", 5)
    ]


@pytest.mark.parametrize("name", ["gb18030", "big5"])
@pytest.mark.parametrize("share", [0.05, 0.5])
def test_lines_of_two_codecs_are_read_each_in_its_own(name: str, share: float) -> None:
    rng = random.Random(f"{name} {share}")  # noqa: S311 - repeatable files
    lines = [line for line in "".join(texts(name)).splitlines(keepends=True) if sum(map(is_hanzi, line)) >= 4][:120]
    rows = [(line, "utf-8" if rng.random() < share else name) for line in lines]
    data = b"".join(codec(each).encode(line) for line, each in rows)
    decoded = decode(data)
    assert decoded.text == "".join(lines)
    assert {segment.codec for segment in decoded.segments} == {name, "utf-8"}
    assert "decode/mixed" in {flag.rule for flag in decoded.flags}
    assert restored(decoded) == data


@pytest.mark.parametrize("name", ["gb18030", "big5"])
def test_a_switch_inside_a_line_is_found(name: str) -> None:
    one, two = "第一部分是旧的内容，", "後面是新的部分。\n"
    one = codec(name).decode(one.encode({"big5": "big5"}.get(name, "gbk"), "ignore"))
    data = (codec(name).encode(one) + two.encode()) * 20
    decoded = decode(data)
    assert decoded.text == (one + two) * 20
    assert decoded.segments[0].codec == name


def test_segments_tile_the_text() -> None:
    data = "旧的内容在这里\n".encode("gbk") * 5 + "新的内容在这里\n".encode() * 5
    decoded = decode(data)
    assert [(segment.start, segment.codec) for segment in decoded.segments] == [(0, "gb18030"), (40, "utf-8")]
    assert decoded.segments[-1].end == len(decoded.text)
