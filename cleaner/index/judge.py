"""New documents against earlier ones: those of an index count as kept, so that a new near-duplicate of one goes.

Only an exact comparison drops a document. Where an earlier text cannot be read again, the estimate becomes a flag.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cleaner.core.document import Flag, Verdict
from cleaner.core.edits import evidence
from cleaner.dedup import Decision, Decisions, DedupOptions, Records, Score, Template, Texts
from cleaner.dedup.compare import prepare, score
from cleaner.index.types import Entry, Match, digests_of

Again = Callable[[Sequence[Entry]], Iterable[tuple[Entry, str | None]]]

SAME = Score(1.0, 1.0, 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """How a document stands to an earlier one.

    Attributes:
        id: of the document.
        match: the earlier one, and the estimate.
        method: "exact" for one normalised text, "jaccard" for two that were compared, "template" where these are forms
            filled in twice, "estimate" where the earlier text could not be read again.
        score: the comparison; None for an estimate.
    """

    id: str
    match: Match
    method: Literal["exact", "jaccard", "template", "estimate"]
    score: Score | None

    @property
    def jaccard(self) -> float:
        """The exact similarity, else the estimate."""
        return self.match.estimate if self.score is None else self.score.jaccard


def compared(
    records: Records, matches: Sequence[Match], texts: Texts, again: Again, options: DedupOptions
) -> list[Compared]:
    """The matches that reach the threshold, or may reach it, by id, then the most similar first.

    Args:
        records: of the documents that were asked for.
        matches: what the index has for them.
        texts: the text of a document by its id; asked for where the digests differ.
        again: reads the texts of earlier documents.
        options: the threshold.
    """
    own = digests_of(records.digests)
    ids = [str(id_) for id_ in records.ids]
    exact = [match for match in matches if own[match.row] == match.entry.digest]
    same = {match.row for match in exact}
    rest = [match for match in matches if match.row not in same]
    found = [Compared(ids[match.row], match, "exact", SAME) for match in exact]
    found += _scored(ids, rest, texts, again, options)
    return sorted(found, key=lambda one: (one.id, one.score is None, -one.jaccard, one.match.entry.name))


def _scored(
    ids: Sequence[str], matches: Sequence[Match], texts: Texts, again: Again, options: DedupOptions
) -> Iterator[Compared]:
    by_name: dict[str, list[Match]] = {}
    for match in matches:
        by_name.setdefault(match.entry.name, []).append(match)
    for entry, text in again([same[0].entry for same in by_name.values()]):
        earlier = None if text is None else prepare(text, options.unit)
        for match in by_name[entry.name]:
            id_ = ids[match.row]
            if earlier is None:
                if match.interval[1] >= options.threshold:
                    yield Compared(id_, match, "estimate", None)
            else:
                stands = score(prepare(texts(id_), options.unit), earlier, options)
                if stands.jaccard >= options.threshold:
                    yield Compared(id_, match, "template" if stands.template else "jaccard", stands)


@dataclass(frozen=True, slots=True)
class Judged:
    """What an index says of new documents.

    Attributes:
        dropped: the decisions that drop a document.
        templates: earlier documents that a kept one shares a template with.
        flags: of kept documents that look like an earlier one whose text cannot be read any more.
    """

    dropped: Mapping[str, Decision] = field(default_factory=dict)
    templates: Mapping[str, tuple[Template, ...]] = field(default_factory=dict)
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)

    def merged(self, decisions: Decisions) -> Decisions:
        """With the decisions on the documents that the index did not drop."""
        noted = {**decisions.noted, **self.dropped}
        for id_, templates in self.templates.items():
            decision = noted.get(id_, Decision(id_))
            if decision.verdict.kind == "kept":
                shared = sorted((*decision.templates, *templates), key=lambda one: (one.other, one.jaccard))
                noted[id_] = replace(decision, templates=tuple(shared))
        return Decisions(noted)


def judged(found: Iterable[Compared]) -> Judged:
    """The decisions that follow from comparisons, which stand as `compared` gives them."""
    dropped: dict[str, Decision] = {}
    templates: dict[str, tuple[Template, ...]] = {}
    flags: dict[str, tuple[Flag, ...]] = {}
    for one in found:
        if one.id in dropped:
            continue
        if one.method in ("exact", "jaccard") and one.score is not None:
            dropped[one.id] = Decision(one.id, _verdict(one.match.entry.name, one.method, one.score))
        elif one.method == "template":
            shared = Template(one.match.entry.name, one.jaccard)
            templates[one.id] = (*templates.get(one.id, ()), shared)
        else:
            flags[one.id] = (*flags.get(one.id, ()), _flag(one.match))
    kept_templates = {id_: shared for id_, shared in templates.items() if id_ not in dropped}
    return Judged(dropped, kept_templates, {id_: held for id_, held in flags.items() if id_ not in dropped})


def _verdict(name: str, method: str, stands: Score) -> Verdict:
    return Verdict("dropped", name, method, round(stands.jaccard, 4), round(stands.containment, 4), stands.lacking)


def _flag(match: Match) -> Flag:
    low, high = match.interval
    why = (
        f"may repeat {match.entry.name}, whose text cannot be read any more: "
        f"the similarity lies between {low} and {high}"
    )
    facts = evidence(of=match.entry.name, estimate=round(match.estimate, 4), low=low, high=high)
    return Flag("dedup/indexed", 0, 0, why, facts)
