"""The exact comparison of two texts, and of many with a bounded memory."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cleaner.dedup.normal import Offsets, normalise, strict
from cleaner.dedup.options import DedupOptions
from cleaner.dedup.records import CHUNK, SomeTexts
from cleaner.dedup.search import distinct
from cleaner.dedup.shingles import SIZE, Hashes64, hashes64, symbol_starts
from cleaner.dedup.template import is_template
from cleaner.dedup.tokens import Form

_REMEMBERED = 64 << 20  # bytes: four documents of a megabyte, or a thousand of ordinary length
_UPPER = np.uint64(48)
_AHEAD = 64  # documents that are prepared at once, as many of them as one chunk holds


@dataclass(frozen=True, slots=True)
class Score:
    """How a text stands to one that would be kept in its place.

    Attributes:
        jaccard: shared shingles by all shingles of the two; for texts without shingles 1 if equal, else 0.
        containment: share of the text's shingles that stand in the other.
        lacking: normalised characters of the text that no shared shingle covers.
        template: the two reach the threshold but are filled-in forms of one template: both should stay.
        where: for a text that stands inside the other, from where to where, in code points of the other.
    """

    jaccard: float
    containment: float
    lacking: int
    template: bool = False
    where: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A text made ready for comparison.

    Attributes:
        form: the text as it was given and normalised.
        begins: where in the normalised text each symbol (character or word) begins, and its end.
        ordered: 64-bit hashes of its shingles as they stand.
        distinct: the same sorted, each once.
    """

    form: Form
    begins: Offsets
    ordered: Hashes64
    distinct: Hashes64

    @property
    def size(self) -> int:
        """Bytes, about."""
        arrays = (self.form.points, self.form.places, self.form.grams, self.begins, self.ordered, self.distinct)
        once = {id(array): array.nbytes for array in arrays}  # characters are shingles: one array of hashes for both
        return 8 * len(self.form.raw) + sum(once.values())


def prepare(text: str, unit: str = "char") -> Prepared:
    """The text made ready for comparison."""
    return prepared([text], unit)[0]


def prepared(texts: Sequence[str], unit: str) -> list[Prepared]:
    """The texts made ready for comparison; many short ones at once take a fraction of the time."""
    batch = normalise(texts)
    begins = symbol_starts(batch, unit)
    ends, symbols = batch.starts.tolist(), begins.searchsorted(batch.starts).tolist()
    grams = _parted(hashes64(batch, "char"))
    shingles = grams if unit == "char" else _parted(hashes64(batch, unit))
    made, offset = [], 0
    for number, text in enumerate(texts):
        start, end = ends[number : number + 2]
        form = Form(text, batch.points[start:end].copy(), batch.places[start:end] - offset, grams[number])
        first, last = symbols[number : number + 2]
        ordered = shingles[number]
        made.append(Prepared(form, begins[first : last + 1] - start, ordered, distinct(ordered.copy())))
        offset += len(text) + 1
    return made


def _parted(batch: tuple[Hashes64, Offsets]) -> list[Hashes64]:
    """The hashes of each text of a batch as arrays of their own, which keep no other text's in memory."""
    hashes, starts = batch
    return [hashes[start:end].copy() for start, end in pairwise(starts.tolist())]


def verify(text: str, kept: str, options: DedupOptions) -> Score:
    """How `text` stands to `kept`, exactly.

    >>> verify("發佈時間：２０２４年，地點待定", "发布时间:2024年 地点待定", DedupOptions())
    Score(jaccard=1.0, containment=1.0, lacking=0, template=False, where=(0, 0))
    """
    return score(prepare(text, options.unit), prepare(kept, options.unit), options)


def score(text: Prepared, kept: Prepared, options: DedupOptions) -> Score:
    """`verify` on prepared texts."""
    if not len(text.distinct) or not len(kept.distinct):
        equal = not len(text.distinct) and not len(kept.distinct) and strict(text.form.raw) == strict(kept.form.raw)
        return Score(1.0, 1.0, 0) if equal else Score(0.0, 0.0, len(text.form.points))
    both = _both(text, kept)
    jaccard, containment = _similarity(text, both)
    template = _reaches(jaccard, containment, options) and is_template(text.form, kept.form)
    where = _where(text, kept) if options.containment and containment >= options.containment else (0, 0)
    return Score(jaccard, containment, _lacking(text, both), template, where)


