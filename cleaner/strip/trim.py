"""Head, profiles and tail: what no rule names goes outward from what rules have found, never across running text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from cleaner.strip.ground import Ground
from cleaner.strip.rules import Hit
from cleaner.strip.title import same_title

# A line of a profile (name, rank, mood) is not longer than this.
_PROFILE = 24
# A subject that stands over its first post once more has at least so many characters.
_SUBJECT = 6
# A profile holds no more lines than this that no rule knows.
_PROFILE_LINES = 24
# What a head or a foot must show before the lines around go too: so many kinds of evidence.
_KINDS = 2
# A menu is a run of at least so many lines of at most this length (in characters).
_MENU_LINES, _MENU_LENGTH = 5, 16
# An item of a menu with bullets may be longer: "Community Bloggers".
_MENU_ITEM = 24
# Below the last line that rules know, a head reaches so many lines further for each line of it that they know: a menu
# of thirty words is navigation when five of them are known, a table of facts below a jump link is not.
_INWARD = 6
# Running text below the foot is teasers and comments when it stands by itself; more than this share of the running
# text of the page is another text rather, which stays.
_TEASERS = 0.35
# What has less than this share of the running text above it is no foot: the text has been taken for its tail.
_ABOVE = 0.1
_TOGETHER = 2
# A list of links has at least so many items of at most this length; its heading is shorter.
_ITEMS, _ITEM, _HEADING = 4, 60, 16
# In a forum whoever says something short may end it with a mark; no profile does. An ellipsis is the sign of a link to
# more as often.
_SAID = re.compile(r"[.!?]$")


class Trimmed(NamedTuple):
    """A line that goes by its place, and the rule that says so."""

    line: int
    rule: str


def trimmed(ground: Ground, title: int) -> list[Trimmed]:
    """The lines of head, profiles and tail that go by their place; `title` is the line of the title, or -1."""
    if not ground.layout.sure:
        return []
    tail = list(_tail(ground, title))
    found = [*_head(ground, title, below=bool(tail)), *_menus(ground, title), *tail]
    if ground.layout.thread:
        found += [*_profiles(ground, title), *_between_headers(ground)]
    for rule, lines in (("strip/zone/profile", ground.slots.named), ("strip/zone/again", ground.slots.again)):
        found += (Trimmed(at, rule) for at in sorted(lines - ground.held) if at > title)
    return found


def _head(ground: Ground, title: int, *, below: bool) -> Iterator[Trimmed]:
    """The lines above the title, when there is evidence enough that they are the page's and not the text's."""
    end = max(title, 0)
    kinds = ground.kinds(0, end) + _has_menu(ground, end) + _has_meta(ground, title) + below
    if kinds < _KINDS or not ground.sure:
        return
    wanted = ground.page.lines[title].shadow
    kept = False  # the first copy of the title stays as well: it may be the better one
    for at in ground.loose(0, _reach(ground, end)):
        copy = same_title(ground.page.lines[at].shadow, wanted)
        if not ground.page.sentences[at] and (kept or not copy):
            yield Trimmed(at, "strip/zone/head")
        kept = kept or copy


def _reach(ground: Ground, end: int) -> int:
    """How far down the head goes, at most to `end`: outward from the lines that rules know, and a little inward."""
    rows = [row for row in ground.page.solid if row < end]
    known = [rank for rank, row in enumerate(rows) if row in ground.known]
    reach = known[-1] + 1 + _INWARD * len(known) if known else len(rows)
    return rows[reach] if reach < len(rows) else end


def _menus(ground: Ground, title: int) -> Iterator[Trimmed]:
    """The menus between the title and the text: runs of short items with bullets, hardly any of them with a number."""
    page, layout = ground.page, ground.layout
    if layout.thread or ground.sure < _KINDS:
        return
    run = list[int]()
    for at in (at for at in page.solid if title < at <= layout.first):
        line = page.lines[at]
        if at < layout.first and line.whole is not line.shadow and len(line.shadow) <= _MENU_ITEM:
            run.append(at)
        else:
            numbered = sum(any(char.isdigit() for char in page.lines[item].shadow) for item in run)
            if len(run) >= _MENU_LINES and numbered * 5 <= len(run):
                yield from (Trimmed(item, "strip/zone/menu") for item in run if item not in ground.known)
            run = []


def _has_meta(ground: Ground, title: int) -> bool:
    """Whether the line of date and source stands below the title."""
    below = ground.neighbours(title)[1]
    return title >= 0 and not ground.dated.isdisjoint((below, ground.neighbours(below)[1]))


def _has_menu(ground: Ground, end: int) -> bool:
    """Whether a run of short lines stands above `end`."""
    run = 0
    for at in ground.page.solid:
        if at >= end:
            break
        run = run + 1 if len(ground.page.lines[at].shadow) <= _MENU_LENGTH else 0
        if run >= _MENU_LINES:
            return True
    return False


def _tail(ground: Ground, title: int) -> Iterator[Trimmed]:
    """The lines below the body, from the first one on that a rule knows or that begins a list."""
    page, layout, end = ground.page, ground.layout, len(ground.page.lines)
    known = [at for at in ground.known if at > layout.last and _is_foot(ground.known[at])]
    lists = () if layout.forum else _lists(ground)
    least = _text_above(ground)
    start = min((at for at in (*known, *lists) if at >= least), default=end)
    if ground.kinds(start, end) + (min(lists, default=end) < end) < _KINDS or ground.sure < _KINDS:
        return
    teasers = set[int]() if layout.forum else _teasers(ground, start)
    for at in ground.loose(start, end):
        said = page.sentences[at] or (layout.forum and _SAID.search(page.lines[at].shadow))
        if at != title and (at in teasers or not said):
            yield Trimmed(at, "strip/zone/tail")


def _text_above(ground: Ground) -> int:
    """From which line on enough of the running text stands above for a foot."""
    page = ground.page
    sizes = [(at, len(page.lines[at].shadow)) for at in compress(page.solid, page.texts)]
    above, least = 0, _ABOVE * sum(size for _, size in sizes)
    for at, size in sizes:
        above += size
        if above >= least:
            return at + 1
    return 0


def _lists(ground: Ground) -> Iterator[int]:
    """Where lists of links begin below the body: runs of short items with bullets, the heading above them included."""
    page, run = ground.page, list[int]()
    before = ground.layout.last
    for at in page.solid:
        if at <= ground.layout.last:
            continue
        line = page.lines[at]
        if line.whole is not line.shadow and len(line.shadow) <= _ITEM and not page.sentences[at]:
            run.append(at)
            if len(run) == _ITEMS and not page.lines[before].shadow.endswith(":"):
                yield before if _is_heading(ground, before) else run[0]
        else:
            before, run = at, []


def _is_heading(ground: Ground, at: int) -> bool:
    return at > ground.layout.last and len(ground.page.lines[at].shadow) <= _HEADING and not ground.page.sentences[at]


def _is_foot(hits: Iterable[Hit]) -> bool:
    return any(hit.entry.plays == "foot" or (_is_anchor(hit) and hit.entry.acts) for hit in hits)


def _is_anchor(hit: Hit) -> bool:
    return (hit.entry.strength == "anchor" and hit.entry.zone == "tail") or hit.entry.learned


def _teasers(ground: Ground, start: int) -> set[int]:
    """The running text below the foot that goes with the lines around it."""
    page = ground.page
    sizes = {at: len(page.lines[at].shadow) for at in compress(page.solid, page.texts)}
    below = {at for at in sizes if at >= start and at not in ground.known}
    if sum(sizes[at] for at in below) > _TEASERS * sum(sizes.values()):
        return set()
    order = [at for at in page.solid if at >= start]
    breaks = [-1, *(rank for rank, at in enumerate(order) if at not in below), len(order)]
    runs = [order[left + 1 : right] for left, right in pairwise(breaks)]
    return {at for run in runs if len(run) <= _TOGETHER for at in run}


def _profiles(ground: Ground, title: int) -> Iterator[Trimmed]:
    """The short lines between the end of one post, or the title, and the header of the next."""
    posts = ground.layout.posts
    for number, post in enumerate(posts):
        start = title
        if number:
            start = max((at for at in range(posts[number - 1], post) if ground.plays(at, "end")), default=-1)
        if start < 0:
            continue
        between = [at for at in ground.loose(start + 1, post) if number or not _is_subject(ground, at, post)]
        if _is_profile(ground, between) and ground.kinds(start + 1, post):
            yield from (Trimmed(at, "strip/zone/profile") for at in between)


def _between_headers(ground: Ground) -> Iterator[Trimmed]:
    """The profile between the two headers of one post, where its name is said above the first and again below it."""
    lines = ground.page.lines
    for first, second in pairwise(ground.layout.posts):
        above, below = ground.neighbours(first)
        if above >= 0 and below < second and lines[above].shadow == lines[below].shadow:
            between = ground.loose(below, second)
            if lines[second].shadow.startswith(lines[first].shadow) and _is_profile(ground, between):
                yield from (Trimmed(at, "strip/zone/profile") for at in between)


def _is_profile(ground: Ground, between: Sequence[int]) -> bool:
    """Whether some lines are as short and as few as those of a profile."""
    lines = (ground.page.lines[at].shadow for at in between)
    return len(between) <= _PROFILE_LINES and all(len(line) <= _PROFILE and not _SAID.search(line) for line in lines)


def _is_subject(ground: Ground, at: int, post: int) -> bool:
    """Whether a line above the first post is said again below it: the thread's subject, if another is its title."""
    lines = ground.page.lines
    long = at not in ground.known and len(lines[at].shadow) >= _SUBJECT
    return long and any(lines[row].shadow == lines[at].shadow for row in range(at + 1, min(post + 2, len(lines))))
