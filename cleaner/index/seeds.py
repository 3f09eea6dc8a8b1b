"""The seeds that a commit brings in, against those that stand: what git has staged, and an index that keeps up with it.

The index is a cache inside the git directory: it holds every staged file of the folders, is brought up to date before
it is asked, and is made anew when the options change or the file is damaged.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import numpy as np

from cleaner.core.document import Document, Verdict
from cleaner.dedup import Decision, Records, decide, observe
from cleaner.errors import IndexStoreError
from cleaner.index.adding import Mapper, batched
from cleaner.index.file import FileIndex
from cleaner.index.judge import compared, judged
from cleaner.index.types import Entry, Place, digests_of
from cleaner.io import git
from cleaner.io.kinds import kind_of
from cleaner.io.reading import Keys, documents_of_blob
from cleaner.plan import Plan, clean

_BATCH = 32  # seeds that a worker gets at once

Blobs = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Load:
    """Files as cleaned documents with their records, as a picklable function.

    A document bears the name that its entry has in the index. What is no text is left out: cleaner-check says so.
    """

    plan: Plan
    keys: Keys

    def __call__(self, batch: Sequence[tuple[str, bytes]]) -> tuple[list[Document], Records]:
        """The documents of ``(path, content)`` pairs."""
        documents = [document for path, data in batch for document in self.documents(path, data)]
        return documents, observe(documents, self.plan.dedup)

    def documents(self, path: str, data: bytes, lines: Container[int] | None = None) -> Iterator[Document]:
        """The documents of a file: all of them, or those of some lines."""
        for line, document in documents_of_blob(self.plan, self.keys, data, path):
            if lines is None or line in lines:
                cleaned = clean(self.plan, document)
                name = f"{path}#{line}" if line else path
                yield replace(cleaned, id=name, source=replace(cleaned.source, path=path, line=line))

    def digests(self, blobs: Blobs) -> set[tuple[str, str]]:
        """The paths and digests of the documents in files of records, by path, as an earlier content had them."""
        packed = [(path, blob) for path, blob in blobs.items() if blob and kind_of(path).form in ("jsonl", "parquet")]
        known = set[tuple[str, str]]()
        for (path, _), data in zip(packed, git.contents(blob for _, blob in packed), strict=True):
            _, records = self([(path, data)])
            known.update((path, digest) for digest in digests_of(records.digests))
        return known

    def again(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, str | None]]:
        """Each entry with its text, file by file."""
        by_blob: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            by_blob.setdefault((entry.place.path, entry.sha256), []).append(entry)
        contents = git.contents(blob for _, blob in by_blob)
        for ((path, _), some), data in zip(by_blob.items(), contents, strict=True):
            found = self.documents(path, data, {entry.place.line for entry in some})
            texts = {document.id: document.text for document in found}
            yield from ((entry, texts.get(entry.name)) for entry in some)


def repeated(folders: Sequence[str], plan: Plan, keys: Keys, engine: Mapper) -> list[Document]:
    """The new seeds, files and records, that repeat another one, with the verdict that names it, sorted by path.

    Raises:
        UsageError: this is no git repository.
        IndexStoreError: another process holds the index for too long.
    """
    staged = git.staged(folders)
    new = {path: before for path, before in sorted(git.new(folders).items()) if path in staged}
    if not new:
        return []
    index, load = _cache(folders, plan, keys), Load(plan, keys)
    try:
        return _repeated(index, staged, new, load, engine)
    except IndexStoreError as error:
        if "lock" in error.what:
            raise
        _delete(index.path)  # a cache that is damaged or of another make costs only the time to make it again
        return _repeated(index, staged, new, load, engine)


def _repeated(index: FileIndex, staged: Blobs, new: Blobs, load: Load, engine: Mapper) -> list[Document]:
    documents, records = _refreshed(index, staged, new, load, engine)
    texts = {document.id: document.text for document in documents}
    matches = [match for match in index.matches(records) if match.entry.name not in texts]
    options = load.plan.dedup
    verdict = judged(compared(records, matches, texts.__getitem__, load.again, options))
    rest = np.array([row for row, id_ in enumerate(records.ids) if id_ not in verdict.dropped], np.int64)
    decisions = verdict.merged(decide(records.take(rest), options, texts.__getitem__))
    by_id = {document.id: document for document in documents}
    return [_with(by_id[decision.id], decision) for decision in decisions.dropped]


def _with(document: Document, decision: Decision) -> Document:
    return replace(document, verdict=decision.verdict or Verdict())


def _refreshed(
    index: FileIndex, staged: Blobs, new: Blobs, load: Load, engine: Mapper
) -> tuple[list[Document], Records]:
    """Brings the index up to what is staged; gives the new documents with their records.

    A document that stood in the same file before, as a record among others, is not new.
    """
    options = load.plan.dedup
    if not index.path.exists():
        index.path.parent.mkdir(parents=True, exist_ok=True)
        index.create(options)
    entered = list(index.entries())
    held = {entry.place.path: entry.sha256 for entry in entered}
    gone = [entry.name for entry in entered if staged.get(entry.place.path) != entry.sha256]
    known = load.digests(new)
    missing = {path for path, blob in staged.items() if held.get(path) != blob}
    if gone:
        index.remove(gone)
    entries: list[Entry] = []
    added, fresh = [observe([], options)], [observe([], options)]
    documents: list[Document] = []
    paths = sorted(missing | new.keys())
    loading = zip(paths, git.contents(staged[path] for path in paths), strict=True)
    for loaded, records in engine.map(load, batched(loading, _BATCH)):
        digests = digests_of(records.digests)
        rows = [row for row, document in enumerate(loaded) if document.source.path in missing]
        entries += [_entry(loaded[row], digests[row], staged) for row in rows]
        added.append(records.take(np.array(rows, np.int64)))
        rows = [
            row
            for row, document in enumerate(loaded)
            if document.source.path in new and (document.source.path, digests[row]) not in known
        ]
        documents += [loaded[row] for row in rows]
        fresh.append(records.take(np.array(rows, np.int64)))
    if entries:
        index.put(entries, Records.concat(added))
    return documents, Records.concat(fresh)


def _entry(document: Document, digest: str, staged: Blobs) -> Entry:
    """The entry of a seed; the name of its blob stands for its bytes."""
    place = Place(document.source.path, document.source.line)
    return Entry(document.id, place, digest, staged[place.path], document.source.size)


def _cache(folders: Sequence[str], plan: Plan, keys: Keys) -> FileIndex:
    """The index of these folders for this plan; that of an earlier plan goes."""
    place = git.own_folder()
    of_folders = _digest(*sorted(folders))
    of_plan = _digest(version("corpusclean"), *map(str, plan.digests().items()), keys.id, keys.text)
    path = place / f"seeds-{of_folders}-{of_plan}.duckdb"
    for other in place.glob(f"seeds-{of_folders}-*.duckdb"):
        if other != path:
            _delete(other)
    return FileIndex(path)


def _delete(path: Path) -> None:
    for part in (path, path.with_name(f"{path.name}.wal")):
        part.unlink(missing_ok=True)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
