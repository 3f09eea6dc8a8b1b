"""Patterns and literals as they stand in a pack, and as they are matched with a shadow: macros, folds."""

import re
from collections.abc import Mapping

from cleaner.text.shadow import shadow

_CLOCK = r"(?:[上下]午|[ap]m)? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?"
_DAY = (
    r"(?:[0-9]{2,4} ?[-/.年] ?[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?日?"
    r"|[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?日?(?:[,/-] ?[0-9]{4})?"
    r"|[昨今前]天|半小时前|刚刚"
    r"|[0-9]+ ?(?:秒钟?|分钟?|个?小时|天|周|个?月|年)之?前"
    r"|(?:[0-9]+|an?) ?(?:sec|second|min|minute|hour|hr|day|week|month|year|yr)s?\.? ago|yesterday|today"
    r"|(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    r"(?:[0-9]{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
    r"(?: [0-9]{1,2}(?:st|nd|rd|th)?)?,? [0-9]{4})"
)
MACROS: Mapping[str, str] = {
    "{N}": r"(?:[0-9][0-9,]{0,15}(?:\.[0-9]{1,8})?(?: ?[万亿千kmw])?\+?)",
    "{D}": rf"(?:{_DAY}(?:[ t,·-]{{0,3}}(?:at )?(?:星期.|周.)?[ ,]?{_CLOCK})?)",
    "{T}": rf"(?:{_CLOCK})",
    "{U}": r'(?:[^ \n|:,.;!?"]{1,24})',
    "{X}": r"(?:[^\n]{0,40})",
    "{S}": r"(?: *)",
}
_MACRO = re.compile("|".join(map(re.escape, MACROS)))


def folded(literal: str) -> str:
    """A literal as it stands in the shadow."""
    return shadow(literal).strip(" ")


def written_out(pattern: str) -> str:
    """A pattern with its macros replaced and its ideographs folded to simplified."""
    plain = _MACRO.sub(lambda match: MACROS[match.group()], pattern)
    pairs = zip(plain, shadow(plain), strict=True)
    return "".join(char if char < "\u2e80" or fold.isascii() else fold for char, fold in pairs)
