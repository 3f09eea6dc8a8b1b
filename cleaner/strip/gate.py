"""The gate: one RE2 set pass and one look at the lines say whether a text holds anything that could act."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cleaner.strip import jammer, pinyin
from cleaner.strip.grammars import metadata_gate
from cleaner.strip.pack import Entry
from cleaner.strip.rules import Rules, known_labels, masked, search_set

# The numbers of the detectors.
JAMMER, PINYIN = 0, 1

_BULLETS = r"(?m)^[ ·*+>❥■◆►▪\x{feff}\x{200b}-]*"
_COUNTED = re.compile(r"(?<!\\[xpP])\{([0-9]*)(?:,[0-9]*)?\}")
_BLANK = " \ufeff\u200b"
_LEAD = " ·*+>❥■◆►▪-\ufeff\u200b"
_BETWEEN = r"[ |·/>,:()\[\]<«»›_0-9-]"


@dataclass(frozen=True)
class Gate:
    """What wakes a set of rules.

    Attributes:
        patterns: an RE2 set to search a shadow with; its last members wake the detectors.
        detectors: from which number on they do.
        literals: lines that wake.
        skeletons: lines with their numbers masked that wake.
    """

    patterns: Any
    detectors: int
    literals: frozenset[str]
    skeletons: frozenset[str]

    def opens(self, shadow: str) -> frozenset[int] | None:
        """The numbers of the detectors to run, or None when the text holds nothing that could act."""
        woken = self.patterns.Match(shadow) or ()
        if not woken and not self._lines(shadow):
            return None
        return frozenset(number - self.detectors for number in woken if number >= self.detectors)

    def _lines(self, shadow: str) -> bool:
        lines = [line.strip(_BLANK) for line in shadow.split("\n")]
        if not self.literals.isdisjoint(lines) or not self.literals.isdisjoint(line.lstrip(_LEAD) for line in lines):
            return True
        return bool(self.skeletons) and not self.skeletons.isdisjoint(masked(line.lstrip(_LEAD)) for line in lines)


@cache
def gate(rules: Rules, *, weak: bool) -> Gate:
    """The gate of some rules; weak ones wake only where they may act without an anchor."""
    waking = [entry for entry in rules.entries if weak or entry.strength != "weak"]
    patterns = list(dict.fromkeys(relaxed(pattern) for entry in waking for pattern in _patterns(entry)))
    literals = {literal for entry in waking if not entry.masked for literal in (*entry.literals, *known_labels(entry))}
    skeletons = {literal for entry in waking if entry.masked for literal in entry.literals}
    made = search_set((*patterns, jammer.GATE, pinyin.GATE))
    return Gate(made, len(patterns), frozenset(literals), frozenset(skeletons))


def relaxed(pattern: str) -> str:
    r"""A pattern that matches wherever this one does, with ``*`` and ``+`` in the place of counts.

    RE2 writes a counted repetition out copy by copy; without them all patterns together compile in a tenth of the time
    and match in a third. What the gate lets through in vain, the entries themselves sort out.

    >>> relaxed(r"[0-9]{2,4}年.{0,9}\p{Han}{3}\x{feff}")
    '[0-9]+年.*\\p{Han}+\\x{feff}'
    """
    return _COUNTED.sub(lambda count: "*" if count[1] in ("", "0") else "+", pattern)


def _patterns(entry: Entry) -> Iterator[str]:
    """What a text must hold somewhere for the entry to match, its whole-line literals aside."""
    if entry.kind == "inline":
        yield entry.pattern or _either(entry.literals)
    elif entry.kind == "line":
        yield from (rf"{_BULLETS}(?:{pattern}) *$" for pattern in (entry.pattern,) if pattern)
    elif entry.grammar == "metadata":
        yield metadata_gate(entry)
    elif entry.labels:
        labels = _either(known_labels(entry))
        values = "".join(f"|{value}" for value in entry.values)
        yield (
            rf"{_BULLETS}(?:{labels})[: ]"
            if entry.grammar == "profile"
            else rf"(?:{labels})(?:{_BETWEEN}{values})+(?:{labels})"
        )
    else:
        yield rf"{_BULLETS}(?:{entry.first or entry.lines[0].removesuffix('??')}) *$"


def _either(literals: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(literals)))
