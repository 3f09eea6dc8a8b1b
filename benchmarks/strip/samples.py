"""What the line model is trained on: labelled pages as features and truths, and ways to make more of the same pages."""

import json
import random
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from cleaner.strip.decide import weigh
from cleaner.strip.evaluate import Label, Labelled, labels_of
from cleaner.strip.ground import Ground, ground_of
from cleaner.strip.match import hits_of
from cleaner.strip.model.lines import BUCKETS, Letters
from cleaner.strip.pack import built_in
from cleaner.strip.page import page_of
from cleaner.strip.rules import Rules, rules
from cleaner.strip.title import title_of
from cleaner.strip.trim import trimmed
from cleaner.strip.zones import layout_of

# What opens a line of content in an authored page.
MARK = "K "
# The families of texts without chrome that are written for the purpose.
CLEAN, AUTHORED, MARKED = "hardneg-clean", "hardneg-authored", "authored"
WORDING = Path(__file__).parent / "wording"
# Pages that the authors of the rules had read are trained with these shares of the rules left out: with all rules the
# model would learn to wait for them.
LEFT_OUT = (0.5, 0.8)
# The title is one line of many, and the one that must not go.
TITLE = 3.0
# A page that was written to be hard stands for a kind of text that is rare among pages as they come. How much more it
# weighs hardly matters: with 12 the cross-validated F1 of 982 pages was 0.895 at a loss of 0.41%, with 16 that of 985
# is 0.893 at 0.47%.
HARD = 16.0
# A copy of a page without its chrome, or without some of it, weighs this much beside the page.
COPY = 0.5
# A page that programs labelled weighs this much beside one that was read; on every other of them, drawn by lot, this
# share of the rules is left out. With 1,003 such pages the loss on 198 others fell from 0.93% to 0.49% at the same F1.
ROUGH, ROUGH_LEFT_OUT = 0.5, 0.7
# Behind a paragraph of at least this length so many lines of another text are put.
_PARAGRAPH, _INSET = 20, (3, 30)


@dataclass(frozen=True)
class Source:
    """A labelled page.

    Attributes:
        labelled: its text and labels.
        site: where it comes from; pages of one site are never on both sides of a split.
        known: whether the authors of the rules had read it.
        rough: whether programs labelled it (`benchmarks.strip.extracted`): it is trained on, never measured on.
    """

    labelled: Labelled
    site: str
    known: bool = False
    rough: bool = False


@dataclass(frozen=True)
class Sample:
    """The lines of a page that are not blank, as the model is trained on them.

    Attributes:
        site: see `Source`.
        ground: what rules know of the page.
        title: the line of its title, -1 without one.
        trimmed: the lines that go by their place.
        letters: the lines.
        truth: 1 for chrome, 0 for content, -1 for lines that do not count, shape (lines,).
        weights: how much each line counts, shape (lines,).
    """

    site: str
    ground: Ground
    title: int
    trimmed: frozenset[int]
    letters: Letters
    truth: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


def sources_in(folder: Path, *, known: bool = False, rough: bool = False) -> list[Source]:
    """The labelled pages of a folder in the gold format (``NNN.txt`` beside ``NNN.json``)."""
    found = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode()
        labelled = Labelled(path.stem, data["family"], text, labels_of(data))
        found.append(Source(labelled, data.get("site") or f"{folder.name}/{path.stem}", known, rough))
    return found


