"""The laws of the stage: fixed point, clean text untouched, everything taken back, nothing crashes."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.errors import ConfigError
from cleaner.repair import Repair, RepairOptions

# Characters at which the rules meet: clues of mojibake, terminators, controls, escapes, halves of pairs, lost text.
ALPHABET = (
    "aA1 .,\t\n\r\f\x00\x0b\x1a\x1b[m\x7f\x80\x85\x9d\xa0ÃÂâ€œ”“…©°éäÖÐÎÄ¤£¬中文，。；①㎡Ａ豈锟斤拷烫屯涓枃"
    "\u2028\ufeff\ufffd\ud83d\ude00\ufffc"
)
dirty = st.text(st.sampled_from(ALPHABET), max_size=30) | st.text(st.characters(categories=None), max_size=20)


def document(text: str) -> Document:
    return Document("a", text, Source("a", "", 0))


def repaired(text: str, **options: object) -> str:
    return run_stage(Repair(RepairOptions(**options)), document(text)).text  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(dirty)
def test_repairing_what_is_repaired_changes_nothing_and_flags_the_same(text: str) -> None:
    once = run_stage(Repair(), document(text))
    found = Repair().find(document(once.text))
    assert found.edits == ()
    assert found.flags == once.flags


@settings(max_examples=200, deadline=None)
@given(dirty)
def test_the_history_gives_back_the_text_as_it_was(text: str) -> None:
    after = run_stage(Repair(), document(text))
    assert after.original == text
    assert all(edit.rule.startswith("repair/") for edit in after.flat.edits)


@settings(max_examples=200, deadline=None)
@given(dirty)
def test_line_terminators_are_never_touched(text: str) -> None:
    def ends(text: str) -> list[str]:
        return [character for character in text if character in "\n\r"]

    assert ends(repaired(text)) == ends(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "全角，：；！？（）“引号”‘单引号’……——·《书名》【公告】〔2024〕１２３ＡＢＣ　",
        "①②③ ㎡ ㎏ ℃ ㈱ ℡ № Ⅳ 豈更車賈 ﬁ ½ × ÷ ± ≤ ≥ ≈ ° ′ ″ → ■ □ ▲ ◆ ★ ※ §",
        "行一\u2028行二\u2029行三\x85行四",
        "a\tb\fc\r\nd\re\n",
        "café naïve Österreich Ærø ñandú Đà Nẵng Łódź Привет Ελληνικά «ça va» ¿qué? 100 €",
        "日本語のテキスト、カタカナとｶﾀｶﾅ。한국어 텍스트입니다.",
        "emoji 😀 👩\u200d👩\u200d👧 zero\u200bwidth\u00ad soft",
    ],
)
def test_clean_text_comes_back_as_it_is(text: str) -> None:
    found = Repair().find(document(text))
    assert found.edits == ()
    assert found.flags == ()


def test_a_step_that_is_switched_off_does_nothing() -> None:
    assert repaired("Ã©\x00", mojibake=False) == "Ã©"
    assert repaired("Ã©\x00", control=False) == "é\x00"


def test_what_a_removal_uncovers_is_repaired_too() -> None:
    assert repaired("Ã\x00©") == "é"


def test_the_stage_pickles_small() -> None:
    stage = Repair(RepairOptions(convert="t2s"))
    assert pickle.loads(pickle.dumps(stage)) == stage  # noqa: S301 - our own bytes
    assert len(pickle.dumps(stage)) < 500


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"convert": "t2x"}, "t2x"),
        ({"convert": "s2twp"}, "use 's2tw'"),
        ({"punctuation": "half"}, "full"),
    ],
)
def test_a_value_that_an_option_cannot_have_is_refused_with_a_cure(options: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        RepairOptions(**options)  # type: ignore[arg-type]
