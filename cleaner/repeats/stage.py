"""The stage: passages that stand twice in one document."""

from dataclasses import dataclass, field
from typing import ClassVar

from cleaner.core.document import Document
from cleaner.core.stage import Found
from cleaner.repeats.alignments import searched
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.stream import stream


@dataclass(frozen=True)
class Repeats:
    r"""Takes out passages that stand again in the same document; one copy stays.

    >>> told = "政府工作报告指出，全年新建农村公路两百公里，改造老旧小区四十个，群众获得感、幸福感、安全感明显提升。"
    >>> from cleaner.core.document import Source
    >>> document = Document("a", told + "\n别的话。\n" + told, Source("a", "", 0))
    >>> [(edit.start, edit.end) for edit in Repeats().find(document).edits]
    [(55, 106)]
    """

    options: RepeatsOptions = field(default_factory=RepeatsOptions)
    name: ClassVar[str] = "repeats"

    def find(self, document: Document) -> Found:
        """What goes, and, as flags, what stays because its copies differ on purpose."""
        made = stream(document.text)
        found, stopped = searched(made, self.options.min_chars)
        if not found and stopped is None:
            return Found()
        from cleaner.repeats.decision import decided

        return decided(made, found, stopped, self.options)
