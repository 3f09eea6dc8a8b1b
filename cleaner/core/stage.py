"""What a stage is, and the one loop that runs a document stage to its fixed point."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from cleaner.core.document import Document, Flag
from cleaner.core.edits import Edit, Patch, compose, evidence, lifted

# A stage whose edits uncover more work settles within a few rounds; real documents were never seen to need more than
# four. The bound only keeps a stage that oscillates, a bug, from running for ever.
MAX_ROUNDS = 12

# The stages in the order in which a document walks through them.
STAGES = ("decode", "repair", "strip", "repeats", "dedup")


def stage_of(rule: str) -> str:
    """The stage that a rule belongs to.

    >>> stage_of("strip/discuz/footer")
    'strip'
    """
    return rule.split("/", 1)[0]


def rank(stage: str) -> int:
    """The place of a stage in the walk; one of another name comes last."""
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


@dataclass(frozen=True, slots=True)
class Found:
    """What a stage would do to a text as it stands: edits, sorted and disjoint, and flags on the text after them."""

    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()


class DocumentStage(Protocol):
    """A pure function of one document, given as what it finds in it.

    `find` looks at ``document.text`` (and may look at its id and source) and says what it would change. It never sees
    an engine, the terminal or the file system.
    """

    @property
    def name(self) -> str:
        """The name of its room and of its subcommand."""

    def find(self, document: Document) -> Found:
        """What there is to do in the document as it stands."""


Spans = Sequence[tuple[int, int]]
Check = Callable[[Document], Spans]


def nothing_opens(_: Document) -> Spans:
    """The check of a stage that has no stage before it."""
    return ()


def run_stage(stage: DocumentStage, document: Document, opened: Check = nothing_opens) -> Document:
    """The document after the stage ran to its fixed point, what it did flattened into one patch.

    Args:
        stage: what finds the edits.
        document: as the stage before left it.
        opened: where in a text the stages before would act anew, as spans. An edit that opens such a gate is not made
            but flagged, so that cleaning what is clean changes nothing.
    """
    current = document
    patches: list[Patch] = []
    noted: dict[Flag, None] = {}
    for _ in range(MAX_ROUNDS):
        patch, flags, more = _step(stage, current, opened)
        noted |= dict.fromkeys(flag for flag in flags if not more or _of_document(flag))
        patches.append(patch)
        if not more:
            break
        current = replace(current, text=patch.apply(current.text))
    whole = _in_a_row(stage.name, patches)
    said = tuple(noted) if whole else _as_before(document, stage.name, noted)
    earlier = tuple(flag for flag in document.flags if not _said_again(flag, stage.name, said))
    return replace(document, flags=earlier).with_patch(whole, said)


def patches_until(document: Document, stage: str) -> Sequence[Patch]:
    """The patches that led to the text that a stage returned when it last changed anything, or found it at rest."""
    own = [place for place, patch in enumerate(document.history, 1) if patch.stage == stage]
    before = [place for place, patch in enumerate(document.history, 1) if rank(patch.stage) < rank(stage)]
    return document.history[: max(own or before, default=0)]


def _as_before(document: Document, stage: str, flags: Collection[Flag]) -> tuple[Flag, ...]:
    """The flags of a stage that finds nothing to do, with their places where they stood before later stages acted."""
    later = document.history[len(patches_until(document, stage)) :]
    if not later:
        return tuple(flags)
    spans = [(flag.start, flag.end) if _of_document(flag) else lifted(later, flag.start, flag.end) for flag in flags]
    return tuple(replace(flag, start=start, end=end) for flag, (start, end) in zip(flags, spans, strict=True))


def _said_again(flag: Flag, stage: str, said: Collection[Flag]) -> bool:
    """Whether a flag is of an earlier pass of the stage, and spoke of places, or is said once more."""
    return stage_of(flag.rule) == stage and (flag in said or not _of_document(flag))


def _of_document(flag: Flag) -> bool:
    """Whether a flag speaks of the document as a whole: it stays true when the text goes on changing."""
    return flag.start == flag.end == 0


def _step(stage: DocumentStage, document: Document, opened: Check) -> tuple[Patch, tuple[Flag, ...], bool]:
    """The largest patch found that opens no gate, the flags of the text after it, and whether more is found in it."""
    withheld: frozenset[_Key] = frozenset()
    while True:
        patch, found = _settled(stage, document, withheld)
        spans = opened(replace(document, text=patch.apply(document.text))) if patch else ()
        if not spans or opened(document):  # a gate that was open before is not of this stage's making
            return patch, (*found.flags, *_kept_back(found, withheld)), bool(patch and found.edits)
        more = withheld | {_key(edit) for edit in _nearest(patch, spans)}
        if more == withheld:
            found = stage.find(document)
            return Patch(stage.name), (*found.flags, *map(_reopening, found.edits)), False
        withheld = more


_Key = tuple[str, str]


def _key(edit: Edit) -> _Key:
    return edit.rule, edit.removed


def _settled(stage: DocumentStage, document: Document, withheld: frozenset[_Key]) -> tuple[Patch, Found]:
    patches: list[Patch] = []
    found = stage.find(document)
    noted: tuple[Flag, ...] = ()
    for _ in range(MAX_ROUNDS):
        edits = tuple(edit for edit in found.edits if _key(edit) not in withheld)
        if not edits:
            break
        noted += tuple(filter(_of_document, found.flags))
        patches.append(Patch(stage.name, edits))
        document = replace(document, text=patches[-1].apply(document.text))
        found = stage.find(document)
    return _in_a_row(stage.name, patches), replace(found, flags=(*noted, *found.flags))


def _in_a_row(name: str, patches: Sequence[Patch]) -> Patch:
    """Rounds of a stage as one patch, with the places that their evidence names in the text before the first round."""
    whole = Patch(name)
    for patch in patches:
        led_back = tuple(_led_back(edit, whole) for edit in patch.edits) if whole else patch.edits
        whole = compose(whole, Patch(name, led_back))
    return whole


def _led_back(edit: Edit, before: Patch) -> Edit:
    """The edit with the copy that it says is kept where that stood before an earlier patch."""
    facts = dict(edit.evidence)
    start, end = facts.get("kept_start"), facts.get("kept_end")
    if not isinstance(start, int) or not isinstance(end, int) or start >= end:
        return edit
    first, last = before.origins((start, end - 1))
    return replace(edit, evidence=evidence(**{**facts, "kept_start": first, "kept_end": last + 1}))


def _nearest(patch: Patch, spans: Spans) -> set[Edit]:
    """For each span of the text after the patch, the edit that lies nearest to it."""

    def distance(pair: tuple[int, Edit], start: int, end: int) -> int:
        landing, edit = pair
        return max(start - landing - len(edit.replacement), landing - end, 0)

    placed = list(zip(patch.landings(), patch.edits, strict=True))
    return {min(placed, key=lambda pair: distance(pair, start, end))[1] for start, end in spans}


def _kept_back(found: Found, withheld: frozenset[_Key]) -> tuple[Flag, ...]:
    return tuple(_reopening(edit) for edit in found.edits if _key(edit) in withheld)


def _reopening(edit: Edit) -> Flag:
    return Flag(edit.rule, edit.start, edit.end, "stays: without it an earlier stage would act again", edit.evidence)