def _reaches(jaccard: float, containment: float, options: DedupOptions) -> bool:
    return jaccard >= options.threshold or (options.containment > 0 and containment >= options.containment)


def _both(text: Prepared, kept: Prepared) -> Hashes64:
    """The shingles of both texts, sorted: those that stand in both stand twice."""
    both = np.concatenate((text.distinct, kept.distinct))
    both.sort()
    return both


def _similarity(text: Prepared, both: Hashes64) -> tuple[float, float]:
    """Jaccard index of the two sets of shingles, and the share of the first set that stands in the second."""
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    return common / (len(both) - common), common / len(text.distinct)


def _lacking(text: Prepared, both: Hashes64) -> int:
    """Characters that no shingle covers which stands in the other text too."""
    new = np.ones(len(both) + 1, np.bool_)
    np.not_equal(both[1:], both[:-1], out=new[1:-1])
    alone = both[new[1:] & new[:-1]]
    total = len(text.form.points)
    shared = (~_stands(text.ordered, alone)).nonzero()[0]
    opened, closed = (np.bincount(text.begins[at], minlength=total + 1)[:total] for at in (shared, shared + SIZE))
    return int(np.count_nonzero(np.cumsum(opened - closed) == 0))


def _stands(hashes: Hashes64, ranked: Hashes64) -> npt.NDArray[np.bool_]:
    """Which hashes stand among others, which are sorted."""
    if not len(ranked):
        return np.zeros(len(hashes), np.bool_)
    seen = np.zeros(1 << 16, np.bool_)  # the upper bits tell at once that most do not; a search takes ten times as long
    seen[ranked >> _UPPER] = True
    found: npt.NDArray[np.bool_] = seen[hashes >> _UPPER]
    maybe = found.nonzero()[0]
    found[maybe] = ranked.take(ranked.searchsorted(hashes[maybe]), mode="clip") == hashes[maybe]
    return found


def _where(text: Prepared, kept: Prepared) -> tuple[int, int]:
    """The densest stretch, as long as the text, of shingles of the other that stand in the text too."""
    shared = np.flatnonzero(_stands(kept.ordered, text.distinct))
    ends = np.searchsorted(shared, shared + len(text.ordered), "right")
    first = int((ends - np.arange(len(shared))).argmax())
    start = kept.begins[shared[first]]
    end = kept.begins[shared[ends[first] - 1] + SIZE] - 1
    return int(kept.form.places[start]), int(kept.form.places[end]) + 1


class Comparer:
    """Compares documents by id; remembers prepared texts up to a number of bytes.

    Args:
        texts: gives the text of a document.
        options: the thresholds.
        expected: documents in the order in which they are likely to be asked for; they are prepared some at a time.
        remembered: bytes of prepared texts.
    """

    def __init__(
        self, texts: SomeTexts, options: DedupOptions, expected: Sequence[str] = (), remembered: int = _REMEMBERED
    ) -> None:
        self._texts, self._options = texts, options
        self._expected = expected
        self._places = {document: place for place, document in enumerate(expected)}
        self._reached = 0
        self._room = remembered
        self._held: OrderedDict[str, Prepared] = OrderedDict()

    def __call__(self, document: str, kept: str) -> Score | None:
        """How the text of one document stands to that of another; None if too far, or not known."""
        one, two = self._prepared(document), self._prepared(kept)
        if one is None or two is None:
            return None
        near = _reaches(*_similarity(one, _both(one, two)), self._options)
        return score(one, two, self._options) if near else None

    def _prepared(self, document: str) -> Prepared | None:
        if document not in self._held:
            texts = self._ahead(document)
            for name, made in zip(texts, prepared(list(texts.values()), self._options.unit), strict=True):
                self._held[name] = made
                self._room -= made.size
        held = self._held.get(document)
        if held is not None:
            self._held.move_to_end(document)
        while self._room < 0 and len(self._held) > 1:
            self._room += self._held.popitem(last=False)[1].size
        return held

    def _ahead(self, document: str) -> dict[str, str]:
        """The text of the document, and those that are likely to be asked for next."""
        at = self._places.get(document, -1)
        names = self._expected[at : at + _AHEAD] if at >= self._reached else (document,)
        texts, passed, total = dict[str, str](), list[str](), 0
        for name in names:
            passed.append(name)
            text = self._texts(name) if name not in self._held else None
            if text is not None:
                texts[name] = text
                total += len(text)
            if total >= CHUNK:
                break
        self._reached = max(self._reached, at + len(passed))
        return texts
