"""The line model: its numbers are those of an obvious oracle, and it acts only where it may."""

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import benchmarks.strip
from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.strip import Strip, StripOptions
from cleaner.strip.decide import weigh
from cleaner.strip.ground import Ground, ground_of
from cleaner.strip.match import hits_of
from cleaner.strip.model import second
from cleaner.strip.model.features import columns, looks_of
from cleaner.strip.model.forest import Forest, built_in
from cleaner.strip.model.lines import BLANK, BUCKETS, DIGIT, STOP, WIDE, Letters, spread
from cleaner.strip.model.vote import looks_on, votes_on
from cleaner.strip.page import page_of
from cleaner.strip.rules import rules
from cleaner.strip.title import title_of
from cleaner.strip.zones import layout_of

# The largest file of weights that is still small.
SIZE = 200_000
PAGE = """首页
国内
国际
财经
体育
登录 | 注册
当前位置:首页 > 本地 > 正文
渡口的三十年
2015-03-04 10:20 来源:江城日报
渡口在城南,三十年前这里每天有上千人过江,船工们从天亮忙到天黑。
如今大桥通了车,渡船只剩下一条,每天早晚各开一班,坐船的多是老人。
【打印】 【关闭】
相关新闻
江心岛增开两班渡船
老街改造方案公布
版权所有 江城日报社 未经授权不得转载
"""


# A board whose engine no rule knows.
HEAD = "Home\nFAQ\nSearch\nMembers\nStatistics\nLogin\nRegister\nCalendar\nGallery\nDownloads\nHelp\nRules"
FOOT = "Options\nReply\nPrint\nEmail\nMobile version\nMark all forums read\nJump to forum\nTerms of use\nSite map\nTop"
SAID = "We took the old ferry on day {}, and it was late, as it always is in the winter."
NAMES = ("Ann", "Bob", "Cid", "Dan", "Eve", "Flo", "Gil", "Hal", "Ida", "Jon")
POSTS = [f"#{day}\n{name}\nPosts: {day}\n{SAID.format(day)}" for day, name in enumerate(NAMES)]
BOARD = "\n".join((HEAD, "The old ferry", *POSTS, FOOT, ""))
CASES: dict[str, list[dict[str, str]]] = tomllib.loads(
    (Path(benchmarks.strip.__file__).parent / "pages.toml").read_text("utf-8")
)
MARK = "K "
# Measured when this was written: 0.864.
RECALL = 0.86


def unmarked(case: dict[str, str]) -> str:
    return "".join(f"{line.removeprefix(MARK)}\n" for line in case["text"].splitlines())


def ground_on(text: str) -> Ground:
    page, used = page_of(text), rules()
    hits = hits_of(page, used)
    return ground_of(weigh(page, layout_of(page, hits, used.forums), hits, used))


def stripped(text: str, options: StripOptions | None = None) -> Document:
    return run_stage(Strip(options or StripOptions()), Document("a.txt", text, Source("a.txt", "0" * 64, 0)))


def test_the_weights_are_small() -> None:
    assert len(files("cleaner.strip.model").joinpath("weights.json").read_bytes()) <= SIZE


def test_the_weights_ask_only_for_features_that_there_are() -> None:
    model = built_in()
    ground = ground_on(PAGE)
    letters = Letters(ground.page.shadows)
    found = columns(ground, -1, frozenset(), letters, letters.wording(model.wording, model.scale))
    assert model.first.features == tuple(found)
    assert model.second.features == (*found, *second.SAID)
    assert {values.shape for values in found.values()} == {(len(ground.page.solid),)}
    assert model.wording.shape == (BUCKETS + 1,)


