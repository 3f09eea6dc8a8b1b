"""Scores against labelled documents: line precision, recall and F1, and the content that was lost.

Pure functions of (text, labels); reading the files is the caller's business. The labels are those of the gold format:
one per line, ``keep``, ``drop``, ``either``, or the substrings of a line that go (``partial``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cleaner.core.document import Document, Source
from cleaner.core.edits import Edit
from cleaner.core.stage import DocumentStage, run_stage

Label: TypeAlias = str | tuple[str, ...]

# Families of this prefix are real content full of words that chrome uses: nothing may be removed from them.
HARD = "hardneg"
# A document of which less than this share of lines is chrome is measured apart: most of a corpus is like that.
LOW = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what a perfect clean does to each of its lines."""

    id: str
    family: str
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that was dealt with wrongly.

    Attributes:
        id: of the document.
        line: its number, from 1.
        wanted: the label.
        rule: what took it; empty when it should have gone and stayed.
        text: the line.
    """

    id: str
    line: int
    wanted: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over documents.

    Attributes:
        right: lines dropped that are to be dropped.
        wrong: lines dropped that are not.
        missed: lines kept that are to be dropped.
        lost: characters removed that should stay.
        content: characters that should stay.
        cut: characters removed that should go.
        chrome: characters that should go.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lost: int = 0
    content: int = 0
    cut: int = 0
    chrome: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in Score.__slots__))

    @property
    def precision(self) -> float:
        """Dropped lines that were to be dropped; 1.0 when nothing was dropped."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Lines to drop that were dropped; 1.0 when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two.

        >>> Score(right=9, wrong=1, missed=1).f1
        0.9
        """
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0

    @property
    def loss(self) -> float:
        """Content removed, as a share of all content."""
        return self.lost / self.content if self.content else 0.0

    @property
    def low(self) -> bool:
        """Whether most of the document is content (as far as lines tell)."""
        return self.right + self.missed > 0


@dataclass(frozen=True)
class Result:
    """The score of one document and its mistakes; for each rule its right and wrong lines."""

    labelled: Labelled
    score: Score
    mistakes: tuple[Mistake, ...]
    rules: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def labels_of(data: Mapping[str, Any]) -> tuple[Label, ...]:
    """The labels as they stand in the JSON of a labelled document.

    >>> labels_of({"labels": ["keep", {"partial": "[编辑]"}]})
    ('keep', ('[编辑]',))
    """
    return tuple(_label(label) for label in data["labels"])


def _label(label: Any) -> Label:
    if isinstance(label, str):
        return label
    partial = label["partial"]
    return (partial,) if isinstance(partial, str) else tuple(partial)


def score(labelled: Labelled, edits: Sequence[Edit]) -> Result:
    """The score of one document from the edits that were made to its text."""
    gone: dict[int, str] = {}
    for edit in edits:
        gone.update(dict.fromkeys(range(edit.start, edit.end), edit.rule))
    total, mistakes, rules = Score(), [], dict[str, tuple[int, int]]()
    start = 0
    for number, (line, label) in enumerate(zip(labelled.text.split("\n"), labelled.labels, strict=False), 1):
        part, rule = _line(line, label, gone, start)
        if part.right or part.wrong or part.lost:
            right, wrong = rules.get(rule, (0, 0))
            rules[rule] = (right + part.right, wrong + (0 if part.right else 1))
        if part.wrong or part.missed or part.lost:
            wanted = label if isinstance(label, str) else "partial"
            mistakes.append(Mistake(labelled.id, number, wanted, rule, line))
        total += part
        start += len(line) + 1
    return Result(labelled, total, tuple(mistakes), rules)


def _line(line: str, label: Label, gone: Mapping[int, str], start: int) -> tuple[Score, str]:
    """The score of one line, and the rule that took it or most of it."""
    solid = [at for at, char in enumerate(line) if not char.isspace()]
    removed = [at for at in solid if start + at in gone]
    rule = gone[start + removed[0]] if removed else ""
    whole = bool(solid) and len(removed) == len(solid)
    if not solid or label == "either":
        return Score(), rule
    if label == "drop":
        return Score(right=whole, missed=not whole, cut=len(removed), chrome=len(solid)), rule
    free = _partial(line, label) if isinstance(label, tuple) else frozenset[int]()
    lost = sum(at not in free for at in removed)
    content = sum(at not in free for at in solid)
    return Score(0, whole, 0, lost, content, len(removed) - lost, len(solid) - content), rule


def _partial(line: str, pieces: Iterable[str]) -> frozenset[int]:
    """The offsets of a line that may go."""
    free: set[int] = set()
    for piece in pieces:
        at = line.find(piece)
        while at >= 0:
            free.update(range(at, at + len(piece)))
            at = line.find(piece, at + len(piece))
    return frozenset(free)


def evaluate(stage: DocumentStage, documents: Iterable[Labelled]) -> list[Result]:
    """The result of every document after the stage ran to its fixed point."""
    return [_result(stage, labelled) for labelled in documents]


def _result(stage: DocumentStage, labelled: Labelled) -> Result:
    document = Document(labelled.id, labelled.text, Source(labelled.id, "0" * 64, 0))
    return score(labelled, run_stage(stage, document).flat.edits)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a group of documents, their summed score, and their mean F1 (macro)."""

    group: str
    documents: int
    score: Score
    macro: float
    hurt: int


def table(results: Sequence[Result]) -> list[Row]:
    """All documents, those with chrome, the hard negatives, the low-chrome ones, forum threads, and each family."""
    chrome = [result for result in results if not is_hard(result)]
    groups = {
        "all": results,
        "chrome": chrome,
        "hard negatives": [result for result in results if is_hard(result)],
        "low chrome": [result for result in chrome if _is_low(result)],
        "forum": [result for result in results if result.labelled.family.startswith("forum")],
    }
    for family in sorted({result.labelled.family for result in results}):
        groups[family] = [result for result in results if result.labelled.family == family]
    return [_row(name, group) for name, group in groups.items() if group]


def is_hard(result: Result) -> bool:
    """Whether nothing may be removed from the document."""
    return result.labelled.family.startswith(HARD)


def _is_low(result: Result) -> bool:
    counted = [label for label in result.labelled.labels if label != "either"]
    return sum(label == "drop" for label in counted) < LOW * len(counted)


def _row(name: str, results: Sequence[Result]) -> Row:
    total = sum((result.score for result in results), Score())
    macro = sum(result.score.f1 for result in results) / len(results)
    return Row(name, len(results), total, macro, sum(result.score.lost > 0 for result in results))


def rule_table(results: Iterable[Result]) -> list[tuple[str, int, float]]:
    """For each rule how many counted lines it touched and its precision, most used first."""
    totals: dict[str, tuple[int, int]] = {}
    for result in results:
        for rule, (right, wrong) in result.rules.items():
            before = totals.get(rule, (0, 0))
            totals[rule] = (before[0] + right, before[1] + wrong)
    rows = [(rule, right + wrong, right / (right + wrong)) for rule, (right, wrong) in totals.items() if right + wrong]
    return sorted(rows, key=lambda row: (-row[1], row[0]))
