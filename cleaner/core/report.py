"""The totals of a run: counted per document, merged in any order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cleaner.core.document import Document, Rejected
from cleaner.core.stage import stage_of


@dataclass(frozen=True, slots=True)
class Tally:
    """What one rule did: in how many documents, in how many edits, to how many characters."""

    documents: int = 0
    edits: int = 0
    characters: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.documents + other.documents, self.edits + other.edits, self.characters + other.characters)


@dataclass(frozen=True, slots=True)
class Report:
    """Totals of a set of documents; adding two is associative and commutative.

    Attributes:
        documents: accepted ones.
        kept: those that no survivor stands for.
        rejected: inputs that were not accepted.
        bytes: size of the accepted originals.
        characters: of the decoded originals.
        removed: characters that went or were rewritten; a dropped document's other characters are not counted.
        rules: what each rule did.
        flags: how often each rule flagged instead of acting.
        flagged: in how many documents it did.
        codecs: documents per codec.
    """

    documents: int = 0
    kept: int = 0
    rejected: int = 0
    bytes: int = 0
    characters: int = 0
    removed: int = 0
    rules: dict[str, Tally] = field(default_factory=dict)
    flags: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    codecs: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Report") -> "Report":
        rules = dict(self.rules)  # a copy and a few changes: the sum of a corpus is built document by document
        for name, tally in other.rules.items():
            rules[name] = rules[name] + tally if name in rules else tally
        return Report(
            self.documents + other.documents,
            self.kept + other.kept,
            self.rejected + other.rejected,
            self.bytes + other.bytes,
            self.characters + other.characters,
            self.removed + other.removed,
            rules,
            _sum(self.flags, other.flags),
            _sum(self.flagged, other.flagged),
            _sum(self.codecs, other.codecs),
        )

    @property
    def dropped(self) -> int:
        """Accepted documents that a survivor stands for."""
        return self.documents - self.kept

    def to_json(self) -> dict[str, Any]:
        """The content of report.json, every table sorted."""
        return {
            "documents": self.documents,
            "kept": self.kept,
            "dropped": self.dropped,
            "rejected": self.rejected,
            "bytes": self.bytes,
            "characters": self.characters,
            "removed": self.removed,
            "codecs": dict(sorted(self.codecs.items())),
            "stages": self._stages(),
            "flags": {
                rule: {"documents": self.flagged[rule], "flags": count} for rule, count in sorted(self.flags.items())
            },
        }

    def _stages(self) -> dict[str, dict[str, dict[str, int]]]:
        stages: dict[str, dict[str, dict[str, int]]] = {}
        for rule, tally in sorted(self.rules.items()):
            row = {"documents": tally.documents, "edits": tally.edits, "characters": tally.characters}
            stages.setdefault(stage_of(rule), {})[rule] = row
        return stages


def _sum(counts: Counter[str], more: Counter[str]) -> Counter[str]:
    both = counts.copy()
    both.update(more)
    return both


def report_of(document: Document) -> Report:
    """The report of one accepted document; one without a verdict counts as kept."""
    edits = document.flat.edits
    rules: dict[str, Tally] = {}
    for edit in edits:
        first = 0 if edit.rule in rules else 1
        rules[edit.rule] = rules.get(edit.rule, Tally()) + Tally(first, 1, len(edit.removed))
    source = document.source
    if source.codec not in ("", "utf-8"):
        rules["decode/recode"] = Tally(1)
    if source.bom:
        rules["decode/bom"] = Tally(1)
    return Report(
        documents=1,
        kept=int(not document.is_dropped),
        bytes=source.size,
        characters=len(document.text) - sum(edit.growth for edit in edits),
        removed=sum(len(edit.removed) for edit in edits),
        rules=rules,
        flags=Counter(flag.rule for flag in document.flags),
        flagged=Counter({flag.rule for flag in document.flags}),
        codecs=Counter([source.codec or "text"]),
    )


def report_of_rejected(_: Rejected) -> Report:
    """The report of one rejected input."""
    return Report(rejected=1)


def report_of_entries(entries: Iterable[Document | Rejected]) -> Report:
    """The sum of the reports of documents and rejected inputs."""
    reports = (report_of_rejected(entry) if isinstance(entry, Rejected) else report_of(entry) for entry in entries)
    return sum(reports, Report())
