"""The visit: documents in priority order, each meeting the kept ones that it may resemble.

Documents are numbered by their rank. A document that may stand inside larger ones is visited after them, so that a
container is kept before its excerpt is judged, whatever the policy says of the two.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from cleaner.dedup.compare import Score
from cleaner.dedup.contain import Pairs
from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import SLOTS, DedupOptions, bands
from cleaner.dedup.search import CROWD, buckets, near_pairs, nearest
from cleaner.dedup.sketch import Sketches

# A pair whose estimate lies so many standard errors below the threshold is not compared: one true pair in 30,000 goes.
_SIGMAS = 4.0
# A document that shares a template with so many kept ones, the most similar ones, is a form like them and stays: with
# ten thousand forms each is not compared with all the others.
_FORMS = 4
_INSIDE = "containment"


@dataclass(frozen=True, slots=True)
class Judge:
    """How similar documents are.

    Attributes:
        estimate: of the similarity of a document to others, by their sketches.
        compare: exactly, how a document stands to another; None if far from any threshold, or not known.
    """

    estimate: Callable[[int, Sequence[int]], npt.NDArray[np.float64]]
    compare: Callable[[int, int], Score | None]


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of the documents that were visited.

    Attributes:
        dropped: by document, the survivor, the method, and how the document stands to it.
        templates: pairs that look like one form filled in twice, of which both stay.
    """

    dropped: dict[int, tuple[int, str, Score]] = field(default_factory=dict)
    templates: list[tuple[int, int, Score]] = field(default_factory=list)


class Meeting(Protocol):
    """Which documents share a band."""

    @property
    def visited(self) -> Iterable[int]:
        """The documents that share a band with another."""

    def met(self, document: int) -> Iterable[int]:
        """The kept ones that share a band with the document."""

    def keep(self, document: int) -> None:
        """From now on others meet this one."""


def visit(meeting: Meeting, judge: Judge, contained: Pairs, options: DedupOptions, settled: int = 0) -> Fates:
    """The fates of all documents that may resemble another.

    A document is compared with the kept ones in the order of their estimated similarity, so that the survivor that is
    named is, but for the error of the estimate, the most similar one.

    Args:
        meeting: which documents share a band.
        judge: says how similar two documents are.
        contained: pairs (document, larger document) of which the first may stand inside the second.
        options: the thresholds.
        settled: how many of the first documents stay without being judged.
    """
    inside, around = _by_first(contained), _by_first(contained[:, ::-1])
    ahead = {
        document: [
            other for other in others if _method(judge.compare(document, other), options, larger=True) == _INSIDE
        ]
        for document, others in inside.items()
    }
    fates, kept = Fates(), set[int]()
    for document in _containers_first(sorted({*meeting.visited, *inside, *around}), ahead):
        larger = inside.get(document, ())
        others: list[int] = []
        if document >= settled:
            others = _likely(document, sorted(meeting.met(document)), judge, options)
            paired = kept.intersection((*larger, *around.get(document, ())))
            others += sorted(paired.difference(others))
        fate, alike = _fate(document, others, larger, judge, options)
        if fate is not None:
            fates.dropped[document] = fate
            continue
        kept.add(document)
        meeting.keep(document)
        fates.templates.extend((document, other, score) for other, score in alike)
    return fates


def _fate(
    document: int, others: Sequence[int], larger: Sequence[int], judge: Judge, options: DedupOptions
) -> tuple[tuple[int, str, Score] | None, list[tuple[int, Score]]]:
    """The survivor that the document falls for, with method and score, if any; and the forms like it before that."""
    alike: list[tuple[int, Score]] = []
    for other in others:
        score = judge.compare(document, other)
        method = _method(score, options, larger=other in larger)
        if score is None or not method:
            continue
        if not score.template:
            return (other, method, score), alike
        alike.append((other, score))
        if len(alike) == _FORMS:
            break
    return None, alike