@pytest.mark.parametrize("name", ["first", "second"])
def test_the_shares_of_the_features_and_the_base_are_what_walking_down_each_tree_gives(name: str) -> None:
    """The oracle reads the file by itself and walks the trees node by node."""
    trees = json.loads(files("cleaner.strip.model").joinpath("weights.json").read_text("utf-8"))[name]
    chance = np.random.default_rng(0)
    table = chance.normal(0, 3, (len(trees["features"]), 300)).astype(np.float32)
    roots = sum(values[0] for values in trees["values"])
    forest = getattr(built_in(), name)
    leaves = forest.leaves(table)
    for line, shares, odds in zip(table.T, forest.shares(leaves), forest.odds(leaves), strict=True):
        total = trees["base"] - roots
        for asks, limits, values in zip(trees["asks"], trees["limits"], trees["values"], strict=True):
            at = 0
            while at < len(asks):
                at = 2 * at + (2 if line[asks[at]] > np.float32(limits[at]) else 1)
            total += values[at]
        assert shares.sum() + trees["base"] == pytest.approx(total, abs=1e-3)
        assert odds == pytest.approx(total, abs=1e-3)


def test_a_share_goes_to_the_feature_that_was_asked() -> None:
    one = np.array([[0, 1, 1]]), np.array([[0.5, 0.5, 0.5]], np.float32)
    values = np.array([[0.0, -1.0, 1.0, -3.0, 0.0, 0.0, 4.0]], np.float32)
    forest = Forest(("bullet", "stop"), *one, values, 0.0)
    shares = forest.shares(forest.leaves(np.array([[1.0, 0.0], [1.0, 0.0]], np.float32)))
    assert shares.tolist() == [[1.0, 3.0], [-1.0, -2.0]]


@given(st.lists(st.text(st.sampled_from("中文字a1 。,:"), min_size=1).map(str.strip).filter(bool), min_size=1))
def test_the_shares_of_the_classes_are_those_of_counting(lines: list[str]) -> None:
    page = page_of("\n".join(lines))
    shares = Letters(page.shadows).shares()
    for row, at in zip(shares.T, page.solid, strict=True):
        shadow = page.lines[at].shadow
        assert row.sum() == pytest.approx(1.0)
        assert row[WIDE] * len(shadow) == pytest.approx(sum(char in "中文字" for char in shadow))
        assert row[DIGIT] * len(shadow) == pytest.approx(shadow.count("1"))
        assert row[BLANK] * len(shadow) == pytest.approx(shadow.count(" "))
        assert row[STOP] * len(shadow) == pytest.approx(shadow.count("."))


def test_the_wording_of_a_line_does_not_depend_on_the_lines_around_it() -> None:
    model = built_in()
    alone = [Letters([line]).wording(model.wording, model.scale)[0] for line in PAGE.splitlines()]
    together = Letters(PAGE.splitlines()).wording(model.wording, model.scale)
    assert together.tolist() == pytest.approx(alone)


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=30), st.integers(1, 6))
def test_the_mean_around_a_line_leaves_the_line_out(values: list[float], reach: int) -> None:
    for at, mean in enumerate(spread(np.array([values], np.float32), (reach,))[0, 0]):
        others = values[max(at - reach, 0) : at] + values[at + 1 : at + reach + 1]
        assert mean == pytest.approx(sum(others) / len(others) if others else 0.0, abs=1e-4)


def test_votes_are_probabilities_with_reasons() -> None:
    ground = ground_on(PAGE)
    votes = votes_on(ground, title_of(ground), (), built_in())
    assert list(votes.chances) == ground.page.solid
    assert all(0 < chance < 1 for chance in votes.chances.values())
    assert all(len(why.split(", ")) == 3 for why in votes.why(ground.page.solid))


def test_a_page_of_an_unknown_site_loses_its_navigation_and_keeps_its_text() -> None:
    kept = stripped(PAGE).text.splitlines()
    assert set(PAGE.splitlines()[9:11]) | {"渡口的三十年"} <= set(kept)
    assert not {"国内", "国际", "财经", "体育"} & set(kept)


def test_an_edit_of_the_model_names_its_chance_and_its_reasons() -> None:
    edits = [edit for case in CASES["page"] for patch in stripped(unmarked(case)).history for edit in patch.edits]
    facts = [dict(edit.evidence) for edit in edits if edit.rule == "strip/model/line"]
    assert facts
    for one in facts:
        assert one["because"] == "model"
        assert 0.5 < float(one["chance"]) < 1
        assert one["features"]


