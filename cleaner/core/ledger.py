"""Documents as JSON: the wire between two stages, and the lines of ledger.jsonl.

The wire carries a document whole (``{"id", "text", ..., "_cleaner": {...}}``); a ledger line carries all but its text.
Both have one schema, numbered here: a reader refuses a number that it does not know.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from cleaner.core.document import BytePatch, Document, Flag, Rejected, Segment, Source, Verdict
from cleaner.core.edits import Edit, Patch
from cleaner.core.jsonl import dump
from cleaner.core.record import Parsed, Record, parse
from cleaner.core.shape import facts, number, shaped, text, words
from cleaner.errors import EditError, RecordError

SCHEMA = 1
RESERVED = "_cleaner"

Json = dict[str, Any]


def edit_to_json(edit: Edit) -> Json:
    """The edit with its evidence as an object."""
    return {
        "start": edit.start,
        "end": edit.end,
        "removed": edit.removed,
        "replacement": edit.replacement,
        "rule": edit.rule,
        "evidence": dict(edit.evidence),
    }


def edit_from_json(data: Mapping[str, Any]) -> Edit:
    """The inverse of `edit_to_json`."""
    return Edit(**shaped(Edit, data), evidence=facts(data["evidence"]))


def patch_to_json(patch: Patch) -> Json:
    """``{"stage", "edits"}``."""
    return {"stage": patch.stage, "edits": [edit_to_json(edit) for edit in patch.edits]}


def patch_from_json(data: Mapping[str, Any]) -> Patch:
    """The inverse of `patch_to_json`."""
    return Patch(**shaped(Patch, data), edits=tuple(edit_from_json(edit) for edit in data["edits"]))


def flag_to_json(flag: Flag) -> Json:
    """The flag with its evidence as an object."""
    place = {"rule": flag.rule, "start": flag.start, "end": flag.end}
    return {**place, "why": flag.why, "evidence": dict(flag.evidence)}


def flag_from_json(data: Mapping[str, Any]) -> Flag:
    """The inverse of `flag_to_json`."""
    return Flag(**shaped(Flag, data), evidence=facts(data["evidence"]))


_KEPT = asdict(Verdict())
_OWN = {"id", "text", RESERVED}  # the members that the line of a file has by itself
_APART = {"bom", "segments", "byte_patches", "fields", "text_key", "original"}
_PLAIN = tuple(field.name for field in fields(Source) if field.name not in _APART)


def source_to_json(source: Source) -> Json:
    """The source without a record's fields and a page's original, which stand apart; bytes in hexadecimal."""
    data: Json = {name: getattr(source, name) for name in _PLAIN}
    data["bom"] = source.bom.hex()
    data["segments"] = [[segment.start, segment.end, segment.codec] for segment in source.segments]
    data["byte_patches"] = [[patch.start, patch.end, patch.data.hex()] for patch in source.byte_patches]
    if source.fields is not None:
        data["text_key"] = source.text_key
        if source.fields.columns is not None:
            data["columns"] = dict(source.fields.columns)
    return data


def source_from_json(data: Mapping[str, Any], record: Record | None = None, original: bytes = b"") -> Source:
    """The inverse of `source_to_json`; `record` and `original` give what stood apart."""
    if record is not None and "columns" in data:
        record = replace(record, columns=words(data["columns"]))
    segments = ((number(start), number(end), text(codec)) for start, end, codec in data["segments"])
    patches = ((number(start), number(end), bytes.fromhex(held)) for start, end, held in data["byte_patches"])
    return Source(
        **shaped(Source, {"text_key": "text", **data}),
        bom=bytes.fromhex(data["bom"]),
        segments=tuple(Segment(*segment) for segment in segments),
        byte_patches=tuple(BytePatch(*patch) for patch in patches),
        fields=record,
        original=original,
    )


def verdict_to_json(verdict: Verdict | None) -> Json | None:
    """``{"kind": "kept"}``, or the verdict whole."""
    if verdict is None:
        return None
    if verdict.kind == "kept":
        return {"kind": "kept"}
    return {field.name: getattr(verdict, field.name) for field in fields(Verdict)}


def verdict_from_json(data: Mapping[str, Any]) -> Verdict:
    """The inverse of `verdict_to_json` for a verdict that there is."""
    return Verdict(**shaped(Verdict, {**_KEPT, **data}))


def ledger_line(document: Document) -> Json:
    """What ledger.jsonl says of an accepted document."""
    line: Json = {
        "id": document.id,
        "source": source_to_json(document.source),
        "history": [patch_to_json(patch) for patch in document.history],
        "verdict": verdict_to_json(document.verdict),
        "flags": [flag_to_json(flag) for flag in document.flags],
        "removed": [list(removal) for removal in document.removed],
    }
    return line if document.beside is None else line | {"beside": [document.beside.before, document.beside.after]}


def document_from_ledger(
    line: Mapping[str, Any], content: str, record: Record | None = None, original: bytes = b""
) -> Document:
    """The document of a ledger line, its cleaned text, and what stands apart from both."""
    return Document(
        id=text(line["id"]),
        text=content,
        source=source_from_json(line["source"], record, original),
        history=tuple(patch_from_json(patch) for patch in line["history"]),
        flags=tuple(flag_from_json(flag) for flag in line["flags"]),
        verdict=verdict_from_json(line["verdict"]) if line["verdict"] else None,
        beside=Record(*line["beside"]) if "beside" in line else None,
    )


def record_line(document: Document, content: str | None = None) -> bytes:
    """The record as its owner knows it, on a line: as it was written, with the text as it is now (or `content`)."""
    content = document.text if content is None else content
    record = document.source.fields or document.beside
    return dump({"id": document.id, "text": content}) if record is None else record.line(content).encode() + b"\n"


def to_wire(document: Document, *, history: bool = True) -> bytes:
    """The document as a line of JSON Lines; with ``history=False`` just the record."""
    if not history:
        return record_line(document)
    held: Json = {"schema": SCHEMA, **ledger_line(document), "options": dict(document.options)}
    for apart in ("removed", "beside"):
        held.pop(apart, None)
    if document.source.original:
        held["original"] = b64encode(document.source.original).decode()
    record = document.source.fields or document.beside
    if record is None:
        return dump({"id": document.id, "text": document.text, RESERVED: held})
    return record.line(document.text, {RESERVED: held}).encode() + b"\n"


def rejected_to_wire(rejected: Rejected, *, history: bool = True) -> bytes:
    """``{"id", "error"}`` on a line, and the sha256 under the reserved key."""
    said = {"id": rejected.id, "error": rejected.error}
    return dump({**said, RESERVED: {"schema": SCHEMA, "sha256": rejected.sha256}} if history else said)


def from_wire(record: Parsed) -> Document | Rejected | None:
    """What a record of the wire holds; None when it has not been through a stage yet.

    Raises:
        RecordError: the reserved key has another schema than ours, or is damaged, or the id of a file was changed.
    """
    held = record.values.get(RESERVED)
    if held is None:
        return None
    if not isinstance(held, Mapping) or held.get("schema") != SCHEMA:
        found = f"schema {held['schema']!r}" if isinstance(held, Mapping) and "schema" in held else "none"
        cure = "write it again with this version, or rename the key if it is your own"
        raise RecordError(f"the reserved key {RESERVED!r} is not of schema {SCHEMA} (it has {found})", cure=cure)
    try:
        if "source" not in held:
            return Rejected(**shaped(Rejected, {**record.values, "sha256": held["sha256"]}))
        document = _document(held, record)
    except (AttributeError, EditError, KeyError, TypeError, ValueError) as error:
        cure = "write it again from the stage before"
        raise RecordError(f"the reserved key {RESERVED!r} is damaged ({error!r})", cure=cure) from error
    if document.source.fields is None and record.values.get("id") != document.id:
        raise RecordError("the id was changed since the history was written", cure="clean it anew, without the history")
    return document


def entry_of_line(line: bytes) -> Document | Rejected | None:
    """What a line of the wire holds; see `from_wire`."""
    return from_wire(parse(line))


def _document(held: Mapping[str, Any], record: Parsed) -> Document:
    key = held["source"].get("text_key")
    content = text(record.values["text" if key is None else key])
    apart = None if key is None else record.gap(key, RESERVED)
    document = document_from_ledger(held, content, apart, b64decode(held.get("original", "")))
    beside = record.gap("text", RESERVED) if key is None and record.values.keys() - _OWN else None
    return replace(document, options=words(held["options"]), beside=beside)
