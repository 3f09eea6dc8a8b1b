"""A run that knows what earlier runs have kept: it asks the index before it decides, and adds what it keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cleaner.core.document import Document
from cleaner.dedup import Records, Texts, observe
from cleaner.errors import IndexStoreError
from cleaner.index.adding import Places, absolute, entry_of
from cleaner.index.again import texts_again
from cleaner.index.header import check, header_of
from cleaner.index.judge import Judged, compared, judged
from cleaner.index.opening import Index
from cleaner.index.types import Entry, Guard, Match, Place, digests_of
from cleaner.io.sources import Listing
from cleaner.plan import Plan

# Documents that are observed at once while they are added.
_BLOCK = 256


@dataclass(slots=True)
class Earlier:
    """An index as a run uses it: asked once, added to once.

    Attributes:
        index: the store.
        plan: of the run; earlier texts are read again with it.
        listing: the sources of the run.
        out: the folder that it writes; None for a stream.
        mark: of the index when it was asked.
        texts: of the documents that were asked for.
    """

    index: Index
    plan: Plan
    listing: Listing
    out: Path | None = None
    mark: int = field(default=0, init=False)
    texts: Texts = field(default=str, init=False)

    def usable(self) -> None:
        """Lets an index pass that can answer this run.

        Raises:
            IndexStoreError: it is not there, or was made for other options.
        """
        check(self.index.info().header, header_of(self.plan.dedup), self.index.where)

    def judge(self, records: Records, texts: Texts) -> Judged:
        """What the index says of the documents of the run.

        What stands in the sources or in OUT does not count as earlier: it is in the run itself, or is written anew.
        """
        self.mark, self.texts = self.index.mark(), texts
        return self._judged(records, self.index.matches(records))

    def _judged(self, records: Records, matches: Sequence[Match]) -> Judged:
        own = self._own()
        foreign = [match for match in matches if not _below(match.entry.place.path, own)]
        again = partial(texts_again, plan=self.plan)
        return judged(compared(records, foreign, self.texts, again, self.plan.dedup))

    def remember(self, documents: Iterable[Document], form: str, files: Sequence[str]) -> None:
        """Adds the kept documents in one transaction; of OUT nothing else remains in the index.

        Args:
            documents: of the run, sorted by id, with their verdicts.
            form: the format of OUT.
            files: the ids of the documents that are files.

        Raises:
            IndexStoreError: another run has added meanwhile what one of the documents repeats.
        """
        places = Places(self.out, form, files) if self.out is not None else SourcePlaces(self.listing)
        entries: list[Entry] = []
        parts: list[Records] = [observe([], self.plan.dedup)]
        block: list[Document] = []

        def observed() -> None:
            records = observe(block, self.plan.dedup)
            for document, digest in zip(block, digests_of(records.digests), strict=True):
                entries.append(entry_of(document.id, document.source, places.next(document), digest))
            parts.append(records)
            block.clear()

        for document in documents:
            if not document.is_dropped:
                block.append(document)
                if len(block) == _BLOCK:
                    observed()
        observed()
        kept = Records.concat(parts)

        def refuse(matches: Sequence[Match]) -> None:
            for late in self._judged(kept, matches).dropped.values():
                what = f"another run has meanwhile added {late.verdict.of}, which {late.id} repeats"
                cure = "finish this run with --resume" if self.out is not None else "run it again"
                raise IndexStoreError(what, self.index.where, cure)

        below = [absolute(self.out)] if self.out is not None else []
        self.index.put(entries, kept, below, Guard(self.mark, refuse))

    def _own(self) -> list[str]:
        roots = [*self.listing.roots, *([self.out] if self.out is not None else [])]
        return [absolute(root) for root in roots]


def _below(path: str, folders: Iterable[str]) -> bool:
    return bool(path) and any(f"{path}/".startswith(f"{folder.rstrip('/')}/") for folder in folders)


class SourcePlaces:
    """Where documents stand that a run does not write into a folder: in its sources, or nowhere."""

    def __init__(self, listing: Listing) -> None:
        paths: dict[str, list[str]] = {}
        for file in listing.files:
            paths.setdefault(file.id, []).append(absolute(file.path))
        self._paths = {id_: found[0] for id_, found in paths.items() if len(found) == 1}

    def next(self, document: Document) -> Place:
        """The place of a document."""
        source = document.source
        path = self._paths.get(document.id if source.fields is None else source.path, "")
        return Place(path, source.line, source.text_key) if path else Place()
