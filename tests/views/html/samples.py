"""Documents as the stages would leave them, built by hand: from the seeds, from hostile texts, in any number."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.core.document import BytePatch, Document, Flag, Rejected, Source, Verdict
from cleaner.core.edits import Edit, Patch, cut, evidence
from cleaner.core.report import Report, report_of_entries

SEEDS = Path(__file__).parents[3] / "seeds"

HOSTILE = {
    "script.txt": "<script>window.hacked=1</script>\n</script><script>window.hacked=2</script>\n",
    "style.txt": "</style><style>body{display:none}</style><link rel=stylesheet href=//evil.example>\n",
    "image.txt": "<img src=x onerror=\"window.hacked=3\"><svg onload='hacked=4'>\n<iframe src=javascript:hacked=5>",
    "comment.txt": "--><!-- data --><!-- script -->]]></title></template></textarea>${window.hacked=6}\n",
    "quotes.txt": "\"'`><body onload=window.hacked=7> &lt;b&gt; &amp;amp; \\u003cscript\\u003e\n",
    "bidi.txt": "access \u202e\u2066// admin\u2069 \u2066begin\u2069 \u200bzero\u200d \ufeffbom \u061c\n",
    "control.txt": "nul \x00 bell \x07 escape \x1b[31m delete \x7f c1 \x85 separator \u2028 end\n",
    "surrogate.txt": "lone \ud800 and \udfff, astral 𠮷𠮷, flag 🇨🇳, family 👨‍👩‍👧 tag \U000e0041\n",
    "<script>window.hacked=8</script>\"'.txt": "the id is hostile\n",
    "\u202etxt.eman": "the id is reversed\n",
    "__proto__": "an id that is a property of every object\n",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """All that `write_report` takes."""

    documents: tuple[Document, ...]
    rejected: tuple[Rejected, ...] = ()

    @property
    def report(self) -> Report:
        return report_of_entries((*self.documents, *self.rejected))


def source(name: str, text: str, **facts: object) -> Source:
    data = text.encode("utf-8", "surrogatepass")
    return Source(**{"path": name, "sha256": f"{len(data):064x}", "size": len(data), **facts})  # type: ignore[arg-type]


def seed(number: int) -> tuple[str, str]:
    path = sorted(SEEDS.glob("*.txt"))[number]
    return path.name, path.read_bytes().decode("utf-8-sig")


def plain(name: str, text: str) -> Document:
    return Document(name, text, source(name, text))


def forum() -> Document:
    """A thread whose chrome went: head, counters, notice, foot; and an ad flagged."""
    name, text = seed(1)
    spans = ((0, 22, "head"), (48, 264, "profile"), (265, 302, "edited"), (len(text) - 220, len(text), "foot"))
    facts = evidence(zone="head", strength="anchor", why="fixed words of the forum engine around the first post")
    edits = tuple(cut(text, start, end, f"strip/discuz/{part}", facts) for start, end, part in spans)
    flag = Flag(
        "strip/ads/sentence", 300, 340, "reads like an advertisement, but stands in a sentence", evidence(score=0.41)
    )
    return plain(name, text).with_patch(Patch("strip", edits), (flag,))


def repeated() -> Document:
    """A report in which three passages stand twice, as the gold says of it; the newspaper mark went before."""
    name, text = seed(3)
    document = plain(name, text).with_patch(
        Patch("strip", (cut(text, 17, 23, "strip/news/continued", evidence(zone="head")),))
    )
    places = ((4119, 4365, 2265, 2511), (4367, 4614, 2688, 2935), (10916, 11295, 9000, 9379))
    edits = tuple(
        cut(
            document.text,
            start - 6,
            end - 6,
            "repeats/passage",
            evidence(kept_start=low - 6, kept_end=high - 6, jaccard=0.9871),
        )
        for start, end, low, high in places
    )
    return document.with_patch(Patch("repeats", edits))


def templated() -> Iterator[Document]:
    """Two notices that differ in numbers alone, in each a passage that stands twice but for its date; all flagged."""
    for number in (1, 2):
        name = f"notices/{number}.txt"
        once = "会议定于%d月9日上午九时在市政府三楼会议室召开,请各单位负责同志准时参加。\n"
        head = f"关于第{number}次会议的通知\n各单位:\n"
        text = head + once % 3 + "另行通知如下。\n" + once % 5
        at, other = text.rindex("会议定于"), text.index("会议定于")
        facts = evidence(kept_start=other, kept_end=other + len(once % 3), similarity=0.97)
        flags = (
            Flag("repeats/passage", at, at + len(once % 5), "stands twice, but the copies differ: a date", facts),
            Flag(
                "dedup/template", 0, 0, "the two differ mainly in numbers", evidence(other=f"notices/{3 - number}.txt")
            ),
        )
        yield Document(name, text, source(name, text), flags=flags)


def recoded() -> Document:
    """A GB file with two undecodable bytes, a mojibake line repaired and two rewritings on one line."""
    text = "长春市\n鍚夋灄甯傚伐浣滄姤鍛�\n价格\ufffd\ufffd元,１２３吨。\n下一页 上一页\n"
    lost = text.index("\ufffd\ufffd")
    patches = (BytePatch(lost, lost + 1, b"\x81"), BytePatch(lost + 1, lost + 2, b"\xff"))
    start = Document(
        "gb/mojibake.txt",
        text,
        source("gb/mojibake.txt", text, codec="gb18030", confidence=0.8712, runner_up="big5", byte_patches=patches),
    )
    line = text.index("鍚")
    end = text.index("\n", line)
    width = text.index("１２３")
    edits = (
        Edit(
            line,
            end,
            text[line:end],
            "吉林市工作报告",
            "repair/mojibake/utf-8-as-gb18030",
            evidence(before=0.12, after=0.97),
        ),
        Edit(width, width + 3, "１２３", "123", "repair/typography/width", ()),
    )
    repaired = start.with_patch(Patch("repair", edits), (Flag("decode/undecodable", 0, 0, "two bytes are no gb18030"),))
    at = repaired.text.index("下一页")
    return repaired.with_patch(
        Patch("strip", (cut(repaired.text, at, len(repaired.text), "strip/gov/pager", evidence(zone="tail")),))
    )


def duplicates() -> Iterator[Document]:
    """Seed 0 kept, and copies of it that lack and add sentences, dropped."""
    name, text = seed(0)
    yield plain(name, text)
    for number, (likeness, addition) in enumerate(
        ((1.0, ""), (0.93, "本报记者补充:会期一天。"), (0.81, "另讯:下午举行分组审议。\n" * 3))
    ):
        copy = text[: len(text) - 300 * number] + addition
        verdict = Verdict(
            "dropped",
            name,
            "exact" if likeness == 1 else "jaccard",
            likeness,
            round((1 + likeness) / 2, 4),
            len(addition),
        )
        yield Document(f"copies/{number}.txt", copy, source(f"copies/{number}.txt", copy), verdict=verdict)


def hostile() -> Iterator[Document]:
    """Each hostile text as it is, and once more inside a removed span, a replacement, a rule's evidence and a flag."""
    for name, text in HOSTILE.items():
        yield plain(name, text)
    everything = "".join(HOSTILE.values())
    edits = (
        cut(everything, 0, 80, "strip/hostile/removed", evidence(why=HOSTILE["image.txt"])),
        Edit(90, 95, everything[90:95], HOSTILE["script.txt"], "repair/hostile/replaced", ()),
    )
    flag = Flag(
        "strip/hostile/<img src=x onerror=window.hacked=9>",
        200,
        230,
        HOSTILE["image.txt"],
        evidence(text=HOSTILE["bidi.txt"]),
    )
    yield plain("hostile/all.txt", everything).with_patch(Patch("strip", edits), (flag,))


