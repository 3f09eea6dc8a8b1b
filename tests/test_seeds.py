"""The five seeds come out right, in whatever encoding they come in."""

import json
from pathlib import Path
from typing import get_args

import pytest

from cleaner.api import clean_bytes, clean_text
from cleaner.errors import BinaryError
from cleaner.plan import Plan
from cleaner.strip import StripOptions
from cleaner.strip.options import Mode
from tests.runs import lines, run, texts, write

ROOT = Path(__file__).parent.parent
SPANS = json.loads((ROOT / "fixtures" / "seeds.json").read_text("utf-8"))
SEEDS = {path.name: path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))}
SPOTLESS = [name for name, spans in SPANS.items() if not spans]


def removed_offsets(text: str) -> set[int]:
    """The offsets that go, blanks aside; nothing may be rewritten."""
    edits = clean_text(text).edits
    assert all(edit.replacement == "" for edit in edits)
    return {at for edit in edits for at in range(edit.start, edit.end) if not text[at].isspace()}


def offsets(text: str, span: list[int]) -> set[int]:
    return {at for at in range(*span) if not text[at].isspace()}


def test_the_labels_speak_of_the_seeds() -> None:
    assert SPANS.keys() == SEEDS.keys()
    assert SPOTLESS == ["002_8433e2247a81c5a0.txt", "004_9ac017aa40b45710.txt"]


@pytest.mark.parametrize("name", SEEDS)
def test_every_drop_span_goes_and_not_one_other_character(name: str) -> None:
    text = SEEDS[name].decode()
    gone = removed_offsets(text)
    allowed: set[int] = set()
    for span in SPANS[name]:
        marked = offsets(text, [span["start"], span["end"]])
        if span["label"] == "either":
            allowed |= marked
        elif "first_copy" in span:
            first = offsets(text, span["first_copy"])
            assert (marked <= gone) != (first <= gone), span["why"]
            allowed |= marked if marked <= gone else first
        else:
            assert marked <= gone, span["why"]
            allowed |= marked
    assert gone <= allowed


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("name", SPOTLESS)
def test_a_spotless_seed_comes_back_byte_for_byte(name: str, mode: Mode) -> None:
    assert clean_text(SEEDS[name].decode(), Plan(strip=StripOptions(mode=mode))).text.encode() == SEEDS[name]


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "utf-8-sig"])
@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_in_another_codec_is_cleaned_to_the_same_text(name: str, codec: str) -> None:
    text = SEEDS[name].decode()
    kept = text if codec != "gbk" else text.encode("gbk", "ignore").decode("gbk")  # GBK lacks © and •
    assert clean_bytes(_encoded(kept, codec)).text == clean_text(kept).text


def _encoded(text: str, codec: str) -> bytes:
    if codec.endswith("-bom"):
        return ("\ufeff" + text).encode(codec.removesuffix("-bom"))
    return text.encode(codec)


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_in_traditional_characters_and_big5_decodes_exactly(name: str) -> None:
    import opencc

    text = opencc.OpenCC("s2t").convert(SEEDS[name].decode())
    encodable = "".join(character for character in text if _in_big5(character))
    assert len(encodable) > 0.98 * len(text)
    assert clean_bytes(encodable.encode("big5")).text == clean_text(encodable).text


def _in_big5(character: str) -> bool:
    """Whether all the makes of Big5 have the character, and at one place."""
    try:
        return character.encode("big5") == character.encode("big5hkscs") == character.encode("cp950")
    except UnicodeError:
        return False


def test_a_picture_and_an_archive_are_rejected_with_a_reason_and_the_rest_is_cleaned(tmp_path: Path) -> None:
    import gzip

    source = tmp_path / "in"
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89" + bytes(range(256))
    for name, data in (("a.png", picture), ("b.txt", picture), ("c.txt", gzip.compress(SEEDS[SPOTLESS[0]]))):
        write(source / name, data)
    write(source / "good.txt", SEEDS[SPOTLESS[0]])
    out = run(source, tmp_path / "out")
    assert list(texts(out)) == ["good.txt"]
    rejected = lines(out, "rejected.jsonl")
    assert [line["id"] for line in rejected] == ["a.png", "b.txt", "c.txt"]
    assert all(line["error"] and len(line["sha256"]) == 64 for line in rejected)
    with pytest.raises(BinaryError):
        clean_bytes(picture)
