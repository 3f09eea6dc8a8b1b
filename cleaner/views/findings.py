"""What a run would change in a document, one finding for each edit, in the lines of the original."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cleaner.core.document import Document
from cleaner.core.printable import printable

# A finding is read on one line of a terminal.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One change that a run would make.

    Attributes:
        id: of the document.
        line: in the decoded original, from 1.
        rule: what would make it.
        text: what would go or be rewritten; for a whole document, a word on why.
        replacement: what would stand there instead.
        strength: of the rule, where it has one.
    """

    id: str
    line: int
    rule: str
    text: str
    replacement: str = ""
    strength: str = ""

    def to_json(self) -> dict[str, Any]:
        """A line of ``check --json``."""
        return {"id": self.id, "line": self.line, "rule": self.rule, "text": self.text, "strength": self.strength}

    def words(self) -> str:
        """A line for the terminal.

        >>> Finding("a.txt", 3, "strip/ads/image-name", "ad1 webp").words()
        'a.txt:3: strip/ads/image-name: ad1 webp'
        """
        change = (
            f"{shortened(self.text)} -> {shortened(self.replacement)}" if self.replacement else shortened(self.text)
        )
        return f"{printable(self.id)}:{self.line}: {self.rule}: {change}"


def shortened(text: str) -> str:
    r"""The text on one line, its middle left out when it is long.

    >>> shortened("a\nb"), shortened(" \n"), len(shortened("x" * 1000))
    ('a⏎b', '(blank)', 61)
    """
    if not text.strip():
        return "(blank)"
    flat = "".join(character if character.isprintable() else "⏎" if character == "\n" else "·" for character in text)
    flat = flat.strip("⏎").replace("·⏎", "⏎")
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN // 2]}…{flat[-SHOWN // 2 :]}"


def findings(document: Document) -> Iterator[Finding]:
    """What a run changes in the document, in the order of its text; last that it is dropped."""
    yield from _of_source(document)
    yield from _of_history(document)
    verdict = document.verdict
    if verdict is not None and verdict.kind == "dropped":
        words = f"{verdict.method} {verdict.jaccard} to {verdict.of}"
        yield Finding(document.id, 1, "dedup/duplicate", words)


def _of_source(document: Document) -> Iterator[Finding]:
    source = document.source
    if source.bom:
        yield Finding(document.id, 1, "decode/bom", f"byte order mark {source.bom.hex(' ')}")
    if source.codec not in ("", "utf-8"):
        yield Finding(document.id, 1, "decode/recode", f"{source.codec} to utf-8")


def _of_history(document: Document) -> Iterator[Finding]:
    if not document.history:
        return
    from cleaner.text.segments import lines

    starts = [line.start for line in lines(document.original)]
    for edit in document.flat.edits:
        line = max(bisect_right(starts, edit.start), 1)
        strength = str(dict(edit.evidence).get("strength", ""))
        yield Finding(document.id, line, edit.rule, edit.removed, edit.replacement, strength)
