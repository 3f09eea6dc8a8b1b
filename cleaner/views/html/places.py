"""Where things lie in the decoded original: flags, the kept copies of repeats, undecodable bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.core.document import Document, Flag
from cleaner.core.edits import Edit, Evidence, Fact, Patch, lifted
from cleaner.core.stage import patches_until, rank, stage_of

# More marks than this in one document help nobody (a binary file read as text has one undecodable byte after another).
MOST_BYTE_MARKS = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to point at in ``[start, end)`` of the decoded original.

    Attributes:
        start: first code point.
        end: one past the last.
        kind: "flag", "kept" (the copy that stayed of a repeat) or "bytes" (bytes that the text does not say).
        facts: what the page needs of it.
    """

    start: int
    end: int
    kind: str
    facts: dict[str, Fact] = field(default_factory=dict)


def flag_span(document: Document, flag: Flag) -> tuple[int, int] | None:
    """The flag's span in the original; None when it speaks of the whole document."""
    if flag.start >= flag.end:
        return None
    return lifted(patches_until(document, stage_of(flag.rule)), flag.start, flag.end)


def kept_span(document: Document, original: str, edit: Edit) -> tuple[int, int] | None:
    """Where the copy stands that stayed when this repeat went; None when the edit names none."""
    before = tuple(patch for patch in document.history if rank(patch.stage) < rank(stage_of(edit.rule)))
    return _named(before, original, edit.evidence)


def twin_span(document: Document, original: str, flag: Flag) -> tuple[int, int] | None:
    """Where the other copy of a flagged repeat stands, of which both stayed; None as for `kept_span`."""
    before = patches_until(document, stage_of(flag.rule))
    return _named(before, original, flag.evidence) if flag_span(document, flag) else None


def _named(before: Sequence[Patch], original: str, named: Evidence) -> tuple[int, int] | None:
    """The span of the original that the evidence names as the other copy."""
    facts = dict(named)
    start, end = facts.get("kept_start"), facts.get("kept_end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return None
    low, high = lifted(before, start, end)
    return (low, high) if high <= len(original) else None


def marks(document: Document, original: str, edits: tuple[Edit, ...]) -> Iterator[Mark]:
    """All marks of a document, flags first."""
    for number, flag in enumerate(document.flags):
        if span := flag_span(document, flag):
            yield Mark(*span, "flag", {"flag": number})
    for number, edit in enumerate(edits):
        if span := kept_span(document, original, edit):
            yield Mark(*span, "kept", {"edit": number})
    for patch in document.source.byte_patches[:MOST_BYTE_MARKS]:
        yield Mark(patch.start, patch.end, "bytes", {"hex": patch.data.hex(" ")})
