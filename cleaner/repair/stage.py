"""The stage: the repairs one after another, flattened to one list of edits."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from cleaner.core.document import Document
from cleaner.core.edits import Edit, Patch, flatten
from cleaner.core.stage import Found
from cleaner.repair.control import control_edits, surrogate_edits
from cleaner.repair.convert import convert_edits
from cleaner.repair.doublebyte import big5_gb_edits
from cleaner.repair.infill import utf8_gb_edits
from cleaner.repair.lost import lost_flags
from cleaner.repair.options import RepairOptions
from cleaner.repair.screen import Concern, concerns
from cleaner.repair.singlebyte import single_byte_edits
from cleaner.repair.typography import decimal_edits, punctuation_edits
from cleaner.repair.unwrap import unwrap_edits
from cleaner.repair.utf8 import utf8_edits

Step = Callable[[str], Iterable[Edit]]


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
        seen = concerns(text)
        for concern, step in self._steps():
            if concern and not seen & concern:
                continue
            patch = Patch(self.name, tuple(step(text)))
            if patch:
                patches.append(patch)
                text = patch.apply(text)
                seen = concerns(text)
        flags = tuple(lost_flags(text)) if Concern.LOST in seen else ()
        return Found(flatten(self.name, patches).edits, flags)

    def _steps(self) -> Iterator[tuple[Concern, Step]]:
        """In the order in which one may uncover work for the next, each with what calls for it."""
        if self.options.mojibake:
            yield Concern.MISREAD, single_byte_edits
            yield Concern.MISREAD, utf8_edits
            yield Concern.GARBLED, big5_gb_edits
            yield Concern.GARBLED, utf8_gb_edits
        if self.options.control:
            yield Concern.SURROGATE, surrogate_edits
            yield Concern.CONTROL, control_edits
        yield from ((Concern(0), step) for step in self._asked())

    def _asked(self) -> Iterator[Step]:
        """What is off by default."""
        if self.options.unwrap:
            yield unwrap_edits
        if self.options.convert:
            yield partial(convert_edits, config=self.options.convert)
        if self.options.decimal_point:
            yield decimal_edits
        if self.options.punctuation:
            yield punctuation_edits
