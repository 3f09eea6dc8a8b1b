"""Repair: mojibake, control characters and, when asked, the script and the typography of Chinese."""

from cleaner.repair.options import RepairOptions
from cleaner.repair.stage import Repair

__all__ = ["Repair", "RepairOptions"]
