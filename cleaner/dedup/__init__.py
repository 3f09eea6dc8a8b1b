"""Near-duplicates across documents, as pure functions that an engine wires together.

`observe` turns documents into records; `decide` says from the records which documents stay, and asks for the texts of
those that may be duplicates; `apply` writes the decision into the document. An engine that groups and compares in its
own way uses `candidates`, `verify` and `survivors` instead of `decide`, and gets the same decisions.

Equal documents are those whose normalised texts are equal. A text too short for a shingle keeps its punctuation and its
symbols when it is compared, so that "C++" is not "C"; documents that hold nothing but white space are equal, and one of
them stays.
"""

from typing import TYPE_CHECKING

from cleaner.core.lazy import lazily
from cleaner.dedup.options import Bands, DedupOptions, bands

if TYPE_CHECKING:
    from cleaner.dedup.compare import Score, verify
    from cleaner.dedup.outline import companions, outlines, telling
    from cleaner.dedup.records import Pile, Records, Texts, observe, observe_texts
    from cleaner.dedup.search import candidates
    from cleaner.dedup.sketch import from_datasketch, to_datasketch
    from cleaner.dedup.survive import Decision, Decisions, Template, apply, decide, priority, survivors

_HOMES = {
    "outline": ("companions", "outlines", "telling"),
    "search": ("candidates",),
    "compare": ("Score", "verify"),
    "survive": ("Decision", "Decisions", "Template", "apply", "decide", "priority", "survivors"),
    "records": ("Pile", "Records", "Texts", "observe", "observe_texts"),
    "sketch": ("from_datasketch", "to_datasketch"),
}
__getattr__ = lazily(__name__, {name: home for home, names in _HOMES.items() for name in names})

__all__ = [
    "Bands",
    "Decision",
    "Decisions",
    "DedupOptions",
    "Pile",
    "Records",
    "Score",
    "Template",
    "Texts",
    "apply",
    "bands",
    "candidates",
    "companions",
    "decide",
    "from_datasketch",
    "observe",
    "observe_texts",
    "outlines",
    "priority",
    "survivors",
    "telling",
    "to_datasketch",
    "verify",
]
