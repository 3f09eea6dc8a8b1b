"""The fast search against the slow one, and what is planted against what is found."""

import random
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.repeats import Repeats
from cleaner.repeats.align import grown, stretch
from cleaner.repeats.seeds import candidates
from cleaner.repeats.stream import stream
from cleaner.text.shadow import MATCHING, shadow, word_mask

SHORTEST = 26
SEEDS = Path(__file__).parents[2] / "seeds"
SENTENCES = [
    "傍晚的河边总有人在散步，水面上漂着几片叶子，卖糖葫芦的推着车从桥上慢慢走过，孩子们跟在后面笑。",
    "老木匠把刨花扫到墙角，点上一锅烟，说这张桌子用的是后山的老榆木，能传三代人，你们放心拿走吧。",
    "雪下了一整夜，早起推门，院子里白茫茫一片，只有猫从柴垛到厨房留下一串细细的脚印，弯弯曲曲。",
    "她把信折好放进抽屉，又拿出来看了一遍，最后还是走到邮局门口，把它轻轻塞进了那只绿色的邮筒。",
]


def words(text: str) -> tuple[str, list[int]]:
    """The folded word characters of a text and their places."""
    mask = word_mask()
    folded = shadow(text, MATCHING)
    places = [at for at, mark in enumerate(folded) if mask[ord(mark)]]
    return "".join(folded[at] for at in places), places


def longest_repeat(text: str) -> int:
    """The length of the longest stretch of word characters that stands twice without overlapping itself."""
    stream, _ = words(text)
    size = len(stream)
    best = 0
    row = np.zeros(size + 1, np.int64)
    for first in range(size):
        new = np.zeros(size + 1, np.int64)
        for second in range(first + 1, size):
            if stream[first] == stream[second]:
                new[second + 1] = min(row[second] + 1, second - first)
        best = max(best, int(new.max(initial=0)))
        row = new
    return best


def stands(piece: str, text: str) -> bool:
    """Whether the word characters of a piece stand in a text in one run."""
    return words(piece)[0] in words(text)[0]


@st.composite
def repeating(draw: st.DrawFn) -> str:
    letters = [[chr(0x4E00 + 0x60 * row + column) for column in range(0x60)] for row in range(4)]  # none in two pieces
    piece, *around = (
        "".join(draw(st.lists(st.sampled_from(row), min_size=30, max_size=45, unique=True))) for row in letters
    )
    return around[0] + piece + around[1] + piece + around[2]


def grown_longest(text: str) -> int:
    """The length of the longest equal stretch that grows from the candidates of a text."""
    made = stream(text)
    grown_from = (grown(made.folded, stretch(made.folded, at, back)) for at, back, _ in candidates(made, SHORTEST))
    longest = 0
    for block in chain.from_iterable(grown_from):
        assert made.words(block.old, block.old + block.length) == made.words(block.new, block.new + block.length)
        longest = max(longest, block.length)
    return longest


@settings(max_examples=25, deadline=None)
@given(repeating())
def test_what_grows_from_candidates_stands_twice_and_is_no_longer_than_what_does(text: str) -> None:
    assert grown_longest(text) <= longest_repeat(text)


def test_a_stretch_that_stands_twice_is_among_the_candidates_in_99_cases_of_100() -> None:
    rng = random.Random(1)  # noqa: S311 - no secret, a repeatable draw
    trials, found = 500, 0
    for _ in range(trials):
        marks = rng.sample([chr(point) for point in range(0x4E00, 0x9F00)], 4 * 45)
        piece, *around = ("".join(marks[45 * row :][: rng.randint(26, 40)]) for row in range(4))
        found += grown_longest(around[0] + piece + around[1] + piece + around[2]) >= SHORTEST
    assert found >= 0.99 * trials


@settings(max_examples=25, deadline=None)
@given(repeating(), st.integers(0, 20))
def test_no_text_is_dismissed_for_a_stretch_that_it_holds(text: str, formulae: int) -> None:
    made = stream(text + text[:8] * formulae)
    found = candidates(made, SHORTEST)
    assert candidates(made, SHORTEST, longest_repeat(made.folded)) == found


def test_a_text_of_formulae_without_such_a_stretch_is_dismissed() -> None:
    made = stream("".join(SENTENCES[0][:30] + chr(0x4E00 + k) + SENTENCES[1][:30] + chr(0x5E00 + k) for k in range(20)))
    assert len(candidates(made, SHORTEST))
    assert len(candidates(made, SHORTEST, 120)) == 0


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(4)), st.integers(0, 3), st.sampled_from(["", "\n", "\n\n", "\r\n"]), st.integers(0, 4))
def test_a_planted_sentence_goes_and_nothing_else(order: list[int], again: int, between: str, place: int) -> None:
    pieces = [SENTENCES[index] for index in order]
    pieces.insert(place, SENTENCES[again])
    text = between.join(pieces)
    document = Document("a", text, Source("a", "", 0))
    (edit,) = Repeats().find(document).edits
    assert "".join(edit.removed.split()) == SENTENCES[again]
    left = text[: edit.start] + text[edit.end :]
    assert all(stands(sentence, left) for sentence in SENTENCES)


@pytest.mark.parametrize("length", [60, 200, 600])
def test_copies_with_edits_are_found_and_their_surroundings_stay(length: int) -> None:
    from benchmarks.repeats.plant import Recipe, plant
    from benchmarks.repeats.quality import score

    text = next(SEEDS.glob("000*.txt")).read_bytes().decode()
    rng = random.Random(length)  # noqa: S311 - no secret, a repeatable draw
    found = copies = beyond = characters = 0
    for trial in range(15):
        rate = 0.0 if length < 80 else 0.05
        planted = plant(text, rng, Recipe(length, rate, 1 + trial % 3, bool(trial % 2)))
        if planted:
            result = score(planted)
            found, copies = found + result.found, copies + result.copies
            beyond, characters = beyond + result.beyond, characters + result.characters
            assert result.lost == 0
    assert found == copies
    assert beyond <= 0.01 * characters


@pytest.mark.parametrize(
    ("rate", "clauses", "floor"), [(0.0, False, 1.0), (0.0, True, 1.0), (0.02, False, 1.0), (0.1, False, 0.99)]
)
def test_what_is_planted_into_the_seeds_is_found(rate: float, *, clauses: bool, floor: float) -> None:
    from benchmarks.repeats.plant import Recipe, plant
    from benchmarks.repeats.quality import score

    total = found = 0
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_bytes().decode()
        rng = random.Random(f"{path.name}/{rate}")  # noqa: S311 - no secret, a repeatable draw
        for trial, length in enumerate((40, 60, 100, 200, 400) if not rate else (80, 120, 200, 300, 400)):
            if path.name.startswith("003"):  # it repeats itself
                continue
            planted = plant(text, rng, Recipe(length, rate, 1 + trial % 3, bool(trial % 2), clauses))
            if planted:
                result = score(planted)
                total, found = total + result.copies, found + result.found
                assert result.lost == 0
                assert result.beyond <= 0.01 * result.characters
    assert total >= 25
    assert found >= floor * total
