"""Learning what the pages of a site share, and what a learned pack does."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.strip import Strip, StripOptions
from cleaner.strip.evaluate import Score, evaluate
from cleaner.strip.learn import Census, Survey, learn, learned_pack, observe
from cleaner.strip.pack import load
from tests.strategies import texts
from tests.strip.pages import stripped
from tests.strip.sites import TEMPLATES, site

CORPUS = [page for kind in TEMPLATES for page in site(kind, 12)]
PACK = learn(lambda: [(page.id, page.text) for page in CORPUS])


def scored(options: StripOptions) -> Score:
    """The score of the corpus."""
    return sum((result.score for result in evaluate(Strip(options), CORPUS)), Score())


def test_on_pages_of_one_site_learning_finds_nearly_all_chrome_and_hardly_any_text() -> None:
    score = scored(StripOptions(packs=(PACK,)))
    assert score.f1 >= 0.96
    assert score.loss <= 0.003


def test_sites_in_one_folder_are_told_apart_by_the_lines_they_share() -> None:
    mixed = [(page.id.replace("/", "-"), page.text) for page in CORPUS]
    random.Random(1).shuffle(mixed)  # noqa: S311 - reproducible, no secret
    score = scored(StripOptions(packs=(learn(lambda: mixed),)))
    assert score.f1 >= 0.96
    assert score.loss <= 0.003


def test_a_page_of_another_site_is_left_alone() -> None:
    other = "江湾在线\n今年冬天来得早,江边的柳树十月就落尽了叶子。\n江湾传媒集团 主管主办\n"
    assert stripped(other, StripOptions(packs=(PACK,))).text == other


def test_formulae_inside_the_texts_of_a_site_stay() -> None:
    formula = "各位代表:"
    pages = [(page.id, page.text.replace("一、", f"{formula}\n一、")) for page in site("office", 12)]
    pack = learn(lambda: pages)
    assert formula in pack
    for name, text in pages:
        assert stripped(text, StripOptions(packs=(pack,))).text.count(formula) == text.count(formula), name


def chapters(heading: str) -> list[tuple[str, str]]:
    """Twelve chapters of a book with bars above and below; their headings, and a counter, differ in their numbers."""
    bar = "渡口书屋 藏书 {n} 种\n书架\n书评区\n上一回 | 卷目 | 下一回\n"
    made = []
    for number, page in enumerate(site("news", 12), 1):
        told = "".join(line + "\n" for line in page.text.split("\n")[5:-6] if line.endswith("。"))
        frame = bar.format(n=900 + 7 * number)
        made.append((f"book/{number:02}.txt", frame + heading.format(n=number) + "\n" + told + frame))
    return made


@pytest.mark.parametrize("heading", ["渡口旧事({n})", "第{n}章 渡口", "卷{n} 过江"])
def test_headings_of_chapters_that_differ_in_their_numbers_stay(heading: str) -> None:
    pages = chapters(heading)
    pack = learn(lambda: pages)
    assert "卷目" in pack
    for number, (name, text) in enumerate(pages, 1):
        document = Document(name, text, Source(name, "0" * 64, 0))
        cleaned = run_stage(Strip(StripOptions(packs=(pack,), only=("learned",))), document).text
        assert heading.format(n=number) in cleaned, name
        assert "卷目" not in cleaned


def test_a_title_that_all_pages_link_to_stays_on_its_own_page() -> None:
    titles = [page.text.split("\n")[4] for page in site("news", 12)]
    linked = [(page.id, page.text + "热门\n" + "\n".join(titles[:3]) + "\n") for page in site("news", 12)]
    options = StripOptions(packs=(learn(lambda: linked),), only=("learned",))
    for (name, text), title in zip(linked, titles, strict=True):
        cleaned = run_stage(Strip(options), Document(name, text, Source(name, "0" * 64, 0))).text
        assert title in cleaned, name
        assert "江湾传媒集团" not in cleaned


def test_a_counter_above_a_title_of_its_own_is_learned() -> None:
    names = "甲乙丙丁戊己庚辛壬癸子丑"
    pages = [(name, text.replace("旧事", f"旧事之{names[at]}")) for at, (name, text) in enumerate(chapters("渡口旧事"))]
    assert "渡口书屋 藏书 0 种" in learn(lambda: pages)


def test_the_pack_can_be_reviewed_and_loads() -> None:
    loaded = load(PACK)
    assert loaded.learned
    assert "# 12 of 12" in PACK
    assert all(entry.literals and entry.least == 3 for entry in loaded.entries)


def test_cleaning_with_the_learned_pack_is_at_rest() -> None:
    options = StripOptions(packs=(PACK,))
    for page in CORPUS:
        once = stripped(page.text, options)
        assert not stripped(once.text, options).history


@given(
    st.lists(st.tuples(st.sampled_from(["a/1", "a/2", "b/3", "4"]), texts()), max_size=8),
    st.integers(0, 8),
    st.randoms(),
)
@settings(deadline=None, max_examples=8)
def test_order_and_split_of_the_corpus_do_not_matter(
    pages: list[tuple[str, str]], at: int, chance: random.Random
) -> None:
    whole = learn(lambda: pages)
    mixed = list(pages)
    chance.shuffle(mixed)
    halves = [mixed[:at], mixed[at:]]
    surveys = [Survey(), Survey()]
    for survey, half in zip(surveys, halves, strict=True):
        for name, text in half:
            survey.add(observe(name, text))
    survey = surveys[0].merge(surveys[1])
    parts = [Census(survey), Census(survey)]
    for census, half in zip(parts, halves, strict=True):
        for name, text in half:
            census.add(observe(name, text))
    assert learned_pack(parts[0].merge(parts[1])) == whole
    load(whole)


@pytest.mark.parametrize("text", ["", "a", "版权所有\n返回顶部\n联系我们\n"])
def test_too_few_pages_teach_nothing(text: str) -> None:
    assert load(learn(lambda: [("a/1", text), ("a/2", text)])).entries == ()


@pytest.mark.parametrize("mark", ["（全文完）", "—— END ——", "全书完", "未完待续……"])
def test_what_an_author_puts_under_a_text_is_not_learned(mark: str) -> None:
    assert mark not in observe("a.com/1.txt", f"首页\n他走了。\n{mark}\n上一篇").lines.values()


def test_on_a_page_of_a_learned_site_the_line_model_has_no_vote() -> None:
    stage = Strip(StripOptions(packs=(PACK,)))
    done = [run_stage(stage, Document(page.id, page.text, Source(page.id, "0" * 64, 0))) for page in CORPUS]
    assert {"strip/model/line"}.isdisjoint(edit.rule for document in done for edit in document.flat.edits)
