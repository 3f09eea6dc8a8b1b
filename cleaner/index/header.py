"""The header of an index: how its sketches were made, and whether others can be compared with them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from hashlib import blake2b
from typing import Any

from cleaner.dedup import DedupOptions, bands, observe_texts
from cleaner.dedup.normal import normalise, strict
from cleaner.dedup.options import SLOTS
from cleaner.dedup.sketch import SCHEME, SEED
from cleaner.errors import IndexStoreError

SCHEMA = 1
_PROBES = ("發佈時間：２０２４年，上漲1.5%，2024.05.01", "The quick brown fox jumps over the lazy dog")


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
    if _differing(held, wanted, "unit", "bands", "rows"):
        raise IndexStoreError(
            f"it was made for threshold {held.threshold}, recall {held.recall}, unit {held.unit}, "
            f"not for {wanted.threshold}, {wanted.recall}, {wanted.unit}",
            where,
            "give the same options, or create another index",
        )
    for name in _differing(held, wanted, "normaliser", "scheme", "permutations", "seed"):
        raise IndexStoreError(
            f"its sketches were made with another {name} "
            f"({getattr(held, name)}; this version has {getattr(wanted, name)})",
            where,
            "create a new index and add the documents again",
        )


def _differing(held: Header, wanted: Header, *names: str) -> list[str]:
    return [name for name in names if getattr(held, name) != getattr(wanted, name)]


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
