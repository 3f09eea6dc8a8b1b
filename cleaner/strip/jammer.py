r"""The anti-copy strings that Discuz! weaves into posts (内容干扰码).

Every line end of a post becomes ``jammer()``: 5 to 14 draws of ``chr(32..59) + " " + chr(63..126)`` (source:
function_discuzcode.php), appended to the line or put before the next. Browsers fold the blanks, so a string is a run of
pairs ``[!-;]? [?-~]``. Code, chess notation and formulae are made of such pairs too; what sets a jammer apart is that
the first characters of its pairs are many and mostly punctuation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A pair that begins a line and had a blank for its first character has lost both blanks, one that follows text one.
_RUN = re.compile(r"(?:(?:^|(?<=[ \t]))[?-~](?=[!-;]? [?-~]))?(?:[!-;]? [?-~]){3,}", re.MULTILINE)
_PAIR = re.compile(r"([!-;]?) ([?-~])")
# What wakes the detector; for an RE2 set, on the shadow, where the last letter may have changed its shape.
GATE = r"[!-;] [?-~'][!-;]? [?-~'][!-;]? [?-~']"
_WIDE = re.compile("[\u2e80-\u9fff\uff00-\uffef]")

# The engine draws no fewer pairs. Measured over generated strings and over source code (benchmarks/strip/jammers.py):
# when these are mostly different and mostly full, two marks make a string certain. One that is glued to Chinese text,
# as no code is, needs fewer.
_DRAWN = 5
_FILLED, _GLUED_FILLED = 0.7, 0.5
_DISTINCT, _GLUED_DISTINCT = 0.5, 0.4
_MARKS = 2
# What may stand between a string and the Chinese text that it is glued to: blanks, and marks typed in narrow form.
_LOOSE = " \t?!,.:;\"')]("
# So many certain strings in a document convict its doubtful ones.
_CERTAIN = 3
# As much of the line around a string is looked at as blanks may stand there.
_AROUND = 80


@dataclass(frozen=True, slots=True)
class Jam:
    """A string ``[start, end)`` in code points, and whether it is certain by itself."""

    start: int
    end: int
    certain: bool


def jammers(text: str) -> list[Jam]:
    """The anti-copy strings of a text, in order.

    Doubtful ones are given only when the text holds at least three certain ones.

    >>> text = "等不到熟就去摘。4 x6 p+ A+ T# ~"
    >>> [text[jam.start : jam.end] for jam in jammers(text)]
    ['4 x6 p+ A+ T# ~']
    >>> jammers("0 a 1 b 2 c 3 d 4 e 5 f; e4 e5 Nf3 Nc6 Bb5; { } [ ] ( ) < >")
    []
    """
    found = list(_candidates(text))
    certain = [jam for jam in found if jam.certain]
    return found if len(certain) >= _CERTAIN else certain


def _candidates(text: str) -> Iterator[Jam]:
    for run in _RUN.finditer(text):
        pairs = _PAIR.findall(run.group())
        drawn = len(pairs) + (run.group()[0] > ";")
        filled = [first for first, _ in pairs if first]
        glued = _is_glued(text, run.start(), run.end())
        distinct, least = len(set(filled)), _GLUED_DISTINCT if glued else _DISTINCT
        if distinct >= max(3, least * len(pairs)) and len(filled) >= (_GLUED_FILLED if glued else _FILLED) * len(pairs):
            certain = drawn >= _DRAWN and _is_certain(pairs, glued=glued) and _at_edge(text, run.start(), run.end())
            yield Jam(run.start(), run.end(), certain)


def _is_certain(pairs: list[tuple[str, str]], *, glued: bool) -> bool:
    marks = sum(bool(first) and not first.isdigit() for first, _ in pairs)
    if marks >= _MARKS:
        return True
    seconds = "".join(second for _, second in pairs)
    odd = sum(not second.isalpha() for second in seconds)
    digits = [first for first, _ in pairs if first.isdigit()]
    counted = digits == sorted(digits) or seconds == "".join(sorted(seconds))
    mixed = marks + odd >= _MARKS or not (seconds.islower() or seconds.isupper())
    return glued and mixed and not counted


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether wide characters stand directly before or behind, a blank and a narrow mark looked through."""
    before, after = text[max(start - 3, 0) : start].rstrip(_LOOSE), text[end : end + 3].lstrip(_LOOSE)
    return bool(_WIDE.search(before[-1:] + after[:1]))


def _at_edge(text: str, start: int, end: int) -> bool:
    """Whether the run begins or ends its line: the engine weaves its strings in at line ends."""
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return not before.rpartition("\n")[2].strip() or not after.partition("\n")[0].strip()
