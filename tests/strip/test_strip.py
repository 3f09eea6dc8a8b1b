"""The stage as a whole: the laws it must keep, its modes, its options, what stands in the ledger."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.errors import PackError, UsageError
from cleaner.strip import Strip, StripOptions
from cleaner.strip.options import Mode
from tests.strategies import texts
from tests.strip.pages import ARTICLE, ARTICLE_CLEAN, THREAD, THREAD_CLEAN, pack, stripped

MODES: tuple[Mode, ...] = ("safe", "balanced", "aggressive")
PAGES = st.lists(st.sampled_from((THREAD + ARTICLE).split("\n")), max_size=30).map("\n".join)


def test_a_mode_that_there_is_not_is_refused_with_its_cure() -> None:
    with pytest.raises(UsageError, match=r"mode is 'mild'.*safe, balanced, aggressive"):
        StripOptions("mild")  # type: ignore[arg-type]


def test_a_thread_keeps_its_title_and_posts() -> None:
    assert stripped(THREAD).text == THREAD_CLEAN


def test_an_article_keeps_title_date_and_text() -> None:
    assert stripped(ARTICLE).text == ARTICLE_CLEAN


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_are_neither_changed_nor_in_the_way(ending: str) -> None:
    assert stripped(ARTICLE.replace("\n", ending)).text == ARTICLE_CLEAN.replace("\n", ending)


def test_traditional_characters_and_full_width_forms_are_matched_like_simplified_ones() -> None:
    import opencc

    page = opencc.OpenCC("s2t").convert(THREAD).replace("|", "｜").replace(":", "：")
    assert "小黑屋" not in stripped(page).text
    assert "顯示全部樓層" not in stripped(page).text
    assert "座鐘停了三年" in stripped(page).text


@pytest.mark.parametrize("mode", MODES)
@given(text=st.one_of(texts(), PAGES))
@settings(deadline=None, max_examples=60)
def test_cleaning_what_is_clean_changes_nothing(mode: Mode, text: str) -> None:
    options = StripOptions(mode=mode)
    once = stripped(text, options)
    assert once.original == text
    assert not stripped(once.text, options).history


@given(text=st.one_of(texts(), PAGES))
@settings(deadline=None, max_examples=60)
def test_a_removal_never_joins_two_lines_and_removes_only(text: str) -> None:
    for edit in stripped(text).flat.edits:
        assert edit.replacement == ""
        before, after = text[: edit.start], text[edit.end :]
        if "\n" in edit.removed or "\r" in edit.removed:
            assert not before or before[-1] in "\r\n" or not after or after[0] in "\r\n"


@given(text=st.one_of(texts(), PAGES))
@settings(deadline=None, max_examples=40)
def test_safe_removes_no_more_lines_than_balanced(text: str) -> None:
    safe = {at for edit in stripped(text, StripOptions(mode="safe")).flat.edits for at in range(edit.start, edit.end)}
    more = {at for edit in stripped(text).flat.edits for at in range(edit.start, edit.end)}
    assert {at for at in safe if not text[at].isspace()} <= more


@pytest.mark.parametrize("text", ["", "\0", "\n", "\ud800", "\ufffd" * 9, " \r\r\n", "a" * 100_000, "回答" * 50_000])
def test_odd_texts_come_back_as_they_are(text: str) -> None:
    assert stripped(text).text == text


def test_the_stage_is_pickled_small_and_runs_in_threads() -> None:
    stage = Strip(StripOptions(mode="safe"))
    assert len(pickle.dumps(stage)) < 500
    document = Document("a.txt", THREAD, Source("a.txt", "0" * 64, 0))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: pickle.loads(pickle.dumps(stage)).find(document), range(8)))  # noqa: S301 - ours
    assert all(one == found[0] for one in found)


def test_every_edit_bears_its_rule_zone_strength_and_reason() -> None:
    edits = stripped(ARTICLE).flat.edits
    assert edits
    for edit in edits:
        facts = dict(edit.evidence)
        assert edit.rule.startswith("strip/")
        assert facts["strength"] in {"anchor", "strong", "weak"}
        assert facts["zone"] in {"head", "post", "tail"}
        assert facts["because"]


def test_only_and_disable_choose_packs_and_entries() -> None:
    assert stripped(THREAD, StripOptions(only=("ads",))).text == THREAD
    assert "小黑屋" in stripped(THREAD, StripOptions(mode="safe", disable=("discuz",), model=False)).text
    assert "ad1 webp" in stripped("天晴了。\nad1 webp\n", StripOptions(disable=("ads/*",))).text


def test_a_pack_of_ones_own_acts_and_may_replace_a_built_in_one() -> None:
    own = pack('id = "sign"\nkind = "line"\npattern = "本页由.{1,9}整理"')
    assert stripped("天晴了。\n本页由小王整理\n", StripOptions(packs=(own,))).text == "天晴了。\n"
    ads = own.replace('"demo"', '"ads"')
    assert "ad1 webp" in stripped("天晴了。\nad1 webp\n", StripOptions(packs=(ads,))).text


@pytest.mark.parametrize("pattern", ["^\\\\[推广\\\\]", "本文由机器转码 *$", "(?:^|[ .])第[0-9]+次转码$"])
def test_an_inline_rule_for_the_ends_of_a_line_opens_a_page_by_itself(pattern: str) -> None:
    entry = pack(f'id = "ends"\nkind = "inline"\npattern = "{pattern}"')
    text = "江边的步道开工了。\n[推广]步道全长六公里。第3次转码\n沿线有十二处休息亭。本文由机器转码\n"
    assert stripped(text, StripOptions(packs=(entry,))).text != text


@pytest.mark.parametrize("options", [StripOptions(only=("nothing",)), StripOptions(disable=("discuz/no-such-entry",))])
def test_a_name_that_fits_nothing_is_an_error(options: StripOptions) -> None:
    with pytest.raises(PackError, match="rules list"):
        stripped("a", options)


def test_prose_about_chrome_stays() -> None:
    text = (
        "帖子页上“发表于 2020-1-1 | 显示全部楼层 | 阅读模式”这一行能不能去掉?可以。\n"
        "请记者在页脚写明责任编辑,并注明版权所有。\n他点了“返回列表”,又按了“打印”。\n"
    )
    for mode in MODES:
        assert stripped(text, StripOptions(mode=mode)).text == text


def test_a_rule_that_would_take_too_much_text_is_braked_and_flagged() -> None:
    text = "\n".join(f"第{number}天我们走了很远的路,傍晚才到。" for number in range(9)) + "\n"
    anchor = 'id = "anchor"\nkind = "line"\nstrength = "anchor"\npattern = "第0天.*"'
    weak = (
        'id = "weak"\nkind = "inline"\nstrength = "weak"\nneeds = ["anchor"]\nwithin = 0\npattern = "我们走了很远的路"'
    )
    one = stripped(text, StripOptions(packs=(pack(anchor, weak),)))
    assert one.text == text.partition("\n")[2]
