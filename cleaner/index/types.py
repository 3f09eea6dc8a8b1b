"""What an index holds: a header that says how its sketches were made, and an entry for each document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from hashlib import blake2b
from math import sqrt
from typing import Any

import numpy as np

from cleaner.dedup import DedupOptions, bands, observe_texts
from cleaner.dedup.normal import normalise, strict
from cleaner.dedup.options import SLOTS
from cleaner.dedup.sketch import SCHEME, SEED
from cleaner.errors import IndexStoreError

SCHEMA = 1
_PROBES = ("發佈時間：２０２４年，上漲1.5%，2024.05.01", "The quick brown fox jumps over the lazy dog")

# Two-sided 95 %: the interval that is told holds the true similarity in nineteen of twenty cases.
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Header:
    """How the sketches of an index were made; sketches made differently are not comparable.

    Attributes:
        schema: of the store itself.
        normaliser: digest of what every code point is normalised to, and of the hashes of shingles.
        scheme: of the sketches, a name of datasketch.
        permutations: slots of a sketch.
        seed: that the permutations were drawn with.
        unit: what a shingle is five of.
        threshold: Jaccard index from which documents are duplicates.
        recall: share of the pairs at the threshold that the bands must find.
        bands: how many a sketch is cut into.
        rows: slots of a band.
    """

    schema: int
    normaliser: str
    scheme: str
    permutations: int
    seed: int
    unit: str
    threshold: float
    recall: float
    bands: int
    rows: int

    @property
    def options(self) -> DedupOptions:
        """The options that these sketches and bands follow from."""
        return DedupOptions(threshold=self.threshold, recall=self.recall, unit=self.unit)

    def to_strings(self) -> dict[str, str]:
        """As texts, for stores that hold nothing else."""
        return {name: str(value) for name, value in asdict(self).items()}


def header_of(options: DedupOptions) -> Header:
    """The header of an index for these options, made by this version."""
    cut = bands(options)
    return Header(
        SCHEMA,
        normaliser(options.unit),
        SCHEME,
        SLOTS,
        SEED,
        options.unit,
        options.threshold,
        options.recall,
        cut.count,
        cut.rows,
    )


def header_from(values: Mapping[str, str], where: str) -> Header:
    """The header that a store holds.

    Raises:
        IndexStoreError: it is none, or of another schema.
    """
    kinds: dict[str, Any] = {field.name: field.type for field in fields(Header)}
    try:
        if int(values["schema"]) != SCHEMA:
            cure = "use the version of cleaner that made it, or create another index"
            raise IndexStoreError(f"its schema is {values['schema']}, this version reads {SCHEMA}", where, cure)
        return Header(**{name: kind(values[name]) for name, kind in kinds.items()})
    except (KeyError, ValueError) as error:
        cure = "it was not made by cleaner; give another one"
        raise IndexStoreError(f"its header is damaged ({error!r})", where, cure) from error


def check(held: Header, wanted: Header, where: str) -> None:
    """Lets an index pass whose sketches and bands are those of this version and these options.

    Raises:
        IndexStoreError: they are not; the message says which part differs and what to do.
    """
    for name in ("unit", "bands", "rows"):
        if getattr(held, name) != getattr(wanted, name):
            raise IndexStoreError(
                f"it was made for threshold {held.threshold}, recall {held.recall}, unit {held.unit}, "
                f"not for {wanted.threshold}, {wanted.recall}, {wanted.unit}",
                where,
                "give the same options, or create another index",
            )
    for name in ("normaliser", "scheme", "permutations", "seed"):
        if getattr(held, name) != getattr(wanted, name):
            raise IndexStoreError(
                f"its sketches were made with another {name} "
                f"({getattr(held, name)}; this version has {getattr(wanted, name)})",
                where,
                "create a new index and add the documents again",
            )


@cache
def normaliser(unit: str) -> str:
    """Sixteen hexadecimal digits that change when any code point is normalised, or any shingle hashed, differently.

    What is measured is what is done, so that another release of the tables behind it (Unicode, OpenCC) is noticed.
    """
    every = "".join(map(chr, range(0x110000)))
    digest = blake2b(digest_size=8)
    batch = normalise([every])
    digest.update(batch.points.tobytes())
    digest.update(batch.places.tobytes())
    digest.update(strict(every).encode("utf-8", "surrogatepass"))
    probes = observe_texts(_PROBES, _PROBES, DedupOptions(unit=unit))
    digest.update(probes.sketches.tobytes())
    digest.update(probes.digests.tobytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a document stands.

    Attributes:
        path: absolute, of its file; empty for a text that stands nowhere.
        line: the number of its record in that file, from 1; 0 for a file that is one document.
        text_key: the key under which the record holds its text.
    """

    path: str = ""
    line: int = 0
    text_key: str = "text"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index says of a document besides its sketch.

    Attributes:
        id: in its corpus.
        place: where its text stands.
        digest: of the normalised text, 128 bits in hexadecimal.
        sha256: of the original bytes, in hexadecimal.
        size: the number of those bytes.
        mtime: seconds since the epoch.
    """

    id: str
    place: Place
    digest: str
    sha256: str = ""
    size: int = 0
    mtime: float = 0.0

    @property
    def name(self) -> str:
        """What tells the document from all others: its path, and the number of its record.

        >>> Entry("a.txt", Place("/in/a.txt"), "").name, Entry("7", Place("/in/b.jsonl", 3), "").name
        ('/in/a.txt', '/in/b.jsonl#3')
        >>> Entry("a.txt", Place(), "0123456789abcdef").name
        'a.txt@0123456789ab'
        """
        if not self.place.path:
            return f"{self.id}@{self.digest[:12]}"
        return f"{self.place.path}#{self.place.line}" if self.place.line else self.place.path


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that shares a band, or the digest, with a document that was asked for.

    Attributes:
        row: of the document in the records that were asked for.
        entry: the earlier document.
        equal: slots of the two sketches that are equal.
    """

    row: int
    entry: Entry
    equal: int

    @property
    def estimate(self) -> float:
        """Of the Jaccard index, by the sketches alone."""
        return self.equal / SLOTS

    @property
    def interval(self) -> tuple[float, float]:
        """Where the Jaccard index lies with a probability of 95 % (Wilson, 1927).

        >>> Match(0, Entry("a", Place(), ""), 115).interval
        (0.834, 0.9397)
        """
        share, z2 = self.estimate, _Z**2 / SLOTS
        middle = share + z2 / 2
        reach = _Z * sqrt((share * (1 - share) + z2 / 4) / SLOTS)
        low, high = (middle - reach) / (1 + z2), (middle + reach) / (1 + z2)
        return round(max(low, 0.0), 4), round(min(high, 1.0), 4)


@dataclass(frozen=True, slots=True)
class Guard:
    """What an addition depends on that was decided by an earlier look at the index.

    Attributes:
        mark: of the index at that look.
        refuse: told, where the index has grown since, what the documents match by now; raises to forbid the addition.
    """

    mark: int
    refuse: Callable[[Sequence[Match]], None]


def digests_of(values: np.ndarray[Any, np.dtype[np.uint64]]) -> list[str]:
    """Digests of records, ``shape (n, 2)``, in hexadecimal."""
    return [row.tobytes().hex() for row in np.ascontiguousarray(values, "<u8")]


@dataclass(frozen=True, slots=True)
class Info:
    """What stands in an index.

    Attributes:
        header: how its sketches were made.
        documents: how many.
        size: bytes that it takes, as far as the store can tell.
        layout: a word on how the store holds them.
    """

    header: Header
    documents: int
    size: int
    layout: str
