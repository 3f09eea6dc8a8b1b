"""A document on its way through the stages, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from cleaner.core.edits import Evidence, Patch, flatten

if TYPE_CHECKING:
    from cleaner.core.record import Record

Removal = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the decoded text that was written in one codec; ``[start, end)`` in code points."""

    start: int
    end: int
    codec: str


@dataclass(frozen=True, slots=True)
class BytePatch:
    """The characters ``[start, end)`` of the decoded text were these bytes, and encoding them would not say so.

    An undecodable byte stands as U+FFFD in the text and keeps its value here.
    """

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from, and all that its original bytes had and its decoded text has not.

    Attributes:
        path: POSIX path relative to the folder that was given; for a record, that of its file.
        sha256: of the original bytes (for a record: of its text as UTF-8; for a compressed file: of the bytes inside),
            in hexadecimal.
        size: the number of those bytes.
        mtime: seconds since the epoch; 0.0 when unknown.
        codec: in WHATWG spelling, lower case; empty for a record, which was text already.
        confidence: 0 to 1, of the codec.
        runner_up: the next best codec, or empty.
        bom: the byte order mark that stood before the text.
        segments: the runs of a file that holds several encodings; empty when `codec` speaks for all of it.
        byte_patches: sorted, disjoint; see `BytePatch`.
        line: the number of a record's line in its file, from 1; 0 for a file.
        fields: a record as it was written, with a gap for its text; None for a file.
        text_key: the key under which the record holds its text.
        original: the original bytes, compressed (zstd), of a file whose text is drawn from it (HTML); else empty.
    """

    path: str
    sha256: str
    size: int
    mtime: float = 0.0
    codec: str = "utf-8"
    confidence: float = 1.0
    runner_up: str = ""
    bom: bytes = b""
    segments: tuple[Segment, ...] = ()
    byte_patches: tuple[BytePatch, ...] = ()
    line: int = 0
    fields: "Record | None" = None
    text_key: str = "text"
    original: bytes = b""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that was seen and deliberately not done, or that a reader should look at.

    ``[start, end)`` are code points of the text that the stage returned; ``start == end == 0`` speaks of the document.
    """

    rule: str
    start: int
    end: int
    why: str
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What dedup decided: kept, or dropped for the survivor `of`.

    Attributes:
        kind: "kept" or "dropped".
        of: the id of the survivor; empty when kept.
        method: "exact", "jaccard", "containment", ...; empty when kept.
        jaccard: exact similarity to the survivor.
        containment: share of this document's shingles that stand in the survivor.
        lacking: characters that this one has and the survivor lacks.
    """

    kind: Literal["kept", "dropped"] = "kept"
    of: str = ""
    method: str = ""
    jaccard: float = 0.0
    containment: float = 0.0
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its text as it stands now, and how it came to be so.

    Attributes:
        id: its name; of a file its POSIX path.
        text: as it stands now.
        source: where it came from.
        history: what the stages did, in their order.
        flags: what they saw and left.
        verdict: what dedup decided; None before.
        options: by stage that it went through, the digest of the options.
        beside: for a file, what another tool wrote beside it on the wire, with a gap for the text; None for nothing.

    >>> source = Source("a.txt", "0" * 64, 3)
    >>> Document("a.txt", "abc", source).original
    'abc'
    """

    id: str
    text: str
    source: Source
    history: tuple[Patch, ...] = ()
    flags: tuple[Flag, ...] = ()
    verdict: Verdict | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    beside: "Record | None" = None

    @property
    def original(self) -> str:
        """The text as it was decoded (for a record: as it stood in its field)."""
        text = self.text
        for patch in reversed(self.history):
            text = patch.revert(text)
        return text

    @property
    def flat(self) -> Patch:
        """The whole history as one patch on the decoded original."""
        return flatten("", self.history)

    @property
    def removed(self) -> list[Removal]:
        """``(start, end, rule)`` of every span that went or was rewritten, in code points of the decoded original."""
        return [(edit.start, edit.end, edit.rule) for edit in self.flat.edits if edit.removed]

    @property
    def is_dropped(self) -> bool:
        """Whether a survivor stands for this document."""
        return self.verdict is not None and self.verdict.kind == "dropped"

    def origin(self, offset: int) -> int:
        """The offset in the decoded original of the character that stands at `offset` now."""
        for patch in reversed(self.history):
            offset = patch.origin(offset)
        return offset

    def with_patch(self, patch: Patch, flags: tuple[Flag, ...] = ()) -> "Document":
        """This document after one more stage; an empty patch leaves no trace in the history."""
        history = (*self.history, patch) if patch else self.history
        return replace(self, text=patch.apply(self.text), history=history, flags=(*self.flags, *flags))


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that was not accepted: its id, why, and the sha256 of its bytes (empty when they could not be read)."""

    id: str
    error: str
    sha256: str = ""
