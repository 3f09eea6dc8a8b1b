"""How much a page can carry: totals speak for all documents, the page shows as many as a browser can hold."""

from dataclasses import dataclass

from cleaner.core.document import Document


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one page takes in.

    Attributes:
        rows: documents in the list.
        characters: of texts in the blocks. 60 million Chinese characters are about 100 MB of page, which Chromium
            opens; several times that it does not.
        quiet: the share of both that documents with nothing to look at (kept, no flag, nothing removed) may use up.
    """

    rows: int = 20_000
    characters: int = 60_000_000
    quiet: float = 0.5


class Budget:
    """Decides document by document, in the order they come, what the page still takes in."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = self.characters = 0
        self.left_out = self.without_text = 0

    def takes_row(self, *, quiet: bool = False) -> bool:
        """Whether one more row has a place; counts it, or counts what is left out."""
        takes = self.rows < self.limits.rows * self._share(quiet=quiet)
        self.rows += takes
        self.left_out += not takes
        return takes

    def takes_text(self, characters: int, *, quiet: bool = False) -> bool:
        """Whether a text of this length has a place."""
        takes = self.characters + characters <= self.limits.characters * self._share(quiet=quiet)
        self.characters += characters if takes else 0
        self.without_text += not takes
        return takes

    def _share(self, *, quiet: bool) -> float:
        return self.limits.quiet if quiet else 1.0


def is_quiet(document: Document) -> bool:
    """Whether there is nothing to look at in the document.

    >>> from cleaner.core.document import Source
    >>> is_quiet(Document("a.txt", "abc", Source("a.txt", "", 3)))
    True
    """
    return not (document.is_dropped or document.flags or document.history)
