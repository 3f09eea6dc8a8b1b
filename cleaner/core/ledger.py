"""Documents as JSON: the wire between two stages, and the lines of ledger.jsonl.

The wire carries a document whole (``{"id", "text", ..., "_cleaner": {...}}``); a ledger line carries all but its text.
Both have one schema, numbered here: a reader refuses a number that it does not know.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from cleaner.core.document import BytePatch, Document, Flag, Rejected, Segment, Source, Verdict
from cleaner.core.edits import Edit, Patch
from cleaner.errors import RecordError

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
    return Edit(**{**data, "evidence": tuple(data["evidence"].items())})


def patch_to_json(patch: Patch) -> Json:
    """``{"stage", "edits"}``."""
    return {"stage": patch.stage, "edits": [edit_to_json(edit) for edit in patch.edits]}


def patch_from_json(data: Mapping[str, Any]) -> Patch:
    """The inverse of `patch_to_json`."""
    return Patch(data["stage"], tuple(edit_from_json(edit) for edit in data["edits"]))


def flag_to_json(flag: Flag) -> Json:
    """The flag with its evidence as an object."""
    place = {"rule": flag.rule, "start": flag.start, "end": flag.end}
    return {**place, "why": flag.why, "evidence": dict(flag.evidence)}


def flag_from_json(data: Mapping[str, Any]) -> Flag:
    """The inverse of `flag_to_json`."""
    return Flag(**{**data, "evidence": tuple(data["evidence"].items())})


_APART = {"bom", "segments", "byte_patches", "fields", "text_key"}
_PLAIN = tuple(field.name for field in fields(Source) if field.name not in _APART)


def source_to_json(source: Source) -> Json:
    """The source without a record's fields, which stand beside its text; bytes in hexadecimal."""
    data: Json = {name: getattr(source, name) for name in _PLAIN}
    data["bom"] = source.bom.hex()
    data["segments"] = [[segment.start, segment.end, segment.codec] for segment in source.segments]
    data["byte_patches"] = [[patch.start, patch.end, patch.data.hex()] for patch in source.byte_patches]
    if source.fields is not None:
        data["text_key"] = source.text_key
    return data


def source_from_json(data: Mapping[str, Any], record: Mapping[str, Any] | None = None) -> Source:
    """The inverse of `source_to_json`; `record` gives the other fields of a record."""
    return Source(
        **{name: data[name] for name in _PLAIN},
        bom=bytes.fromhex(data["bom"]),
        segments=tuple(Segment(*segment) for segment in data["segments"]),
        byte_patches=tuple(BytePatch(start, end, bytes.fromhex(text)) for start, end, text in data["byte_patches"]),
        fields=record if "text_key" in data else None,
        text_key=data.get("text_key", "text"),
    )


def verdict_to_json(verdict: Verdict | None) -> Json | None:
    """``{"kind": "kept"}``, or the verdict whole."""
    if verdict is None:
        return None
    if verdict.kind == "kept":
        return {"kind": "kept"}
    return {field.name: getattr(verdict, field.name) for field in fields(Verdict)}


def ledger_line(document: Document) -> Json:
    """What ledger.jsonl says of an accepted document."""
    return {
        "id": document.id,
        "source": source_to_json(document.source),
        "history": [patch_to_json(patch) for patch in document.history],
        "verdict": verdict_to_json(document.verdict),
        "flags": [flag_to_json(flag) for flag in document.flags],
        "removed": [list(removal) for removal in document.removed],
    }


def document_from_ledger(line: Mapping[str, Any], text: str, record: Mapping[str, Any] | None = None) -> Document:
    """The document of a ledger line and its cleaned text."""
    return Document(
        id=line["id"],
        text=text,
        source=source_from_json(line["source"], record),
        history=tuple(patch_from_json(patch) for patch in line["history"]),
        flags=tuple(flag_from_json(flag) for flag in line["flags"]),
        verdict=Verdict(**line["verdict"]) if line["verdict"] else None,
    )


def record_of(document: Document) -> Json:
    """The record as its owner knows it: the fields in their order, the text as it is now."""
    fields_ = document.source.fields
    if fields_ is None:
        return {"id": document.id, "text": document.text}
    return {key: document.text if key == document.source.text_key else value for key, value in fields_.items()}


def to_wire(document: Document, *, history: bool = True) -> Json:
    """The document as one object of JSON Lines; with ``history=False`` just the record."""
    record = record_of(document)
    if not history:
        return record
    line = ledger_line(document)
    del line["removed"]
    return {**record, RESERVED: {"schema": SCHEMA, **line, "options": dict(document.options)}}


def rejected_to_wire(rejected: Rejected) -> Json:
    """``{"id", "error"}``, and the sha256 under the reserved key."""
    return {"id": rejected.id, "error": rejected.error, RESERVED: {"schema": SCHEMA, "sha256": rejected.sha256}}


def from_wire(record: Mapping[str, Any]) -> Document | Rejected | None:
    """What a record of the wire holds; None when it has not been through a stage yet.

    Raises:
        RecordError: the reserved key has another schema than ours, or is damaged.
    """
    held = record.get(RESERVED)
    if held is None:
        return None
    if not isinstance(held, Mapping) or held.get("schema") != SCHEMA:
        raise RecordError(f"the key {RESERVED!r} is not of schema {SCHEMA}", cure="write it with this version")
    try:
        if "error" in record:
            return Rejected(record["id"], record["error"], held["sha256"])
        return _document(held, {key: value for key, value in record.items() if key != RESERVED})
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"the key {RESERVED!r} is damaged ({error!r})") from error


def _document(held: Mapping[str, Any], record: Json) -> Document:
    key = held["source"].get("text_key", "text")
    text = record[key]
    document = document_from_ledger(held, text, {**record, key: None})
    return replace(document, options=held["options"])
