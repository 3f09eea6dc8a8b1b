"""Which documents stay: visited in priority order, one goes only if a kept one stands for it.

No chains: a document falls only for a kept document that it is itself similar to, so that two documents never fall for
a third that neither resembles, and the kept ones hold no duplicates among themselves.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cleaner.core.document import Document, Flag, Verdict
from cleaner.core.edits import evidence
from cleaner.dedup.compare import Comparer, Score
from cleaner.dedup.contain import Pairs
from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import DedupOptions
from cleaner.dedup.records import Records, SomeTexts
from cleaner.dedup.search import compared, contained, estimated, originals
from cleaner.dedup.visit import Fates, Grouped, Judge, Paired, visit
from cleaner.errors import UsageError

KEPT = Verdict()
_SAME = Score(1.0, 1.0, 0)
_NAMED = 4  # forms of one template that a document names


@dataclass(frozen=True, slots=True)
class Template:
    """The other document of a pair that looks like one form filled in twice."""

    other: str
    jaccard: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one document.

    Attributes:
        id: of the document.
        verdict: kept, or dropped for a survivor.
        templates: kept documents that it shares a template with, the most similar ones first; a few of many.
        where: for an excerpt, from where to where it stands in the survivor, in code points of the survivor.
    """

    id: str
    verdict: Verdict = KEPT
    templates: tuple[Template, ...] = ()
    where: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a corpus: those of note are held, every other document is kept.

    >>> Decisions()["a.txt"].verdict.kind
    'kept'
    """

    noted: Mapping[str, Decision] = field(default_factory=dict)

    def __getitem__(self, document: str) -> Decision:
        return self.noted.get(document) or Decision(document)

    def __iter__(self) -> Iterator[Decision]:
        return (self.noted[document] for document in sorted(self.noted))

    def __len__(self) -> int:
        return len(self.noted)

    @property
    def dropped(self) -> list[Decision]:
        """The decisions that drop a document, sorted by id."""
        return [decision for decision in self if decision.verdict.kind == "dropped"]


def priority(records: Records, options: DedupOptions, earlier: Collection[str] = ()) -> Offsets:
    """The order in which the documents are visited: a permutation of their numbers that only their records decide.

    Those that were kept `earlier` come first.

    Raises:
        UsageError: an id stands twice.
    """
    ids = records.ids
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    for one, two in pairwise(by_id.tolist()):
        if ids[one] == ids[two]:
            raise UsageError(f"the id {ids[one]!r} stands twice", cure="give every document its own id")
    worth = {"longest": records.lengths, "newest": records.mtimes, "first": np.zeros(len(ids))}[options.keep]
    ranks = np.array([_rank(name, options.prefer) for name in ids] if options.prefer else np.zeros(len(ids)))
    new = np.array([name not in earlier for name in ids], np.bool_)
    return by_id[np.lexsort((-worth[by_id], ranks[by_id], new[by_id]))]  # stable: equal ones stay sorted by id


def _rank(name: str, globs: Sequence[str]) -> int:
    return next((rank for rank, glob in enumerate(globs) if fnmatchcase(name, glob)), len(globs))


def decide(
    records: Records, options: DedupOptions, texts: SomeTexts, earlier: Collection[str] = frozenset()
) -> Decisions:
    """The decisions of a corpus.

    Args:
        records: of all documents, in any order.
        options: the threshold and the policy.
        texts: gives the cleaned text of a document; called for candidates only. Nothing is dropped for a document whose
            text it does not give, an equal one apart.
        earlier: ids of those that an earlier run kept: they stay, and the others are compared with them first.

    Raises:
        UsageError: an id stands twice.
    """
    order = priority(records, options, earlier)
    ids, first = records.ids[order], originals(records.digests[order])
    settled = sum(name in earlier for name in ids)
    chosen = compared(records.shingles[order], first)
    meeting = Grouped.of(records.sketches, order, chosen, options)
    comparer = Comparer(texts, options, ids[meeting.expected].tolist())
    inside = _inside(records, order, chosen, options)
    judge = Judge(_estimate(records, order), lambda one, two: comparer(ids[one], ids[two]))
    return _told(ids, first, visit(meeting, judge, inside, options, settled), settled)


def survivors(
    records: Records, options: DedupOptions, pairs: Pairs, scores: Sequence[tuple[Score, Score]]
) -> Decisions:
    """The same decisions for an engine that compared all candidates itself.

    Args:
        records: of all documents, in any order.
        options: the threshold and the policy.
        pairs: what `candidates` gives, in any order.
        scores: for each pair (i, j) how i stands to j, and how j stands to i.

    Raises:
        UsageError: an id stands twice.
    """
    order = priority(records, options)
    ids, first = records.ids[order], originals(records.digests[order])
    ranks = first[_inverse(order)[pairs]]
    known: dict[tuple[int, int], Score] = {}
    for (i, j), (there, back) in zip(ranks.tolist(), scores, strict=True):
        known[i, j], known[j, i] = there, back
    inside = _inside(records, order, compared(records.shingles[order], first), options)
    judge = Judge(_estimate(records, order), lambda one, two: known[one, two])
    return _told(ids, first, visit(Paired.of(ranks), judge, inside, options))


def _estimate(records: Records, order: Offsets) -> Callable[[int, Sequence[int]], npt.NDArray[np.float64]]:
    return lambda document, others: estimated(records.sketches, int(order[document]), order[list(others)])


def _inverse(order: Offsets) -> Offsets:
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _inside(records: Records, order: Offsets, chosen: Offsets, options: DedupOptions) -> Pairs:
    """Pairs (document, larger document) by rank, of which the first may stand inside the second."""
    return _inverse(order)[contained(records, order[chosen], options)]


def _told(ids: npt.NDArray[np.object_], first: Offsets, fates: Fates, settled: int = 0) -> Decisions:
    """The fates as decisions; a copy shares the fate of the one that stood for it."""
    noted: dict[str, Decision] = {}
    templates: dict[int, list[Template]] = {}
    for document, other, score in fates.templates:
        templates.setdefault(document, []).append(Template(ids[other], score.jaccard))
        templates.setdefault(other, []).append(Template(ids[document], score.jaccard))
    for document, found in templates.items():
        ranked = sorted(found, key=lambda template: (-template.jaccard, template.other))
        noted[ids[document]] = Decision(ids[document], KEPT, tuple(ranked[:_NAMED]))
    copies = np.flatnonzero(first != np.arange(len(first)))
    for document in copies[copies >= settled].tolist():
        original = int(first[document])
        other, method, score = fates.dropped.get(original, (original, "exact", _SAME))
        noted[ids[document]] = _dropped(ids[document], ids[other], method, score)
    for document, (other, method, score) in fates.dropped.items():
        noted[ids[document]] = _dropped(ids[document], ids[other], method, score)
    return Decisions(noted)


def _dropped(document: str, survivor: str, method: str, score: Score) -> Decision:
    jaccard, containment = round(score.jaccard, 4), round(score.containment, 4)
    verdict = Verdict("dropped", survivor, method, jaccard, containment, score.lacking)
    return Decision(document, verdict, where=score.where if method == "containment" else (0, 0))


def apply(document: Document, decision: Decision) -> Document:
    """The document with its verdict, a flag for each document that it shares a template with, and one for an excerpt.

    What an earlier pass of dedup said of it goes.
    """
    others = tuple(flag for flag in document.flags if not flag.rule.startswith("dedup/"))
    return replace(document, verdict=decision.verdict, flags=(*others, *_flags(decision)))


def _flags(decision: Decision) -> Iterator[Flag]:
    for template in decision.templates:
        why = f"stays beside {template.other}: the two differ mainly in numbers, dates and names"
        yield Flag("dedup/template", 0, 0, why, evidence(jaccard=template.jaccard, other=template.other))
    start, end = decision.where
    if end:
        why = f"stands in {decision.verdict.of} from character {start} to {end}"
        yield Flag("dedup/excerpt", 0, 0, why, evidence(of=decision.verdict.of, start=start, end=end))
