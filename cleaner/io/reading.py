"""From an item to a document: reading, parsing, and the errors that reject one input while the rest goes on."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.core.document import Document, Rejected, Source
from cleaner.core.jsonl import load
from cleaner.core.ledger import RESERVED, from_wire
from cleaner.errors import RecordError, RejectedError, UnreadableError
from cleaner.io.layout import checked_id
from cleaner.io.sources import FileItem, Item, LineItem, StagedItem
from cleaner.plan import Plan, document_of_bytes, document_of_text


@dataclass(frozen=True, slots=True)
class Keys:
    """The names under which a record holds its id and its text."""

    id: str = "id"
    text: str = "text"


def read_item(plan: Plan, keys: Keys, item: Item) -> Document | Rejected:
    """The document of an item, decoded; what cannot be one comes back rejected, with the reason."""
    if isinstance(item, StagedItem):
        return item.entry
    if isinstance(item, FileItem):
        return _read_file(plan, item)
    place = f"{item.path}#{item.number}"
    try:
        return _read_record(plan, keys, item, place)
    except RejectedError as error:
        return Rejected(place, _words(error), hashlib.sha256(item.line).hexdigest())


def _read_file(plan: Plan, item: FileItem) -> Document | Rejected:
    data = b""
    try:
        data = read_bytes(item)
        return document_of_bytes(plan, data, item.id, item.mtime)
    except UnreadableError as error:
        return Rejected(item.id, _words(error))
    except RejectedError as error:
        return Rejected(item.id, _words(error), hashlib.sha256(data).hexdigest())


def read_bytes(item: FileItem) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableError: they cannot be read.
    """
    try:
        return Path(item.path).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableError(f"cannot be read: {reason}", cure="look at its permissions") from error


def _words(error: RejectedError) -> str:
    return f"{error.what}; {error.cure}" if error.cure else error.what


def _read_record(plan: Plan, keys: Keys, item: LineItem, place: str) -> Document | Rejected:
    record = _parsed(item)
    staged = from_wire(record)
    if staged is not None:
        if isinstance(staged, Document) and staged.source.fields is None:
            checked_id(staged.id)
        return staged
    text = record.get(keys.text)
    if not isinstance(text, str):
        found = f"it is {type(text).__name__}" if keys.text in record else f"it has {_some(record)}"
        raise RecordError(f"the record has no text under {keys.text!r} ({found})", cure="name its key with --text-key")
    source = Source(
        path=item.path,
        sha256="",
        size=0,
        mtime=item.mtime,
        codec="",
        line=item.number,
        fields={key: None if key == keys.text else value for key, value in record.items()},
        text_key=keys.text,
    )
    return document_of_text(plan, text, _record_id(record, keys, place), source)


def _parsed(item: LineItem) -> dict[str, Any]:
    try:
        record = load(item.line)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"the line is no JSON ({error})", cure="one object of JSON on each line") from error
    if not isinstance(record, dict):
        raise RecordError("the line is JSON but no object", cure="one object of JSON on each line")
    return record


def _some(record: dict[str, Any]) -> str:
    names = [repr(name) for name in record if name != RESERVED]
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "") if names else "no keys"


def _record_id(record: dict[str, Any], keys: Keys, place: str) -> str:
    value = record.get(keys.id)
    if isinstance(value, str) and value:
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else place
