r"""What a text must hold for a pattern to match: the literals ("atoms") that make most lines an easy no.

As RE2's FilteredRE2 does (and Cox, Regular Expression Matching with a Trigram Index, 2012), every pattern is looked
through once for strings of which one stands in whatever it matches; only where one stands is the pattern tried. What
this does not understand is tried everywhere.
"""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple

from cleaner.strip.branch import ENDLESS, Branch, key_of

Strings = frozenset[str]

# So many strings may stand for a part of a pattern one by one; with more it is only known what they need.
_MANY = 24
# So many beginnings of a pattern are told apart.
_STARTS = 400
# Atoms are better than others when they weigh more, up to here (two ideographs, or a word), then when they are fewer.
_ENOUGH = 6.0
_COMMON = frozenset(" 0123456789,.")
_RARE = frozenset("#|>()[]{}@*/=_~^<&%$+-")
# Ranges longer than this say nothing of a first character.
_RANGE = 64

_QUANTIFIER = re.compile(r"[*+?]|\{([0-9]+)(,?)([0-9]*)\}")
_OPENING = re.compile(r"\((?:\?(?::|P?<[a-z_]+>))?")
_CODE = re.compile(r"(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))")
_CLASS = re.compile(r"\[(\^?)(\]?(?:\[:\^?[a-z]+:\]|\\[pP](?:\{[^}]*\}|.)|\\x\{[^}]*\}|\\.|[^\]\\])*)\]")
_MEMBER = re.compile(r"(\\?.)(?:-(\\?.))?")


class _Unknown(Exception):  # noqa: N818 - an answer, not a fault
    """A construct that is not looked into."""


class Part(NamedTuple):
    """What is known of a part of a pattern.

    Attributes:
        low: the fewest characters that it matches, blanks not counted.
        high: the most, `ENDLESS` without a bound.
        exact: all the strings that it matches, None when they are too many.
        needed: strings of which one stands in whatever it matches, None when none are known.
        starts: the first two letters or digits of whatever it matches, or the first one when the second may be any, ""
            when there are none; None for anything.
        again: what it repeats, when that is all it does.
        first: the first characters, blanks left out, of whatever it matches ("" for nothing), None for anything.
        last: the last ones likewise.
    """

    low: int
    high: int
    exact: Strings | None = None
    needed: Strings | None = None
    starts: Strings | None = None
    again: Strings | None = None
    first: Strings | None = None
    last: Strings | None = None


def branches(pattern: str) -> tuple[Branch, ...]:
    r"""The alternatives of a pattern, together the pattern itself, each with what it needs.

    >>> [(branch.source, branch.atoms) for branch in branches("回到 *顶部|共[0-9]+页")]
    [('回到 *顶部', ('回到',)), ('共[0-9]+页', ('共',))]
    >>> branches("(?i)x")[0].atoms
    ()
    """
    inside = pattern[3:-1] if pattern.startswith("(?:") and pattern.endswith(")") else pattern
    for text in dict.fromkeys((inside, pattern)):
        reader = _Reader(text)
        try:
            found = reader.alternatives()
        except _Unknown:
            continue
        if reader.at == len(text):
            return tuple(_branch(text[start:end], part) for start, end, part in found)
    return (Branch(pattern),)


def _branch(source: str, part: Part) -> Branch:
    atoms = _best(part.exact, part.needed) or frozenset()
    weight = _weight(atoms) if atoms else 0.0
    starts = tuple(sorted(part.starts or ()))
    first = part.first or frozenset()
    marks = () if starts or any(map(key_of, first)) else tuple(sorted(first - _NOTHING))
    ends = "".join(sorted(part.last or ()))
    return Branch(source, part.low, part.high, starts, marks, ends, tuple(sorted(atoms)), weight)


def _weight(strings: Strings) -> float:
    return min(sum(map(_rarity, string)) for string in strings)


def _rarity(char: str) -> float:
    if char in _COMMON:
        return 0.75
    if char < "\x80":
        return 4.0 if char in _RARE else 1.0
    return 2.5 if char.isalpha() else 4.0


def _best(*choices: Strings | None) -> Strings | None:
    """The strings that tell most of a text, shortened to those that hold no other one."""
    good = [strings for strings in choices if strings and "" not in strings]
    if not good:
        return None
    best = max(good, key=lambda strings: (min(_weight(strings), _ENOUGH), -len(strings)))
    return frozenset(one for one in best if not any(other != one and other in one for other in best))


_NOTHING: Strings = frozenset(("",))
_ANY = Part(0, 1)
_EMPTY = Part(0, 0, _NOTHING, starts=_NOTHING, first=_NOTHING, last=_NOTHING)


def _literal(char: str) -> Part:
    size, edge = int(char != " "), frozenset((char.strip(" "),))
    return Part(size, size, frozenset(char), starts=frozenset((key_of(char),)), first=edge, last=edge)


def _union(sets: Iterable[Strings | None]) -> Strings | None:
    """All the strings of all sets, None when one of them is not known."""
    found: Strings = frozenset()
    for strings in sets:
        if strings is None:
            return None
        found |= strings
    return found


def _either(parts: Sequence[Part]) -> Part:
    exact = _union(part.exact for part in parts)
    needed = None
    if exact is None or len(exact) > _MANY:
        exact, needed = None, _union(_best(part.exact, part.needed) for part in parts)
    low, high = min(part.low for part in parts), max(part.high for part in parts)
    starts = _union(part.starts for part in parts)
    first, last = _union(part.first for part in parts), _union(part.last for part in parts)
    return Part(low, high, exact, needed, starts, first=first, last=last)


