"""Whether a copy of a repeat may go, or why both stay."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from cleaner.repeats.beside import (
    AROUND,
    announced,
    announces,
    continued,
    headed,
    labelled,
    noted,
    parallel,
    rendered,
    siblings,
    tail,
)
from cleaner.repeats.bounds import Bounds, Level, line_start
from cleaner.repeats.evidence import difference_in
from cleaner.repeats.genre import genre, in_sentences, is_even, is_roll
from cleaner.repeats.laws import ARTICLE, articles, has_articles
from cleaner.repeats.markup import seen, tears
from cleaner.repeats.options import RepeatsOptions
from cleaner.repeats.passages import Passage
from cleaner.repeats.seeds import LETTERS, WORDS
from cleaner.repeats.stream import Stream
from cleaner.repeats.survivors import SIMILAR
from cleaner.repeats.voices import asked, cited, decreed, has_turns, has_voices, introduced, quoted, spoken, voiced

# From so many times the shortest length on a passage may have edits: 80 characters, of which some were left out.
_NEARLY = 1.7
# From so many on one of its ends may lie inside a sentence.
_TORN = 1.5
# Up to so many times the shortest length what is said in one breath may be said twice.
_SPEECH = 4
# Headings and entries of the contents are shorter.
_HEADING = 3
# From so many times the shortest length on, and with such a similarity, short lines that each are a sentence may have
# edits: no verse that returns with a word changed is so long.
_TOLD = 5
_LIKE = 0.9
# The same in a text of one sentence a line, from twice the length on.
_ALIKE = 0.93
_SAMPLE = 5000
_TEXT = 20_000  # characters that tell what a text is
# From so many times the shortest length on, and from such a share of the text, an exact copy is the page once more.
_PAGE = 10
_HALF = 0.45
_ITEMS = 4  # lines of a list
_STOP = re.compile(r"[。！？!?]")
_EDGE = 4  # characters by which edits may shift the end of a copy


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the copy goes; if not, why (in a word), and whether a reader should be told."""

    goes: bool
    why: str = ""
    told: bool = False


_GOES = Verdict(goes=True)


@dataclass(frozen=True)
class Kinds:
    """What the whole text says of its kind, found out when asked for."""

    bounds: Bounds

    @property
    def text(self) -> str:
        """All of it."""
        return self.bounds.stream.text

    @cached_property
    def articles(self) -> bool:
        """Whether it is a law or a contract."""
        return has_articles(self.text)

    def fenced(self, start: int, end: int) -> bool:
        """Whether the span begins in a block of code, ends in one, or both."""
        return any(bisect_right(self.bounds.fences, at) % 2 == 1 for at in (start, end))

    @cached_property
    def sentences(self) -> bool:
        """Whether it is prose of one sentence a line."""
        return in_sentences(self.text)

    @cached_property
    def prose(self) -> bool:
        """Whether most of it is prose."""
        return genre(self.text[:_TEXT]).guarded(_TEXT) == ""

    @cached_property
    def _voices(self) -> bool:
        return has_voices(self.text)

    def voiced(self, *places: tuple[int, int]) -> bool:
        """Whether it is a play, an interview or a form, and all of the spans are lines of it."""
        return self._voices and all(voiced(self.text, *place) for place in places)


def verdict(stream: Stream, found: Passage, options: RepeatsOptions, kinds: Kinds) -> Verdict:
    """What becomes of one copy of a repeat."""
    text = stream.text
    least = _least(stream, found, options.min_chars)
    why = _short(text, found, least) or _other_kind(text, found, least, kinds) or _on_purpose(text, found, least, kinds)
    if not why and not options.quotes and _cited(text, found, least):
        why = "quotation"
    if why:
        return Verdict(goes=False, why=why)
    if tears(text, found.start, found.end):
        return Verdict(goes=False, why="markup", told=True)
    difference = difference_in(stream, found, sibling=siblings(found)) or _labels(stream, found)
    if difference or parallel(stream, found) or continued(stream, found):
        return Verdict(goes=False, why=difference or "parallel", told=True)
    return _GOES


def _labels(stream: Stream, found: Passage) -> str:
    """Whether labels say that both belong, in a word."""
    return "label" if labelled(stream, found) or rendered(stream.text, found) else ""


def _cited(text: str, found: Passage, least: int) -> bool:
    """Whether one copy quotes the other: an earlier post, or what somebody said."""
    places = ((found.start, found.end), (found.other_start, found.other_stop))
    if any(quoted(text, *place) for place in places):
        return True
    length = found.end - found.start
    if (not found.edited or length >= _NEARLY * least) and has_turns(text[found.start : found.end]):
        return False  # it tells what several say
    if length < _SPEECH * least and any(decreed(text, *place) for place in places):
        return True
    said = [cited(text, one, other) for (one, _), (other, _) in (places, places[::-1])]
    return any(said) or all(introduced(text, start) for start, _ in places)


def _least(stream: Stream, found: Passage, min_chars: int) -> int:
    """The length from which on the passage counts as one: more where it is in letters.

    A passage that holds as many ideographs as the shortest one is not, however many letters its markup has.
    """
    lettered = stream.lettered(found.low, min(found.high, found.low + _SAMPLE), WORDS * min_chars)
    return int(LETTERS * min_chars) if lettered else min_chars


