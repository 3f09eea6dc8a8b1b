"""Passages that stand twice in one document: one copy stays."""

from typing import TYPE_CHECKING

from cleaner.core.lazy import lazily
from cleaner.repeats.options import RepeatsOptions

if TYPE_CHECKING:
    from cleaner.repeats.stage import Repeats

__all__ = ["Repeats", "RepeatsOptions"]

__getattr__ = lazily(__name__, {"Repeats": "stage"})
