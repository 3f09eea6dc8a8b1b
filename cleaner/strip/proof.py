"""Whether a text is a page: chrome stands at an end of it, or there is more of it than anybody quotes.

Manuals, exams, mails and studies of websites hold rows of what pages say, in their midst and between running text; a
page has them above its title, below its text, or around each of its posts.
"""

from collections.abc import Collection, Iterable

from cleaner.strip.ground import Ground
from cleaner.strip.model.vote import Votes

# Of 30 texts of other kinds than pages, written to be hard, 9 lost up to a fifth before this was asked; of 35,893 lines
# that go rightly from 999 labelled pages, 263 stay for it. So many lines that nothing takes may stand between an end of
# a page and the first line there that a sure rule knows, none of them running text.
_MISSED = 2
# So many sure rules know no text that only tells of pages.
_KINDS = 6
# A thread shows at least so many posts.
_POSTS = 2
# The model is this sure of the chrome of a page: so many lines that make up this share; long pages show less of it.
_CERTAIN = 0.9
_SHARES = ((8, 0.3), (30, 0.15))


def is_page(ground: Ground, taken: Collection[int], votes: Votes | None) -> bool:
    """Whether what would go from a text is the chrome of a page.

    Args:
        ground: the text and what rules know of it.
        taken: the lines that would go.
        votes: what the line model thinks of it, if it was asked.
    """
    if len(ground.layout.posts) >= _POSTS or ground.sure >= _KINDS:
        return True
    if votes is not None:
        certain = sum(chance >= _CERTAIN and at not in ground.held for at, chance in votes.chances.items())
        if any(certain >= max(least, share * len(votes.chances)) for least, share in _SHARES):
            return True
    solid = ground.page.solid
    return _opens_with_chrome(ground, taken, solid) or _opens_with_chrome(ground, taken, reversed(solid))


def _opens_with_chrome(ground: Ground, taken: Collection[int], order: Iterable[int]) -> bool:
    """Whether a line that a sure rule takes is among the first ones, those that go left out."""
    missed = 0
    for at in order:
        hits = ground.known.get(at, ())
        if any(hit.entry.sure and hit.entry.acts for hit in hits):
            return True
        if at in taken:
            continue
        missed += not hits
        if missed > _MISSED or ground.page.sentences[at]:
            return False
    return False
