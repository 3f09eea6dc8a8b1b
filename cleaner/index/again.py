"""Texts of earlier documents, read again from where they stand; only one that is still the text of its entry counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path

from cleaner.core.document import Document
from cleaner.dedup import observe_texts
from cleaner.index.types import Entry, digests_of
from cleaner.io.items import items
from cleaner.io.reading import Keys, read_item
from cleaner.io.sources import FileItem, Item, LineItem, Listing
from cleaner.plan import Plan, clean


def texts_again(entries: Sequence[Entry], plan: Plan) -> Iterator[tuple[Entry, str | None]]:
    """Each entry with its text, file by file; None where it is gone, cannot be read, or is another by now.

    A text is taken as it is decoded, or as the document stages of the plan clean it: whichever has the entry's digest.
    """
    ordered = sorted(entries, key=lambda entry: (entry.place.path, entry.place.line, entry.name))
    for path, group in groupby(ordered, key=lambda entry: entry.place.path):
        wanted = list(group)
        found = _texts(path, wanted, plan) if path else {}
        yield from ((entry, found.get(entry.name)) for entry in wanted)


def _texts(path: str, wanted: Sequence[Entry], plan: Plan) -> dict[str, str]:
    by_line: dict[int, list[Entry]] = {}
    for entry in wanted:
        by_line.setdefault(entry.place.line, []).append(entry)
    found = {}
    for line, item in _items(path, set(by_line)):
        for entry in by_line[line]:
            document = read_item(plan, Keys(text=entry.place.text_key), item)
            text = _as_it_was(document, entry, plan) if isinstance(document, Document) else None
            if text is not None:
                found[entry.name] = text
    return found


def _items(path: str, lines: set[int]) -> Iterator[tuple[int, Item]]:
    """The file itself for line 0, its records for the others."""
    file = FileItem(Path(path).name, path, 0, 0.0)
    if 0 in lines:
        yield 0, file
    last = max(lines)
    if last:
        for item in items(Listing((file,)), BytesIO()):
            if isinstance(item, LineItem) and item.number in lines:
                yield item.number, item
            if not isinstance(item, LineItem) or item.number >= last:
                return


def _as_it_was(document: Document, entry: Entry, plan: Plan) -> str | None:
    if _digest(document.text, plan) == entry.digest:
        return document.text
    text = clean(plan, replace(document, id=entry.id)).text
    return text if _digest(text, plan) == entry.digest else None


def _digest(text: str, plan: Plan) -> str:
    return digests_of(observe_texts([""], [text], plan.dedup).digests)[0]