def sample() -> Sample:
    """Everything at once, small."""
    documents = [
        forum(),
        repeated(),
        *templated(),
        recoded(),
        *duplicates(),
        *hostile(),
        plain("empty.txt", ""),
        plain(*seed(2)),
    ]
    rejected = (
        Rejected("bin/a.exe", "the bytes are no text", "f" * 64),
        Rejected("bad<b>.jsonl#3", 'no field \'text\' in {"a": "<img>"}'),
    )
    return Sample(tuple(sorted(documents, key=lambda document: document.id)), rejected)


def many(number: int, characters: int = 4000) -> Iterator[Document]:
    """So many documents with texts of the seeds, edited by 30 rules, every 50th flagged, every tenth dropped."""
    texts = [seed(at)[1] for at in range(5)]
    for count in range(number):
        text = f"第{count}号文件\n" + texts[count % 5][count % 997 :][:characters]
        name = f"site-{count % 7}/{count:05}.txt"
        edits = tuple(
            cut(
                text,
                at,
                at + 20 + count % 9,
                f"strip/pack{count % 6}/rule-{(count + at) % 30:02}",
                evidence(zone="tail", score=0.9),
            )
            for at in range(100, len(text) - 60, 1500)
        )
        flags = (
            (Flag("strip/brake", 20, 60, "would take more than 35% of the sentences", evidence(share=0.41)),)
            if count % 50 == 0
            else ()
        )
        document = plain(name, text).with_patch(Patch("strip", edits if count % 3 else ()), flags)
        if count % 10 == 9:
            of = f"site-{(count - 3) % 7}/{count - 3:05}.txt"
            verdict = Verdict("dropped", of, "jaccard", 0.8 + count % 20 / 100, 0.9, count % 70)
            document = Document(name, document.text, document.source, document.history, document.flags, verdict)
        yield document
