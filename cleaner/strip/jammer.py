r"""The anti-copy strings that Discuz! weaves into posts (内容干扰码).

Every line end of a post becomes ``jammer()``: 5 to 14 draws of ``chr(32..59) + " " + chr(63..126)`` (source:
function_discuzcode.php), appended to the line or put before the next. Browsers fold the blanks, so a string is a run of
pairs ``[!-;]? [?-~]``. Code, chess notation and formulae are made of such pairs too; what sets a jammer apart is that
the first characters of its pairs are many and mostly punctuation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The first pair of a line may have lost its first character and blank to the folding of blanks.
_RUN = re.compile(r"(?:(?<![!-~])[?-~](?=[!-;]? [?-~]))?(?:[!-;]? [?-~]){3,}")
_FIRSTS = re.compile(r"([!-;]?) [?-~]")
# What wakes the detector; on the raw text, for an RE2 set.
GATE = r"[!-;] [?-~'][!-;]? [?-~'][!-;]? [?-~']"

# Measured over generated strings and over source code, see benchmarks/strip: with four pairs, two of them opened by
# punctuation, and mostly different ones, a run is a jammer.
_PAIRS = 4
_FILLED = 0.7
_MARKS = 2
# So many certain strings in a document convict its doubtful ones, of which so few marks are asked.
_CERTAIN = 3


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
        firsts = _FIRSTS.findall(run.group())
        filled = [first for first in firsts if first]
        marks = sum(not first.isdigit() for first in filled)
        distinct = len(set(filled))
        varied = distinct >= max(3, len(firsts) / 2) and len(filled) >= _FILLED * len(firsts)
        if varied and marks:
            edge = _at_edge(text, run.start(), run.end())
            yield Jam(run.start(), run.end(), edge and len(firsts) >= _PAIRS and marks >= _MARKS)


def _at_edge(text: str, start: int, end: int) -> bool:
    """Whether the run begins or ends its line: the engine weaves its strings in at line ends."""
    before, after = text[max(start - 80, 0) : start], text[end : end + 80]
    return not before.rpartition("\n")[2].strip() or not after.partition("\n")[0].strip()
