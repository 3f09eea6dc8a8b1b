"""What the line model sees of a page: the look of each line, what rules know of it, its place and its neighbours."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.strip.ground import Ground
from cleaner.strip.model.lines import (
    BRACKET,
    COLON,
    COMMA,
    DIGIT,
    LATIN,
    RULE,
    STOP,
    WIDE,
    Letters,
    Numbers,
    Table,
    spread,
)
from cleaner.strip.page import Line
from cleaner.strip.rules import Hit
from cleaner.strip.title import is_dated, same_title
from cleaner.strip.zones import is_role

_STRENGTHS = {"weak": 1.0, "strong": 2.0, "anchor": 3.0}
_SHORT, _LONG = 16, 60
# The logarithm of the number of copies from which on a line recurs.
_TWICE = 1.0
# Nothing farther away than this is told apart.
_FAR = 60.0

_SHARES = ("wide", "latin", "digit", "blank", "stop", "comma", "colon", "rule", "bracket", "particle", "other")
_ENDS = {
    "stop": STOP,
    "colon": COLON,
    "comma": COMMA,
    "digit": DIGIT,
    "bracket": BRACKET,
    "wide": WIDE,
    "rule": RULE,
}
_BEGINS = {"digit": DIGIT, "bracket": BRACKET, "wide": WIDE, "latin": LATIN, "rule": RULE}
# What is asked of the lines next to a line, and of those around it.
_NEXT = ("length", "sentence", "wording", "known", "bullet", "indent", "digit", "stop", "label", "trim", "dated")
_STEPS = (-2, -1, 1, 2)
_AROUND = ("wording", "sentence", "known", "short", "bullet")
_REACHES = (4, 12)

Columns = dict[str, Numbers]


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
        "page_sentences": sentences.mean(),
        "page_wording": wording.mean(),
        "page_known": (own["known"] > 0).mean(),
        "page_kinds": ground.kinds(0, len(page.lines)),
        "page_sure": ground.sure(0, len(page.lines)),
        "page_forum": ground.layout.forum,
        "page_thread": ground.layout.thread,
    }
    around = _next(own) | _spread(own) | _place(ground, prose) | _since(marks) | runs
    same = np.array(list(whole.values()), np.float32)[:, None].repeat(len(page.solid), axis=1)
    return own | around | dict(zip(whole, same, strict=True))


def _look(ground: Ground, letters: Letters) -> Columns:
    page, solid = ground.page, ground.page.solid
    lines = [page.lines[at] for at in solid]
    found: Columns = dict(zip(_SHARES, letters.shares(), strict=True))
    found["length"] = np.log1p(letters.sizes).astype(np.float32)
    found |= _edges("ends", letters.kinds_at(-1), _ENDS)
    found |= _edges("begins", letters.kinds_at(0), _BEGINS)
    found["label"] = found["ends_colon"]
    found["sentence"] = np.array([page.sentences[at] for at in solid], np.float32)
    found["short"] = (letters.sizes <= _SHORT).astype(np.float32)
    found["bullet"] = np.array([line.whole is not line.shadow for line in lines], np.float32)
    found["indent"] = np.array([_indent(page.text, line) for line in lines], np.float32)
    found |= _copies(letters.skeletons())
    blank = [line.start > 0 and page.lines[at - 1].blank for at, line in zip(solid, lines, strict=True)]
    found["gap_above"] = np.array(blank, np.float32)
    return found


def _edges(edge: str, found: Table, kinds: Mapping[str, int]) -> Columns:
    """Of which class the characters at an edge of the lines are."""
    rows = (found == np.array([*kinds.values()], np.uint8)[:, None]).astype(np.float32)
    return {f"{edge}_{name}": row for name, row in zip(kinds, rows, strict=True)}


def _copies(lines: Sequence[str]) -> Columns:
    """How often a line stands on the page, and whether it stood there before."""
    seen: dict[str, int] = {}
    first = np.array([seen.setdefault(line, at) for at, line in enumerate(lines)])
    copies = np.log(np.bincount(first).take(first))
    again = first < np.arange(len(lines))
    return {"copies": copies.astype(np.float32), "again": again.astype(np.float32)}


def _indent(text: str, line: Line) -> float:
    """How far a line is set in: 0 to 3; -1 for the two wide blanks that open a paragraph."""
    if not text[line.start].isspace():
        return 0.0
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
    told = np.array([_told(ground.known.get(at, ())) for at in solid], np.float32)
    found = dict(zip(("known", "acts", "block", "post", "end"), told.T, strict=True))
    ranks = page.ranks
    for name, where in marked.items():
        found[name] = np.zeros(len(solid), np.float32)
        found[name][[ranks[at] for at in where if at in ranks]] = 1.0
    below = np.clip(np.array(solid) - title, -_FAR, _FAR) if title >= 0 else np.zeros(len(solid))
    return found | {"below_title": below.astype(np.float32)}


def _told(hits: Collection[Hit]) -> tuple[float, float, float, float, float]:
    """What the rules say that know a line: the greatest strength; whether one acts, is a block, a post, an end."""
    if not hits:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    known = acts = block = post = end = 0.0
    for hit in hits:
        entry = hit.entry
        known = max(known, _STRENGTHS[entry.strength])
        acts = max(acts, entry.acts)
        block = max(block, entry.kind == "block")
        post = max(post, is_role(hit, "post"))
        end = max(end, is_role(hit, "end"))
    return known, acts, block, post, end


def _next(own: Columns) -> Columns:
    """The features of the lines next to each one; -1 where there is none."""
    reach, n = max(_STEPS), len(own["length"])
    padded = np.full((len(_NEXT), n + 2 * reach), -1.0, np.float32)
    for row, name in enumerate(_NEXT):
        padded[row, reach : reach + n] = own[name]
    return {
        f"{name}{step:+d}": padded[row, reach + step : reach + step + n]
        for row, name in enumerate(_NEXT)
        for step in _STEPS
    }


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
