"""Findings that somebody looked at and accepted: the text stays, and nobody is told again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from glob import escape
from pathlib import PurePosixPath

from cleaner.core.document import Document
from cleaner.core.stage import DocumentStage, Found


@dataclass(frozen=True, slots=True)
class Allow:
    """One accepted finding.

    Attributes:
        path: glob on the id of the document; its last parts are enough.
        rule: glob on the rule.
        text: digest of the text that stays, see `text_digest`.
        reason: why it stays, for the next reader.
    """

    path: str
    rule: str
    text: str
    reason: str = ""

    def accepts(self, id_: str, rule: str, text: str) -> bool:
        """Whether this entry speaks of a finding.

        >>> Allow("seeds/*.txt", "strip/*", text_digest("ad1 webp")).accepts(
        ...     "a.txt", "strip/ads/image-name", "ad1 webp"
        ... )
        True
        """
        return self.speaks_of(id_) and fnmatchcase(rule, self.rule) and text_digest(text) == self.text

    def speaks_of(self, id_: str) -> bool:
        """Whether the glob fits the id; the shorter of the two decides how many parts are compared."""
        pattern, parts = PurePosixPath(self.path).parts, PurePosixPath(id_).parts
        shared = min(len(pattern), len(parts))
        return fnmatchcase("/".join(parts[-shared:]), "/".join(pattern[-shared:]))


def glob_of(id_: str) -> str:
    """The glob that fits one id; ``?`` stands for what the bytes of a name have and no text can say.

    >>> glob_of("a[1]" + chr(0xDCFF) + ".txt")
    'a[[]1]?.txt'
    """
    return "".join("?" if "\ud800" <= char <= "\udfff" else char for char in escape(id_))


def text_digest(text: str) -> str:
    r"""Sixteen hexadecimal digits of the SHA-256 of a text without the white space around it.

    >>> text_digest("ad1 webp") == text_digest("ad1 webp\n")
    True
    """
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Allowing:
    """A stage that leaves accepted findings alone."""

    stage: DocumentStage
    allowed: Sequence[Allow]

    @property
    def name(self) -> str:
        """The name of the stage."""
        return self.stage.name

    def find(self, document: Document) -> Found:
        """What the stage finds, without what was accepted."""
        found = self.stage.find(document)
        entries = [entry for entry in self.allowed if entry.speaks_of(document.id)]
        if not entries:
            return found
        edits = tuple(
            edit
            for edit in found.edits
            if not any(entry.accepts(document.id, edit.rule, edit.removed) for entry in entries)
        )
        return replace(found, edits=edits)
