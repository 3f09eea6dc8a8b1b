"""The stage as a whole: the real case, the laws, the options."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.errors import UsageError
from cleaner.repeats import Repeats, RepeatsOptions

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
NEWSPAPER = "003_a47c3924d11d0489.txt"
# What stands twice in the newspaper page, white space at its ends aside.
REPEATED = ((4119, 4365), (4367, 4614), (10916, 11295))

ONE = "政府工作报告指出，全年新建农村公路通达所有行政村，改造老旧小区惠及千家万户，群众获得感、幸福感、安全感明显提升。"
TWO = "会议强调，要坚持稳中求进的总基调，统筹发展和安全，把增进民生福祉作为一切工作的出发点，让改革成果更多惠及人民。"
OTHER = "傍晚的河边总有人在散步，水面上漂着几片叶子，卖糖葫芦的推着车从桥上慢慢走过。"


def document(text: str) -> Document:
    return Document("a.txt", text, Source("a.txt", "", 0))


def cleaned(text: str, options: RepeatsOptions | None = None) -> str:
    return run_stage(Repeats(options or RepeatsOptions()), document(text)).text


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_newspaper_page_loses_its_three_repeats_and_nothing_else() -> None:
    text = (ROOT / "seeds" / NEWSPAPER).read_bytes().decode()
    found = run_stage(Repeats(), document(text))
    expected, at = [], 0
    for start, end in REPEATED:
        expected.append(text[at:start])
        at = end
    assert squeezed(found.text) == squeezed("".join((*expected, text[at:])))
    assert [edit.rule for edit in found.history[0].edits] == ["repeats/passage"] * 3


@pytest.mark.parametrize("path", [path for path in SEEDS if path.name != NEWSPAPER], ids=lambda path: path.name[:3])
def test_a_page_without_repeats_comes_through_untouched(path: Path) -> None:
    text = path.read_bytes().decode()
    found = Repeats().find(document(text))
    assert not found.edits


def test_the_evidence_names_the_copy_that_stays() -> None:
    text = f"{ONE}\n{OTHER}\n{ONE}\n"
    (edit,) = Repeats().find(document(text)).edits
    facts = dict(edit.evidence)
    assert (facts["kept_start"], facts["kept_end"]) == (0, len(ONE))
    assert facts["similarity"] == 1.0
    assert facts["length"] == len(ONE)


def test_of_three_copies_one_stays() -> None:
    text = f"{ONE}\n\n{OTHER}\n\n{ONE}\n\n{TWO}\n\n{ONE}"
    assert cleaned(text) == f"{ONE}\n\n{OTHER}\n\n{TWO}"
    facts = [dict(edit.evidence)["kept_start"] for edit in Repeats().find(document(text)).edits]
    assert facts == [0, 0]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("first", f"{OTHER}{ONE}{TWO}\n\n{OTHER[:12]}。"),
        ("last", f"{OTHER}{TWO}\n\n{ONE}\n\n{OTHER[:12]}。"),
        ("whole", f"{OTHER}{TWO}\n\n{ONE}\n\n{OTHER[:12]}。"),
    ],
)
def test_keep_chooses_the_copy_that_stays(keep: str, expected: str) -> None:
    text = f"{OTHER}{ONE}{TWO}\n\n{ONE}\n\n{OTHER[:12]}。"
    assert cleaned(text, RepeatsOptions(keep=keep)) == expected


def test_a_page_that_stands_twice_keeps_one() -> None:
    page = f"标题在此\n\n{ONE}\n\n{OTHER}\n\n{TWO}\n"
    assert squeezed(cleaned(f"{page}\n{page}")).count(squeezed(ONE)) == 1


@pytest.mark.parametrize("options", [{"keep": "best"}, {"min_chars": 3}])
def test_a_setting_that_means_nothing_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        RepeatsOptions(**options)  # type: ignore[arg-type]  # that is the point


@st.composite
def patchworks(draw: st.DrawFn) -> str:
    odd = ("a" * 50, "\r\n", "\r", "\0", "\ud800")
    pieces = st.sampled_from([ONE, TWO, OTHER, ONE[:30], TWO[20:], "(一) " + ONE, *odd])
    return draw(st.sampled_from(["", "\n", "\n\n"])).join(draw(st.lists(pieces | st.text(max_size=5), max_size=12)))


@settings(max_examples=150, deadline=None)
@given(patchworks(), st.sampled_from(["first", "last", "whole"]))
@example(f"{ONE[:30]}{TWO[20:]}{ONE}{TWO}(一) {ONE}", "first")
@example(f"{ONE[:30]}{TWO[20:]}{ONE}{TWO}(一) {ONE}", "last")
@example(f"{ONE[:30]}{TWO[20:]}{ONE}{TWO}(一) {ONE}", "whole")
def test_it_comes_to_rest_replays_and_loses_nothing(text: str, keep: str) -> None:
    stage = Repeats(RepeatsOptions(keep=keep))
    once = run_stage(stage, document(text))
    assert once.original == text
    assert not stage.find(document(once.text)).edits
    # Clause by clause: where a cut-off copy stands before the whole one, the rest of the whole one goes.
    for piece in f"{ONE}{TWO}".replace("。", "，").split("，"):
        assert (squeezed(piece) in squeezed(text)) == (squeezed(piece) in squeezed(once.text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert run_stage(Repeats(), document(text)).original == text