def _short(text: str, found: Passage, least: int) -> str:
    length = found.end - found.start
    if min(length, seen(text[found.start : found.end])) < least or abs(found.other_start - found.start) < least:
        return "short"
    if found.similarity < SIMILAR:
        return "unlike"
    if not (_closed(found, length, least) or _sentences_again(text, found)):
        return "part of a sentence"
    # A short passage must be the same in every word.
    return "unlike" if length < _NEARLY * least and found.edited > 2 else ""


def _closed(found: Passage, length: int, least: int) -> bool:
    """Whether the passage is whole sentences, or so much more than a turn of phrase that its ends may be clauses."""
    torn = sum(level < Level.SENTENCE for level in found.levels)
    if torn == 0:
        return True
    if found.torn and length < 2 * least:
        return False
    if torn == 1:
        return length >= (_NEARLY if found.edited else _TORN) * least
    return length >= 2 * least and found.sentences > 0


def _sentences_again(text: str, found: Passage) -> bool:
    """Whether one of two equal copies is whole sentences, and the clause before the other one leads to something else.

    What ends its line is what leads to it.
    """
    if found.edited or introduced(text, found.start) or introduced(text, found.other_start):
        return False
    if min(found.levels) >= Level.SENTENCE:
        return True
    return min(found.other_levels) >= Level.SENTENCE and not found.lines[1]


def _other_kind(text: str, found: Passage, least: int, kinds: Kinds) -> str:
    """The kind of text in which words recur; empty for prose."""
    if kinds.articles and not _article_again(text, found, least):
        return "article"
    if kinds.fenced(found.start, found.end) or kinds.fenced(found.other_start, found.other_stop):
        return "code"
    if kinds.articles and not found.edited and _numbered_again(text, found):  # so begins no verse, and no table
        return ""
    places = ((found.start, found.end), (found.other_start, found.other_stop))
    for place in reversed(places):
        why = _guarded(_whole_lines(text, *place), found, least, kinds)
        if not why:
            return ""
    return "" if _page_again(text, found, least) else why


def _on_purpose(text: str, found: Passage, least: int, kinds: Kinds) -> str:
    """What the second copy is for: a heading, a list, a note, a question, or what somebody says again."""
    places = ((found.start, found.end), (found.other_start, found.other_stop))
    copy, other = (text[start:end] for start, end in places)
    brief = len(copy) < _SPEECH * least
    if brief and (_listed(copy, other) or is_roll(copy)):
        return "list"
    if len(copy) < _HEADING * least and headed(text, found):
        return "heading"
    if (announced(text, found) and not _page_again(text, found, least)) or (brief and announces(text, found)):
        return "announced"
    if brief and (any(spoken(text, *place) for place in places) or kinds.voiced(*places)):
        return "speech"
    if brief and (
        all(asked(text, *place) for place in places) or _asks(text, found.end) != _asks(text, found.other_stop)
    ):
        return "question"
    return "note" if noted(text, found) else ""


def _guarded(text: str, found: Passage, least: int, kinds: Kinds) -> str:
    """The kind of text, in a word, that the lines of a passage are; empty for prose, of one sentence a line too."""
    kind = genre(text)
    why = kind.guarded(least)
    if why != "verse":
        return why
    length = found.end - found.start
    known = kinds.sentences or not kind.song
    if kind.sentences and known and (not found.edited or (found.similarity >= _LIKE and length >= _TOLD * least)):
        return ""
    alike = not found.edited or (found.similarity >= _ALIKE and length >= 2 * least)
    told = (kind.closed and kinds.sentences) or (kind.told and kinds.prose)
    return "" if alike and told and not is_even(text) else why


def _listed(one: str, other: str) -> bool:
    """Whether one of the copies is a list of what the other says in a sentence, as contents are of their headings."""
    fewer, more = sorted(sum(1 for line in passage.splitlines() if line.strip()) for passage in (one, other))
    return fewer == 1 and more >= _ITEMS


def _article_again(text: str, found: Passage, least: int) -> bool:
    """Whether it is an article of a law or a contract that stands twice, rather than words of two articles."""
    if _numbered_again(text, found):
        return True
    return not found.edited and found.whole and found.end - found.start >= ARTICLE * least


def _numbered_again(text: str, found: Passage) -> bool:
    """Whether most of the articles that begin in the copies bear the same numbers: an edit may have spoiled one."""
    numbers = articles(text, found.start, found.end), articles(text, found.other_start, found.other_stop)
    return 2 * len(set(numbers[0]) & set(numbers[1])) > max(map(len, numbers))


def _whole_lines(text: str, start: int, end: int) -> str:
    """The lines that a passage lies in, as far as they say what kind of text it is."""
    low = line_start(text, start, max(start - AROUND, 0))
    if end - start > _SAMPLE:
        return text[low : start + _SAMPLE]
    return text[low:end] + tail(text, end)


def _page_again(text: str, found: Passage, least: int) -> bool:
    """Whether the whole page stands twice: then verse and tables go with the rest of it."""
    length = found.end - found.start
    return found.whole and not found.edited and length >= max(_PAGE * least, _HALF * len(text))


def _asks(text: str, at: int) -> bool:
    """Whether the sentence that ends at the offset, or a few characters from it, is a question."""
    stop = _STOP.search(text, max(at - _EDGE, 0), at + _EDGE)
    return stop is not None and stop.group() in "？?"
