"""Documents in the JSON Lines of MNBVC: paragraphs with their md5 and marks of what stands twice.

Source: the common schema of the MNBVC project (通用语料格式). A paragraph is a line without the blanks at its ends;
blank lines are none; ``行号`` counts all lines from 0. What lies between the paragraphs stands in the field
``扩展字段``, where it is more than a newline, so that the text can be made again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cleaner.core.document import Document
from cleaner.core.jsonl import dump, json_text
from cleaner.text.segments import lines

# Below this share of different paragraphs MNBVC's own tool marks a file as one to be looked at.
_SUSPICIOUS = 0.5
_BITS = 64


@dataclass(slots=True)
class Exporter:
    """Turns documents into lines; remembers the paragraphs of the documents before, to mark what stands in several."""

    _seen: set[bytes] = field(default_factory=set)

    def line(self, document: Document) -> bytes:
        """The line of a document."""
        paragraphs = list(self._paragraphs(document.text))
        own = {paragraph["md5"]: paragraph["内容"] for paragraph in paragraphs}
        self._seen.update(map(_key, own))
        return dump(
            {
                "文件名": document.id,
                "是否待查文件": bool(paragraphs) and len(own) / len(paragraphs) < _SUSPICIOUS,
                "是否重复文件": document.is_dropped,
                "文件大小": document.source.size,
                "simhash": simhash(own.values()),
                "最长段落长度": max((len(paragraph["内容"]) for paragraph in paragraphs), default=0),
                "段落数": len(paragraphs),
                "去重段落数": len(own),
                "低质量段落数": 0,
                "段落": paragraphs,
                "扩展字段": json_text({} if paragraphs else _extra(before=document.text)),
                "时间": _day(document.source.mtime),
            }
        )

    def _paragraphs(self, text: str) -> Iterator[dict[str, Any]]:
        own: set[str] = set()
        pieces = list(_pieces(text))
        for at, (number, start, end) in enumerate(pieces):
            content = text[start:end]
            md5 = hashlib.md5(content.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
            behind = pieces[at + 1][1] if at + 1 < len(pieces) else len(text)
            extra = _extra(before=text[:start] if at == 0 else "", after=text[end:behind])
            yield {
                "行号": number,
                "是否重复": md5 in own,
                "是否跨文件重复": _key(md5) in self._seen,
                "md5": md5,
                "内容": content,
                "扩展字段": json_text(extra),
            }
            own.add(md5)


def text_of(line: Mapping[str, Any]) -> str:
    """The text of a line that `Exporter` wrote.

    Raises:
        KeyError, ValueError: the line is of another maker or damaged.
    """
    parts = [json.loads(line["扩展字段"]).get("before", "")]
    for paragraph in line["段落"]:
        extra = json.loads(paragraph["扩展字段"])
        parts += (extra.get("before", ""), paragraph["内容"], extra.get("after", "\n"))
    return "".join(parts)


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line that holds something, blanks at its ends left out."""
    for number, line in enumerate(lines(text)):
        content = line.content(text)
        if stripped := content.strip():
            start = line.start + len(content) - len(content.lstrip())
            yield number, start, start + len(stripped)


def _extra(*, before: str = "", after: str = "\n") -> dict[str, str]:
    return {**({"before": before} if before else {}), **({"after": after} if after != "\n" else {})}


def _key(md5: str) -> bytes:
    return bytes.fromhex(md5)


def simhash(texts: Any) -> int:
    """The 64-bit simhash of a set of texts, of equal weight, by the low bits of their md5.

    Source: Charikar 2002; bit for bit what the Python package simhash gives, which MNBVC's tool uses.

    >>> simhash(["a"]) == int(hashlib.md5(b"a").hexdigest(), 16) % 2**64
    True
    """
    counts = [0] * _BITS
    number = 0
    for text in texts:
        number += 1
        digest = hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()
        bits = int.from_bytes(digest[-8:], "big")
        for bit in range(_BITS):
            counts[bit] += bits >> bit & 1
    return sum(1 << bit for bit in range(_BITS) if counts[bit] * 2 > number)


def _day(mtime: float) -> str:
    return datetime.fromtimestamp(mtime, UTC).strftime("%Y%m%d") if mtime else ""
