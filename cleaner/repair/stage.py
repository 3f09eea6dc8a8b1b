"""The stage: the repairs one after another, flattened to one list of edits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from cleaner.core.document import Document, Flag
from cleaner.core.edits import Patch, flatten
from cleaner.core.stage import Found
from cleaner.repair.options import RepairOptions
from cleaner.repair.screen import Concern, Screen, screen

if TYPE_CHECKING:
    from cleaner.repair.steps import Step


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
        text, seen = document.text, screen(document.text)
        if not seen.concerns and not self.options.asked:
            return Found()
        patches: list[Patch] = []
        for concern, step in self._steps(seen.concerns):
            if concern and not seen.concerns & concern:
                continue
            patch = Patch(self.name, tuple(step(text, seen)))
            if patch:
                patches.append(patch)
                text = patch.apply(text)
                seen = screen(text)
        return Found(flatten(self.name, patches).edits, tuple(_lost(text, seen)))

    def _steps(self, concerns: Concern) -> Iterator[tuple[Concern, "Step"]]:
        """What there is to be tried; what mends a text is imported only for one that needs it."""
        if concerns & ~Concern.LOST or self.options.asked:
            from cleaner.repair.steps import steps

            yield from steps(self.options)


def _lost(text: str, seen: Screen) -> Iterable[Flag]:
    if Concern.LOST not in seen.concerns:
        return ()
    from cleaner.repair.lost import lost_flags

    return lost_flags(text, seen.places(Concern.LOST))
