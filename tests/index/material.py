"""Documents for indexes: texts in Chinese, copies that differ by a few characters, their entries and records."""

import random
from collections.abc import Mapping

from cleaner.dedup import DedupOptions, Records, observe_texts
from cleaner.index import Entry, Place
from cleaner.index.types import digests_of

OPTIONS = DedupOptions()


def prose(seed: int, length: int = 400) -> str:
    """Ideographs in a row, different for each seed."""
    rng = random.Random(seed)  # noqa: S311 - texts, no secret
    return "".join(chr(rng.randrange(0x4E00, 0x6000)) for _ in range(length))


def edited(text: str, places: int) -> str:
    """The text with so many of its characters replaced, spread evenly."""
    step = len(text) // places
    return "".join("囍" if at % step == step // 2 and at // step < places else char for at, char in enumerate(text))


def observed(texts: Mapping[str, str], options: DedupOptions = OPTIONS) -> tuple[list[Entry], Records]:
    """Entries and records of texts by the path at which they are said to stand."""
    records = observe_texts(list(texts), list(texts.values()), options)
    digests = digests_of(records.digests)
    entries = [
        Entry(path.rpartition("/")[2], Place(path), digest, "ab" * 32, 1, 2.5)
        for path, digest in zip(texts, digests, strict=True)
    ]
    return entries, records
