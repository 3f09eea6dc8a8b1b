"""Chinese read in the wrong codec: every chain, its floors on the seed documents, and what it must leave alone."""

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import opencc
import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repair import Repair

SEEDS = Path(__file__).parents[2] / "seeds"
SHORT = "2021年11月24日在长春市,Windows 系统：“中文”编码。你好吗？加油"
SHORT_TRADITIONAL = "設為首頁，加入最愛。2024年於臺灣 (ABC) 你好"


def as_bytes(written: str, read: str) -> Callable[[str], str]:
    """A reader of single bytes; those that its codec has not come through as C1 controls."""
    table = {byte: bytes([byte]).decode(read, "ignore") or chr(byte) for byte in range(256)}
    return lambda text: "".join(table[byte] for byte in text.encode(written))


def as_pairs(written: str, errors: str = "replace") -> Callable[[str], str]:
    """A reader of GB18030."""
    return lambda text: text.encode(written).decode("gb18030", errors)


def blanked(damage: Callable[[str], str]) -> Callable[[str], str]:
    """The same, and byte A0 became a blank."""
    return lambda text: damage(text).replace("\xa0", " ")


def half(damage: Callable[[str], str]) -> Callable[[str], str]:
    """Only the second half of the text."""
    return lambda text: text[: len(text) // 2] + damage(text[len(text) // 2 :])


def twice(damage: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: damage(damage(text))


def repaired(text: str) -> str:
    after = run_stage(Repair(), Document("a", text, Source("a", "", 0)))
    assert after.original == text
    assert Repair().find(after).edits == ()
    return after.text


def sentences(count: int) -> list[str]:
    """Sentences of 12 to 120 characters from all seeds, evenly."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    found = [s for text in texts for s in re.findall(r"[^。\n]+。?", text) if 12 <= len(s) <= 120]
    hanzi = [s for s in found if len(re.findall(r"[\u4e00-\u9fff]", s)) * 10 > len(s) * 6]
    return list(islice(hanzi[:: max(1, len(hanzi) // count)], count))


@pytest.fixture(scope="module")
def simplified() -> list[str]:
    return sentences(40)


@pytest.fixture(scope="module")
def traditional(simplified: list[str]) -> list[str]:
    converted = map(opencc.OpenCC("s2t").convert, simplified)
    return [text for text in converted if text == text.encode("big5", "ignore").decode("big5")]


LOSSLESS = {
    "utf-8 as latin-1": as_bytes("utf-8", "latin-1"),
    "utf-8 as windows-1252": as_bytes("utf-8", "cp1252"),
    "utf-8 as latin-1, twice": twice(as_bytes("utf-8", "latin-1")),
    "utf-8 as windows-1252, twice": twice(as_bytes("utf-8", "cp1252")),
    "gbk as latin-1": as_bytes("gb18030", "latin-1"),
    "gbk as windows-1252": as_bytes("gb18030", "cp1252"),
    "gbk as latin-1, half a sentence": half(as_bytes("gb18030", "latin-1")),
    "gbk as windows-1251": as_bytes("gb18030", "cp1251"),
}
BIG5 = {"big5 as latin-1": as_bytes("big5", "latin-1"), "big5 as gb18030": as_pairs("big5", "strict")}


@pytest.mark.parametrize("chain", LOSSLESS)
def test_what_lost_nothing_comes_back_exactly(chain: str, simplified: list[str]) -> None:
    wrong = [text for text in (*simplified, SHORT) if repaired(LOSSLESS[chain](text)) != text]
    assert wrong == []


@pytest.mark.parametrize("chain", BIG5)
def test_traditional_text_comes_back_exactly(chain: str, traditional: list[str]) -> None:
    assert len(traditional) >= 20
    wrong = [text for text in (*traditional, SHORT_TRADITIONAL) if repaired(BIG5[chain](text)) != text]
    assert wrong == []


@pytest.mark.parametrize("read", ["latin-1", "cp1252"])
def test_bytes_a0_that_became_blanks_come_back(read: str, simplified: list[str]) -> None:
    damage = blanked(as_bytes("utf-8", read))
    right = sum(repaired(damage(text)) == text for text in simplified)
    assert right >= 0.95 * len(simplified)


@pytest.mark.parametrize(("mark", "floor"), [("\ufffd", 0.996), ("?", 0.996)])
def test_most_lost_bytes_of_utf8_as_gb18030_are_filled_rightly(mark: str, floor: float) -> None:
    damage = as_pairs("utf-8")
    pairs = [(text, repaired(re.sub("\ufffd(?=[\\x00-\\x7f]|$)", mark, damage(text)))) for text in sentences(120)]
    exact = sum(text == after for text, after in pairs)
    same = sum(a == b for text, after in pairs for a, b in zip(text, after, strict=False))
    assert exact >= 0.84 * len(pairs)
    assert same >= floor * sum(len(text) for text, _ in pairs)


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("正文，ÖÐÎÄ±àÂë，正文", "正文，中文编码，正文"),
        ("title: ÖÐÎÄ±àÂë", "title: 中文编码"),
        ("<b>¤¤¤å½s½X</b>", "<b>中文編碼</b>"),
        ("ÖÐÎÄÏµÍ³Ê¹ÓÃÊÖ²áµÚÒ»°æ\n2021Äê\nÊÇ", "中文系统使用手册第一版\n2021年\n是"),
        ("©å\x85¬å\x8f¸å\x90\x8dç§°", "©公司名称"),
        ("cafÃ© å\x8a \xe6²¹ç«\x99", "café 加油站"),
    ],
)
def test_damage_inside_other_text_is_repaired(damaged: str, text: str) -> None:
    assert repaired(damaged) == text


@pytest.mark.parametrize(
    "text",
    [
        "äöüÄÖÜß ÅÄÖåäö ÆØÅæøå ÀÉÈÙ ÇÊÎÔÛ éèêëàâ ÑÁÉÍÓÚ",
        "FÖÐURBRÓÐIR MÓÐUR þröngt ÞÓTTI",
        "РОССИЯ ПРИВЕТ МОСКВА ПЕРВОЕ БЛОК «ТИХИХ ОЗЕР»",
        "Привет, мир! Съешь же ещё этих мягких французских булок.",
        "¿Qué? ¡Sí! £100 €5 §3 ±2° ©2024 ®™ «ça» ½ ¼",
        "ÖÐ",
        "ウイスキー、メロディー、アカサタナ、ガギグゲゴ、ｱｲｳｴｵ",
        "あいうえおかきくけこ、これは日本語です。憂鬱な薔薇の檸檬",
        "한국어 문장입니다. 大韓民國 憲法",
        "涓涓细流，鹡鸰在原，魑魅魍魉，饕餮，氤氲，觊觎，龃龉，踟蹰",
        "生僻字：犇猋骉蟲麤毳淼掱焱垚赑",
        "鏈條與項鏈?",
        "欷歔",
        "丁度毛脛に緋縮緬が搦んだ樣な",
        "嬾-ㄌㄢˇ 嬾",
        "墇-ㄓㄤ 墇",
    ],
)
def test_text_that_is_as_it_should_be_stays(text: str) -> None:
    assert repaired(text) == text


def test_a_guess_that_is_not_sure_is_left_as_a_lost_character_and_flagged() -> None:
    text = "(七) 狠抓平安创建, 安全发展实现新提升。"
    after = run_stage(Repair(), Document("a", as_pairs("utf-8")(text), Source("a", "", 0)))
    assert after.text == text.replace("七", "\ufffd")
    assert [flag.rule for flag in after.flags] == ["repair/lost/replacement"]


def test_the_rest_of_the_document_helps_to_fill_a_lost_byte() -> None:
    line = "要提高审判质效,"
    alone = repaired(as_pairs("utf-8")(line))
    among = repaired(as_pairs("utf-8")("我们工作质效明显提高\n今年审判质效也大有提高\n" * 4 + line))
    assert alone != line
    assert among.endswith(line)


def test_a_filled_byte_says_how_sure_it_is() -> None:
    after = run_stage(Repair(), Document("a", as_pairs("utf-8")("坚持全面改革了,人民安居"), Source("a", "", 0)))
    first, second = (dict(edit.evidence) for edit in after.flat.edits)
    assert (first["filled"], second["filled"]) == (1, 0)
    assert 0.35 <= float(first["probability"]) < float(second["probability"]) == 1.0


def test_clean_words_stay_beside_damage_though_they_read_in_big5_too() -> None:
    text, words = "設為首頁，加入最愛，聯絡我們，網站地圖，與我聯絡", "\n非常\n地方\n常常"
    assert repaired(as_pairs("big5")(text) + words) == text + words


@pytest.mark.parametrize(
    "text",
    ["请仔细阅读系统使用手册", "改善营商环境建设水平。 吉林省政府工作报告", "設置學習小組,全縣有3個,參加會議"],
)
def test_the_script_and_the_place_help_to_fill_a_lost_byte(text: str) -> None:
    assert repaired(as_pairs("utf-8")(text)) == text


def test_characters_that_were_lost_before_are_not_counted_as_filled() -> None:
    text = "政府工作报告\ufffd\ufffd编码中文系统,使用手册\ue000第一段"
    after = run_stage(Repair(), Document("a", as_pairs("utf-8")(text), Source("a", "", 0)))
    assert after.text == text.replace("\ue000", "\ufffd")
    facts = [dict(edit.evidence) for edit in after.flat.edits]
    assert [(each["filled"], each["lost"]) for each in facts] == [(0, 2), (1, 1)]


def test_long_damaged_lines_cost_time_in_proportion_to_their_length() -> None:
    text = as_bytes("gb18030", "latin-1")(SHORT) * 300
    assert repaired(text) == SHORT * 300
