import hashlib
import json

from hypothesis import given

from cleaner.core.document import Document, Source, Verdict
from cleaner.io.mnbvc import Exporter, simhash, text_of
from tests.strategies import texts


def document(text: str, id_: str = "a.txt") -> Document:
    return Document(id_, text, Source(id_, "0" * 64, 9, mtime=1_700_000_000.0))


def exported(*documents: Document) -> list[dict[str, object]]:
    exporter = Exporter()
    return [json.loads(exporter.line(document)) for document in documents]


@given(texts())
def test_the_text_can_be_made_again(text: str) -> None:
    assert text_of(json.loads(Exporter().line(document(text)))) == text


def test_a_line_has_the_fields_of_the_common_schema() -> None:
    (line,) = exported(document("一\n\n  二 \n一"))
    assert list(line) == [
        *("文件名", "是否待查文件", "是否重复文件", "文件大小", "simhash", "最长段落长度"),
        *("段落数", "去重段落数", "低质量段落数", "段落", "扩展字段", "时间"),
    ]
    assert (line["段落数"], line["去重段落数"], line["最长段落长度"], line["文件大小"]) == (3, 2, 1, 9)
    assert line["时间"] == "20231114"
    paragraphs = line["段落"]
    assert isinstance(paragraphs, list)
    assert [(part["行号"], part["内容"], part["是否重复"]) for part in paragraphs] == [
        (0, "一", False),
        (2, "二", False),
        (3, "一", True),
    ]
    assert paragraphs[0]["md5"] == hashlib.md5("一".encode(), usedforsecurity=False).hexdigest()


def test_paragraphs_of_earlier_documents_are_marked() -> None:
    first, second = exported(document("一\n二", "a"), document("二\n三", "b"))
    marks = [[part["是否跨文件重复"] for part in line["段落"]] for line in (first, second)]  # type: ignore[attr-defined]
    assert marks == [[False, False], [True, False]]


def test_few_different_paragraphs_make_a_file_suspicious() -> None:
    (line,) = exported(document("一\n" * 5))
    assert line["是否待查文件"] is True


def test_a_dropped_document_is_marked() -> None:
    from dataclasses import replace

    (line,) = exported(replace(document("一"), verdict=Verdict("dropped", "b")))
    assert line["是否重复文件"] is True


def test_simhash_is_the_majority_of_bits() -> None:
    parts = ["甲", "乙", "丙"]
    hashes = [int(hashlib.md5(part.encode(), usedforsecurity=False).hexdigest(), 16) % 2**64 for part in parts]
    wanted = sum(1 << bit for bit in range(64) if sum(one >> bit & 1 for one in hashes) >= 2)
    assert simhash(parts) == wanted
