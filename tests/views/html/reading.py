"""Reads a written page back without a browser: its parts by the HTML parser, its blocks by zlib."""

import base64
import json
import zlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from cleaner.views.html import Limits, write_report
from tests.views.html.samples import Sample


def written(sample: Sample, limits: Limits | None = None) -> bytes:
    out = BytesIO()
    write_report(out, sample.report, iter(sample.documents), iter(sample.rejected), limits or Limits())
    return out.getvalue()


@dataclass
class Page(HTMLParser):
    """What a parser sees: every element with its attributes, the content of scripts and styles."""

    data: bytes
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    raw: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.elements[-1] if self.elements else ("", {})
        if tag in {"script", "style"} and (not self.raw or self.raw[-1][1] is not attributes):
            self.raw.append((tag, attributes, data))

    @property
    def policy(self) -> str:
        (content,) = (
            meta.get("content") for tag, meta in self.elements if meta.get("http-equiv") == "Content-Security-Policy"
        )
        return content or ""

    def value(self, name: str) -> Any:
        (content,) = (text for tag, attributes, text in self.raw if attributes.get("id") == name)
        return json.loads(zlib.decompress(base64.b64decode(content)))

    def contents(self) -> dict[str, Any]:
        rows = self.value("index")["rows"]
        blocks = {row["at"][0]: self.value(f"block-{row['at'][0]}") for row in rows if "at" in row}
        return {row["id"]: blocks[row["at"][0]][row["at"][1]] for row in rows if "at" in row}


def piece_text(piece: Any) -> str:
    return piece if isinstance(piece, str) else piece[1]


def original(content: Any) -> str:
    return "".join(map(piece_text, content["pieces"]))


def cleaned(content: Any) -> str:
    def after(piece: Any) -> str:
        taken = not isinstance(piece, str) and piece[0] >= 0
        return content["edits"][piece[0]].get("replacement", "") if taken else piece_text(piece)

    return "".join(map(after, content["pieces"]))
