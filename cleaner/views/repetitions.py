"""What ``cleaner index query`` says of a document that repeats one of the index."""

from typing import Any

from cleaner.core.printable import printable
from cleaner.index.judge import Compared


def words(one: Compared) -> str:
    """A line for the terminal."""
    entry = one.match.entry
    if one.score is None:
        low, high = one.match.interval
        how = f"about {one.jaccard:.2f} ({low:.2f} to {high:.2f}), an estimate: its text cannot be read any more"
    else:
        how = {"exact": "the same text", "template": f"{one.jaccard:.4f}, a form filled in twice"}.get(
            one.method, f"{one.jaccard:.4f}"
        )
    return f"{printable(one.id)}: repeats {printable(entry.name)} (sha256 {entry.sha256[:12]}): {how}"


def to_json(one: Compared) -> dict[str, Any]:
    """A line of ``index query --json``."""
    entry = one.match.entry
    line: dict[str, Any] = {
        "document": one.id,
        "of": entry.name,
        "id": entry.id,
        "digest": entry.digest,
        "sha256": entry.sha256,
        "method": one.method,
    }
    if one.score is None:
        return {**line, "estimate": round(one.match.estimate, 4), "interval": list(one.match.interval)}
    return {**line, "jaccard": round(one.score.jaccard, 4), "lacking": one.score.lacking}
