"""What the packs must leave alone: content full of the words of chrome, and the content of pages full of chrome."""

import tomllib
from pathlib import Path
from typing import Any, Literal

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.strip import Strip, StripOptions

DATA: dict[str, list[dict[str, Any]]] = tomllib.loads(Path(__file__).with_name("packs_traps.toml").read_text("utf-8"))
MARK = "K "
# Of the chrome lines of these pages at least this share goes in the balanced mode; the lowest of them was 0.87 when
# this was written.
FLOOR = 0.85


def stripped(text: str, mode: Literal["safe", "balanced"]) -> str:
    document = Document("trap", text, Source("trap", "0" * 64, len(text.encode())))
    return run_stage(Strip(StripOptions(mode=mode)), document).text


@pytest.mark.parametrize("mode", ["safe", "balanced"])
@pytest.mark.parametrize("case", DATA["content"], ids=[case["name"] for case in DATA["content"]])
def test_content_full_of_the_words_of_chrome_comes_back_unchanged(
    case: dict[str, Any], mode: Literal["safe", "balanced"]
) -> None:
    assert stripped(case["text"], mode) == case["text"]


@pytest.mark.parametrize("case", DATA["page"], ids=[case["name"] for case in DATA["page"]])
def test_a_page_keeps_its_content_and_loses_its_chrome(case: dict[str, Any]) -> None:
    lines = case["text"].splitlines()
    content = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    kept = stripped("\n".join(line.removeprefix(MARK) for line in lines), "balanced").splitlines()
    rest = iter(kept)
    assert [line for line in content if line not in rest] == []  # in this order, every one
    chrome = len(lines) - len(content)
    assert chrome - (len(kept) - len(content)) >= FLOOR * chrome
