"""From an item to a document: reading, parsing, and the errors that reject one input while the rest goes on."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from cleaner.core.document import Document, Rejected, Source
from cleaner.core.ledger import RESERVED, from_wire
from cleaner.core.record import Parsed, parse
from cleaner.decode import decode, encode
from cleaner.errors import CleanerError, RecordError, RejectedError
from cleaner.io.files import MAX_BYTES, opened, read_regular, read_whole
from cleaner.io.items import digest_of, items
from cleaner.io.kinds import kind_of
from cleaner.io.layout import checked_id
from cleaner.io.packing import unpacked
from cleaner.io.pages import lines_of
from cleaner.io.sources import FileItem, Item, LineItem, Listing, StagedItem
from cleaner.plan import Plan, document_of_bytes, document_of_text

# The level at which zstandard compresses best for its time; the original of a page shrinks to a fifth.
_LEVEL = 10


@dataclass(frozen=True, slots=True)
class Keys:
    """The names under which a record holds its id and its text."""

    id: str = "id"
    text: str = "text"


def read_item(plan: Plan, keys: Keys, item: Item) -> Document | Rejected:
    """The document of an item, decoded; what cannot be one comes back rejected, with the reason."""
    if isinstance(item, StagedItem):
        return _rejected_if_changed(item.entry)
    if isinstance(item, FileItem):
        return _read_file(plan, item)
    place = f"{item.path}#{item.number}"
    try:
        return _read_record(plan, keys, item, place)
    except RejectedError as error:
        return Rejected(place, _words(error), hashlib.sha256(item.line).hexdigest())


def _read_file(plan: Plan, item: FileItem) -> Document | Rejected:
    try:
        return _document(plan, *_content(item), item.id)
    except RejectedError as error:
        return Rejected(item.id, _words(error), "" if item.trouble else digest_of(item.path))


def read_text(plan: Plan, item: FileItem) -> str | None:
    """The text alone that the document of a file has; None for a file that is rejected."""
    try:
        text = decode(_content(item)[0], plan.decode).text
        return lines_of(text) if kind_of(item.id).form == "html" else text
    except RejectedError:
        return None


def read_bytes(item: FileItem) -> bytes:
    """The bytes of a file, unpacked.

    Raises:
        UnreadableError: they cannot be read, or the archive is broken.
    """
    return _content(item)[0]


def documents_of_blob(plan: Plan, keys: Keys, data: bytes, path: str) -> Iterator[tuple[int, Document]]:
    """The document of a file whose bytes came from elsewhere than the file system, or those of its records.

    Each comes with the number of its record, from 1; that of a file that is one document with 0. What would be rejected
    is left out.
    """
    kind = kind_of(path)
    if kind.form in ("text", "html"):
        with suppress(RejectedError):
            content = read_whole(unpacked(BytesIO(data), kind.packing), expected=len(data))
            yield 0, _document(plan, content, 0.0, path)
        return
    with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
        copy = Path(folder, PurePosixPath(path).name)
        copy.write_bytes(data)
        for item in items(Listing((FileItem(path, str(copy), len(data), 0.0),)), BytesIO()):
            entry = read_item(plan, keys, item)
            if isinstance(item, LineItem) and isinstance(entry, Document):
                yield item.number, entry


def _document(plan: Plan, data: bytes, mtime: float, id_: str) -> Document:
    return (_read_page if kind_of(id_).form == "html" else document_of_bytes)(plan, data, id_, mtime)


def _content(item: FileItem) -> tuple[bytes, float]:
    if item.trouble is not None:
        raise item.trouble
    packing = kind_of(item.id).packing
    if not packing:
        return read_regular(item.path)
    with opened(item.path, packing) as source:
        return read_whole(source.stream, expected=source.size), source.mtime


def _read_page(plan: Plan, data: bytes, id_: str, mtime: float) -> Document:
    """The document of a page of HTML: its text are the lines drawn from it; the page itself travels along."""
    import zstandard

    page = document_of_bytes(plan, data, id_, mtime)
    kept = zstandard.ZstdCompressor(level=_LEVEL).compress(data)
    source = replace(page.source, bom=b"", segments=(), byte_patches=(), original=kept)
    # The decoder's flags speak of places in the markup, which the lines do not have.
    flags = tuple(replace(flag, start=0, end=0) for flag in page.flags)
    return replace(page, text=lines_of(page.text), source=source, flags=flags)


def page_of(original: bytes) -> bytes:
    """The page that a document's `original` holds; nothing when that is damaged, which has another sha256."""
    import zstandard

    try:
        return zstandard.ZstdDecompressor().decompress(original, max_output_size=MAX_BYTES)
    except zstandard.ZstdError:
        return b""


def _words(error: RejectedError) -> str:
    return f"{error.what}; {error.cure}" if error.cure else error.what


def _read_record(plan: Plan, keys: Keys, item: LineItem, place: str) -> Document | Rejected:
    record = _parsed(item)
    staged = from_wire(record)
    if staged is not None:
        if isinstance(staged, Document):  # what is written and restored under its name comes from elsewhere
            checked_id(staged.id if staged.source.fields is None else staged.source.path)
        return _rejected_if_changed(staged)
    text = record.values.get(keys.text)
    if not isinstance(text, str):
        found = f"it is {type(text).__name__}" if keys.text in record.values else f"it has {_some(record.values)}"
        raise RecordError(f"the record has no text under {keys.text!r} ({found})", cure="name its key with --text-key")
    source = Source(
        path=item.path,
        sha256="",
        size=0,
        mtime=item.mtime,
        codec="",
        line=item.number,
        fields=replace(record.gap(keys.text), columns=item.columns),
        text_key=keys.text,
    )
    return document_of_text(plan, text, _record_id(record.values, keys, place), source)


def _rejected_if_changed(entry: Document | Rejected) -> Document | Rejected:
    """The entry, or a document rejected whose history does not lead back to the bytes that it names."""
    if isinstance(entry, Rejected) or _leads_back(entry):
        return entry
    why = "the text was changed since its history was written; clean it anew, without the history"
    return Rejected(entry.id, why, entry.source.sha256)


def _leads_back(document: Document) -> bool:
    source = document.source
    try:
        text = document.original
        if source.original:
            data = page_of(source.original)
        else:
            data = encode(text, source) if source.fields is None else text.encode("utf-8", "surrogatepass")
    except (CleanerError, LookupError, ValueError):
        return False
    return hashlib.sha256(data).hexdigest() == source.sha256


def _parsed(item: LineItem) -> Parsed:
    cure = "one object of JSON on each line"
    try:
        return parse(item.line)
    except UnicodeDecodeError as error:
        cure = "JSON Lines are UTF-8; convert the file first"
        raise RecordError(f"the line is not UTF-8 (byte {error.start + 1} of it)", cure=cure) from error
    except TypeError as error:
        raise RecordError("the line is JSON but no object", cure=cure) from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"the line is no JSON ({error})", cure=cure) from error


def _some(record: dict[str, Any]) -> str:
    names = [repr(name) for name in record if name != RESERVED]
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "") if names else "no keys"


def _record_id(record: dict[str, Any], keys: Keys, place: str) -> str:
    value = record.get(keys.id)
    if isinstance(value, str) and value:
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else place
