"""The seeds that a commit brings in, against those that stand: what git has staged, and an index that keeps up with it.

The index is a cache inside the git directory: it holds every staged file of the folders, is brought up to date before
it is asked, and is made anew when the options change or the file is damaged.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import numpy as np

from cleaner.core.document import Document, Verdict
from cleaner.dedup import Decision, Records, decide, observe
from cleaner.errors import IndexStoreError, RejectedError
from cleaner.index.adding import Mapper, batched
from cleaner.index.file import FileIndex
from cleaner.index.judge import compared, judged
from cleaner.index.types import Entry, Place, digests_of
from cleaner.io import git
from cleaner.io.reading import document_of_blob
from cleaner.plan import Plan, clean

_BATCH = 32  # seeds that a worker gets at once

Blobs = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Load:
    """Files as cleaned documents with their records, as a picklable function; what is no text is left out."""

    plan: Plan

    def __call__(self, batch: Sequence[tuple[str, bytes]]) -> tuple[list[Document], Records]:
        """The documents of ``(path, content)`` pairs."""
        documents = []
        for path, data in batch:
            with suppress(RejectedError):  # cleaner-check says so
                documents.append(clean(self.plan, document_of_blob(self.plan, data, path)))
        return documents, observe(documents, self.plan.dedup)


def repeated(folders: Sequence[str], plan: Plan, engine: Mapper) -> list[Document]:
    """The new seeds that repeat another one, with the verdict that names it, sorted by path.

    Raises:
        UsageError: this is no git repository.
        IndexStoreError: another process holds the index for too long.
    """
    staged = git.staged(folders)
    new = sorted(git.new(folders) & staged.keys())
    if not new:
        return []
    index = _cache(folders, plan)
    try:
        return _repeated(index, staged, new, plan, engine)
    except IndexStoreError as error:
        if "lock" in error.what:
            raise
        _delete(index.path)  # a cache that is damaged or of another make costs only the time to make it again
        return _repeated(index, staged, new, plan, engine)


def _repeated(index: FileIndex, staged: Blobs, new: Sequence[str], plan: Plan, engine: Mapper) -> list[Document]:
    documents, records = _refreshed(index, staged, new, plan, engine)
    texts = {document.id: document.text for document in documents}
    matches = [match for match in index.matches(records) if match.entry.name not in texts]

    def again(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str | None]]:
        for entry, data in zip(entries, git.contents(entry.sha256 for entry in entries), strict=True):
            loaded, _ = Load(plan)([(entry.id, data)])
            yield entry, loaded[0].text if loaded else None

    verdict = judged(compared(records, matches, texts.__getitem__, again, plan.dedup))
    rest = np.array([row for row, id_ in enumerate(records.ids) if id_ not in verdict.dropped], np.int64)
    decisions = verdict.merged(decide(records.take(rest), plan.dedup, texts.__getitem__))
    by_id = {document.id: document for document in documents}
    return [_with(by_id[decision.id], decision) for decision in decisions.dropped]


def _with(document: Document, decision: Decision) -> Document:
    return replace(document, verdict=decision.verdict or Verdict())


def _refreshed(
    index: FileIndex, staged: Blobs, new: Sequence[str], plan: Plan, engine: Mapper
) -> tuple[list[Document], Records]:
    """Brings the index up to what is staged; gives the new documents with their records."""
    if not index.path.exists():
        index.path.parent.mkdir(parents=True, exist_ok=True)
        index.create(plan.dedup)
    held = {entry.name: entry.sha256 for entry in index.entries()}
    gone = [name for name, blob in held.items() if staged.get(name) != blob]
    asked = set(new)
    missing = {path for path, blob in staged.items() if held.get(path) != blob}
    if gone:
        index.remove(gone)
    entries: list[Entry] = []
    added, fresh = [observe([], plan.dedup)], [observe([], plan.dedup)]
    documents: list[Document] = []
    paths = sorted(missing | asked)
    loading = zip(paths, git.contents(staged[path] for path in paths), strict=True)
    for loaded, records in engine.map(Load(plan), batched(loading, _BATCH)):
        digests = digests_of(records.digests)
        rows = [row for row, document in enumerate(loaded) if document.id in missing]
        entries += [_entry(loaded[row], digests[row], staged) for row in rows]
        added.append(records.take(np.array(rows, np.int64)))
        rows = [row for row, document in enumerate(loaded) if document.id in asked]
        documents += [loaded[row] for row in rows]
        fresh.append(records.take(np.array(rows, np.int64)))
    if entries:
        index.put(entries, Records.concat(added))
    return documents, Records.concat(fresh)


def _entry(document: Document, digest: str, staged: Blobs) -> Entry:
    """The entry of a seed; the name of its blob stands for its bytes."""
    return Entry(document.id, Place(document.id), digest, staged[document.id], document.source.size)


def _cache(folders: Sequence[str], plan: Plan) -> FileIndex:
    """The index of these folders for this plan; that of an earlier plan goes."""
    place = git.own_folder()
    of_folders = _digest(*sorted(folders))
    path = place / f"seeds-{of_folders}-{_digest(version('corpusclean'), *map(str, plan.digests().items()))}.duckdb"
    for other in place.glob(f"seeds-{of_folders}-*.duckdb"):
        if other != path:
            _delete(other)
    return FileIndex(path)


def _delete(path: Path) -> None:
    for part in (path, path.with_name(f"{path.name}.wal")):
        part.unlink(missing_ok=True)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
