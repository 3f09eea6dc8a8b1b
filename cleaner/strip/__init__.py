"""Web and forum chrome: found by rule packs, explained, and taken out."""

from dataclasses import dataclass, field
from typing import ClassVar

from cleaner.core.document import Document
from cleaner.core.stage import Found
from cleaner.strip.options import StripOptions

__all__ = ["Strip", "StripOptions"]


@dataclass(frozen=True)
class Strip:
    r"""The document stage: removes chrome and flags what it leaves alone on purpose.

    >>> from cleaner.core.document import Source
    >>> text = "今年冬天来得早。\nad1 webp\n"
    >>> found = Strip().find(Document("a.txt", text, Source("a.txt", "0" * 64, 0)))
    >>> [(edit.removed, edit.rule) for edit in found.edits]
    [('ad1 webp\n', 'strip/ads/image-name')]
    """

    options: StripOptions = field(default_factory=StripOptions)
    name: ClassVar[str] = "strip"

    def find(self, document: Document) -> Found:
        """What there is to remove from the document as it stands.

        Raises:
            PackError: a pack of the options does not load, or a name in `only` or `disable` fits no entry.
        """
        from cleaner.strip.stripping import findings

        return findings(document.text, self.options, document.id)
