"""What the line model sees of a page: the look of each line, what rules know of it, its place and its neighbours."""

from collections import Counter
from collections.abc import Sequence

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
    spread,
)
from cleaner.strip.title import is_dated, same_title

_STRENGTHS = {"weak": 1.0, "strong": 2.0, "anchor": 3.0}
_SHORT, _LONG = 16, 60
# The logarithm of the number of copies from which on a line recurs.
_TWICE = 1.0
# Nothing farther away than this is told apart.
_FAR = 60.0

Columns = dict[str, Numbers]


def columns(ground: Ground, title: int, trimmed: frozenset[int], letters: Letters, wording: Numbers) -> Columns:
    """The features of the lines that are not blank, by name, each of shape (lines,)."""
    page, solid = ground.page, ground.page.solid
    own = _look(ground, letters)
    own["wording"] = wording
    own |= _knowledge(ground, title, trimmed)
    sentences = own["sentence"]
    size = letters.sizes.astype(np.float32)
    around = {
        f"{name}{step:+d}": _shifted(own[name], step)
        for name in (
            "length",
            "sentence",
            "wording",
            "known",
            "bullet",
            "indent",
            "digit",
            "stop",
            "label",
            "trim",
            "dated",
        )
        for step in (-2, -1, 1, 2)
    }
    around |= {
        f"{name}_of_{reach}": spread(own[name], reach)
        for name in ("wording", "sentence", "known", "short", "bullet")
        for reach in (4, 12)
    }
    place = _place(ground, sentences * size)
    marks = {
        "sentence": sentences > 0,
        "long": sentences * size > _LONG,
        "sure": own["known"] >= 2,
        "anchor": own["known"] >= 3,
        "post": own["post"] > 0,
        "end": own["end"] > 0,
        "dated": own["dated"] > 0,
        "copy": own["copies"] > _TWICE,
        "chrome": wording > 1.0,
    }
    place |= {f"since_{name}": _since(where) for name, where in marks.items()}
    place |= {f"until_{name}": _since(where[::-1])[::-1] for name, where in marks.items()}
    same = {"indent_run": _run(own["indent"] * 4 + own["bullet"]), "short_run": _run(own["short"] * (1 - sentences))}
    n = len(solid)
    whole = {
        "page_lines": np.log1p(n),
        "page_sentences": sentences.mean(),
        "page_wording": wording.mean(),
        "page_known": (own["known"] > 0).mean(),
        "page_kinds": ground.kinds(0, len(page.lines)),
        "page_sure": ground.sure(0, len(page.lines)),
        "page_forum": ground.layout.forum,
        "page_thread": ground.layout.thread,
    }
    return own | around | place | same | {name: np.full(n, value, np.float32) for name, value in whole.items()}


def _look(ground: Ground, letters: Letters) -> Columns:
    page, solid = ground.page, ground.page.solid
    shares = letters.shares()
    names = ("wide", "latin", "digit", "blank", "stop", "comma", "colon", "rule", "bracket", "particle", "other")
    found: Columns = {f"{name}": shares[:, kind] for kind, name in enumerate(names)}
    last, first = letters.kinds_at(-1), letters.kinds_at(0)
    found["length"] = np.log1p(letters.sizes).astype(np.float32)
    for kind, name in (
        (STOP, "stop"),
        (COLON, "colon"),
        (COMMA, "comma"),
        (DIGIT, "digit"),
        (BRACKET, "bracket"),
        (WIDE, "wide"),
        (RULE, "rule"),
    ):
        found[f"ends_{name}"] = (last == kind).astype(np.float32)
    for kind, name in ((DIGIT, "digit"), (BRACKET, "bracket"), (WIDE, "wide"), (LATIN, "latin"), (RULE, "rule")):
        found[f"begins_{name}"] = (first == kind).astype(np.float32)
    found["label"] = found["ends_colon"]
    found["sentence"] = np.array([page.sentences[at] for at in solid], np.float32)
    found["short"] = (letters.sizes <= _SHORT).astype(np.float32)
    lines = [page.lines[at] for at in solid]
    found["bullet"] = np.array([line.whole is not line.shadow for line in lines], np.float32)
    indents = [_indent(page.text[line.start : line.content_end]) for line in lines]
    found["indent"] = np.array(indents, np.float32)
    skeletons = letters.skeletons()
    copies = Counter(skeletons)
    found["copies"] = np.log([copies[line] for line in skeletons]).astype(np.float32)
    found["again"] = _again(skeletons)
    blank = [line.start > 0 and page.lines[at - 1].blank for at, line in zip(solid, lines, strict=True)]
    found["gap_above"] = np.array(blank, np.float32)
    return found


