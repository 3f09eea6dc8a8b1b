"""The stage: the repairs one after another, flattened to one list of edits."""

from dataclasses import dataclass, field
from typing import ClassVar

from cleaner.core.document import Document
from cleaner.core.edits import Patch, flatten
from cleaner.core.stage import Found
from cleaner.repair.lost import lost_flags
from cleaner.repair.options import RepairOptions
from cleaner.repair.screen import Concern, screen


@dataclass(frozen=True, slots=True)
class Repair:
    r"""Mojibake, control characters and, when asked, script and typography.

    >>> from cleaner.core.document import Source
    >>> found = Repair().find(Document("a", "ä¸\xadæ\x96\x87", Source("a", "", 0)))
    >>> [edit.replacement for edit in found.edits]
    ['中文']
    """

    options: RepairOptions = field(default_factory=RepairOptions)
    name: ClassVar[str] = "repair"

    def find(self, document: Document) -> Found:
        """What there is to repair in the text as it stands, and what is beyond repair."""
        text = document.text
        patches: list[Patch] = []
        seen = screen(text)
        if not seen.concerns and not self.options.asked:
            return Found()
        from cleaner.repair.steps import steps

        for concern, step in steps(self.options):
            if concern and not seen.concerns & concern:
                continue
            patch = Patch(self.name, tuple(step(text, seen)))
            if patch:
                patches.append(patch)
                text = patch.apply(text)
                seen = screen(text)
        flags = lost_flags(text, seen.places(Concern.LOST)) if Concern.LOST in seen.concerns else ()
        return Found(flatten(self.name, patches).edits, tuple(flags))
