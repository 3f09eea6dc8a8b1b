import random

import pytest

from cleaner.dedup import DedupOptions, decide, observe_texts, verify
from tests.dedup import oracle
from tests.dedup.corpus import edited, passages
from tests.dedup.material import close_forms, forms, reports, rewritten

OPTIONS = DedupOptions()


def test_forms_that_reach_the_threshold_are_templates() -> None:
    pairs = close_forms(0.8, oracle.jaccard)
    scores = {(name, two): verify(one, two, OPTIONS) for name, one, two in pairs}
    assert len(scores) >= 30
    assert min(score.jaccard for score in scores.values()) >= 0.8
    assert [name for (name, _), score in scores.items() if not score.template] == []


def test_reports_with_other_figures_are_templates() -> None:
    pairs = [(one, two) for one, two in reports() if oracle.jaccard(one, two) >= 0.5]
    assert len(pairs) >= 30
    low = DedupOptions(threshold=0.5)
    assert [one[:30] for one, two in pairs if not verify(one, two, low).template] == []


def test_most_forms_filled_in_wholly_are_templates_at_a_low_threshold() -> None:
    low = DedupOptions(threshold=0.5)
    scores = [verify(one, two, low) for _, one, two in forms()]
    reached = [score for score in scores if score.jaccard >= 0.5]
    assert len(reached) >= 25
    assert all(score.template for score in reached)


@pytest.mark.parametrize("way", ["traditional", "full width", "wrapped", "punctuated", "bare"])
def test_a_text_written_in_another_way_is_a_duplicate(way: str) -> None:
    pieces = passages(500)[:40]
    scores = [verify(rewritten(piece, way), piece, OPTIONS) for piece in pieces]
    assert len(scores) >= 30
    assert min(score.jaccard for score in scores) >= 0.8
    assert not any(score.template for score in scores)


def test_texts_with_random_changes_are_no_templates() -> None:
    chance = random.Random(3)  # noqa: S311 - seeded on purpose
    alphabet = "".join(passages())[::7]
    pieces = [piece for piece in passages(500) if len(piece) == 500]
    flagged = [
        number
        for number, piece in enumerate(pieces)
        for changes in (2, 5, 9)
        if verify(edited(piece, changes, chance, alphabet), piece, OPTIONS).template
    ]
    assert len(flagged) <= 0.01 * 3 * len(pieces)


NO_FACTS = {
    "a date in other numerals": (
        "二〇二一年十月开工建设并于次年竣工验收合格",
        "2021年10月开工建设并于次年竣工验收合格",
    ),
    "a number whose point became a space": (
        "全县总面积1597.3公里，其中耕地占23.5公里以上",
        "全县总面积1597 3公里，其中耕地占23 5公里以上",
    ),
    "a passage more": ("本院认为原告的请求符合法律规定应予支持", "本院认为原告的请求符合法律规定应予支持据此判决如下"),
    "other words": ("会议强调要认真贯彻落实上级的决策部署", "会议要求要坚决贯彻落实中央的决策部署"),
    "a few numbers of a book": (
        "".join(passages(3000)),
        "".join(passages(3000)).replace("2168", "2186").replace("5.2万", "5.6万"),
    ),
    "one timestamp of a long article": (
        passages(3000)[0] + "发布于2021年3月5日",
        passages(3000)[0] + "发布于2023年4月17日",
    ),
}


@pytest.mark.parametrize(("one", "two"), NO_FACTS.values(), ids=NO_FACTS)
def test_what_is_no_template(one: str, two: str) -> None:
    assert not verify(one, two, DedupOptions(threshold=0.01)).template


FACTS = {
    "numbers": ("今收到会费{}元整，经手人签字盖章后生效，此据为凭", ("450", "1280")),
    "months": ("关于印发{}月份工作要点的通知已经发至各有关单位请遵照执行", ("三", "十一")),
    "codes": ("您的快递{}已到达菜鸟驿站，请凭取件码及时前来领取", ("SF1029387", "YT5566021")),
    "values": ("姓名：{}\n请携带身份证件在规定的时间内到窗口办理手续", ("欧阳震华", "阿依古丽")),
    "places": ("公司总部位于{}市，是一家专业从事设备研发与生产的企业", ("哈尔滨", "石家庄")),
    "people": ("经选举，{}当选为新一届村民委员会主任，任期五年", ("张建国", "李淑芬")),
    "decimals": ("本期每份派发红利{}元，权益登记日在册的持有人均可领取", ("0.52", "1.8")),
    "the point of a number": ("本期每份派发红利{}元，权益登记日在册的持有人均可领取", ("1.5", "15")),
    "names in capitals": ("Please welcome {} to our team of experienced engineers here", ("Mary Jones", "Paul Smith")),
}


@pytest.mark.parametrize(("text", "fills"), FACTS.values(), ids=FACTS)
def test_what_is_a_fact(text: str, fills: tuple[str, str]) -> None:
    one, two = text.format(fills[0]), text.format(fills[1])
    assert verify(one, two, DedupOptions(threshold=0.1)).template
    assert verify(two, one, DedupOptions(threshold=0.1)).template


def test_both_forms_stay_and_name_each_other() -> None:
    (_, one, two), *_ = close_forms(0.8, oracle.jaccard)
    texts = {"one.txt": one, "two.txt": two}
    decisions = decide(observe_texts(list(texts), list(texts.values()), OPTIONS), OPTIONS, texts.__getitem__)
    assert not decisions.dropped
    assert [template.other for template in decisions["one.txt"].templates] == ["two.txt"]
    assert [template.other for template in decisions["two.txt"].templates] == ["one.txt"]
