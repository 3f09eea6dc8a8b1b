"""Plants repeats into real text: passages copied elsewhere, with edits that leave quantities, dates and names alone."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.repeats.markup import VOID
from cleaner.repeats.seeds import LETTERS

# What an edit may not touch nor bring in: numerals, words of the calendar, signs of the cycle, negations, the word for
# an article of a law.
_UNTOUCHED = frozenset(
    "零〇一二三四五六七八九十百千万亿两半几第年月日时分秒周季旬甲乙丙丁戊己庚辛壬癸不未无非没勿别莫条條"
)
# A name as far as a pattern can tell one: a family name with a title behind, a place, what stands in title marks.
_NAMES = re.compile(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗][\u4e00-\u9fff]{1,2}(?=同志|先生|女士|市长|书记|主任|主席|教授|说)"
    r"|[\u4e00-\u9fff]{2,3}[省市县区州镇乡村](?![场民委])|《[^》]*》|https?://[^\s)）]*|<[^>\n]*>|[A-Za-z0-9.%+-]+"
)
_POOL = 4000  # characters of a text from which what is put in is drawn
# The same in a text of letters: what is written with a capital, with a digit, or names a number or a time.
_NAMES_IN_LETTERS = re.compile(
    r"<[^>\n]*>|[^\W\d_]*[A-Z\u00c0-\u00de][^\W_]*|[^\s]*\d[^\s]*|https?://\S+"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million"
    r"|billion|half|first|second|third|day|week|month|year|hour|minute|no|not|n't)s?\b"
)
# Marks of ASCII end something where white space or an ideograph follows: never inside an address or a number.
_MARK = r"[。！？](?!\d)|(?<=[\u2e80-\uffff])[!?](?![\d\[])|(?<=[a-z]{3})[.!?](?=[”’\")]*(?:\s|\Z))"
_SENTENCE_END = re.compile(rf"(?:{_MARK})[”’」』）)\"]*(?: (?=[A-Z“\"]))?")
_CLAUSE_END = re.compile(rf"(?:{_MARK}|[，；]|(?<=[\u2e80-\uffff])[,;](?!\d))[”’」』）)\"]*\s?")


_MARKUP = frozenset("[]()<>`|*#")  # an edit that touches one breaks more than a character
_PAIRS = ("[]", "()", "“”", "「」", "（）", "《》")
_FENCED = re.compile(r"^ {0,3}```.*?^ {0,3}```[^\n]*\n?|^\|.*?\|[ \t]*$", re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*?(/?)>")
_SHORTEST = 26  # ideographs
_WINDOW = 24  # characters: what stands again for so many, stands twice already


@dataclass(frozen=True, slots=True)
class Span:
    """``[start, end)`` of the planted text: the source of a passage or a copy of it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with a passage in it that stands several times.

    Attributes:
        text: with the copies.
        places: the source and its copies, in order.
        edits: edited characters per copy (the mean).
        length: what was asked for.
        rate: the share of its characters that were edited in each copy.
        inside: whether the copies stand inside paragraphs.
    """

    text: str
    places: tuple[Span, ...]
    edits: float
    length: int
    rate: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to plant: a passage of about `length` characters, `copies` times, a share `rate` of each copy edited.

    In a text of letters it is 2.5 times as long, which says as much.

    Copies that stand `inside` paragraphs stand behind sentences, or, with `clauses`, behind commas too.
    """

    length: int
    rate: float
    copies: int
    inside: bool
    clauses: bool = False


def plant(text: str, rng: random.Random, recipe: Recipe) -> Planted | None:
    """The text with a passage copied, or None when it has no such passage or no room for the copies."""
    rate, copies, inside = recipe.rate, recipe.copies, recipe.inside
    length = round(recipe.length * (LETTERS if _is_letters(text) else 1))
    source = _passage(text, rng, length)
    if source is None or not text[source.start : source.end].strip():
        return None
    ends = _CLAUSE_END if recipe.clauses else _SENTENCE_END
    places = _places(text, rng, source, copies, ends if inside else None)
    if len(places) < copies:
        return None
    passage = text[source.start : source.end]
    around = ("", " " if _is_letters(text) else "") if inside else _between(text)
    pieces, spans, edits, at, shift = [], [], 0, 0, 0
    for place in places:
        copy, count = edited(passage, rng, rate, text)
        edits += count
        before = at < source.end <= place
        pieces += [text[at:place], around[0], copy, around[1]]
        if before:
            spans.append(Span(source.start + shift, source.end + shift))
        start = place + shift + len(around[0])
        spans.append(Span(start, start + len(copy)))
        shift += len(copy) + len(around[0]) + len(around[1])
        at = place
    if at < source.end:
        spans.append(Span(source.start + shift, source.end + shift))
    planted = "".join((*pieces, text[at:]))
    return Planted(planted, tuple(spans), edits / copies, recipe.length, rate, inside)


