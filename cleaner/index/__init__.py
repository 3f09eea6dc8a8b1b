"""Stores of sketches of earlier runs: a DuckDB file, or a shared one in Redis."""

from cleaner.index.header import Header
from cleaner.index.opening import Index, open_index
from cleaner.index.types import Entry, Info, Match, Place

__all__ = ["Entry", "Header", "Index", "Info", "Match", "Place", "open_index"]