def _chain(parts: Sequence[Part]) -> Part:
    run: Strings = _NOTHING  # the strings of the parts since the last one that has too many
    whole, best = True, None
    for part in parts:
        if part.exact is not None and len(run) * len(part.exact) <= _MANY:
            run = _joined(run, part.exact)
        else:
            whole, run = False, _joined(run, part.again) if part.again else run
            best = _best(best, run, part.needed)
            run = part.exact or part.again or _NOTHING
    low, high = sum(part.low for part in parts), min(sum(part.high for part in parts), ENDLESS)
    exact, needed = (run, None) if whole else (None, _best(best, run))
    first, last = _edge(part.first for part in parts), _edge(part.last for part in reversed(parts))
    return Part(low, high, exact, needed, _starts(parts), first=first, last=last)


def _joined(ones: Strings, others: Strings) -> Strings:
    return frozenset(one + other for one in ones for other in others)


def _starts(parts: Sequence[Part]) -> Strings | None:
    """The keys of what parts match one after the other."""
    found, open_ = set[str](), {""}  # beginnings as long as is known; whole matches so far, to be continued
    for part in parts:
        options = part.starts if part.exact is None else frozenset(map(key_of, part.exact))
        if options is None or len(open_) * len(options) > _STARTS:
            found |= open_
            return None if "" in found else frozenset(found)
        going = {(one + other)[:2] for one in open_ for other in options if part.exact is not None or not other}
        found |= {(one + other)[:2] for one in open_ for other in options} - going
        found |= {start for start in going if len(start) > 1}
        open_ = {start for start in going if len(start) < 2}
    return frozenset(found | open_)


def _edge(edges: Iterable[Strings | None]) -> Strings | None:
    """The first characters, blanks left out, of what parts match in a row; the last ones when the row is turned."""
    found = _NOTHING
    for edge in edges:
        if edge is None:
            return None
        found = found - _NOTHING | edge
        if "" not in edge:
            break
    return found


class _Reader:
    """Reads a pattern by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def alternatives(self) -> list[tuple[int, int, Part]]:
        """The alternatives up to the end of the group, each with where it stands."""
        found = []
        while True:
            start, parts = self.at, list[Part]()
            while self.text[self.at : self.at + 1] not in ("", "|", ")"):
                parts.append(self.quantified())
            found.append((start, self.at, _chain(parts)))
            if self.text[self.at : self.at + 1] != "|":
                return found
            self.at += 1

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _Unknown
        self.at = match.end()
        return match

    def quantified(self) -> Part:
        part = self.atom()
        match = _QUANTIFIER.match(self.text, self.at)
        if match is None:
            return part
        self.at = match.end()
        self.at += self.text[self.at : self.at + 1] == "?"
        least, most = {"?": (0, 1), "*": (0, ENDLESS), "+": (1, ENDLESS)}.get(match.group()) or _counts(match)
        high = min(part.high * most, ENDLESS)
        if least == most == 1:
            return part
        if not least:
            exact = part.exact | _NOTHING if most == 1 and part.exact is not None else None
            starts, first, last = (_union((edge, _NOTHING)) for edge in (part.starts, part.first, part.last))
            return Part(0, high, exact, starts=starts, first=first, last=last)
        again = part.exact if part.exact and len(part.exact) == 1 else None
        needed = _best(part.exact, part.needed)
        return Part(part.low * least, high, None, needed, part.starts, again, part.first, part.last)

    def atom(self) -> Part:
        char = self.text[self.at]
        if char == "(":
            return self.group()
        if char == "[":
            return self.bracket()
        self.at += 1
        if char == "\\":
            return self.escape()
        if char in "*+?":
            raise _Unknown
        return _ANY if char == "." else _EMPTY if char in "^$" else _literal(char)

    def group(self) -> Part:
        self._take(_OPENING)
        if self.text[self.at : self.at + 1] == "?":
            raise _Unknown
        part = _either([part for _, _, part in self.alternatives()])
        self._take(re.compile(r"\)"))
        return part

    def escape(self) -> Part:
        char = self.text[self.at : self.at + 1]
        self.at += 1
        if char in ("p", "P"):
            self._take(re.compile(r"\{[^}]*\}|."))
            return _ANY
        if char == "x":
            return _literal(_character(self._take(_CODE)))
        if not char or char.isalnum():
            raise _Unknown
        return _literal(char)

    def bracket(self) -> Part:
        match = self._take(_CLASS)
        inside = re.sub(r"\\x" + _CODE.pattern, lambda code: "\\" + _character(code), match[2])
        if match[1] or "[:" in inside or re.search(r"\\[a-zA-Z0-9]", inside):
            return _ANY
        chars = reduce(frozenset.union, map(_span, _MEMBER.finditer(inside)), frozenset[str]())
        if len(chars) > _RANGE:
            return _ANY
        exact, keys = chars if len(chars) <= _MANY // 4 else None, frozenset(map(key_of, chars))
        edge = frozenset(char.strip(" ") for char in chars)
        return Part(int(" " not in chars), 1, exact, starts=keys, first=edge, last=edge)


def _character(code: re.Match[str]) -> str:
    return chr(int(code[1] or code[2], 16))


def _counts(match: re.Match[str]) -> tuple[int, int]:
    least = int(match[1])
    return least, int(match[3]) if match[3] else ENDLESS if match[2] else least


def _span(member: re.Match[str]) -> Strings:
    low, high = member[1][-1], (member[2] or member[1])[-1]
    return frozenset(map(chr, range(ord(low), min(ord(high), ord(low) + _RANGE) + 1)))
