"""What is remembered of documents: some 600 bytes each, not their texts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from cleaner.core.document import Document
from cleaner.dedup.contain import sampled
from cleaner.dedup.normal import Batch, Offsets, normalise, strict
from cleaner.dedup.options import SLOTS, DedupOptions
from cleaner.dedup.shingles import Hashes32, hashes32
from cleaner.dedup.sketch import Sketches, mixed, sketches

Texts = Callable[[str], str]  # the cleaned text of a document, by its id
SomeTexts = Callable[[str], str | None]  # the same; None for one that cannot be read any more
Digests = npt.NDArray[np.uint64]

# Characters that are normalised and sketched at once: the arrays of a chunk take some 40 bytes per character.
CHUNK = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """What is remembered of n documents, as arrays over them.

    Attributes:
        ids: ``shape (n,)``, of str.
        lengths: characters that are no white space, ``shape (n,)``.
        mtimes: seconds since the epoch, ``shape (n,)``.
        digests: half of the SHA-256 of the normalised text, ``shape (n, 2)``.
        shingles: how many, repeats included; 0 for a short text, ``shape (n,)``.
        sampled: how many samples each document has; 0 with containment off, ``shape (n,)``.
        sketches: one column per document, ``shape (128, n)``: the search reads them slot by slot.
        samples: of all documents in a row, each one's sorted (see `cleaner.dedup.contain`).
    """

    ids: npt.NDArray[np.object_]
    lengths: Offsets
    mtimes: npt.NDArray[np.float64]
    digests: Digests
    shingles: Offsets
    sampled: Offsets
    sketches: Sketches
    samples: Hashes32

    def __len__(self) -> int:
        return len(self.ids)

    def sketch(self, index: int) -> Sketches:
        """The sketch of one document, ``shape (128,)``."""
        return np.ascontiguousarray(self.sketches[:, index])

    def take(self, indices: npt.NDArray[np.integer]) -> "Records":
        """The records at these indices, in their order."""
        rows = {name: getattr(self, name)[indices] for name in _ALONG}
        return Records(**rows, sketches=self.sketches[:, indices], samples=self.samples_of(indices))

    def samples_of(self, indices: npt.NDArray[np.integer]) -> Hashes32:
        """The samples of these documents in a row."""
        starts, counts = (np.cumsum(self.sampled) - self.sampled)[indices], self.sampled[indices]
        places = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        return self.samples.take(places)

    @staticmethod
    def concat(parts: Iterable["Records"]) -> "Records":
        """The records of all parts, in their order."""
        held = [_none(), *parts]
        rows = {
            field.name: np.concatenate([getattr(part, field.name) for part in held], axis=int(field.name == "sketches"))
            for field in fields(Records)
        }
        return Records(**rows)


class Pile:
    """Gathers records part by part; at its peak it takes little more than the records themselves.

    >>> pile = Pile()
    >>> pile.add(observe_texts(["a"], ["x"], DedupOptions()))
    >>> pile.add(observe_texts(["b"], ["y"], DedupOptions()))
    >>> pile.done().ids.tolist()
    ['a', 'b']
    """

    def __init__(self) -> None:
        self._parts: list[Records] = []
        self._blocks: list[Records] = []

    def add(self, part: Records) -> None:
        """Takes the records of some more documents."""
        self._parts.append(part)
        if sum(map(len, self._parts)) >= _MERGED:
            self._merge()

    def _merge(self) -> None:
        self._blocks.append(Records.concat(self._parts))
        self._parts.clear()

    def done(self) -> Records:
        """The records of all documents, in the order in which they came; the pile is empty afterwards."""
        self._merge()
        total, samples = sum(map(len, self._blocks)), sum(len(block.samples) for block in self._blocks)
        none = _none()
        along = {name: np.empty((total, *getattr(none, name).shape[1:]), getattr(none, name).dtype) for name in _ALONG}
        whole = Records(**along, sketches=np.empty((SLOTS, total), np.uint32), samples=np.empty(samples, np.uint32))
        at = place = 0
        while self._blocks:
            block = self._blocks.pop(0)  # its memory goes back before the next is copied
            for name in _ALONG:
                getattr(whole, name)[at : at + len(block)] = getattr(block, name)
            whole.sketches[:, at : at + len(block)] = block.sketches
            whole.samples[place : place + len(block.samples)] = block.samples
            at, place = at + len(block), place + len(block.samples)
        return whole


# Documents whose records are merged into one block: its arrays are large enough that freeing them gives memory back.
_MERGED = 4096
_ALONG = ("ids", "lengths", "mtimes", "digests", "shingles", "sampled")  # the arrays over documents


def observe(documents: Iterable[Document], options: DedupOptions) -> Records:
    """The records of the documents, in their order."""
    held = list(documents)
    return observe_texts(
        [document.id for document in held],
        [document.text for document in held],
        options,
        [document.source.mtime for document in held],
    )


def observe_texts(
    ids: Sequence[str], texts: Sequence[str], options: DedupOptions, mtimes: Sequence[float] | None = None
) -> Records:
    """The records of texts.

    >>> records = observe_texts(["a", "b"], ["發佈時間", "发布时间"], DedupOptions())
    >>> bool((records.digests[0] == records.digests[1]).all())
    True
    """
    times = np.zeros(len(ids)) if mtimes is None else np.array(mtimes, np.float64)
    parts = [
        _observed(ids[low:high], texts[low:high], times[low:high], options)
        for low, high in chunks(list(map(len, texts)))
    ]
    return parts[0] if len(parts) == 1 else Records.concat(parts)


def _observed(
    ids: Sequence[str], texts: Sequence[str], mtimes: npt.NDArray[np.float64], options: DedupOptions
) -> Records:
    batch = normalise(texts)
    hashes, starts = hashes32(batch, options.unit)
    counts = np.diff(starts)
    samples, sampled_ = sampled(mixed(hashes), starts) if options.containment else _unsampled(len(texts))
    return Records(
        _objects(ids),
        batch.lengths,
        mtimes,
        _digests(batch, texts, counts),
        counts,
        sampled_,
        sketches(hashes, starts),
        samples,
    )


def _unsampled(texts: int) -> tuple[Hashes32, Offsets]:
    return np.zeros(0, np.uint32), np.zeros(texts, np.int64)


def _digests(batch: Batch, texts: Sequence[str], shingles: Offsets) -> Digests:
    """128 bits per text; those of short texts are of another kind, so that a short one never equals a long one."""
    ends = batch.starts.tolist()
    points = _narrow(batch.points)
    joined = b"".join(
        _digest(b"text", _narrow(points[start:end])) if count else _digest(b"short", _encoded(strict(text)))
        for text, start, end, count in zip(texts, ends, ends[1:], shingles.tolist(), strict=False)
    )
    return np.frombuffer(joined, "<u8").reshape(-1, 2)


def _narrow(points: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
    """The code points in two bytes each if they fit: a property of the text, and half of what must be hashed."""
    fits = points.dtype == np.uint16 or not len(points) or points.max() < 0x10000
    return points.astype("<u2", copy=False) if fits else points.astype("<u4", copy=False)


def _encoded(text: str) -> npt.NDArray[np.unsignedinteger]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _digest(kind: bytes, data: npt.NDArray[np.unsignedinteger]) -> bytes:
    hashed = sha256(kind + data.dtype.str.encode())
    hashed.update(data.data)
    return hashed.digest()[:16]


def chunks(lengths: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Cuts texts of these lengths into chunks that are worked on at once: where each begins and ends."""
    low = total = 0
    for high, length in enumerate(lengths):
        if total and total + length > CHUNK:
            yield low, high
            low, total = high, 0
        total += length
    yield low, len(lengths)


def _objects(ids: Sequence[str]) -> npt.NDArray[np.object_]:
    held = np.empty(len(ids), np.object_)
    held[:] = ids
    return held


def _none() -> Records:
    whole, real = np.zeros(0, np.int64), np.zeros(0)
    slots, hashes = np.zeros((SLOTS, 0), np.uint32), np.zeros(0, np.uint32)
    return Records(_objects(()), whole, real, np.zeros((0, 2), np.uint64), whole, whole, slots, hashes)
