"""The order of the stages, and a plan: which of them run, with which options.

A plan is frozen, compares by value and pickles, so that every worker of every engine does the same.
"""

import hashlib
import json
from dataclasses import astuple, dataclass, field, fields, replace
from functools import cache
from typing import Any

from cleaner.core.allow import Allow, Allowing
from cleaner.core.document import Document, Source
from cleaner.core.edits import Edit, Patch
from cleaner.core.stage import STAGES, Check, DocumentStage, Spans, rank, run_stage
from cleaner.decode import DecodeOptions, decode
from cleaner.dedup import DedupOptions
from cleaner.errors import RejectedError, UsageError
from cleaner.repair import RepairOptions
from cleaner.repeats import RepeatsOptions
from cleaner.strip import StripOptions

_DOCUMENT_STAGES = ("repair", "strip", "repeats")


def _built(name: str, options: Any) -> DocumentStage:
    """The stage of that name; its room is entered only when it is to work."""
    if name == "repair":
        from cleaner.repair import Repair

        return Repair(options)
    if name == "strip":
        from cleaner.strip import Strip

        return Strip(options)
    from cleaner.repeats import Repeats

    return Repeats(options)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to a corpus.

    Attributes:
        stages: the stages that run, in the order of `STAGES`; decode always runs where bytes come in.
        decode: options of the stage of that name, as are the others.
        allow: findings that were accepted and stay.

    Raises:
        UsageError: there is no stage of a name.

    >>> Plan().only("strip").stages
    ('strip',)
    """

    stages: tuple[str, ...] = STAGES
    decode: DecodeOptions = field(default_factory=DecodeOptions)
    repair: RepairOptions = field(default_factory=RepairOptions)
    strip: StripOptions = field(default_factory=StripOptions)
    repeats: RepeatsOptions = field(default_factory=RepeatsOptions)
    dedup: DedupOptions = field(default_factory=DedupOptions)
    allow: tuple[Allow, ...] = ()

    def __post_init__(self) -> None:
        for name in self.stages:
            if name not in STAGES:
                raise UsageError(f"there is no stage {name!r}", cure=f"there are {', '.join(STAGES)}")

    def only(self, *names: str) -> "Plan":
        """This plan with none but the named stages."""
        return replace(self, stages=tuple(sorted(set(names), key=rank)))

    def digest(self, stage: str) -> str:
        """Sixteen hexadecimal digits that change when an option of the stage does."""
        return _digest(getattr(self, stage), self.allow)

    def digests(self) -> dict[str, str]:
        """The digest of each stage that runs."""
        return {name: self.digest(name) for name in self.stages}

    def stage(self, name: str) -> DocumentStage:
        """The document stage of that name with this plan's options."""
        stage = _built(name, getattr(self, name))
        return Allowing(stage, self.allow) if self.allow else stage


@cache
def _digest(options: Any, allow: tuple[Allow, ...]) -> str:
    values = {field.name: getattr(options, field.name) for field in fields(options)}  # asdict copies deeply
    facts = json.dumps([values, *map(astuple, allow)], sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def document_of_bytes(plan: Plan, data: bytes, id_: str, mtime: float = 0.0) -> Document:
    """The decoded document of a file's bytes.

    Raises:
        BinaryError: the bytes are no text.
        UndecidedError: no codec is certain enough and the plan says ``strict``.
    """
    try:
        decoded = decode(data, plan.decode)
    except RejectedError as error:
        error.where = error.where or id_
        raise
    source = Source(
        path=id_,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        mtime=mtime,
        codec=decoded.codec,
        confidence=round(decoded.confidence, 4),
        runner_up=decoded.runner_up,
        bom=decoded.bom,
        segments=decoded.segments,
        byte_patches=decoded.byte_patches,
    )
    return Document(id_, decoded.text, source, flags=decoded.flags, options={"decode": plan.digest("decode")})


def document_of_text(plan: Plan, text: str, id_: str, source: Source | None = None) -> Document:
    """The document of a text that needs no decoding; lone surrogates become U+FFFD by an edit of decode."""
    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    source = replace(source or Source(id_, "", 0, codec=""), sha256=digest, size=len(data))
    document = Document(id_, text, source, options={"decode": plan.digest("decode")})
    edits = tuple(
        Edit(at, at + 1, character, "\ufffd", "decode/surrogate")
        for at, character in enumerate(text)
        if "\ud800" <= character <= "\udfff"
    )
    return document.with_patch(Patch("decode", edits))


def clean(plan: Plan, document: Document) -> Document:
    """The document after the plan's document stages, each at its fixed point; dedup needs a corpus and is not one."""
    for name in plan.stages:
        if name in _DOCUMENT_STAGES:
            earlier = tuple(stage for stage in _DOCUMENT_STAGES if stage in document.options)
            document = run_stage(plan.stage(name), document, opened_by(plan, earlier))
            document = replace(document, options={**document.options, name: plan.digest(name)})
    return document


def opened_by(plan: Plan, earlier: tuple[str, ...]) -> Check:
    """The check whether decode or the earlier stages would act anew on a text: what a second run would do to it."""

    def opened(document: Document) -> Spans:
        if document.source.codec and not _decodes_to_itself(document.text):
            return [(0, len(document.text))]
        fresh = replace(document, history=(), flags=(), options={"decode": ""})
        for at, name in enumerate(earlier):
            after = run_stage(plan.stage(name), fresh, opened_by(plan, earlier[:at]))
            if after.text != document.text:
                return [(edit.start, edit.end) for edit in after.history[-1].edits]
        return ()

    return opened


def _decodes_to_itself(text: str) -> bool:
    try:
        return decode(text.encode()).text == text
    except (RejectedError, UnicodeEncodeError):
        return False
