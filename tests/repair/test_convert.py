"""Simplified and traditional: what is converted, what is left, and that it can be taken back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.core.edits import Patch
from cleaner.core.stage import run_stage
from cleaner.repair import Repair, RepairOptions
from cleaner.repair.convert import alphabets, convert_edits


def converted(text: str, config: str) -> str:
    return Patch("repair", tuple(convert_edits(text, config))).apply(text)


@pytest.mark.parametrize(
    ("config", "text", "expected"),
    [
        ("t2s", "乾隆皇帝說乾坤乾燥", "乾隆皇帝说乾坤干燥"),
        ("t2s", "后羿與皇后以後再來", "后羿与皇后以后再来"),
        ("t2s", "著名學者的慰藉與藉口", "著名学者的慰藉与借口"),
        ("t2s", "宮商角徵羽，於菟，這個", "宫商角徵羽，於菟，这个"),
        ("t2s", "華億廣场", "华亿广场"),
        ("s2t", "开发区的里程碑", "開發區的里程碑"),
        ("s2t", "余先生和范教授说", "余先生和范教授說"),
        ("tw2s", "他看著這個", "他看着这个"),
    ],
)
def test_is_converted(config: str, text: str, expected: str) -> None:
    assert converted(text, config) == expected


@pytest.mark.parametrize(
    ("config", "text", "expected"),
    [
        ("t2s", "他看著這個", "他看著这个"),
        ("t2s", "鍾繇畫劃甚麼", "锺繇画划甚么"),
        ("tw2s", "原著這個", "原着这个"),
        ("t2s", "剩餘的錢給余先生", "剩余的钱给余先生"),
        ("s2t", "了解这个", "瞭解這個"),
    ],
)
def test_what_opencc_does_and_a_reader_might_not(config: str, text: str, expected: str) -> None:
    assert converted(text, config) == expected


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ("t2s", "日本語の文書を書く、東京都の時間"),
        ("s2t", "한국어 문서 国家 텍스트입니다"),
        ("t2s", "我们的系统，皇后在后面，乾隆"),
        ("s2t", "皇后在裡面，這裡有著名的里程碑"),
        ("s2t", "皇后"),
        ("t2s", "plain ASCII"),
    ],
)
def test_is_left_alone(config: str, text: str) -> None:
    assert converted(text, config) == text


def test_a_line_of_no_script_follows_its_paragraph_and_then_its_document() -> None:
    assert converted("皇后以后\n我们的国家", "s2t") == "皇后以後\n我們的國家"
    assert converted("里面\n\n我们的国家", "s2t") == "裏面\n\n我們的國家"


def test_strays_in_a_line_of_the_target_script_are_converted_and_nothing_else() -> None:
    line = (
        "推进欧亚三环、华億广场等综合体投产，乾元路两侧的余家以后会有发展的机会，"
        "我们认为这样对国家经济发展很有益处，应该继续坚持下去"
    )
    assert converted(line, "t2s") == line.replace("億", "亿")


def test_the_scripts_are_as_large_as_measured() -> None:
    assert 3400 < len(alphabets().traditional) < 3700
    assert 2300 < len(alphabets().simplified) < 2600


hanzi = st.text(st.sampled_from("我们的國家余范先生后裡里面发髮乾干隆著着億亿の한，。\n a"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(hanzi, st.sampled_from(["t2s", "s2t", "tw2s", "s2tw", "s2hk", "t2tw"]))
def test_converting_rests_and_is_taken_back(text: str, config: str) -> None:
    stage = Repair(RepairOptions(convert=config))
    after = run_stage(stage, Document("a", text, Source("a", "", 0)))
    assert after.original == text
    assert stage.find(after).edits == ()
