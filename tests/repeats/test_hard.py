"""Texts made to be hard, and odd ones: no crash, nothing removed that should not be, work bounded."""

import tracemalloc

import pytest

from benchmarks.repeats.cost import anew
from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repeats import Repeats, alignments
from cleaner.repeats.align import blocks, stretch
from cleaner.repeats.seeds import candidates
from cleaner.repeats.stream import stream


def fibonacci(count: int, a: str, b: str) -> str:
    last, word = b, a
    while len(word) < count:
        last, word = word, word + last
    return word[:count]


HARD = {
    "empty": "",
    "one character": "哈" * 20_000,
    "laughter in sentences": "哈哈哈哈哈哈哈哈！" * 2_000,
    "a ruler": "-" * 20_000,
    "blank": " " * 20_000,
    "line ends": "\n" * 20_000,
    "the Fibonacci string": fibonacci(20_000, "a", "b"),
    "the Fibonacci string with stops": fibonacci(20_000, "a", "b.") + ".",
    "no marks, twice": "".join(chr(0x4E00 + k * k % 3001) for k in range(2_000)) * 2,
    "lone surrogates": "\ud800\udfff" * 500 + "。",
    "beyond the plane": "𠀀𠀁𠀂" * 1_000,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_nothing_goes_from_a_text_without_passages(text: str) -> None:
    assert Repeats().find(Document("a", text, Source("a", "", 0))).edits == ()


def test_a_period_as_long_as_a_passage_leaves_one() -> None:
    told = "春天的早晨，村口的老槐树下坐满了等着听故事的孩子，大家都不说话，只听见风吹树叶的声音。"
    assert run_stage(Repeats(), Document("a", told * 30, Source("a", "", 0))).text == told


def test_alignments_pass_over_a_text_a_bounded_number_of_times() -> None:
    a = "春天的早晨，村口的老槐树下坐满了等着听故事的孩子，大家都不说话。"
    b = "冬天的夜里，镇上的铁匠铺还亮着一盏油灯，锤子的声音传得很远很远。"
    made = stream(fibonacci(30_000, a, b))
    found, _ = alignments.alignments(made, candidates(made, 26), 40)
    ways = map(blocks, found)
    passed = sum(way[-1].new + way[-1].length - way[0].new for way in ways)
    assert passed <= 9 * len(made)


def test_places_bring_a_bounded_number_of_candidates() -> None:
    made = stream(fibonacci(5_000, "天地人", "山水"))
    found = candidates(made, 26)
    assert len(found) <= 2 * len(made)
    assert all(stretch(made.folded, at, back).length for at, back, _ in found)


def test_where_the_search_stopped_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignments, "_PASSES", 0)
    told = "春天的早晨，村口的老槐树下坐满了等着听故事的孩子，大家都不说话，只听见风吹树叶的声音。"
    text = f"{told}\n别的话。\n{told}\n"
    found = Repeats().find(Document("a", text, Source("a", "", 0)))
    assert found.edits == ()
    (flag,) = found.flags
    assert (flag.rule, flag.end) == ("repeats/budget", len(text))
    assert flag.start > len(told)


def test_a_text_told_anew_again_and_again_takes_forty_bytes_a_character() -> None:
    document = Document("a", anew(5_000), Source("a", "", 0))
    Repeats().find(document)  # builds the tables
    tracemalloc.start()
    try:
        assert Repeats().find(document).edits
        assert tracemalloc.get_traced_memory()[1] <= 40 * len(document.text)
    finally:
        tracemalloc.stop()
