"""List and index pages: nothing but titles and counters, to be told apart rather than gutted."""

import re
from collections.abc import Sequence
from itertools import compress

from cleaner.strip.page import Page
from cleaner.strip.rules import Hit

# A page with more running text than this share of its characters has a body, whatever lists stand beside it; one that
# only its items tell has to have less.
_PROSE, _PROSE_OF_ITEMS = 0.2, 0.1
_DATE = re.compile(
    r"[0-9]{4} ?[-/.年] ?[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?日?|^[\[(]?[0-9]{1,2}[-/][0-9]{1,2}"
    r"|[0-9]{1,2} ?[-/月] ?[0-9]{1,2} ?日?(?= *[\])]?$)"
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
# What says that a list goes on elsewhere.
_PAGER = re.compile(
    r"(?:上|下|末|尾)一?[页頁]|共 ?[0-9]+ ?[页条]|第 ?[0-9]+ ?页|(?:next|previous|older|newer) (?:page|posts?|entries)"
)
# A list page shows at least so many items, each a title of at least so many letters with its date in the line or in the
# next one, and these make up this share of its lines.
_ITEMS, _TITLE, _SHARE = 8, 6, 0.35


def is_listing(page: Page, hits: Sequence[Hit]) -> bool:
    """Whether a page is a list page: it has no posts, hardly any running text, and a list rule or its items tell it."""
    roles = {hit.entry.plays for hit in hits}
    if "post" in roles:
        return False
    total = sum(map(len, page.shadows))
    prose = sum(map(len, compress(page.shadows, page.texts)))
    if "list" in roles:
        return prose <= _PROSE * total
    return prose <= _PROSE_OF_ITEMS * total and any(hit.entry.sure for hit in hits) and _has_items(page)


def _has_items(page: Page) -> bool:
    """Whether titles with dates make up a good part of a page, and something says that there are more of them."""
    lines = page.shadows
    if not any(map(_PAGER.search, lines)):
        return False
    items = taken = 0
    last_title = False
    for line in lines:
        dated, rest = bool(_DATE.search(line)), _CLOCK.sub("", _DATE.sub("", line))
        titled = sum(map(str.isalpha, rest)) >= _TITLE
        if dated and (titled or last_title):
            items += 1
            taken += 1 if titled else 2
        last_title = titled and not dated
    return items >= _ITEMS and taken >= _SHARE * len(lines)