def clean_in(folder: Path) -> list[Source]:
    """Texts without any chrome (.txt, .md): every line stays."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".md"})
    texts = [(path, path.read_bytes().decode()) for path in paths]
    return [
        Source(Labelled(path.stem, CLEAN, text, ("keep",) * (text.count("\n") + 1)), f"{folder.name}/{path.stem}")
        for path, text in texts
    ]


def marked_in(path: Path) -> list[Source]:
    """Authored pages in TOML: texts under ``content``, of which every line stays, and under ``page`` those with marks.

    A line of a page that begins with ``K `` stays, the others go.
    """
    cases = tomllib.loads(path.read_text("utf-8"))
    pages = [(case, AUTHORED) for case in cases.get("content", ())]
    pages += [(case, MARKED) for case in cases.get("page", ())]
    found = []
    for case, family in pages:
        lines = case["text"].splitlines()
        labels = tuple("drop" if family == MARKED and not line.startswith(MARK) else "keep" for line in lines)
        text = "".join(f"{line.removeprefix(MARK)}\n" for line in lines)
        found.append(Source(Labelled(case["name"], family, text, labels), f"{path.name}/{case['name']}"))
    return found


def samples_of(source: Source, insets: Sequence[str]) -> Iterator[Sample]:
    """A page as it is, without its chrome, without some of it, and with verse, tables or lists put into its text.

    What is left of a page must not be eroded, and short lines between paragraphs are content. What is drawn depends on
    the page alone, so that a further page changes nothing about the others.

    Args:
        source: the page.
        insets: texts without chrome; a stretch of one of them is put in.
    """
    chance = random.Random(crc32(source.labelled.text.encode()))  # noqa: S311 - a reproducible choice, no secret
    if source.rough:
        yield from _sample(source, chance.choice((rules(), without(ROUGH_LEFT_OUT))), ROUGH)
        return
    ways = [without(share) for share in LEFT_OUT] if source.known else [rules()]
    weight = HARD if source.labelled.family in {AUTHORED, MARKED} else 1.0
    for used in ways:
        yield from _sample(source, used, weight / len(ways))
    labels = source.labelled.labels
    if "drop" in labels:
        yield from _sample(_thinned(source, lambda _: True), ways[0], COPY)
        start = chance.randrange(len(labels))
        gap = range(start, start + chance.randrange(1, len(labels) // 2 + 2))
        inside = chance.random() < 0.5
        yield from _sample(_thinned(source, lambda at: (at in gap) == inside), ways[-1], COPY)
        salt = chance.getrandbits(32)
        drawn = max(insets, key=lambda inset: crc32(inset.encode(), salt), default="")
        if drawn and (filled := _filled(source, drawn, chance)):
            yield from _sample(filled, ways[0], COPY)


def _thinned(source: Source, goes: Callable[[int], bool]) -> Source:
    """The page without those of its lines to drop that `goes` names."""
    lines = source.labelled.text.split("\n")
    labels = source.labelled.labels
    kept = [at for at in range(len(labels)) if labels[at] != "drop" or not goes(at)]
    text = "".join(f"{lines[at]}\n" for at in kept)
    return replace(source, labelled=replace(source.labelled, text=text, labels=tuple(labels[at] for at in kept)))


def _filled(source: Source, inset: str, chance: random.Random) -> Source | None:
    """The page with some lines of another text behind a line of its own that stays."""
    lines, labels = source.labelled.text.split("\n"), source.labelled.labels
    kept = [at for at, label in enumerate(labels) if label == "keep" and len(lines[at]) >= _PARAGRAPH]
    if not kept:
        return None
    rows = [row for row in inset.split("\n") if row.strip()]
    start = chance.randrange(len(rows))
    rows = rows[start : start + chance.randint(*_INSET)]
    at = chance.choice(kept) + 1
    text = "\n".join([*lines[:at], *rows, *lines[at:]])
    new = (*labels[:at], *("keep",) * len(rows), *labels[at:])
    return replace(source, labelled=replace(source.labelled, text=text, labels=new))


def _sample(source: Source, used: Rules, weight: float) -> Iterator[Sample]:
    page = page_of(source.labelled.text)
    if not page.solid:
        return
    hits = hits_of(page, used)
    ground = ground_of(weigh(page, layout_of(page, hits, used.forums), hits, used))
    truths = _truths(source.labelled.text, source.labelled.labels)
    truth = np.array([truths.get(page.lines[at].start, -1) for at in page.solid])
    weights = np.full(len(truth), weight / np.sqrt(len(truth)))
    if (truth == 0).any():
        weights[np.argmax(truth == 0)] *= TITLE
    title = title_of(ground)
    by_place = frozenset(trim.line for trim in trimmed(ground, title))
    yield Sample(source.site, ground, title, by_place, Letters(page.shadows), truth, weights)


def _truths(text: str, labels: Sequence[Label]) -> dict[int, int]:
    """The truth of the line that begins at each offset."""
    known, start = dict[int, int](), 0
    for line, label in zip(text.split("\n"), labels, strict=False):
        known[start] = -1 if label == "either" else int(label == "drop")
        start += len(line) + 1
    return known


@cache
def without(share: float, seed: int = 1) -> Rules:
    """The built-in rules without a random share of them."""
    return rules(disable=left_out(share, seed))


@cache
def left_out(share: float, seed: int) -> tuple[str, ...]:
    """The names of a share of the built-in rules; a rule is among them or not whatever other rules there are."""
    names = [entry.name for pack in built_in() for entry in pack.entries]
    return tuple(name for name in names if crc32(f"{seed}/{name}".encode()) < share * (1 << 32))


def wordings() -> list[tuple[Letters, int]]:
    """The lists of generic words: the lines of each, and whether they are chrome (1) or content (0)."""
    pages = [(page_of("\n".join(items_in(WORDING / f"{name}.txt"))), name) for name in ("chrome", "content")]
    return [(Letters(page.shadows), int(name == "chrome")) for page, name in pages]


def items_in(path: Path) -> list[str]:
    """The items of a list of words: parted by `` / ``; lines that begin with ``#`` are remarks."""
    rows = (row for row in path.read_text("utf-8").splitlines() if not row.startswith("#"))
    return list(dict.fromkeys(item.strip() for row in rows for item in row.split(" / ") if item.strip()))


def sequences(letters: Letters) -> Iterable[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]]:
    """The rows (lines) and buckets of all pairs, and of all triples, of some lines."""
    rows = np.repeat(np.arange(len(letters.starts)), letters.sizes + 1)
    for buckets in letters.buckets():
        there = buckets[: len(rows)] < BUCKETS
        yield rows[there], buckets[: len(rows)][there]
