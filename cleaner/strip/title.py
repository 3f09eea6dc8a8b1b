"""The title of a page: what must stay, and below which its text begins."""

import re
from collections.abc import Sequence

from cleaner.strip.ground import Ground

# A title is not shorter than this, and not longer.
_SHORTEST, _LONGEST = 4, 100
# A title of this length is as good as a longer one; twice as long it is a row of navigation rather.
_FULL = 30
# Navigation on one line has more parts than this; so has no title.
_MANY = 6
_PARTS = re.compile(" +")
_CRUMB = re.compile(r"[|>›»→]|:$")
_BULLETS = "•·*-"
# A line of this length that stands again inside another is no word of the navigation.
_TOLD = 8
# A line that says this much of the title is a copy of it.
_COPY = 0.6


def title_of(ground: Ground) -> int:
    """The line of the title, -1 when there is none to protect.

    Of the lines above the body that no rule knows it is the one that looks most like a title and stands most like one:
    below the navigation, above the line of date and source.
    """
    candidates = [at for at in ground.unknown(0, ground.layout.first) if _title_like(ground, at)]
    above = [ground.page.lines[at].shadow for at in ground.page.solid if at < ground.layout.first]
    return max(candidates, key=lambda at: _titleness(ground, at) + _said_again(ground, at, above), default=-1)


def _said_again(ground: Ground, at: int, above: Sequence[str]) -> float:
    """What it is worth that a line stands again inside another one: in the breadcrumb, in the title of the window."""
    line = ground.page.lines[at].shadow
    again = sum(line in other for other in above) > 1
    return 1.0 * (again and len(line) >= _TOLD)


def _titleness(ground: Ground, at: int) -> float:
    """How much a line looks like the title of its page, higher is more."""
    page = ground.page
    line = page.lines[at]
    before, after = ground.neighbours(at)
    worth = 2 * min(len(line.shadow), _FULL) / _FULL + 0.5 * at / max(ground.layout.first, 1)
    worth += 1.5 * ground.plays(after, "meta") + 0.5 * (after in ground.known)
    worth += 1.0 * ground.plays(before, "nav") + 0.5 * (before in ground.known)
    worth -= 1.5 * (page.text[line.start : line.content_end].lstrip()[:1] in _BULLETS)
    worth += 0.7 * (before < 0 and len(line.shadow) >= 2 * _SHORTEST)
    worth -= 2.0 * (len(_PARTS.split(line.shadow)) > _MANY or bool(_CRUMB.search(line.shadow)))
    return worth - 1.0 * (len(line.shadow) > 2 * _FULL)


def _title_like(ground: Ground, at: int) -> bool:
    line = ground.page.lines[at].shadow
    letters = sum(char.isalpha() for char in line)
    return _SHORTEST <= len(line) <= _LONGEST and letters * 2 >= len(line) and not ground.page.sentences[at]


def same_title(line: str, title: str) -> bool:
    """Whether a line is (the better part of) the title, or holds it.

    >>> same_title("渡口的三十年 - 某某论坛", "渡口的三十年")
    True
    """
    return title in line or (line in title and len(line) >= _COPY * len(title))
