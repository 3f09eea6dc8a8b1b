import gzip
import json
import sys
from pathlib import Path

import pytest

from cleaner.engines.job import Job
from cleaner.engines.run import run_to_folder
from cleaner.io.pages import lines_of
from cleaner.io.restore import restore
from cleaner.io.sources import list_sources
from cleaner.plan import Plan
from tests.runs import HOME, content, lines, run, write

THREAD = """<!DOCTYPE html><html><head><title>某帖</title><style>p {color: red}</style></head><body>
<div id="nav"><a href="/">首页</a> <a href="/bbs">论坛</a></div>
<div id="comments">
<div class="post"><p>发表于 2023-2-3 21:00:09 | 只看该作者</p>
<p>楼主说的第一段话，讲的是昨天下午在城里看到的事情。</p></div>
<div class="post reply"><p>发表于 2023-2-3 22:10:00 | 只看该作者</p>
<p>二楼回答说，他也在那里，看到的不太一样。<br>还有第二行。</p></div>
<div class="sidebar hidden comment"><p>三楼只有一句话。</p></div>
</div><script>var a = 1;</script></body></html>
"""


def test_every_post_of_a_thread_stays() -> None:
    text = lines_of(THREAD)
    for part in ("首页", "楼主说的第一段话", "二楼回答说", "还有第二行。", "三楼只有一句话。"):
        assert part in text
    assert "var a" not in text
    assert "color" not in text


@pytest.mark.parametrize("html", ["", " \n", "<html></html>", "<script>x</script>"])
def test_a_page_without_text_is_empty(html: str) -> None:
    assert lines_of(html) == ""


def test_a_page_nested_beyond_reason_is_read() -> None:
    assert "deep" in lines_of("<div>" * 50_000 + "deep")


def test_a_page_becomes_a_document_and_comes_back(tmp_path: Path) -> None:
    page = THREAD.encode("gb18030")
    write(tmp_path / "in" / "sub" / "a.html", page)
    write(tmp_path / "in" / "b.HTM.gz", gzip.compress(page))
    out = run(tmp_path / "in", tmp_path / "out", Plan().only("decode", "strip"))
    assert {"documents/sub/a.html.txt", "originals/sub/a.html.zst", "documents/b.HTM.gz.txt"} <= out.keys()
    text = out["documents/sub/a.html.txt"].decode()
    assert "楼主说的第一段话" in text
    assert "三楼只有一句话" in text
    assert lines(out, "ledger.jsonl")[1]["source"]["codec"] == "gb18030"
    restore(tmp_path / "out", tmp_path / "back")
    assert content(tmp_path / "back") == {"sub/a.html": page, "b.HTM": page}


def test_one_rule_put_back_gives_text_and_no_page(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.html", THREAD.encode())
    run(tmp_path / "in", tmp_path / "out")
    restore(tmp_path / "out", tmp_path / "back", undone=lambda _: True)
    assert (tmp_path / "back" / "a.html.txt").read_text("utf-8") == lines_of(THREAD)


def test_a_damaged_original_is_no_original(tmp_path: Path) -> None:
    from cleaner.errors import RestoreError

    write(tmp_path / "in" / "a.html", THREAD.encode())
    run(tmp_path / "in", tmp_path / "out")
    (tmp_path / "out" / "originals" / "a.html.zst").write_bytes(b"broken")
    with pytest.raises(RestoreError, match=r"a\.html: what is restored is not the original"):
        restore(tmp_path / "out", tmp_path / "back")
    (tmp_path / "out" / "originals" / "a.html.zst").unlink()
    with pytest.raises(RestoreError, match="the original of the page is missing"):
        restore(tmp_path / "out", tmp_path / "back2")


def test_without_the_extra_pages_are_rejected_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    write(tmp_path / "in" / "a.html", b"<p>text</p>")
    write(tmp_path / "in" / "b.txt", b"text")
    run_to_folder(Job(Plan(), list_sources([str(tmp_path / "in")]), HOME), tmp_path / "out")
    (refused,) = [json.loads(line) for line in (tmp_path / "out" / "rejected.jsonl").read_bytes().splitlines()]
    assert "pip install 'corpusclean[html]'" in refused["error"]
    assert (tmp_path / "out" / "documents" / "b.txt").exists()
