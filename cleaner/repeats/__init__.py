"""Passages that stand twice in one document: one copy stays."""

from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.stage import Repeats

__all__ = ["Repeats", "RepeatsOptions"]
