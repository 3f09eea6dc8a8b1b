"""A unified diff between the original and the cleaned text of a document."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from cleaner.core.allow import Allow
from cleaner.core.document import Document
from cleaner.core.edits import Edit, Patch
from cleaner.core.printable import printable


def diff(document: Document, allowed: Sequence[Allow] = ()) -> Iterator[str]:
    r"""The lines of the diff, without terminators; a dropped document goes whole, what was accepted stays.

    >>> from cleaner.core.document import Source
    >>> from cleaner.core.edits import Patch, cut
    >>> document = Document("a.txt", "x\nad1 webp\n", Source("a.txt", "", 11))
    >>> list(diff(document.with_patch(Patch("strip", (cut(document.text, 2, 11, "strip/ads"),)))))
    ['--- a/a.txt', '+++ b/a.txt', '@@ -1,2 +1 @@', ' x', '-ad1 webp']
    """
    original = document.original
    edits = (edit for edit in document.flat.edits if not _is_accepted(edit, document.id, allowed))
    after = "" if document.is_dropped else Patch("", tuple(edits)).apply(original)
    name = printable(document.id)
    yield from unified_diff(_lines(original), _lines(after), f"a/{name}", f"b/{name}", lineterm="")


def _is_accepted(edit: Edit, id_: str, allowed: Sequence[Allow]) -> bool:
    return any(entry.accepts(id_, edit.rule, edit.removed) for entry in allowed)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
