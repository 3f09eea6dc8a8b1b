"""The gate: one RE2 set pass and one look at the lines say whether a text holds anything that could act."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cleaner.strip import jammer, pinyin
from cleaner.strip.grammars import metadata_gate
from cleaner.strip.pack import Entry
from cleaner.strip.rules import Rules, known_labels, masked, program, relaxed, search_set

# The numbers of the detectors.
JAMMER, PINYIN = 0, 1

_BULLETS = r"(?m)^[ ·*+>❥■◆►▪\x{feff}\x{200b}-]*"
_BLANK = " \ufeff\u200b"
_LEAD = " ·*+>❥■◆►▪-\ufeff\u200b"
_BETWEEN = r"[ |·/>,:()\[\]<«»›_0-9-]"


@dataclass(frozen=True)
class Gate:
    """What wakes a set of rules.

    Attributes:
        patterns: an RE2 set of relaxed patterns to search a shadow with; its last members wake the detectors.
        detectors: from which number on they do.
        exact: the patterns themselves.
        literals: lines that wake.
        skeletons: lines with their numbers masked that wake.
    """

    patterns: Any
    detectors: int
    exact: tuple[str, ...]
    literals: frozenset[str]
    skeletons: frozenset[str]

    def opens(self, shadow: str) -> frozenset[int] | None:
        """The numbers of the detectors to run, or None when the text holds nothing that could act."""
        woken = self.patterns.Match(shadow) or ()
        detectors = frozenset(number - self.detectors for number in woken if number >= self.detectors)
        if detectors or self._lines(shadow) or any(self._holds(number, shadow) for number in woken):
            return detectors
        return None

    def _holds(self, number: int, shadow: str) -> bool:
        pattern = self.exact[number]
        return relaxed(pattern) == pattern or bool(program(pattern).search(shadow))

    def _lines(self, shadow: str) -> bool:
        lines = [line.strip(_BLANK) for line in shadow.split("\n")]
        if not self.literals.isdisjoint(lines) or not self.literals.isdisjoint(line.lstrip(_LEAD) for line in lines):
            return True
        return bool(self.skeletons) and not self.skeletons.isdisjoint(masked(line.lstrip(_LEAD)) for line in lines)


@cache
def gate(rules: Rules) -> Gate:
    """The gate of some rules; weak ones never act alone, so they need not open it."""
    waking = [entry for entry in rules.entries if entry.strength != "weak"]
    patterns = list(dict.fromkeys(pattern for entry in waking for pattern in _patterns(entry)))
    literals = {literal for entry in waking if not entry.masked for literal in (*entry.literals, *known_labels(entry))}
    skeletons = {literal for entry in waking if entry.masked for literal in entry.literals}
    made = search_set((*map(relaxed, patterns), jammer.GATE, pinyin.GATE))
    return Gate(made, len(patterns), tuple(patterns), frozenset(literals), frozenset(skeletons))


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
        between = rf"(?:{_BETWEEN}{''.join(f'|{value}' for value in entry.values)})"
        row = rf"{_BULLETS}{between}*(?:{labels}){between}+(?:{labels})"  # every word of such a line is known
        yield rf"{_BULLETS}(?:{labels})[: ]" if entry.grammar == "profile" else row
    else:
        yield rf"{_BULLETS}(?:{entry.first or entry.lines[0].removesuffix('??')}) *$"


def _either(literals: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(literals)))