def _again(lines: Sequence[str]) -> Numbers:
    """Which lines stood on the page before."""
    seen = set[str]()
    found = np.zeros(len(lines), np.float32)
    for at, line in enumerate(lines):
        found[at] = line in seen
        seen.add(line)
    return found


def _indent(line: str) -> float:
    """How far a line is set in: 0 to 3; -1 for the two wide blanks that open a paragraph."""
    bare = line.lstrip()
    before = line[: len(line) - len(bare)]
    if before.endswith("\u3000"):
        return -1.0
    return min(len(before) // 2, 3.0) if "\t" not in before else 3.0


def _knowledge(ground: Ground, title: int, trimmed: frozenset[int]) -> Columns:
    """What rules know of each line."""
    page, solid = ground.page, ground.page.solid
    heading = page.lines[title].shadow if title >= 0 else ""
    copies = [at for at in solid if title >= 0 and at != title and same_title(page.lines[at].shadow, heading)]
    known = {at: max(_STRENGTHS[hit.entry.strength] for hit in hits) for at, hits in ground.known.items()}
    lines = np.array(solid)
    below = np.clip(lines - title, -_FAR, _FAR) if title >= 0 else np.zeros(len(solid))
    marked = {
        "acts": [at for at, hits in ground.known.items() if any(hit.entry.acts for hit in hits)],
        "block": [at for at, hits in ground.known.items() if any(hit.entry.kind == "block" for hit in hits)],
        "post": [at for at in ground.known if ground.plays(at, "post")],
        "end": [at for at in ground.known if ground.plays(at, "end")],
        "dated": [at for at in solid if is_dated(ground, at)],
        "trim": trimmed,
        "shaped": ground.shaped,
        "title": [title],
        "title_copy": copies,
    }
    found = {name: np.zeros(len(solid), np.float32) for name in ("known", *marked)}
    ranks = {line: rank for rank, line in enumerate(solid)}
    for name, where in marked.items():
        found[name][[ranks[at] for at in where if at in ranks]] = 1.0
    found["known"][[ranks[at] for at in known if at in ranks]] = [known[at] for at in known if at in ranks]
    return found | {"below_title": below.astype(np.float32)}


def _place(ground: Ground, prose: Numbers) -> Columns:
    """Where the lines stand on the page, in relation to its running text."""
    n = len(prose)
    at = np.arange(n, dtype=np.float32)
    above = np.cumsum(prose) - prose
    below = prose.sum() - above - prose
    zones = [ground.layout.zone(line) for line in ground.page.solid]
    found = {
        "from_start": np.log1p(at),
        "from_end": np.log1p(n - 1 - at),
        "place": at / max(n - 1, 1),
        "prose_above": np.log1p(above),
        "prose_below": np.log1p(below),
        "prose_share_above": above / max(float(prose.sum()), 1.0),
        "zone_head": np.array([zone == "head" for zone in zones]),
        "zone_tail": np.array([zone == "tail" for zone in zones]),
    }
    return {name: np.asarray(values, np.float32) for name, values in found.items()}


def _since(marks: npt.NDArray[np.bool_]) -> Numbers:
    """How many lines ago the last mark stood, itself left out; `_FAR` when it is farther or never was."""
    at = np.arange(len(marks))
    last = np.maximum.accumulate(np.where(marks, at, -1000))
    before = np.concatenate(([-1000], last[:-1]))
    return np.minimum(at - before, _FAR).astype(np.float32)


def _run(values: Numbers) -> Numbers:
    """How long the run of equal values is in which each one stands."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    sizes = np.diff(np.append(starts, len(values)))
    return np.asarray(np.minimum(np.repeat(sizes, sizes), _FAR), np.float32)


def _shifted(values: Numbers, step: int, outside: float = -1.0) -> Numbers:
    """The value `step` places further on (back when negative)."""
    moved = np.full_like(values, outside)
    if abs(step) < len(values):
        if step > 0:
            moved[:-step] = values[step:]
        else:
            moved[-step:] = values[:step]
    return moved
