"""The page as a file: what it holds, what it lets run, that it is the same every time."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest

from cleaner.core.document import Document
from cleaner.core.report import Report
from cleaner.views.html import Limits, write_report
from tests.views.html.reading import Page, cleaned, original, written
from tests.views.html.samples import Sample, many, sample


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(written(sample()))


def test_the_page_holds_every_original_and_every_cleaned_text(page: Page) -> None:
    contents = page.contents()
    for document in sample().documents:
        assert original(contents[document.id]) == document.original
        assert cleaned(contents[document.id]) == document.text


def test_the_same_input_gives_the_same_bytes(page: Page) -> None:
    assert written(sample()) == page.data


def test_documents_are_written_while_they_stream_by() -> None:
    out = BytesIO()
    sizes: list[int] = []

    def stream() -> Iterator[Document]:
        for document in many(200, 4000):
            sizes.append(out.tell())
            yield document

    write_report(out, Report(documents=200), stream(), ())
    assert sizes[0] < sizes[100] < sizes[199]


def test_the_policy_admits_our_script_and_style_by_hash_and_nothing_else(page: Page) -> None:
    rules = dict(part.split(" ", 1) for part in page.policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag in ("script", "style"):
        (content,) = (text for kind, attributes, text in page.raw if kind == tag and "type" not in attributes)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert "unsafe" not in page.policy


def test_the_page_refers_to_nothing_outside_itself(page: Page) -> None:
    outside = {"src", "href", "srcset", "action", "data", "poster", "style"}
    held = [
        (tag, name, value) for tag, attributes in page.elements for name, value in attributes.items() if name in outside
    ]
    assert all(name == "href" and (value or "").startswith("#") for _, name, value in held)
    (script,) = (text for kind, attributes, text in page.raw if kind == "script" and "type" not in attributes)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttp|import\(", script
    )
    assert set(re.findall(r"https?://[^\"' )]+", script)) == {"http://www.w3.org/2000/svg"}


def test_no_document_text_stands_uncompressed_in_the_page(page: Page) -> None:
    blocks = re.sub(rb'<script type="application/octet-stream".*?</script>', b"", page.data)
    assert b"hacked=1" not in blocks
    assert "吉林市第十七届".encode() not in blocks


def test_the_page_holds_nothing_of_host_or_time(page: Page) -> None:
    later = Sample(
        tuple(replace(each, source=replace(each.source, mtime=1.5e9)) for each in sample().documents), sample().rejected
    )
    assert written(later) == page.data


def test_rejected_inputs_stand_in_the_index_with_their_reason(page: Page) -> None:
    rows = {row["id"]: row for row in page.value("index")["rows"]}
    assert rows["bin/a.exe"]["error"] == "the bytes are no text"
    assert rows["bin/a.exe"]["sha256"] == "f" * 64


def test_a_dropped_document_names_its_survivor_similarity_and_what_only_it_has(page: Page) -> None:
    rows = {row["id"]: row for row in page.value("index")["rows"]}
    row = rows["copies/1.txt"]
    assert (row["of"], row["jaccard"], row["lacking"], row["method"]) == (
        "000_799ca7624cdd9ec8.txt",
        0.93,
        12,
        "jaccard",
    )


def test_beyond_the_limits_documents_are_counted_and_those_worth_a_look_go_first() -> None:
    documents = tuple(many(100, 300))
    limited = Page(written(Sample(documents), Limits(rows=50, characters=6000, quiet=0.1)))
    index = limited.value("index")
    assert len(index["rows"]) == 50
    assert index["leftOut"] == 50
    assert index["withoutText"] == sum("at" not in row for row in index["rows"]) > 0
    quiet = [row for row in index["rows"] if not row["rules"] and "flags" not in row and "verdict" not in row]
    assert len(quiet) <= 5


def test_a_run_without_documents_gives_a_page() -> None:
    empty = Page(written(Sample(())))
    assert empty.value("index")["rows"] == []
    assert b"No documents." in empty.data
