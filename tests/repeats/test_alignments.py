"""Where alignments are not looked for at all, and where they still are."""

import pytest

from cleaner.repeats.align import blocks
from cleaner.repeats.alignments import searched
from cleaner.repeats.stream import stream

PARAGRAPH = (
    "申请人应当向所在地县级人民政府主管部门提交书面申请，并如实说明有关情况，主管部门收到申请后应当及时予以登记，"
    "并在规定的期限内完成审查，认为符合条件的，作出准予的决定并予以公告；认为不符合条件的，书面通知申请人并说明理由，"
    "申请人对决定不服的，可以依法申请行政复议，也可以直接向人民法院提起诉讼，复议和诉讼期间决定不停止执行，"
    "法律另有规定的从其规定，主管部门应当将审查的结果归档保存，供社会公众查阅，并接受上级机关的监督。"
)
FORMULA = "由县级以上地方人民政府主管部门责令限期改正，给予警告，没收违法所得，并处违法所得一倍以上五倍以下的罚款。"
ARTICLES = ["为了规范行为，制定本法。", "本法适用于境内的活动。", "国家鼓励创新。", "有关部门各负其责。"]


def law(*more: str) -> str:
    texts = [text for pair in zip(ARTICLES, more, strict=False) for text in pair] + ARTICLES[len(more) :]
    return "".join(f"第{'一二三四五六七八'[index]}条 {text}\n" for index, text in enumerate(texts))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (law("未经批准的，" + FORMULA, "逾期不报的，" + FORMULA), 0),
        (law(PARAGRAPH, PARAGRAPH), 1),
        (law("未经批准的，" + FORMULA, "逾期不报的，" + FORMULA) + "第二条 未经批准的，" + FORMULA, 2),
    ],
    ids=["a formula", "a long paragraph", "an article's number twice"],
)
def test_in_a_law_only_what_may_go_is_aligned(text: str, count: int) -> None:
    assert len(searched(stream(text), 40)[0]) == count


def test_what_lies_in_blocks_of_code_is_not_aligned_but_what_holds_them_is() -> None:
    line = "for name in sorted(names): print(name, sizes[name], owners[name], modes[name], dates[name])"
    one, other = (f"```\n{line}\n{rest}\n```\n" for rest in ("sum(sizes) / len(sizes)", "max(dates) - min(dates)"))
    told = "春天的早晨，村口的老槐树下坐满了等着听故事的孩子，大家都不说话，只听见风吹树叶的声音。\n"
    assert searched(stream(f"{one}别的话。\n{other}"), 40)[0] == []
    (found,) = searched(stream(f"{told}{one}{told[::-1]}{told}{other}"), 40)[0]
    assert blocks(found)[0].old == 0
