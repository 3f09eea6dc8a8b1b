"""List and index pages: nothing but titles and counters, to be told apart rather than gutted."""

from collections.abc import Sequence

from cleaner.strip.page import Page
from cleaner.strip.rules import Hit
from cleaner.strip.zones import is_role

# A page with more running text than this share of its characters has a body, whatever lists stand beside it.
_PROSE = 0.2


def is_listing(page: Page, hits: Sequence[Hit]) -> bool:
    """Whether a page that a list rule knows is a list page: it has no posts and hardly any running text."""
    if not any(is_role(hit, "list") for hit in hits) or any(is_role(hit, "post") for hit in hits):
        return False
    total = sum(len(page.lines[at].shadow) for at in page.solid)
    prose = sum(len(page.lines[at].shadow) for at in page.solid if page.sentences[at])
    return prose <= _PROSE * total
