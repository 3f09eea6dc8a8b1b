"""cleaner: turns a heap of scraped documents into a clean, deduplicated corpus.

The names below are the library's front door; each is imported when it is first asked for: ``import cleaner`` is free.
"""

from typing import TYPE_CHECKING

from cleaner.core.lazy import lazily

if TYPE_CHECKING:
    from cleaner.api import Cleaned, Pipeline, clean_bytes, clean_files, clean_text
    from cleaner.plan import Plan

__all__ = ["Cleaned", "Pipeline", "Plan", "clean_bytes", "clean_files", "clean_text"]

__getattr__ = lazily(__name__, {name: "plan" if name == "Plan" else "api" for name in __all__})
