"""Repair: mojibake, control characters and, when asked, the script and the typography of Chinese."""

from typing import TYPE_CHECKING

from cleaner.core.lazy import lazily
from cleaner.repair.options import RepairOptions

if TYPE_CHECKING:
    from cleaner.repair.stage import Repair

__all__ = ["Repair", "RepairOptions"]

__getattr__ = lazily(__name__, {"Repair": "stage"})
