"""Where on its page a line stands: head, posts or body, tail."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cleaner.strip.entry import Zone
from cleaner.strip.page import Page, wide
from cleaner.strip.rules import Hit

# What a line without running text costs the body that reaches across it, and a line that a rule knows: a body holds
# headings, captions and verse, and ends where the page talks of itself.
_GAP = 6
_KNOWN = 30
# The line of the editor or the heading of the related stories ends a body, unless much more text follows.
_FOOT = 120
# So many lines a short first post may have, with its profile and buttons.
_SHORT_POST = 20
# A sentence counts by its length, up to here: one very long line is not a body by itself.
_LONG = 200
# A letter of an alphabet says less than an ideograph does, so that one notice in English is no body of a Chinese page.
_LETTER = 0.4


@dataclass(frozen=True, slots=True)
class Layout:
    """The zones of a page, by line index.

    Attributes:
        first: the first line of the body or of the first post (its header included).
        last: the last line of the body or of the last post.
        posts: the header of every post, in order.
        sure: whether running text or posts were found; otherwise `first` and `last` are the middle of the page.
        forum: whether rules of a forum engine are sure of the page, thread or not.
    """

    first: int
    last: int
    posts: tuple[int, ...] = ()
    sure: bool = True
    forum: bool = False

    @property
    def thread(self) -> bool:
        """Whether it is a forum thread, cut at the headers of its posts."""
        return bool(self.posts)

    def zone(self, line: int) -> Zone:
        """The zone of a line."""
        if line < self.first:
            return "head"
        return "tail" if line > self.last else "post"

    @property
    def allowed(self) -> Mapping[Zone, range]:
        """The lines on which an entry that asks for a zone may act."""
        first, last = (self.first, self.last) if self.sure else (self.first + 1, self.last - 1)
        everywhere = range(sys.maxsize)
        return {
            "any": everywhere,
            "head": range(first),
            "post": range(self.last + 1) if self.thread else everywhere,
            "tail": range(last + 1, sys.maxsize),
        }


def layout_of(page: Page, hits: Sequence[Hit], forums: frozenset[str]) -> Layout:
    """The layout of a page, from its post headers or else from its running text.

    Args:
        page: the page.
        hits: what matched on it.
        forums: the packs of forum engines.
    """
    playing = [hit for hit in hits if hit.entry.plays]
    posts = tuple(dict.fromkeys(hit.line for hit in playing if hit.entry.plays == "post"))
    if posts:
        feet = [hit.line for hit in playing if hit.entry.plays == "foot" and hit.line > posts[-1]]
        return Layout(posts[0], min(feet) - 1 if feet else len(page.lines) - 1, posts, forum=True)
    costs = _costs(hits)
    first, last = body_of(page, costs)
    # What stands only beside something else proves nothing before that is looked for.
    forum = any(entry.sure and entry.pack in forums and not entry.needs for entry in {hit.entry for hit in hits})
    if forum and first >= 0:
        first, last = _posts_without_headers(page, playing, costs, (first, last))
        first = _first_post(hits, first)
    if first < 0:
        first, last = between_marks(page, playing)
    if first < 0:
        middle = len(page.lines) // 2
        return Layout(middle, middle, sure=False, forum=forum)
    return Layout(first, last, forum=forum)


def _posts_without_headers(
    page: Page, hits: Sequence[Hit], costs: Mapping[int, int], body: tuple[int, int]
) -> tuple[int, int]:
    """The body of a forum page whose posts no rule tells apart: all its text, and what ends a post."""
    feet = [hit.line for hit in hits if hit.entry.plays == "foot" and hit.line > body[1]]
    stop = min(feet, default=len(page.lines))
    texts = [at for at in page.solid if page.sentences[at] and at not in costs and at < stop]
    ends = [hit.line for hit in hits if hit.entry.plays == "end"]
    return min(body[0], *texts, body[0]), max(body[1], *texts, *ends, body[1])


def _first_post(hits: Sequence[Hit], text: int) -> int:
    """Where the first post begins when it ends above the first running text: it is short, and below the head."""
    ends = [hit.line for hit in hits if hit.entry.plays == "end" and not hit.entry.needs and hit.line < text]
    heads = [hit.line for hit in hits if ends and hit.line < ends[0] and hit.entry.sure and hit.entry.zone == "head"]
    return max(heads) + 1 if heads and ends[0] - max(heads) <= _SHORT_POST else text


def between_marks(page: Page, hits: Sequence[Hit]) -> tuple[int, int]:
    """The body of a page without running text, between its line of date and source and its foot; else (-1, -1)."""
    metas = [hit.line for hit in hits if hit.entry.plays == "meta"]
    feet = [hit.line for hit in hits if hit.entry.plays == "foot" and metas and hit.line > metas[0]]
    below = [at for at in page.solid if metas and feet and metas[0] < at < min(feet)]
    return (below[0], below[-1]) if below else (-1, -1)


def _costs(hits: Sequence[Hit]) -> dict[int, int]:
    """What the lines that rules know cost a body that reaches across them."""
    costs: dict[int, int] = {}
    for hit in hits:
        if hit.start < 0:
            if hit.entry.plays == "foot":
                costs |= dict.fromkeys(range(hit.line, hit.last + 1), _FOOT)
            else:
                for line in range(hit.line, hit.last + 1):
                    costs.setdefault(line, _KNOWN)
    return costs


def body_of(page: Page, costs: Mapping[int, int]) -> tuple[int, int]:
    """The first and last line of the run of lines with the most running text in it; (-1, -1) without any.

    A maximum-sum segment: sentences add their length, everything else takes a little away.
    """
    best = start_sum = 0.0
    found = (-1, -1)
    start = 0
    mixed = any(page.sentences[at] and wide(page.lines[at].shadow) for at in page.solid)
    for index in page.solid:
        if index in costs:
            worth: float = -costs[index]
        elif page.sentences[index]:
            line = page.lines[index].shadow
            worth = min(len(line), _LONG) * (_LETTER if mixed and not wide(line) else 1)
        else:
            worth = -_GAP
        if start_sum <= 0:
            start, start_sum = index, 0
        start_sum += worth
        if start_sum > best:
            best, found = start_sum, (start, index)
    return found
