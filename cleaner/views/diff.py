"""A unified diff between the original and the cleaned text of a document."""

from collections.abc import Iterator
from difflib import unified_diff

from cleaner.core.document import Document
from cleaner.core.printable import printable


def diff(document: Document) -> Iterator[str]:
    r"""The lines of the diff, without terminators; a dropped document goes whole.

    >>> from cleaner.core.document import Source
    >>> from cleaner.core.edits import Patch, cut
    >>> document = Document("a.txt", "x\nad1 webp\n", Source("a.txt", "", 11))
    >>> list(diff(document.with_patch(Patch("strip", (cut(document.text, 2, 11, "strip/ads"),)))))
    ['--- a/a.txt', '+++ b/a.txt', '@@ -1,2 +1 @@', ' x', '-ad1 webp']
    """
    before, after = _lines(document.original), _lines("" if document.is_dropped else document.text)
    name = printable(document.id)
    yield from unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
