"""Findings against what was accepted: what is still to be told, and which acceptances fit nothing any more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cleaner.core.allow import Allow, glob_of, text_digest
from cleaner.views.findings import Finding


@dataclass(slots=True)
class Accepted:
    """Sorts findings, document by document, into told and accepted."""

    allowed: Sequence[Allow]
    told: list[Finding] = field(default_factory=list)
    _used: set[Allow] = field(default_factory=set)
    _seen: set[Allow] = field(default_factory=set)

    def rest(self, id_: str, found: Iterable[Finding]) -> list[Finding]:
        """The findings of a document that nobody accepted."""
        entries = [entry for entry in self.allowed if entry.speaks_of(id_)]
        self._seen.update(entries)
        rest = []
        for finding in found:
            accepting = {entry for entry in entries if entry.accepts(id_, finding.rule, finding.text)}
            self._used |= accepting
            if not accepting:
                rest.append(finding)
        self.told += rest
        return rest

    @property
    def stale(self) -> list[Allow]:
        """The entries that speak of a document that was looked at, but of none of its findings."""
        return [entry for entry in self.allowed if entry in self._seen and entry not in self._used]

    def entries(self, reason: str) -> list[Allow]:
        """An entry for each finding that was told, without repetition."""
        told = (Allow(glob_of(finding.id), finding.rule, text_digest(finding.text), reason) for finding in self.told)
        return list(dict.fromkeys(told))
