"""Whether a copy of a repeat may go, or why both stay."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from cleaner.repeats.bounds import Level
from cleaner.repeats.evidence import difference_in
from cleaner.repeats.genre import genre, quoted
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.passages import Passage
from cleaner.repeats.stream import Stream

# With one character in ten edited, two copies of 80 characters have a similarity of 0.9 or a little less.
_SIMILAR = 0.82
# What stands beside the copies, so many tokens of it: where it is as alike as this, the copies are parts of two texts
# of one build (clauses, forms, items), which differ where they differ on purpose.
_BESIDE = 30
_PARALLEL = 0.45
_ENOUGH = 6
_TOKEN = re.compile(r"[^\W\d_\u2e80-\uffff\U00020000-\U0003ffff]+|\d+|[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the copy goes; if not, why (in a word), and whether a reader should be told."""

    goes: bool
    why: str = ""
    told: bool = False


_GOES = Verdict(goes=True)


def verdict(stream: Stream, found: Passage, options: RepeatsOptions) -> Verdict:
    """What becomes of one copy of a repeat."""
    why = _short(found, options) or _other_kind(stream, found, options)
    if why:
        return Verdict(goes=False, why=why)
    difference = difference_in(stream, found, sibling=_siblings(found))
    if difference or _parallel(stream, found):
        return Verdict(goes=False, why=difference or "parallel", told=True)
    return _GOES


def _short(found: Passage, options: RepeatsOptions) -> str:
    length = found.end - found.start
    if length < options.min_chars or abs(found.other_start - found.start) < options.min_chars:
        return "short"
    if found.similarity < _SIMILAR:
        return "unlike"
    if length >= 2 * options.min_chars:
        return ""
    # A short passage must be a sentence or several, and the same in every word.
    if min(found.levels) < Level.SENTENCE:
        return "part of a sentence"
    return "unlike" if found.edited > 2 else ""


def _other_kind(stream: Stream, found: Passage, options: RepeatsOptions) -> str:
    kind = genre(stream.text[found.start : found.end]).guarded
    if kind:
        return kind
    if not options.quotes and (quoted(stream.text, found.start) or quoted(stream.text, found.other_start)):
        return "quotation"
    return ""


def _siblings(found: Passage) -> bool:
    """Whether hardly anything stands between the copies."""
    low, high = sorted(((found.low, found.high), (found.other, found.other_end)))
    return high[0] - low[1] < _ENOUGH


def _parallel(stream: Stream, found: Passage) -> bool:
    """Whether the text goes on alike beside the copies."""
    here = stream.words(found.low - _BESIDE, found.low), stream.words(found.high, found.high + _BESIDE)
    there = stream.words(found.other - _BESIDE, found.other), stream.words(found.other_end, found.other_end + _BESIDE)
    return any(_alike(a, b) for a, b in zip(here, there, strict=True))


def _alike(a: str, b: str) -> bool:
    ones, others = _TOKEN.findall(a), _TOKEN.findall(b)
    if min(len(ones), len(others)) < _ENOUGH:
        return False
    return SequenceMatcher(None, ones, others, autojunk=False).ratio() >= _PARALLEL
