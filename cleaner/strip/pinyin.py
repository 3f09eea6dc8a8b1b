"""Pinyin that hijacked mirrors put behind characters: ``發(fā)生``, ``現(xiàn)在``.

Such pages turn a stolen text to traditional characters and annotate the characters that changed. A reader for learners
annotates what is hard to read instead, whatever its script; only the first is chrome.
"""

import re

from cleaner.text.shadow import Fold, shadow

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_NOTE = re.compile(rf"(?<=[\u4e00-\u9fff])[(（](?=[a-zü]*[{_TONED}])[a-zü{_TONED}]{{1,6}}[)）]")
# What wakes the search, for an RE2 set.
GATE = rf"[(（][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,4}}[)）]"

# Measured on hijacked pages: at least three annotations, three in a thousand characters, nearly all of them behind a
# character that has a simplified form; in readers for learners fewer than half are.
_LEAST = 3
_DENSITY = 3 / 1000
_CHANGED = 0.8


def annotations(text: str) -> list[tuple[int, int]]:
    """The spans of the annotations, brackets included; empty unless they are those of a hijacked page.

    >>> text = "舊瓦新墻發(fā)生,不會浪費(fèi),回村時(shí)見到,現(xiàn)在變樣。"
    >>> [text[start:end] for start, end in annotations(text)]
    ['(fā)', '(fèi)', '(shí)', '(xiàn)']
    >>> annotations("给加点的字注音:发(fā)现、浪费(fèi)、时(shí)间、的(de)")
    []
    """
    found = [match.span() for match in _NOTE.finditer(text)]
    if len(found) < max(_LEAST, _DENSITY * len(text)):
        return []
    changed = sum(shadow(text[start - 1], Fold.SCRIPT) != text[start - 1] for start, _ in found)
    return found if changed >= _CHANGED * len(found) else []
