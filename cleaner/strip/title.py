"""The title of a page: what must stay, and below which its text begins."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import compress, pairwise
from typing import NamedTuple

from cleaner.strip.ground import Ground, bears_date
from cleaner.strip.page import wide

# A title is not shorter than this, and not longer.
_SHORTEST, _LONGEST = 4, 100
# A title of this length is as good as a longer one; twice as long it is a row of navigation rather.
_FULL = 30
# The name of an author is not longer.
_NAME = 12
# Navigation on one line has more parts than this; so has no title.
_MANY = 6
_PARTS = re.compile(" +")
# A path, the name of a site with its address, a label, a label and its number or its short value.
_CRUMB = re.compile(
    r"[|>›»→]|:$| \" .* \" |[a-z0-9]\.(?:com|net|org|cn|hk|tw)(?![a-z])|^[\u4e00-\u9fff]{2,5}[ :]+[0-9][0-9,.]*$"
    r"|^[\u4e00-\u9fff]{2,4}: ?[^ ,.!?]{1,8}$|^[^ ]{1,12}ip属地"
)
_BULLETS = "•·*-"
# The kind of a thread, before its title.
_TAG = re.compile(r"[\[(][^\])]{2,8}[\])] ?[^ ]{2}")
# A line of this length that stands again inside another is no word of the navigation.
_TOLD = 8
# So many paragraphs at the head of the text, of which one may begin with the title.
_TEXTS = 8
# A line that says this much of the title is a copy of it.
_COPY = 0.6
# What follows the title where a text begins with it: "is", "or", a comma, the name in another language.
_IS = "是为系即指又,("
# What it is worth to speak of what the text speaks of, as far as it is looked at; and how many lines from the likeliest
# one upward are asked. On 1,013 labelled pages a line of the head to be kept was lost on 30, on 43 without this.
_TOPIC, _BODY, _RIVALS = 2.0, 3000, 6
# Shorter words are in every text.
_WORD = 4
# Between a title and the name of its author stand at most so many lines that rules know, such as badges.
_BADGES = 2


def title_of(ground: Ground) -> int:
    """The line of the title, -1 when there is none to protect.

    Of the lines above the body that no rule knows it is the one that looks most like a title and stands most like one:
    below the navigation, above the line of date and source; what the page says again in its breadcrumb or in the title
    of its window is the title more likely. If so, or short and right above that line, it may even be a sentence. Lines
    above it that speak more of what the text speaks of go before it.
    """
    if not ground.layout.sure:
        return -1
    first, page = ground.layout.first, ground.page
    above = "\n".join(page.shadows[: bisect_left(page.solid, first)])
    texts = tuple(compress(page.shadows[: bisect_right(page.solid, first)], page.texts))[-_TEXTS:]
    byline = min(ground.dated, default=first + 1)
    ranked: dict[int, float] = {}
    for at in ground.unknown(0, first):
        line = page.lines[at].shadow
        opens = _opens(line, texts)
        if not _SHORTEST - 2 * opens <= len(line) <= _LONGEST or not _traits(line).letters:
            continue
        again = said_again(line, above)
        text = page.sentences[at] and not again
        if not text or (len(line) <= _FULL and ground.neighbours(at)[1] in ground.dated):
            told = again + 1.5 * opens
            ranked[at] = _titleness(ground, at) + told - text - 2 * (byline <= first and at > byline)
    best = max(ranked, key=lambda at: ranked[at], default=-1)
    rivals = [at for at in ranked if at <= best][-_RIVALS:]
    rivals = [at for at in rivals if ranked[at] > ranked[best] - _TOPIC]
    if len(rivals) < 2:
        return best
    body = _body(ground)
    return max(rivals, key=lambda at: ranked[at] + _TOPIC * _shared(page.lines[at].shadow, body))


def _body(ground: Ground) -> str:
    """The beginning of the text below the head; of a forum its sentences alone, for names stand at every post."""
    page, layout = ground.page, ground.layout
    lines = ground.unknown(layout.first, layout.last + 1)
    said = [page.lines[at].shadow for at in lines if page.sentences[at] or not layout.forum]
    return "\n".join(said)[:_BODY]


def _shared(line: str, text: str) -> float:
    """Which share of a line, in pairs of ideographs or words, a text holds: a title speaks of what its text does."""
    parts = map("".join, pairwise(line)) if wide(line) else (part for part in _PARTS.split(line) if len(part) >= _WORD)
    told = {part for part in parts if part.isalnum()}
    return sum(part in text for part in told) / len(told) if told else 0.0


def said_again(line: str, above: str) -> bool:
    """Whether a line stands again inside another one of a text."""
    return len(line) >= _TOLD and above.count(line) > 1


def _titleness(ground: Ground, at: int) -> float:
    """How much a line looks like the title of its page, higher is more."""
    page, line = ground.page, ground.page.lines[at]
    traits = _traits(line.shadow)
    size, full = len(line.shadow), traits.full
    before, after = ground.neighbours(at)
    place = at / max(ground.layout.first, 1)  # a thread has its title above the first profile, a page above its text
    worth = 2 * min(size, full) / full + 0.5 * (1 - place if ground.layout.forum else place)
    worth += _dated(ground, traits, size, after) + 0.5 * (after in ground.known)
    worth += 1.0 * ground.plays(before, "nav") + 0.5 * (before in ground.known)
    worth += 1.0 * (before < 0 and 4 * size >= full)
    worth -= 1.5 * (page.text[line.start : line.content_end].lstrip()[:1] in _BULLETS)
    worth -= 2.0 * traits.crumbs
    worth -= 2.0 * (traits.dated or traits.aside)
    worth += 0.7 * (ground.layout.forum and traits.tagged)
    return worth - 1.0 * (size > 2 * full)


def _dated(ground: Ground, traits: "_Traits", size: int, below: int) -> float:
    """What it says for a title that the line of date and source stands below, perhaps the name of the author first."""
    if below in ground.dated:
        return 1.5
    below = _past_badges(ground, below)
    name = ground.page.lines[below].shadow
    named = len(name) <= _NAME and 2 * len(name) <= size and any(map(str.isalpha, name)) and below not in ground.known
    return 2.0 * (named and 3 * size >= traits.full and ground.neighbours(below)[1] in ground.dated)


def _past_badges(ground: Ground, at: int) -> int:
    """The line below the few lines from `at` on that rules know; `at` itself where they are more."""
    below = at
    for _ in range(_BADGES + 1):
        if below not in ground.known:
            return below
        below = ground.neighbours(below)[1]
    return at


class _Traits(NamedTuple):
    """What tells a title from other lines, whatever the page.

    Attributes:
        letters: whether at least half of it are letters.
        full: from which length on it is long enough.
        crumbs: whether it is a row of navigation rather.
        dated: whether it bears a date.
        aside: whether all of it stands in brackets.
        tagged: whether the kind of a thread stands before it.
    """

    letters: bool
    full: int
    crumbs: bool
    dated: bool
    aside: bool
    tagged: bool


@lru_cache(1 << 14)
def _traits(line: str) -> _Traits:
    short = wide(line)
    crumbs = bool(_CRUMB.search(line)) or (short and len(_PARTS.split(line)) > _MANY)
    letters = sum(map(str.isalpha, line)) * 2 >= len(line)
    return _Traits(
        letters, _FULL if short else 2 * _FULL, crumbs, bears_date(line), _is_aside(line), bool(_TAG.match(line))
    )


def _is_aside(line: str) -> bool:
    return line[0] == "(" and line.find(")") == len(line) - 1


def _opens(line: str, texts: tuple[str, ...]) -> bool:
    """Whether one of some texts begins by saying what the line is, as those of encyclopedias do with their title."""
    name = line.partition(" (")[0]
    told = (text[len(name) : len(name) + 1] for text in texts if text.startswith(name))
    return any(after and after in _IS for after in told)


def same_title(line: str, title: str) -> bool:
    """Whether a line is (the better part of) the title, or holds it.

    >>> same_title("渡口的三十年 - 某某论坛", "渡口的三十年")
    True
    """
    return title in line or (line in title and len(line) >= _COPY * len(title))
