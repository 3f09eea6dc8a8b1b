"""Damage that still decodes: it is found, and put right without touching text that is only unusual."""

import random

import pytest

from benchmarks.decode.measure import placed, recovered
from cleaner.decode import Decoded
from cleaner.decode.built import Reading, rebuilt
from cleaner.decode.codec import codec
from cleaner.decode.doubt import shifts
from cleaner.decode.lines import exact
from cleaner.decode.reading import read
from tests.decode.helpers import texts


def _struck(text: str, name: str, place: int, byte: bytes) -> tuple[bytes, str]:
    """The bytes of a text with one of them replaced, and the text that they decode to."""
    data = codec(name).encode(text)
    dirty = data[:place] + byte + data[place + 1 :]
    shifted = exact(dirty, codec(name))
    assert shifted is not None, "the damage must decode"
    return dirty, shifted


@pytest.mark.parametrize(
    ("name", "text", "place", "byte", "mended"),
    [
        ("gb18030", "完全看不见屏幕上的内容，不像X88还会", 6, b"\x10", "完全看\x10�见屏幕上的内容，不像X88还会"),
        ("gb18030", "海滩及外围环境比酒店安静、清爽，还有SPA", 6, b"\n", "海滩及\n�围环境比酒店安静、清爽，还有SPA"),
        ("big5", "後來重建為商場及辦公室大廈，並設", 10, b"\r", "後來重建為\r�場及辦公室大廈，並設"),
        ("big5", "人民日報國際部主辦每週國", 4, b";", "人民;�報國際部主辦每週國"),
        ("big5", "發票三天後寄到，內容不能選", 12, b"6", "發票三天後寄6�，內容不能選"),
        ("big5", "很好，也熱情。\n全國勞模、山東茌平縣", 14, b"\xb1", "很好，也熱情。�全國勞模、山東茌平縣"),
    ],
)
def test_text_half_a_character_off_finds_its_step_again(
    name: str, text: str, place: int, byte: bytes, mended: str
) -> None:
    dirty, shifted = _struck(text, name, place, byte)
    assert shifts(shifted, codec(name))
    assert read(dirty, name).text == mended


@pytest.mark.parametrize("name", ["gb18030", "big5"])
@pytest.mark.parametrize(
    "text",
    [
        "路向東[溟]出，枝來北闕求。", "水與陸，兩勢作艟{舟朋}。", "性价比不错~就是闷~还有门铃~", "斩获1金1银1铜",
        "甲、A、乙、B", "帚 ㄓㄡˇ zhou3", "魑魅魍魎,饕餮x貔貅", "▁▂▃▄▅▆▇█ ╭─╮│A│╰─╯",
        "龘靐齉齾", "全国卷A卷乙卷", "あいう,カタカナ", "真\\粥\\鹹菜", "只剩7個G了，b跟c座都", "我们換成XP，用U盤",
    ],
)  # fmt: skip
def test_unusual_text_stays_as_it_is(name: str, text: str) -> None:
    known = codec(name)
    kept = known.decode(text.encode(known.python, "ignore"))
    assert read(known.encode(kept), name).text == kept


def test_codes_of_two_characters_and_a_stretch_beside_them_come_through() -> None:
    data = "人民日報".encode("big5") + b"\x88\x62x\xa3\xe1" + "國際部Q際d".encode("big5") + b"\x88\x62"
    reading = read(data, "big5")
    assert rebuilt(reading, "big5") == data
    assert shifts("\u0304曈灠篕A\u0304辦B", codec("big5")) == []


@pytest.mark.parametrize(("name", "floor"), [("gb18030", 0.94), ("big5", 0.93)])
def test_most_characters_that_such_damage_took_along_come_back(name: str, floor: float) -> None:
    rng = random.Random(name)  # noqa: S311 - repeatable damage
    known = codec(name)
    without = still = 0
    whole = "".join(texts(name)).replace(",", "，")
    for start in range(0, len(whole) - 60, 30):
        piece = whole[start : start + 60]
        data = bytearray(known.encode(piece))
        data[rng.randrange(len(data))] = rng.randrange(256)
        shifted = exact(bytes(data), known)
        if shifted is not None and (missed := _missed(piece, Reading(shifted), name)) > 1:
            without += missed - 1
            still += _missed(piece, read(bytes(data), name), name) - 1
    assert without > 20
    assert still <= without * (1 - floor)


def _missed(text: str, reading: Reading, name: str) -> int:
    """How many characters of a text a reading has not."""
    return len(set(placed([(text, name)])) - recovered(Decoded(reading.text, name, byte_patches=reading.patches)))
