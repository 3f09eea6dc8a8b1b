import random
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.dedup import (
    Decisions,
    DedupOptions,
    Records,
    apply,
    candidates,
    decide,
    observe,
    observe_texts,
    priority,
    survivors,
    verify,
)
from cleaner.dedup.compare import Comparer
from cleaner.errors import UsageError
from tests.dedup import oracle
from tests.dedup.corpus import corpus, edited, passages

OPTIONS = DedupOptions()


def decided(texts: dict[str, str], options: DedupOptions = OPTIONS) -> Decisions:
    return decide(observe_texts(list(texts), list(texts.values()), options), options, texts.__getitem__)


def dropped(decisions: Decisions) -> dict[str, str]:
    return {decision.id: decision.verdict.of for decision in decisions.dropped}


@pytest.mark.parametrize("threshold", [0.6, 0.7, 0.8, 0.9])
def test_survivors_are_those_of_the_slow_loop(threshold: float) -> None:
    texts = corpus()
    options = DedupOptions(threshold=threshold)
    wanted = oracle.survivors(texts, options)
    found = dropped(decided(texts, options))
    assert found.keys() == wanted.keys()
    assert all(survivor in wanted[name] for name, survivor in found.items())


@given(st.lists(st.text("甲乙丙，a", max_size=12), max_size=12), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=50)
def test_every_loss_is_a_true_duplicate_of_a_kept_one_in_any_order(contents: list[str], chance: random.Random) -> None:
    texts = {f"{number}.txt": content for number, content in enumerate(contents)}
    first = decided(texts)
    names = list(texts)
    chance.shuffle(names)
    assert decided({name: texts[name] for name in names}) == first
    for name, survivor in dropped(first).items():
        assert first[survivor].verdict.kind == "kept"
        assert oracle.jaccard(texts[name], texts[survivor]) >= OPTIONS.threshold


def test_order_and_partition_do_not_matter() -> None:
    texts = corpus()
    names = list(texts)
    whole = decided(texts)
    for seed in range(3):
        random.Random(seed).shuffle(names)  # noqa: S311 - seeded on purpose
        cuts = [0, 7, 8, 50, len(names)]
        parts = [
            observe_texts(names[low:high], [texts[name] for name in names[low:high]], OPTIONS)
            for low, high in pairwise(cuts)
        ]
        random.Random(seed).shuffle(parts)  # noqa: S311 - seeded on purpose
        assert decide(Records.concat(parts), OPTIONS, texts.__getitem__) == whole


def test_dedup_of_the_kept_drops_nothing() -> None:
    texts = corpus()
    gone = dropped(decided(texts))
    assert gone
    assert not dropped(decided({name: text for name, text in texts.items() if name not in gone}))


def test_an_engine_that_scores_all_pairs_decides_alike() -> None:
    texts = corpus()
    names = list(texts)
    records = observe_texts(names, list(texts.values()), OPTIONS)
    pairs = candidates(records, OPTIONS)[::-1]
    scores = [
        (verify(texts[names[i]], texts[names[j]], OPTIONS), verify(texts[names[j]], texts[names[i]], OPTIONS))
        for i, j in pairs
    ]
    assert survivors(records, OPTIONS, pairs, scores) == decide(records, OPTIONS, texts.__getitem__)


def test_no_chains() -> None:
    chance = random.Random(5)  # noqa: S311 - seeded on purpose
    start = passages(600)[3]
    chain = [start]
    for _ in range(6):
        chain.append(edited(chain[-1], 9, chance, "甲乙丙丁"))
    texts = {f"{number}.txt": text for number, text in enumerate(chain)}
    result = dropped(decided(texts))
    assert result.keys() == oracle.survivors(texts, OPTIONS).keys()
    assert oracle.jaccard(chain[0], chain[-1]) < 0.8
    assert 0 < len(result) < len(chain) - 1


CASES = {
    "longest": (DedupOptions(), "c.txt"),
    "first": (DedupOptions(keep="first"), "a.txt"),
    "newest": (DedupOptions(keep="newest"), "b.txt"),
    "preferred": (DedupOptions(prefer=("x/*", "[ab].txt")), "a.txt"),
}


@pytest.mark.parametrize(("options", "stays"), CASES.values(), ids=CASES)
def test_policy_says_which_copy_stays(options: DedupOptions, stays: str) -> None:
    text = passages()[1]
    texts = {"a.txt": text, "b.txt": text[:-3], "c.txt": text + "多了几个字"}
    records = observe_texts(list(texts), list(texts.values()), options, [1.0, 9.0, 2.0])
    decisions = decide(records, options, texts.__getitem__)
    assert dropped(decisions) == dict.fromkeys(sorted(texts.keys() - {stays}), stays)


def test_ties_go_by_id() -> None:
    records = observe_texts(["b", "a", "c"], ["同样长", "一样长", "都很长"], OPTIONS)
    assert records.ids[priority(records, OPTIONS)].tolist() == ["a", "b", "c"]


def test_a_repeated_id_is_refused() -> None:
    records = observe_texts(["a", "a"], ["x", "y"], OPTIONS)
    with pytest.raises(UsageError, match="'a' stands twice"):
        decide(records, OPTIONS, str)


