"""Findings: the line, the rule and the text of every change, in the lines of the original."""

from dataclasses import replace

from cleaner.api import Pipeline
from cleaner.core.allow import Allow, text_digest
from cleaner.core.document import Document, Source, Verdict
from cleaner.plan import Plan, clean, document_of_bytes, document_of_text
from cleaner.views.diff import diff
from cleaner.views.findings import Finding, findings, shortened

PROSE = "会议指出，要把思想和行动统一到中央的决策部署上来。"


def test_lines_count_every_terminator_and_speak_of_the_original() -> None:
    text = f"{PROSE}\r\n\r\nad1 webp\r{PROSE}\n\nad2 webp\n"
    document = clean(Plan().only("strip"), document_of_bytes(Plan(), text.encode(), "a.txt"))
    assert [(finding.line, finding.text.strip()) for finding in findings(document)] == [
        (3, "ad1 webp"),
        (6, "ad2 webp"),
    ]
    assert Pipeline()(text).text == f"{PROSE}\r\n\r\n{PROSE}\n\n"


def test_a_finding_says_what_would_stand_there_instead() -> None:
    words = Finding("a\n.txt", 2, "repair/mojibake/x", "ÖÐ\nÎÄ", "中文").words()
    assert words == "a\\n.txt:2: repair/mojibake/x: ÖÐ⏎ÎÄ -> 中文"


def test_a_diff_leaves_what_was_accepted() -> None:
    text = f"{PROSE}\n\nad1 webp\n{PROSE}\n\nad2 webp\n"
    document = clean(Plan().only("strip"), document_of_text(Plan(), text, "a.txt"))
    accepted = Allow("*.txt", "strip/*", text_digest("ad1 webp"))
    assert [line for line in diff(document) if line.startswith("-")][1:] == ["-ad1 webp", "-ad2 webp"]
    assert [line for line in diff(document, [accepted]) if line.startswith("-")][1:] == ["-ad2 webp"]


def test_a_mark_another_codec_and_a_drop_are_findings_too() -> None:
    source = Source("a.txt", "", 4, codec="utf-16le", bom=b"\xff\xfe")
    verdict = Verdict("dropped", "b.txt", "jaccard", 0.9)
    rules = [finding.rule for finding in findings(Document("a.txt", "ab", source, verdict=verdict))]
    assert rules == ["decode/bom", "decode/recode", "dedup/duplicate"]


def test_a_finding_is_one_line_whatever_its_document_is_called() -> None:
    document = Document("a\n\x1b[2J\udcff.txt", "", Source("a", "", 0, codec="big5"))
    assert [finding.words() for finding in findings(document)] == [
        "a\\n\\x1b[2J\\udcff.txt:1: decode/recode: big5 to utf-8"
    ]
    assert next(
        iter(diff(replace(document, text="x", source=Source("a", "", 0), verdict=Verdict("dropped", "b"))))
    ) == ("--- a/a\\n\\x1b[2J\\udcff.txt")


def test_a_long_text_is_shown_by_its_ends_on_one_line() -> None:
    shown = shortened("甲" * 500 + "\n" + "乙" * 500)
    assert shown.startswith("甲")
    assert shown.endswith("乙")
    assert "\n" not in shown
    assert len(shown) < 70
