"""The stage: the repairs one after another, flattened to one list of edits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from cleaner.repair.lines import LineSpan
from cleaner.repair.lost import lost_flags
from cleaner.repair.options import RepairOptions
from cleaner.repair.screen import Concern, Screen, screen
from cleaner.repair.singlebyte import single_byte_edits
from cleaner.repair.typography import decimal_edits, punctuation_edits
from cleaner.repair.unwrap import unwrap_edits
from cleaner.repair.utf8 import utf8_edits

TextStep = Callable[[str], Iterable[Edit]]
LineStep = Callable[[str, Sequence[LineSpan]], Iterable[Edit]]
Step = Callable[[str, Screen], Iterable[Edit]]


def _on_text(step: TextStep) -> Step:
    return lambda text, _: step(text)


def _on_lines(step: LineStep, concern: Concern) -> Step:
    """The step on the lines that raise the concern."""
    return lambda text, seen: step(text, seen.lines(concern, text))


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
        if not seen.concerns and not any(self._asked()):
            return Found()
        for concern, step in self._steps():
            if concern and not seen.concerns & concern:
                continue
            patch = Patch(self.name, tuple(step(text, seen)))
            if patch:
                patches.append(patch)
                text = patch.apply(text)
                seen = screen(text)
        flags = tuple(lost_flags(text, seen.places(Concern.LOST))) if Concern.LOST in seen.concerns else ()
        return Found(flatten(self.name, patches).edits, flags)

    def _steps(self) -> Iterator[tuple[Concern, Step]]:
        """In the order in which one may uncover work for the next, each with what calls for it."""
        if self.options.mojibake:
            yield Concern.MISREAD, _on_lines(single_byte_edits, Concern.MISREAD)
            yield Concern.MISREAD, _on_lines(utf8_edits, Concern.MISREAD)
            yield Concern.GARBLED, _on_lines(big5_gb_edits, Concern.GARBLED)
            yield Concern.GARBLED, _on_lines(utf8_gb_edits, Concern.GARBLED)
        if self.options.control:
            yield Concern.SURROGATE, _on_text(surrogate_edits)
            yield Concern.CONTROL, _on_text(control_edits)
        yield from ((Concern(0), _on_text(step)) for step in self._asked())

    def _asked(self) -> Iterator[TextStep]:
        """What is off by default."""
        if self.options.unwrap:
            yield unwrap_edits
        if self.options.convert:
            yield partial(convert_edits, config=self.options.convert)
        if self.options.decimal_point:
            yield decimal_edits
        if self.options.punctuation:
            yield punctuation_edits
