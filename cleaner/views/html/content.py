"""What the page holds of one document: a row for the lists, and the content that is loaded when it is opened."""

from typing import Any

from cleaner.core.document import Document, Flag, Rejected, Source, Verdict
from cleaner.core.edits import Edit, flatten
from cleaner.core.report import report_of
from cleaner.views.html.pieces import pieces
from cleaner.views.html.places import Mark, flag_span, marks, twin_span

Json = dict[str, Any]

# A row has an excerpt for the first flag of each of so many rules; the opened document has all flags.
_FLAGS_IN_ROW = 6
_EXCERPT = 48


def row_of(document: Document, original: str) -> Json:
    """The document in the lists: what it is filtered, sorted and clustered by."""
    report = report_of(document)
    row: Json = {"id": document.id, "characters": report.characters, "removed": report.removed}
    row["codec"] = document.source.codec or "text"
    row["rules"] = {rule: tally.characters for rule, tally in sorted(report.rules.items())}
    if document.flags:
        row["flags"] = dict(sorted(report.flags.items()))
        firsts = {flag.rule: flag for flag in reversed(document.flags)}
        row["look"] = [_look(document, original, firsts[rule]) for rule in sorted(firsts)[:_FLAGS_IN_ROW]]
    if document.verdict and document.verdict.kind == "dropped":
        row |= _dropped(document.verdict)
    return row


def row_of_rejected(rejected: Rejected) -> Json:
    """The rejected input in the list."""
    return {"id": rejected.id, "verdict": "rejected", "error": rejected.error, "sha256": rejected.sha256}


def _dropped(verdict: Verdict) -> Json:
    return {
        "verdict": "dropped",
        "of": verdict.of,
        "method": verdict.method,
        "jaccard": round(verdict.jaccard, 4),
        "containment": round(verdict.containment, 4),
        "lacking": verdict.lacking,
    }


def _look(document: Document, original: str, flag: Flag) -> Json:
    start, end = flag_span(document, flag) or (0, 0)
    excerpt = original[start : min(end, start + _EXCERPT)]
    before = original[max(start - _EXCERPT // 2, 0) : start] if end else ""
    after = original[end : end + _EXCERPT // 2] if end - start <= _EXCERPT else ""
    return {"rule": flag.rule, "why": flag.why, "at": [before, excerpt, after if end else ""]}


def content_of(document: Document, original: str) -> Json:
    """The document opened: its pieces, what each edit did and why, its flags and its source.

    The cleaned text is not held: it is the pieces with each edit's replacement in the place of what the edit took.
    """
    edits = flatten("", document.history).edits
    found = tuple(marks(document, original, edits))
    kept = {mark.facts["edit"]: original[mark.start : mark.end] for mark in found if mark.kind == "kept"}
    return {
        "pieces": pieces(original, edits, found),
        "edits": [_edit(edit, kept.get(number)) for number, edit in enumerate(edits)],
        "marks": [_mark(mark) for mark in found],
        "flags": [_flag(document, original, flag) for flag in document.flags],
        "source": _source(document.source),
    }


def _edit(edit: Edit, kept: str | None) -> Json:
    told: Json = {"rule": edit.rule, "evidence": dict(edit.evidence)}
    if edit.replacement:
        told["replacement"] = edit.replacement
    if kept is not None:
        told["kept"] = kept
    return told


def _flag(document: Document, original: str, flag: Flag) -> Json:
    told: Json = {"rule": flag.rule, "why": flag.why, "evidence": dict(flag.evidence)}
    own, twin = flag_span(document, flag), twin_span(document, original, flag)
    if own and twin:
        told["copies"] = [original[slice(*own)], original[slice(*twin)]]
    return told


def _mark(mark: Mark) -> Json:
    return {"kind": mark.kind, **mark.facts}


def _source(source: Source) -> Json:
    """What stands above the texts; empty facts are left out."""
    facts: Json = {"path": source.path, "bytes": source.size, "encoding": source.codec or "text"}
    if source.codec:
        facts["confidence"] = round(source.confidence, 4)
    if source.runner_up:
        facts["runner-up"] = source.runner_up
    if source.bom:
        facts["byte order mark"] = source.bom.hex(" ").upper()
    if source.segments:
        facts["segments"] = ", ".join(f"{part.codec} {part.start}–{part.end}" for part in source.segments[:20])
    if source.byte_patches:
        facts["bytes kept aside"] = len(source.byte_patches)
    facts["sha256"] = source.sha256
    return facts
