"""cleaner: turns a heap of scraped documents into a clean, deduplicated corpus.

The names below are the library's front door; each is imported when it is first asked for: ``import cleaner`` is free.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import Cleaned, Pipeline, clean_bytes, clean_files, clean_text
    from cleaner.plan import Plan

__all__ = ["Cleaned", "Pipeline", "Plan", "clean_bytes", "clean_files", "clean_text"]

_HOMES = dict.fromkeys(("Cleaned", "Pipeline", "clean_bytes", "clean_files", "clean_text"), "cleaner.api")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "cleaner.plan")), name)