def _likely(document: int, others: Sequence[int], judge: Judge, options: DedupOptions) -> list[int]:
    """The others whose estimate does not speak against them, the most similar first, equal ones by rank."""
    if not others:
        return []
    estimates = judge.estimate(document, others)
    error = (options.threshold * (1 - options.threshold) / SLOTS) ** 0.5
    order = np.argsort(-estimates, kind="stable")
    return [others[place] for place in order.tolist() if estimates[place] >= options.threshold - _SIGMAS * error]


def _by_first(pairs: Pairs) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one, two in pairs.tolist():
        found[one].append(two)
    return dict(found)


def _method(score: Score | None, options: DedupOptions, *, larger: bool) -> str:
    """By which measure the document resembles the other; empty if by none."""
    if score is None:
        return ""
    if score.jaccard >= options.threshold:
        return "jaccard"
    return _INSIDE if larger and 0 < options.containment <= score.containment else ""


def _containers_first(documents: Sequence[int], inside: Mapping[int, Sequence[int]]) -> Iterator[int]:
    """The documents in order, but each after those that it stands inside; there is no circle, as those are larger."""
    done: set[int] = set()
    for start in documents:
        waiting = [start]
        while waiting:
            ahead = [other for other in inside.get(waiting[-1], ()) if other not in done]
            if ahead:
                waiting.extend(reversed(ahead))
                continue
            document = waiting.pop()
            if document not in done:
                done.add(document)
                yield document


@dataclass(frozen=True, slots=True)
class Grouped:
    """Documents in buckets: each meets the kept ones of its buckets, so that a bucket of copies costs no pairs.

    Attributes:
        sketches: ``shape (128, n)``, in any order.
        columns: where in `sketches` each document's stands.
        options: the threshold.
        groups: the buckets of each document.
        kept: the kept members of each bucket.
        expected: the documents of near pairs, in the order in which they are likely to be compared.
    """

    sketches: Sketches
    columns: Offsets
    options: DedupOptions
    groups: Mapping[int, Sequence[int]]
    kept: Mapping[int, list[int]]
    expected: Sequence[int]

    @classmethod
    def of(cls, sketches: Sketches, columns: Offsets, chosen: Offsets, options: DedupOptions) -> "Grouped":
        """The meeting of the chosen documents."""
        found = buckets(sketches, bands(options), columns[chosen])
        owners = np.repeat(np.arange(len(found)), found.sizes)
        groups = _by_first(np.stack((chosen[found.members], owners), axis=1))
        near = near_pairs(sketches, found.take(found.sizes <= CROWD), options, columns[chosen])
        by_visit = chosen[near[np.lexsort((near[:, 0], near[:, 1]))][:, ::-1]]
        expected = list(dict.fromkeys(by_visit.ravel().tolist()))
        return cls(sketches, columns, options, groups, defaultdict(list), expected)

    @property
    def visited(self) -> Iterable[int]:
        """All documents that are in a bucket."""
        return self.groups

    def met(self, document: int) -> Iterable[int]:
        """The kept members of its buckets whose sketches are near."""
        kept = list({other for group in self.groups.get(document, ()) for other in self.kept[group]})
        if not kept:
            return ()
        near = nearest(self.sketches, int(self.columns[document]), self.columns[kept], self.options)
        return [kept[at] for at in near]

    def keep(self, document: int) -> None:
        """Puts the document among the kept of its buckets."""
        for group in self.groups.get(document, ()):
            self.kept[group].append(document)


@dataclass(frozen=True, slots=True)
class Paired:
    """Documents that pairs name: each meets the kept ones it is paired with.

    Attributes:
        partners: of each document.
        kept: all that were kept.
    """

    partners: Mapping[int, Sequence[int]]
    kept: set[int]

    @classmethod
    def of(cls, pairs: Pairs) -> "Paired":
        """The meeting of documents that stand in these pairs."""
        return cls(_by_first(np.concatenate((pairs, pairs[:, ::-1]))), set())

    @property
    def visited(self) -> Iterable[int]:
        """All documents that stand in a pair."""
        return self.partners

    def met(self, document: int) -> Iterable[int]:
        """The kept ones it is paired with."""
        return self.kept.intersection(self.partners.get(document, ()))

    def keep(self, document: int) -> None:
        """Puts the document among the kept."""
        self.kept.add(document)