SHORT = {
    "different": (["猫", "狗", "C", "C++", "C#", "1.5", "15", "😀", "😭", "？", "！"], 0),
    "equal": (["猫", "狗", "猫\n", " ＣＡＴ", "cat"], 2),
    "empty": (["", " \r\n", "\u3000", "x"], 2),
    "surrogates": (["\ud800", "\ud801", "\ud800 "], 1),
    "short and long": (["四个字啊", "四个字啊四个字啊四个字啊"], 0),
}


@pytest.mark.parametrize(("contents", "gone"), SHORT.values(), ids=SHORT)
def test_short_and_empty_documents_go_only_for_an_equal_one(contents: list[str], gone: int) -> None:
    texts = {f"{number:02d}": content for number, content in enumerate(contents)}
    decisions = decided(texts)
    assert len(decisions.dropped) == gone
    assert all(decision.verdict.method == "exact" for decision in decisions)


def test_texts_are_asked_for_candidates_only() -> None:
    texts = {str(number): passage for number, passage in enumerate(passages()[:40])}
    texts["copy"] = texts["7"]
    asked: list[str] = []
    records = observe_texts(list(texts), list(texts.values()), OPTIONS)

    def read(name: str) -> str:
        asked.append(name)
        return texts[name]

    assert dropped(decide(records, OPTIONS, read)) == {"copy": "7"}
    assert not asked


def test_a_copy_of_a_dropped_document_names_the_kept_one() -> None:
    text = passages()[2]
    texts = {"a": text + "补上一句话", "b": text, "c": text.replace("，", " ")}
    decisions = decided(texts)
    assert dropped(decisions) == {"b": "a", "c": "a"}
    assert {decision.verdict.method for decision in decisions} == {"jaccard"}


def test_a_hot_bucket_of_copies_meets_its_survivor_only() -> None:
    chance = random.Random(2)  # noqa: S311 - seeded on purpose
    text = passages()[5] + passages()[6]
    texts = {f"{number:03d}": edited(text, 3, chance, "甲乙丙丁") for number in range(150)}
    asked = 0

    def read(name: str) -> str:
        nonlocal asked
        asked += 1
        return texts[name]

    records = observe_texts(list(texts), list(texts.values()), OPTIONS)
    assert len(decide(records, OPTIONS, read).dropped) == len(texts) - 1
    assert asked <= len(texts)


def document(name: str, text: str, mtime: float = 0.0) -> Document:
    return Document(name, text, Source(name, "0" * 64, len(text), mtime))


def test_apply_writes_the_verdict_and_takes_back_the_last_one() -> None:
    text = passages()[0]
    documents = [document("a", text), document("b", text[:-2]), document("c", "别的内容")]
    records = observe(documents, OPTIONS)
    decisions = decide(records, OPTIONS, {d.id: d.text for d in documents}.__getitem__)
    a, b, c = [apply(d, decisions[d.id]) for d in documents]
    assert a.verdict is not None
    assert b.verdict is not None
    assert c.verdict is not None
    assert (a.verdict.kind, b.verdict.kind, c.verdict.kind) == ("kept", "dropped", "kept")
    assert (b.verdict.of, b.verdict.method, b.verdict.containment, b.verdict.lacking) == ("a", "jaccard", 1.0, 0)
    assert b.text == text[:-2]
    assert apply(b, Decisions()["b"]).verdict == a.verdict


def test_the_survivor_is_the_most_similar_kept_document() -> None:
    text = passages(900)[4]
    texts = {"1": text + passages()[0][:50], "2": passages()[1][:62] + text, "3": passages()[1][:30] + text}
    options = DedupOptions(threshold=0.9)
    assert oracle.jaccard(texts["1"], texts["2"]) < 0.9 < oracle.jaccard(texts["1"], texts["3"])
    assert dropped(decided(texts, options)) == {"3": "2"}


def test_many_forms_of_one_template_are_not_compared_all_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    text = passages(900)[7]
    forms = {
        f"{n:03d}": f"编号{n * 7919 % 1000:03d}，金额{n * 104729 % 9000 + 1000}元。" + text[:150] for n in range(120)
    }
    calls = 0

    def read(name: str) -> str:
        nonlocal calls
        calls += 1
        return forms[name]

    monkeypatch.setattr("cleaner.dedup.survive.Comparer", partial(Comparer, remembered=0))
    decisions = decide(observe_texts(list(forms), list(forms.values()), OPTIONS), OPTIONS, read)
    assert not decisions.dropped
    assert len(decisions) == len(forms)
    assert calls <= 2 * 5 * len(forms)


def test_documents_of_earlier_runs_stay_and_others_fall_for_them() -> None:
    text = passages(900)[8]
    texts = {"old": text[:-9], "older": text[:-9], "new": text, "other": passages(900)[9]}
    records = observe_texts(list(texts), list(texts.values()), OPTIONS)
    decisions = decide(records, OPTIONS, texts.__getitem__, {"old", "older"})
    assert dropped(decisions) == {"new": "old"}


def test_nothing_is_dropped_for_a_text_that_cannot_be_read_but_an_equal_one() -> None:
    text = passages(900)[8]
    texts = {"gone": text[:-9], "new": text, "copy": text[:-9]}
    records = observe_texts(list(texts), list(texts.values()), OPTIONS)
    decisions = decide(records, OPTIONS, lambda name: texts[name] if name != "gone" else None, {"gone"})
    assert dropped(decisions) == {"copy": "gone"}