def edited(passage: str, rng: random.Random, rate: float, text: str) -> tuple[str, int]:
    """The passage with a share of its characters substituted, left out or followed by another one, and how many."""
    letters = _is_letters(text)
    names = _NAMES_IN_LETTERS if letters else _NAMES
    pool = [mark for mark in text[-_POOL:].lower() if mark.isalpha() and mark not in _UNTOUCHED]
    pool = [mark for mark in pool if (mark < "\u2e80") == letters]
    kept = {index for match in names.finditer(passage) for index in range(*match.span())}
    kept |= {index for index, mark in enumerate(passage) if mark in _UNTOUCHED | _MARKUP or mark.isspace()}
    free = [index for index in range(len(passage)) if index not in kept]
    count = round(rate * len(passage))
    chosen = set(rng.sample(free, min(count, len(free))))
    out = []
    for index, mark in enumerate(passage):
        if index not in chosen:
            out.append(mark)
            continue
        kind = rng.random()
        if kind < 0.5:
            out.append(rng.choice(pool))
        elif kind < 0.75:
            out += [mark, rng.choice(pool)]
    return "".join(out), len(chosen)


def _is_letters(text: str) -> bool:
    ideographs = sum(mark >= "\u2e80" for mark in text)
    return 5 * ideographs < sum(mark.isalpha() for mark in text)


def _is_mostly_letters(passage: str) -> bool:
    """Whether a passage says less than its length: mostly letters, with fewer ideographs than the shortest one has."""
    ideographs = sum(mark >= "\u2e80" and mark.isalpha() for mark in passage)
    return ideographs < _SHORTEST and 2 * ideographs < sum(map(str.isalpha, passage))


def _ends(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    return (match.end() for match in pattern.finditer(text))


def _passage(text: str, rng: random.Random, length: int) -> Span | None:
    """A run of whole sentences, or of clauses that end a sentence, of about the length.

    Nothing of it stands elsewhere in the text, or no answer would be right; it holds no half of an element or of a
    pair of brackets, and nothing of a table or of a block of code, which may repeat itself. Nor is it mostly in letters
    where the text is not.
    """
    sentences = [0, *_ends(text, _SENTENCE_END)]
    starts = sentences if length < 80 or rng.random() < 0.75 else [0, *_ends(text, _CLAUSE_END)]
    for _ in range(200):
        start = rng.choice(starts)
        while start < len(text) and text[start].isspace():
            start += 1
        ends = [end for end in sentences if length + (text[end - 1] == " ") <= end - start <= 1.25 * length + 20]
        if ends and "\n" not in text[start : ends[0]].strip()[:20]:
            end = rng.choice(ends)
            end -= text[end - 1] == " "
            if _is_apt(text, start, end):
                return Span(start, end)
    return None


def _is_apt(text: str, start: int, end: int) -> bool:
    passage = text[start:end]
    if _is_fenced(text, start, end) or not _is_whole(passage) or not _is_single(text, start, end):
        return False
    return _is_letters(text) or not _is_mostly_letters(passage)


def _is_single(text: str, start: int, end: int) -> bool:
    """Whether no window of the passage stands elsewhere."""
    windows = (text[at : at + _WINDOW] for at in range(start, end - _WINDOW + 1, _WINDOW // 2))
    return all(text.count(window) == 1 for window in windows)


def _is_whole(passage: str) -> bool:
    """Whether each element, and each pair of brackets, that begins in the passage ends in it."""
    if any(passage.count(pair[0]) != passage.count(pair[1]) for pair in _PAIRS):
        return False
    opened: list[str] = []
    for close, name, empty in _TAG.findall(passage):
        if not close and not empty and name.lower() not in VOID:
            opened.append(name)
        elif close and (not opened or opened.pop() != name):
            return False
    return not opened


def _is_fenced(text: str, start: int, end: int) -> bool:
    return any(match.start() < end and start < match.end() for match in _FENCED.finditer(text))


def _places(text: str, rng: random.Random, source: Span, copies: int, ends: re.Pattern[str] | None) -> list[int]:
    """Where copies go: not into the passage, not right beside it, and not beside one another."""
    if ends:
        found = [at for at in _ends(text, ends) if at < len(text) and text[at] not in "\r\n"]
    else:
        found = [match.end() for match in re.finditer(r"\n+(?=[^\n])", text)]
    free = [at for at in found if at < source.start - 60 or at > source.end + 60]
    free = [at for at in free if not _is_fenced(text, at, at + 1)]
    rng.shuffle(free)
    places: list[int] = []
    for at in free:
        if len(places) < copies and all(abs(at - other) > 60 for other in places):
            places.append(at)
    return sorted(places)


def _between(text: str) -> tuple[str, str]:
    return ("", "\n\n") if "\n\n" in text else ("", "\n")
