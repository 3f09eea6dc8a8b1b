"""Texts as they were beside what they are compared by, and the words in them."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cleaner.dedup.normal import FOLDS, Offsets
from cleaner.dedup.shingles import SIZE, Hashes64
from cleaner.text.shadow import CodePoints, shadow

_REACH = 40  # characters of a number or word that is taken whole

NUMERALS = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# A number or a word with the marks inside it, a run of numerals, an ideograph; or a run of marks and space.
_TOKEN = re.compile(
    rf"[^\W_{_IDEOGRAPHS}]+(?:[.,:/-][^\W_{_IDEOGRAPHS}]+)*|[{NUMERALS}]+|[{_IDEOGRAPHS}]|(?P<mark>[\W_]+)"
)
_MARKS = re.compile(r"[,:/-]|(?<!\d)\.|\.(?!\d)")
_PARTED = re.compile(r"\d+(?:\.\d+){2,}")  # a date or a version, whose points say nothing
_OPENING = frozenset(':|=《“"「『【[(〈')  # what stands before a value


@dataclass(frozen=True, eq=False)
class Form:
    """A text as it was and as it is compared.

    Attributes:
        raw: the text.
        points: normalised.
        places: where in `raw` each point stands.
        grams: hashes of its character 5-grams.
    """

    raw: str
    points: CodePoints
    places: Offsets
    grams: Hashes64

    @cached_property
    def folded(self) -> str:
        """The text with width, case and script folded."""
        return shadow(self.raw, FOLDS)


class Token(NamedTuple):
    """A word of a text, or a run of marks.

    Attributes:
        form: the text.
        start: in the text.
        text: as it is compared; empty for marks.
        following: the token behind it; None at the end of the text.
    """

    form: Form
    start: int
    text: str
    following: re.Match[str] | None

    @property
    def opens(self) -> str:
        """The mark before it if a value may follow that mark; a line feed at the start of the text; else empty."""
        before = self.form.folded[max(self.start - 3, 0) : self.start].rstrip(" \u3000")[-1:] or "\n"
        return before if before in _OPENING else ""

    @property
    def closes(self) -> bool:
        """Whether a mark stands behind it."""
        return self.following is None or self.following["mark"] is not None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.form.raw[self.start].isupper()


def tokens(form: Form, start: int, end: int) -> list[Token]:
    """The tokens of a gap and of the 5-grams on either side; a number that sticks out is taken whole."""
    places, text = form.places, form.folded
    low = int(places[max(start - SIZE, 0)]) if len(places) else 0
    high = int(places[min(end + SIZE, len(places)) - 1]) + 1 if len(places) else 0
    matches = list(_TOKEN.finditer(text, _whole(text, low, -1), _whole(text, high - 1, 1) + 1))
    behind = _TOKEN.match(text, matches[-1].end()) if matches else None
    return [
        Token(form, match.start(), "" if match["mark"] else unmarked(match.group()), following)
        for match, following in pairwise([*matches, behind])
        if match
    ]


def unmarked(word: str) -> str:
    """The word without the marks inside it; a decimal point stays."""
    if word.isalnum():
        return word
    return _MARKS.sub("", _PARTED.sub(lambda match: match.group().replace(".", ""), word))


def _whole(text: str, at: int, step: int) -> int:
    """How far the number or word at `at` reaches in the direction of `step`."""
    last = at
    for _ in range(_REACH):
        following = last + step
        if not 0 <= following < len(text) or not (_code(text[following]) and _code(text[last])):
            break
        last = following
    return last


def _code(character: str) -> bool:
    return character in NUMERALS or (character.isascii() and (character.isalnum() or character in ".,:/-"))
