"""What the line model sees of a page: the look of each line, what rules know of it, its place and its neighbours.

All of it is one table, a row for each feature and a column for each line that is not blank. Pages are short: what takes
time is the number of NumPy calls, so that features of one kind are made together.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from cleaner.strip.entry import Entry
from cleaner.strip.ground import Ground
from cleaner.strip.model.lines import Letters, Numbers, spread, steps_from
from cleaner.strip.page import Line
from cleaner.strip.rules import Hit
from cleaner.strip.title import same_title

_STRENGTHS = {"weak": 1.0, "strong": 2.0, "anchor": 3.0}
_SHORT, _LONG = 16, 60
# The logarithm of the number of copies from which on a line recurs.
_TWICE = 1.0
# Nothing farther away than this is told apart.
_FAR = 60.0

# The classes of characters, in their order; which of them the characters at both ends of a line are asked for.
_SHARES = ("wide", "latin", "digit", "blank", "stop", "comma", "colon", "rule", "bracket", "particle", "other")
_ENDS = ("stop", "colon", "comma", "digit", "bracket", "wide", "rule")
_BEGINS = ("digit", "bracket", "wide", "latin", "rule")
_FORM = (*_SHARES, "length", *(f"ends_{name}" for name in _ENDS), *(f"begins_{name}" for name in _BEGINS))
# What a line looks like by itself, whatever its page.
_ALONE = (*_FORM, "wording")
_LOOK = (
    *_FORM,
    *("label", "sentence", "short", "bullet", "indent", "copies", "again", "gap_above", "wording"),
)
# What rules say of a line: how strong one is, whether one acts, is a block, plays a post, plays an end; and its marks.
_TOLD = ("known", "acts", "block", "post", "end")
_MARKS = (*_STRENGTHS, *_TOLD[1:])
_MARKED = ("dated", "trim", "shaped", "title", "title_copy")
_OWN = (*_LOOK, *_TOLD, *_MARKED, "below_title")
# What is asked of the lines next to a line, and of those around it.
_NEXT = ("length", "sentence", "wording", "known", "bullet", "indent", "digit", "stop", "label", "trim", "dated")
_STEPS = (-2, -1, 1, 2)
_AROUND = ("wording", "sentence", "known", "short", "bullet")
_REACHES = (4, 12)
_LOGGED = ("from_start", "from_end", "prose_above", "prose_below")
_PLACE = (*_LOGGED, "place", "prose_share_above", "zone_head", "zone_tail")
# From which value on a feature is a mark to be looked for above and below a line.
_SINCE = {"sentence": 0, "long": _LONG, "sure": 1, "anchor": 2, "post": 0, "end": 0, "dated": 0, "copy": _TWICE}
_SINCE |= {"chrome": 1}
_RUNS = ("indent_run", "short_run")
_PAGE = tuple(f"page_{name}" for name in ("lines", "sentences", "wording", "known", "kinds", "sure", "forum", "thread"))
NAMES = (
    *(*_OWN, *(f"{name}{step:+d}" for name, step in product(_NEXT, _STEPS))),
    *(*(f"{name}_of_{reach}" for name, reach in product(_AROUND, _REACHES)), *_PLACE),
    *(*(f"since_{name}" for name in _SINCE), *(f"until_{name}" for name in _SINCE), *_RUNS, *_PAGE),
)
ROWS = {name: row for row, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Looks:
    """What lines look like by themselves.

    Attributes:
        rows: the features of `_ALONE`, shape (features, lines).
        skeletons: the lines with every digit as ``0``.
    """

    rows: Numbers
    skeletons: Sequence[str]


def looks_of(letters: Letters, wording: Numbers) -> Looks:
    """What lines look like, and how much their wording is that of chrome, shape (lines,)."""
    rows = np.empty((len(_ALONE), len(wording)), np.float32)
    rows[: len(_SHARES)] = letters.shares()
    rows[ROWS["length"]] = np.log1p(letters.sizes)
    rows[ROWS["ends_stop"] :][: len(_ENDS)] = letters.kinds_at(-1) == _classes(_ENDS)
    rows[ROWS["begins_digit"] :][: len(_BEGINS)] = letters.kinds_at(0) == _classes(_BEGINS)
    rows[-1] = wording
    return Looks(rows, letters.skeletons())


def columns(
    ground: Ground, title: int, trimmed: Collection[int], letters: Letters, wording: Numbers
) -> dict[str, Numbers]:
    """The features of the lines that are not blank, by name, each of shape (lines,)."""
    return dict(zip(NAMES, table_of(ground, title, trimmed, looks_of(letters, wording)), strict=True))


def table_of(ground: Ground, title: int, trimmed: Collection[int], looks: Looks) -> Numbers:
    """The features of the lines that are not blank, in the order of `NAMES`, shape (features, lines)."""
    table = np.zeros((len(NAMES), looks.rows.shape[1]), np.float32)
    own, rest = table[: len(_OWN)], table[len(_OWN) :]
    sizes = np.array(list(map(len, ground.page.shadows)))
    _look(own, ground, looks, sizes)
    _knowledge(own, ground, title, trimmed)
    prose = own[ROWS["sentence"]] * sizes.astype(np.float32)
    around = spread(own.take(_rows(_AROUND), axis=0), _REACHES).reshape(-1, len(sizes))
    parts = _next(own), around, _place(ground, prose), _since(own, prose), _runs(own), _whole(own, ground)
    np.concatenate(parts, out=rest)
    return table


@cache
def _rows(names: Iterable[str]) -> npt.NDArray[np.intp]:
    return np.array([ROWS[name] for name in names])


def _look(own: Numbers, ground: Ground, looks: Looks, sizes: npt.NDArray[np.int64]) -> None:
    """What the lines look like."""
    page, solid = ground.page, np.array((-1, *ground.page.solid))
    text = page.text
    own[: len(_ALONE) - 1] = looks.rows[:-1]
    own[ROWS["wording"]] = looks.rows[-1]
    own[ROWS["label"]] = own[ROWS["ends_colon"]]
    own[ROWS["sentence"]] = page.texts
    own[ROWS["short"]] = sizes <= _SHORT
    own[ROWS["bullet"]] = page.bullets
    own[ROWS["indent"]] = [_indent(text, line) if text[line.start].isspace() else 0.0 for line in page.filled]
    own[ROWS["gap_above"]] = solid[1:] - solid[:-1] > 1  # a blank line above it
    seen: dict[str, int] = {}
    first = np.array([seen.setdefault(line, at) for at, line in enumerate(looks.skeletons)])
    own[ROWS["copies"]] = np.log(np.bincount(first).take(first))
    own[ROWS["again"]] = first < np.arange(len(first))


@cache
def _classes(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.array([[_SHARES.index(name)] for name in names], np.uint8)


def _indent(text: str, line: Line) -> float:
    """How far a line is set in: 0 to 3; -1 for the two wide blanks that open a paragraph."""
    content = text[line.start : line.content_end]
    before = content[: len(content) - len(content.lstrip())]
    if before.endswith("\u3000"):
        return -1.0
    return min(len(before) // 2, 3.0) if "\t" not in before else 3.0


def _knowledge(own: Numbers, ground: Ground, title: int, trimmed: Collection[int]) -> None:
    """What rules know of each line."""
    page, solid = ground.page, ground.page.solid
    heading = page.lines[title].shadow if title >= 0 else ""
    lines = zip(solid, page.shadows, strict=True) if title >= 0 else ()
    copies = [at for at, line in lines if at != title and same_title(line, heading)]
    marks = [_marks(ground.known[at]) if at in ground.known else 0 for at in solid]
    own[ROWS["known"] :][: len(_TOLD)] = _told().take(marks, axis=1)
    ranks = page.ranks
    marked = zip(_MARKED, (ground.dated, trimmed, page.shaped, (title,), copies), strict=True)
    own.put([ROWS[name] * len(solid) + ranks[at] for name, where in marked for at in where if at in ranks], 1.0)
    if title >= 0:
        own[ROWS["below_title"]] = np.minimum(np.maximum(np.array(solid) - title, -_FAR), _FAR)


@cache
def _told() -> Numbers:
    """What rules say of a line, for every set of marks: shape (features, sets)."""
    sets = np.arange(1 << len(_MARKS))
    marks = [sets >> bit & 1 for bit in range(len(_MARKS))]
    known = np.max([mark * worth for mark, worth in zip(marks, _STRENGTHS.values(), strict=False)], axis=0)
    return np.array([known, *marks[len(_STRENGTHS) :]], np.float32)


def _marks(hits: Iterable[Hit]) -> int:
    """The marks that rules set on a line, a bit for each."""
    found = 0
    for hit in hits:
        found |= _marks_of(hit.entry)
    return found


@cache
def _marks_of(entry: Entry) -> int:
    marks = {
        entry.strength: True,
        "acts": entry.acts,
        "block": entry.kind == "block",
        "post": entry.sure and entry.role == "post",
        "end": entry.sure and entry.role == "end",
    }
    return sum(1 << bit for bit, mark in enumerate(_MARKS) if marks.get(mark))


def _next(own: Numbers) -> Numbers:
    """The features of the lines next to each one; -1 where there is none."""
    reach, n = max(_STEPS), own.shape[1]
    padded = np.full((len(_NEXT), n + 2 * reach), -1.0, np.float32)
    padded[:, reach:-reach] = own.take(_rows(_NEXT), axis=0)
    return padded.take(steps_from(n, _STEPS), axis=1).reshape(-1, n)


def _place(ground: Ground, prose: Numbers) -> Numbers:
    """Where the lines stand on the page, in relation to its running text."""
    n, layout, lines = len(prose), ground.layout, np.array(ground.page.solid)
    at = np.arange(n, dtype=np.float32)
    total = np.add.reduce(prose)
    above = prose.cumsum() - prose
    found = np.empty((len(_PLACE), n), np.float32)
    found[: len(_LOGGED)] = at, n - 1 - at, above, total - above - prose
    np.log1p(found[: len(_LOGGED)], out=found[: len(_LOGGED)])
    found[len(_LOGGED) :] = (
        at / max(n - 1, 1),
        above / max(float(total), 1.0),
        lines < layout.first,
        (lines > layout.last) & (lines >= layout.first),
    )
    return found


def _since(own: Numbers, prose: Numbers) -> Numbers:
    """How many lines ago the last mark stood, and until the next one, the line itself left out; at most `_FAR`."""
    known = own[ROWS["known"]]
    others = (own[ROWS[name]] for name in ("post", "end", "dated", "copies", "wording"))
    marks = np.array([own[ROWS["sentence"]], prose, known, known, *others]) > np.array([*_SINCE.values()])[:, None]
    found = _behind(np.concatenate((marks, marks[:, ::-1])))
    found[len(marks) :] = found[len(marks) :, ::-1].copy()
    return found


def _behind(marks: npt.NDArray[np.bool_]) -> Numbers:
    """How many places back in its row the last mark stands, itself left out."""
    at = np.arange(_FAR, _FAR + marks.shape[1])  # no mark counts as one at zero
    before = np.zeros(marks.shape)
    before[:, 1:] = np.maximum.accumulate(marks * at, axis=1)[:, :-1]
    return np.minimum(at - before, _FAR).astype(np.float32)


def _runs(own: Numbers) -> Numbers:
    """How long the runs of lines are that are set in alike, and of short lines without running text."""
    n = own.shape[1]
    insets = own[ROWS["indent"]] * 4 + own[ROWS["bullet"]]
    values = np.concatenate((insets, own[ROWS["short"]] * (1 - own[ROWS["sentence"]])))
    changes = np.ones(2 * n + 1, np.bool_)
    changes[1:-1] = values[1:] != values[:-1]
    changes[n] = True
    bounds = changes.nonzero()[0]
    sizes = bounds[1:] - bounds[:-1]
    return np.asarray(np.minimum(sizes.repeat(sizes), _FAR).reshape(2, n), np.float32)


def _whole(own: Numbers, ground: Ground) -> Numbers:
    """What is the same for all lines of a page."""
    n, layout = own.shape[1], ground.layout
    sentences, wording, known = (own[ROWS[name]] for name in ("sentence", "wording", "known"))
    shares = np.add.reduce(sentences) / n, np.add.reduce(wording) / n, np.count_nonzero(known) / n
    values = np.log1p(float(n)), *shares, len(ground.entries), ground.sure, layout.forum, layout.thread
    return np.array(values, np.float32)[:, None].repeat(n, axis=1)
