"""What a file's name says about what is in it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Form = Literal["text", "html", "jsonl", "parquet"]
Packing = Literal["", "gz", "zst"]

_PACKINGS: dict[str, Packing] = {".gz": "gz", ".zst": "zst"}
_FORMS: dict[str, Form] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file holds, how it is packed, and its name without the ending of the packing."""

    form: Form
    packing: Packing
    inner: str


@lru_cache  # of one file it is asked several times in a row
def kind_of(name: str) -> Kind:
    """The kind of a file; whatever has no known ending is text, to be judged by its bytes.

    >>> kind_of("a/page.html.gz")
    Kind(form='html', packing='gz', inner='a/page.html')
    """
    stem, dot, ending = name.rpartition(".")
    packing: Packing = _PACKINGS.get((dot + ending).lower(), "") if stem and not stem.endswith("/") else ""
    inner = stem if packing else name
    _, dot, ending = inner.rpartition(".")
    return Kind(_FORMS.get((dot + ending).lower(), "text"), packing, inner)