@pytest.mark.parametrize("case", CASES["page"], ids=[case["name"] for case in CASES["page"]])
def test_an_authored_page_keeps_its_content(case: dict[str, str]) -> None:
    """Pages that the model was trained on: what it learned must not be unlearned."""
    content = [line.removeprefix(MARK) for line in case["text"].splitlines() if line.startswith(MARK)]
    rest = iter(stripped(unmarked(case)).text.splitlines())
    assert [line for line in content if line not in rest] == []


def test_authored_pages_lose_their_chrome() -> None:
    chrome = sum(not line.startswith(MARK) for case in CASES["page"] for line in case["text"].splitlines())
    content = sum(line.startswith(MARK) for case in CASES["page"] for line in case["text"].splitlines())
    left = sum(len(stripped(unmarked(case)).text.splitlines()) for case in CASES["page"])
    assert chrome - (left - content) >= RECALL * chrome


def test_without_the_model_and_with_only_some_packs_it_does_not_act() -> None:
    pages = [unmarked(case) for case in CASES["page"]]

    def acts(options: StripOptions) -> bool:
        return any(edit.rule == "strip/model/line" for page in pages for edit in stripped(page, options).flat.edits)

    assert acts(StripOptions())
    assert not acts(StripOptions(model=False))
    assert not acts(StripOptions(only=("gov", "news")))


def test_a_line_is_alone_where_the_model_keeps_both_its_neighbours() -> None:
    votes = votes_on(ground_on(PAGE), -1, frozenset(), built_in())
    lines, likely = list(votes.chances), [chance >= 0.5 for chance in votes.chances.values()]
    beside = [any(likely[max(at - 1, 0) : at] + likely[at + 1 : at + 2]) for at in range(len(lines))]
    assert votes.alone == {line for line, near in zip(lines, beside, strict=True) if not near}
    assert 0 < len(votes.alone) < len(lines)


def test_a_page_that_no_sure_rule_knows_is_told_by_the_model_but_not_in_safe_mode() -> None:
    assert not ground_on(BOARD).sure
    left = stripped(BOARD).text.splitlines()
    assert {"The old ferry", *(SAID.format(day) for day in range(len(NAMES)))} <= set(left)
    assert len(left) < len(BOARD.splitlines()) - len(HEAD.splitlines())
    assert stripped(BOARD, StripOptions("safe")).text == BOARD


def test_a_text_that_no_rule_knows_as_a_page_is_left_alone() -> None:
    text = "首页\n新闻\n体育\n财经\n渡口在城南,三十年前这里每天有上千人过江。\n登录\n注册\n"
    assert stripped(text, StripOptions("aggressive")).text == text


def test_what_is_remembered_of_lines_is_what_they_look_like() -> None:
    model, lines = built_in(), [*PAGE.splitlines(), *BOARD.splitlines()]
    letters = Letters(lines)
    looks = looks_of(letters, letters.wording(model.wording, model.scale))
    for _ in range(2):
        found = looks_on(lines, model)
        assert found.rows.tolist() == looks.rows.tolist()
        assert list(found.skeletons) == list(looks.skeletons)
    assert all(len(line) <= 80 for line in model.seen)


def test_the_reasons_of_a_vote_are_the_features_that_speak_most_for_it() -> None:
    ground = ground_on(PAGE)
    votes = votes_on(ground, title_of(ground), (), built_in())
    names, model = votes.model.second.features, votes.model
    second, first = model.second.shares(votes.second), model.first.shares(votes.first)
    for why, own, before in zip(votes.why(ground.page.solid), second, first, strict=True):
        counts = dict(zip(names, own, strict=True))
        for name, share in zip(model.first.features, before, strict=True):
            counts[name] += share
        del counts["said"]
        assert why.split(", ") == sorted(counts, key=lambda name: -counts[name])[:3]
