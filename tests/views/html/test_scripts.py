"""The page's pure functions, called in a real Chromium on texts that Python makes up."""

import random
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from cleaner.core.edits import Edit
from cleaner.views.html.pieces import pieces
from tests.views.html.chromium import chromium

# Few letters, so that texts share parts; every line end, a pair of surrogates, a sentence end.
LETTERS = ["a", "b", "中", "\n", "\r\n", "\r", "𠮷", "。", " "]
NAMES = ("dom.js", "data.js", "lines.js", "copies.js")


@pytest.fixture(scope="module")
def scripts() -> Iterator[Any]:
    code = "\n".join((files("cleaner.views.html") / "assets" / name).read_text(encoding="utf-8") for name in NAMES)
    with chromium() as driver:
        driver.get("about:blank")

        def call(body: str, *arguments: object) -> Any:
            return driver.execute_script(f"{code}\n{body}", *arguments)

        yield call


def texts(seed: int, number: int, longest: int) -> list[str]:
    dice = random.Random(seed)  # noqa: S311 - cases of a test, not secrets
    return ["".join(dice.choices(LETTERS, k=dice.randrange(longest))) for _ in range(number)]


def edited(seed: int, text: str) -> dict[str, object]:
    """The content of a document whose text was edited at random."""
    dice = random.Random(seed)  # noqa: S311 - cases of a test, not secrets
    bounds = sorted(dice.randrange(len(text) + 1) for _ in range(dice.randrange(9)))
    spans = list(zip(bounds[::2], bounds[1::2], strict=False))
    edits = tuple(Edit(low, high, text[low:high], dice.choice(["", "x", "y\n"]), "demo/rule") for low, high in spans)
    told = [{"rule": edit.rule, **({"replacement": edit.replacement} if edit.replacement else {})} for edit in edits]
    return {"pieces": pieces(text, edits, ()), "edits": told}


CASES = [edited(number, text) for number, text in enumerate(texts(1, 300, 60))]


def test_rows_hold_both_texts_whole_and_break_only_where_both_sides_do(scripts: Any) -> None:
    body = """
        const shown = { left: (part) => part.text, right: (part) => part.edit < 0 ? part.text : part.replacement };
        return arguments[0].map((content) => {
            const rows = rowsOf(content);
            const side = (name) => rows.map((row) => row.parts.map(shown[name]).join(""));
            const [left, right] = [side("left"), side("right")];
            const level = (side) => side.slice(0, -1).every((text) => !text || endsLine(text));
            const whole = left.join("") === originalOf(content) && right.join("") === cleanedOf(content);
            return whole && level(left) && level(right);
        });
    """
    assert scripts(body, CASES) == [True] * len(CASES)


def test_line_numbers_count_the_lines_of_each_side(scripts: Any) -> None:
    content = {
        "pieces": ["a\nb\n", (0, "c\nd\n", []), "e\n", (1, "f", []), "\ng"],
        "edits": [{"rule": "r"}, {"rule": "r"}],
    }
    body = "return rowsOf(arguments[0]).map((row) => [row.left, row.right, row.hot])"
    assert scripts(body, content) == [
        [1, 1, False],
        [2, 2, False],
        [3, 3, True],
        [5, 3, False],
        [6, 4, True],
        [7, 5, False],
    ]


def test_folding_hides_no_change_and_no_match_and_loses_no_row(scripts: Any) -> None:
    text = "".join(f"第{number}行的文字不少,说的是这一行自己的事情。\n" for number in range(200))
    at = text.index("第100行")
    edits = (Edit(at, at + 3, text[at : at + 3], "", "demo/rule"),)
    content = {"pieces": pieces(text, edits, ()), "edits": [{"rule": "demo/rule"}]}
    body = """
        const rows = rowsOf(arguments[0]);
        const place = (row) => [rows.indexOf(row), rows.indexOf(row) + 1];
        const told = (item) => item.parts ? place(item) : [item.from, item.to, item.characters];
        return folded(rows, arguments[1]).map(told);
    """
    items = scripts(body, content, "第150行")
    assert [item[0] for item in items] + [200] == [0] + [item[1] for item in items]
    assert [item[0] for item in items if len(item) == 2] == [98, 99, 100, 101, 102, 148, 149, 150, 151, 152]


def test_clipped_slices_are_the_text_and_split_no_character(scripts: Any) -> None:
    long = [text * 40 for text in texts(2, 60, 40)]
    body = """
        return arguments[0].map((text) => {
            const slices = clipped(text, 200, 200, "中a");
            const whole = slices.every((slice) => slice.text.isWellFormed());
            return whole && slices.map((slice) => slice.text).join("") === text;
        });
    """
    assert scripts(body, long) == [True] * len(long)


def test_a_long_line_shows_its_ends_and_the_query_alone(scripts: Any) -> None:
    text = "a" * 5000 + "needle" + "a" * 5000
    slices = scripts(
        "return clipped(arguments[0], 200, 200, 'needle').map((slice) => [slice.text.length, slice.hidden])", text
    )
    assert slices == [[200, False], [4600, True], [406, False], [4600, True], [200, False]]


def test_differences_give_both_texts_back_and_call_the_same_what_is_the_same(scripts: Any) -> None:
    pairs = list(zip(texts(3, 200, 30), texts(4, 200, 30), strict=True))
    body = """
        return arguments[0].map(([one, two]) => {
            const [left, right] = differences(one, two);
            const whole = (runs) => runs.map(([text]) => text).join("");
            const same = (runs) => runs.filter(([, same]) => same).map(([text]) => text).join("");
            return whole(left) === one && whole(right) === two && same(left) === same(right);
        });
    """
    assert scripts(body, pairs) == [True] * len(pairs)


def test_a_differing_number_is_all_that_differs(scripts: Any) -> None:
    left, right = scripts("return differences('(四) 时期发展目标', '(一) 时期发展目标')")
    assert [text for text, same in left if not same] == ["四"]
    assert [text for text, same in right if not same] == ["一"]


def test_sentences_end_behind_their_quotes_and_at_lines(scripts: Any) -> None:
    text = "他说:“好。”然后走了!真的?!\n第二行没有句号\r\n完。"
    assert scripts("return sentences(arguments[0]).map((part) => part.trim())", text) == [
        "他说:“好。”",
        "然后走了!",
        "真的?!",
        "第二行没有句号",
        "完。",
    ]


def test_a_changed_sentence_shows_its_change_and_a_new_one_all_of_itself(scripts: Any) -> None:
    body = """
        const others = arguments[1].map(paired);
        const lacking = (runs) => runs.filter(([, same]) => !same).map(([text]) => text);
        return arguments[0].map((sentence) => lacking(ownRuns(sentence, others)));
    """
    others = ["会议定于三月九日上午召开。", "请准时参加。"]
    assert scripts(body, ["会议定于五月九日上午召开。", "附件两份。", ""], others) == [["五"], ["附件两份。"], [""]]


def test_a_line_of_ten_million_characters_is_cut_without_trouble(scripts: Any) -> None:
    body = """
        const text = "中".repeat(1e7);
        const rows = rowsOf({ pieces: [text], edits: [] });
        return [rows.length, sentences(text).length, clipped(text, 200, 200, "").length];
    """
    assert scripts(body) == [1, 1, 3]
