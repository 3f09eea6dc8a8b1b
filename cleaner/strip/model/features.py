"""What the line model sees of a page: the look of each line, what rules know of it, its place and its neighbours."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.strip.entry import Entry
from cleaner.strip.ground import Ground
from cleaner.strip.model.lines import Letters, Numbers, Table, spread
from cleaner.strip.page import Line, Page
from cleaner.strip.rules import Hit
from cleaner.strip.title import is_dated, same_title

_STRENGTHS = {"weak": 1.0, "strong": 2.0, "anchor": 3.0}
_SHORT, _LONG = 16, 60
# The logarithm of the number of copies from which on a line recurs.
_TWICE = 1.0
# Nothing farther away than this is told apart.
_FAR = 60.0

# The classes of characters, in their order; which of them a character is of.
_SHARES = ("wide", "latin", "digit", "blank", "stop", "comma", "colon", "rule", "bracket", "particle", "other")
_ONE_OF = np.eye(len(_SHARES), dtype=np.float32)
_ENDS = ("stop", "colon", "comma", "digit", "bracket", "wide", "rule")
_BEGINS = ("digit", "bracket", "wide", "latin", "rule")
# What is asked of the lines next to a line, and of those around it.
_NEXT = ("length", "sentence", "wording", "known", "bullet", "indent", "digit", "stop", "label", "trim", "dated")
_STEPS = (-2, -1, 1, 2)
_NEXT_NAMES = tuple(f"{name}{step:+d}" for name in _NEXT for step in _STEPS)
_AROUND = ("wording", "sentence", "known", "short", "bullet")
_REACHES = (4, 12)

Columns = dict[str, Numbers]
# What rules say of a line: the greatest strength, whether one of them acts, is a block, plays a post, plays an end.
Told = tuple[float, float, float, float, float]
_UNTOLD: Told = 0.0, 0.0, 0.0, 0.0, 0.0


def columns(ground: Ground, title: int, trimmed: frozenset[int], letters: Letters, wording: Numbers) -> Columns:
    """The features of the lines that are not blank, by name, each of shape (lines,)."""
    page = ground.page
    own = _look(ground, letters)
    own["wording"] = wording
    own |= _knowledge(ground, title, trimmed)
    sentences = own["sentence"]
    prose = sentences * letters.sizes.astype(np.float32)
    marks = {
        "sentence": sentences > 0,
        "long": prose > _LONG,
        "sure": own["known"] >= 2,
        "anchor": own["known"] >= 3,
        "post": own["post"] > 0,
        "end": own["end"] > 0,
        "dated": own["dated"] > 0,
        "copy": own["copies"] > _TWICE,
        "chrome": wording > 1.0,
    }
    runs = {"indent_run": _run(own["indent"] * 4 + own["bullet"]), "short_run": _run(own["short"] * (1 - sentences))}
    whole = {
        "page_lines": np.log1p(len(page.solid)),
        "page_sentences": sentences.sum() / len(page.solid),
        "page_wording": wording.sum() / len(page.solid),
        "page_known": np.count_nonzero(own["known"]) / len(page.solid),
        "page_kinds": ground.kinds(0, len(page.lines)),
        "page_sure": ground.sure(0, len(page.lines)),
        "page_forum": ground.layout.forum,
        "page_thread": ground.layout.thread,
    }
    around = _next(own) | _spread(own) | _place(ground, prose) | _since(marks) | runs
    same = np.array(list(whole.values()), np.float32)[:, None].repeat(len(page.solid), axis=1)
    return own | around | dict(zip(whole, same, strict=True))


def _look(ground: Ground, letters: Letters) -> Columns:
    page = ground.page
    found: Columns = dict(zip(_SHARES, letters.shares(), strict=True))
    found["length"] = np.log1p(letters.sizes).astype(np.float32)
    found |= _edges("ends", letters.kinds_at(-1), _ENDS)
    found |= _edges("begins", letters.kinds_at(0), _BEGINS)
    rows = [_row(page, at) for at in page.solid]
    sentence, bullet, indent, gap = np.array(rows, np.float32).T
    found["label"] = found["ends_colon"]
    found["sentence"] = sentence
    found["short"] = (letters.sizes <= _SHORT).astype(np.float32)
    found |= {"bullet": bullet, "indent": indent} | _copies(letters.skeletons()) | {"gap_above": gap}
    return found


def _row(page: Page, at: int) -> tuple[bool, bool, float, bool]:
    """Whether a line reads as running text and bears a bullet, how far it is set in, and whether one is left above."""
    line = page.lines[at]
    indent = _indent(page.text, line) if page.text[line.start].isspace() else 0.0
    return page.sentences[at], line.whole is not line.shadow, indent, at > 0 and not page.lines[at - 1].shadow


def _edges(edge: str, found: Table, names: Sequence[str]) -> Columns:
    """Of which class the characters at an edge of the lines are."""
    classes = [_SHARES.index(name) for name in names]
    rows = _ONE_OF.take(classes, axis=0).take(found, axis=1)
    return {f"{edge}_{name}": row for name, row in zip(names, rows, strict=True)}


def _copies(lines: Sequence[str]) -> Columns:
    """How often a line stands on the page, and whether it stood there before."""
    seen: dict[str, int] = {}
    first = np.array([seen.setdefault(line, at) for at, line in enumerate(lines)])
    copies = np.log(np.bincount(first).take(first))
    again = first < np.arange(len(lines))
    return {"copies": copies.astype(np.float32), "again": again.astype(np.float32)}


def _indent(text: str, line: Line) -> float:
    """How far a line is set in: 0 to 3; -1 for the two wide blanks that open a paragraph."""
    content = text[line.start : line.content_end]
    before = content[: len(content) - len(content.lstrip())]
    if before.endswith("\u3000"):
        return -1.0
    return min(len(before) // 2, 3.0) if "\t" not in before else 3.0


def _knowledge(ground: Ground, title: int, trimmed: frozenset[int]) -> Columns:
    """What rules know of each line."""
    page, solid = ground.page, ground.page.solid
    heading = page.lines[title].shadow if title >= 0 else ""
    copies = [at for at in solid if title >= 0 and at != title and same_title(page.lines[at].shadow, heading)]
    marked = {
        "dated": [at for at in solid if is_dated(ground, at)],
        "trim": trimmed,
        "shaped": ground.shaped,
        "title": [title],
        "title_copy": copies,
    }
    told = np.array([_told(ground.known[at]) if at in ground.known else _UNTOLD for at in solid], np.float32)
    found = dict(zip(("known", "acts", "block", "post", "end"), told.T, strict=True))
    ranks = page.ranks
    for name, where in marked.items():
        found[name] = np.zeros(len(solid), np.float32)
        found[name][[ranks[at] for at in where if at in ranks]] = 1.0
    below = np.clip(np.array(solid) - title, -_FAR, _FAR) if title >= 0 else np.zeros(len(solid))
    return found | {"below_title": below.astype(np.float32)}


def _told(hits: Sequence[Hit]) -> Told:
    """What the rules say that know a line."""
    if len(hits) == 1:
        return _facts(hits[0].entry)
    known, acts, block, post, end = map(max, zip(*(_facts(hit.entry) for hit in hits), strict=True))
    return known, acts, block, post, end


@cache
def _facts(entry: Entry) -> Told:
    sure = entry.strength != "weak"
    return (
        _STRENGTHS[entry.strength],
        entry.acts,
        entry.kind == "block",
        sure and entry.role == "post",
        sure and entry.role == "end",
    )


def _next(own: Columns) -> Columns:
    """The features of the lines next to each one; -1 where there is none."""
    reach, n = max(_STEPS), len(own["length"])
    padded = np.full((len(_NEXT), n + 2 * reach), -1.0, np.float32)
    for row, name in zip(padded, _NEXT, strict=True):
        row[reach : reach + n] = own[name]
    rows = (row[reach + step : reach + step + n] for row in padded for step in _STEPS)
    return dict(zip(_NEXT_NAMES, rows, strict=True))


def _spread(own: Columns) -> Columns:
    """The means of features over the lines around each one."""
    rows = np.stack([own[name] for name in _AROUND])
    means = {reach: spread(rows, reach) for reach in _REACHES}
    return {f"{name}_of_{reach}": means[reach][row] for row, name in enumerate(_AROUND) for reach in _REACHES}


def _place(ground: Ground, prose: Numbers) -> Columns:
    """Where the lines stand on the page, in relation to its running text."""
    n = len(prose)
    at = np.arange(n, dtype=np.float32)
    above = np.cumsum(prose) - prose
    below = prose.sum() - above - prose
    lines, layout = np.array(ground.page.solid), ground.layout
    found = {
        "from_start": np.log1p(at),
        "from_end": np.log1p(n - 1 - at),
        "place": at / max(n - 1, 1),
        "prose_above": np.log1p(above),
        "prose_below": np.log1p(below),
        "prose_share_above": above / max(float(prose.sum()), 1.0),
        "zone_head": lines < layout.first,
        "zone_tail": (lines > layout.last) & (lines >= layout.first),
    }
    return {name: np.asarray(values, np.float32) for name, values in found.items()}


def _since(marks: Mapping[str, npt.NDArray[np.bool_]]) -> Columns:
    """How many lines ago the last mark stood, and until the next one, the line itself left out; at most `_FAR`."""
    rows = np.stack(list(marks.values()))
    since = _behind(np.concatenate((rows, rows[:, ::-1])))
    names = (*(f"since_{name}" for name in marks), *(f"until_{name}" for name in marks))
    return dict(zip(names, (*since[: len(rows)], *since[len(rows) :, ::-1]), strict=True))


def _behind(marks: npt.NDArray[np.bool_]) -> Numbers:
    """How many places back in its row the last mark stands, itself left out."""
    at = np.arange(marks.shape[1])
    last = np.maximum.accumulate(np.where(marks, at, -1000), axis=1)
    before = np.full_like(last, -1000)
    before[:, 1:] = last[:, :-1]
    return np.minimum(at - before, _FAR).astype(np.float32)


def _run(values: Numbers) -> Numbers:
    """How long the run of equal values is in which each one stands."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    sizes = np.diff(np.append(starts, len(values)))
    return np.asarray(np.minimum(np.repeat(sizes, sizes), _FAR), np.float32)
