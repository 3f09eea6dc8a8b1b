"""Plants repeats into real text: passages copied elsewhere, with edits that leave quantities, dates and names alone."""

import random
import re
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.repeats.apt import CLAUSE_END, LINE_END, SENTENCE_END, ends, is_lettered, is_place, is_source, seen
from cleaner.repeats.seeds import LETTERS

# What an edit may not touch nor bring in, beside digits: numerals, words of the calendar, signs of the cycle,
# negations, the word for an article of a law.
_UNTOUCHED = frozenset(
    "零〇一二三四五六七八九十百千万亿两半几第年月日时分秒周季旬甲乙丙丁戊己庚辛壬癸不未无非没勿别莫条條"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易武乔贺赖龚張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭"
    "鄧許呂蘇盧蔣賈葉閻鐘範譚鄒陸錢湯喬賀賴龔"
)
# A name as far as a pattern can tell one: the two characters behind a family name, a place, what stands in title marks.
_NAMES = re.compile(
    rf"[{_SURNAMES}]+[\u4e00-\u9fff]{{1,2}}"
    r"|[\u4e00-\u9fff]{2,3}[省市县区州镇乡村](?![场民委])|《[^》]*》|https?://[^\s)）]*|<[^>\n]*>|`[^`\n]*`|\$[^$\n]+\$"
    r"|[A-Za-z0-9.%+-]+(?:[。：:][0-9]+)*"  # 35。8 is a number that was read badly
)
_POOL = 4000  # characters of a text from which what is put in is drawn
# The same in a text of letters: what is written with a capital, with a digit, or names a number or a time.
_NAMES_IN_LETTERS = re.compile(
    r"<[^>\n]*>|`[^`\n]*`|\$[^$\n]+\$|[^\W\d_]*[A-Z\u00c0-\u00de][^\W_]*|[^\s]*\d[^\s]*|https?://\S+"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million"
    r"|billion|half|first|second|third|day|week|month|year|hour|minute|no|not|n't)s?\b"
)
_MARKUP = frozenset("[]()<>`|*#")  # an edit that touches one breaks more than a character


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
    length = round(recipe.length * (LETTERS if is_lettered(text) else 1))
    source = _passage(text, rng, length)
    if source is None or not text[source.start : source.end].strip():
        return None
    behind = CLAUSE_END if recipe.clauses else SENTENCE_END
    places = _places(text, rng, source, copies, behind if inside else LINE_END)
    if len(places) < copies:
        return None
    passage = text[source.start : source.end]
    pieces, spans, edits, at, shift = [], [], 0, 0, 0
    for place in places:
        copy, count = edited(passage, rng, rate, text)
        edits += count
        before = at < source.end <= place
        around = _blanks(text, place) if inside else ("", "\n\n" if "\n\n" in text else "\n")
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
    letters = is_lettered(passage)
    names = _NAMES_IN_LETTERS if letters else _NAMES
    pool = _pool(text, letters=letters) or _pool(passage, letters=letters) or list(passage)
    kept = {index for match in names.finditer(passage) for index in range(*match.span())}
    kept |= {index for index, mark in enumerate(passage) if _is_fixed(mark) or mark in _MARKUP or mark.isspace()}
    free = [index for index in range(len(passage)) if index not in kept]
    chosen = set(rng.sample(free, min(round(rate * seen(passage)), len(free))))
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


@lru_cache(4)
def _pool(text: str, *, letters: bool) -> list[str]:
    """What edits bring in: characters of the text's end that say no number, name or negation by themselves."""
    marks = (mark for mark in text[-_POOL:].lower() if mark.isalpha() and (mark < "\u2e80") == letters)
    return [mark for mark in marks if not _is_fixed(mark) and mark not in _SURNAMES]


def _is_fixed(mark: str) -> bool:
    return mark in _UNTOUCHED or mark.isnumeric()


def _blanks(text: str, at: int) -> tuple[str, str]:
    """What parts a copy inside a paragraph from its neighbours: blanks in a text of letters."""
    if not is_lettered(text):
        return "", ""
    return "" if text[at - 1].isspace() else " ", "" if text[at].isspace() else " "


def _passage(text: str, rng: random.Random, length: int) -> Span | None:
    """A run of whole sentences, or of clauses that end a sentence, of about the length."""
    sentences = ends(text, SENTENCE_END)
    starts = (0, *(sentences if length < 80 or rng.random() < 0.75 else ends(text, CLAUSE_END)))
    for _ in range(200):
        start = rng.choice(starts)
        while start < len(text) and text[start].isspace():
            start += 1
        fit = [end for end in sentences if length + (text[end - 1] == " ") <= end - start <= 1.25 * length + 20]
        if fit and "\n" not in text[start : fit[0]].strip()[:20]:
            end = rng.choice(fit)
            end -= text[end - 1] == " "
            if seen(text[start:end]) >= length and is_source(text, start, end):
                return Span(start, end)
    return None


def _places(text: str, rng: random.Random, source: Span, copies: int, behind: re.Pattern[str]) -> list[int]:
    """Where copies go: not into the passage, not right beside it, and not beside one another."""
    found = [at for at in ends(text, behind) if at < len(text) and (behind is LINE_END or text[at] not in "\r\n")]
    free = [at for at in found if at < source.start - 60 or at > source.end + 60]
    rng.shuffle(free)
    places: list[int] = []
    for at in free:
        if len(places) < copies and all(abs(at - other) > 60 for other in places) and is_place(text, at):
            places.append(at)
    return sorted(places)
