"""What ``cleaner detect`` says of a file, as a table or as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from cleaner.core.printable import printable
from cleaner.decode.types import Detection


@dataclass(frozen=True, slots=True)
class Detected:
    """The encoding of one file, or why it has none.

    Attributes:
        id: of the file.
        detection: what decode found; None for a file that was refused.
        error: why it was refused.
    """

    id: str
    detection: Detection | None
    error: str = ""

    @property
    def decided(self) -> bool:
        """Whether there is an encoding, and it is certain enough."""
        return self.detection is not None and not self.detection.undecided

    def to_json(self) -> dict[str, Any]:
        """A line of ``detect --json``."""
        found = self.detection
        if found is None:
            return {"id": self.id, "error": self.error}
        return {
            "id": self.id,
            "encoding": found.encoding,
            "confidence": round(found.confidence, 4),
            "runner_up": found.runner_up,
            "undecided": found.undecided,
            "segments": [[segment.start, segment.end, segment.codec] for segment in found.segments],
            "evidence": list(found.evidence),
            "candidates": [
                {
                    "encoding": candidate.codec,
                    "score": round(candidate.score, 4),
                    "errors": candidate.errors,
                    "first_failure": candidate.first_failure,
                }
                for candidate in found.candidates
            ],
        }


def table_of(results: Iterable[Detected]) -> Table:
    """A row per file: encoding, confidence, runner-up, evidence."""
    table = Table(Column("file", overflow="fold"), "encoding", "confidence", "runner-up", "evidence")
    for result in results:
        found = result.detection
        if found is None:
            table.add_row(escape(printable(result.id)), "none", "", "", escape(result.error), style="red")
            continue
        encoding = found.encoding + (f" ({len(found.segments)} segments)" if found.segments else "")
        evidence = escape("; ".join(found.evidence) or "valid UTF-8")
        style = "yellow" if found.undecided else ""
        table.add_row(
            escape(printable(result.id)), encoding, f"{found.confidence:.2f}", found.runner_up, evidence, style=style
        )
    return table
