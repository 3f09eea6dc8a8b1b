r"""Rule packs: what one TOML file says about one engine or family of sites.

A pack is a table ``[pack]`` and a list of ``[[entry]]``::

    [pack]
    name = "discuz"  # as in the rule of an edit: strip/discuz/view-counter
    why = "Discuz! X2 to X5, Simplified and Traditional"
    wake = 1  # how many different anchors must match before the weak entries act (default 1)

    [[entry]]
    id = "view-counter"  # lower case, digits, hyphens; unique in its pack
    kind = "line"  # line | inline | block
    pattern = "查看:? ?{N} ?\| ?回[复帖]:? ?{N}"
    strength = "anchor"  # anchor | strong | weak
    zone = "head"  # any (default) | head | post | tail
    why = "the counters above a thread"
    match = ["查看: 806|回复: 0", "查看：1.2万 | 回帖：3"]
    no_match = ["查看: 回复", "请查看: 806 | 回复: 0 两个数字"]

What an entry may hold:

``kind``
    ``line``: the pattern must match a **whole line**, blanks at its ends and one leading bullet (``· * + - > >>``,
    followed by a blank) left out; the line goes with its terminator. With a group ``(?P<cut>...)`` only that goes.
    ``inline``: the pattern is **searched** inside every line; what it matches goes (or only its group ``cut``), the
    rest of the line stays. It never crosses a line end.
    ``block``: a grammar over several lines, see below.
``pattern`` or ``literals``
    A pattern is RE2 (no lookaround, no back references). A list of literals means any of them, nothing special in them;
    they may be written as they stand on the page (the loader folds them). An entry of kind ``line`` with literals
    costs next to nothing, however many there are: prefer it for fixed wordings.
``strength``
    ``anchor``: unmistakable; acts by itself in every mode and wakes its pack. ``strong``: acts by itself in every mode,
    wakes nothing. ``weak``: words that prose may hold too; acts only in a pack that is awake, and only with a second
    evidence: its zone (``head`` or ``tail``), what it `needs`, or a neighbour that goes (blank lines looked through).
    Weak rules never take running text, numbered headings, rows of tables or dialogue; nothing acts in fenced code.
``zone``
    ``head``: above the first running text (in a thread: above the first post's header). ``tail``: below the last
    running text (in a thread: below the last post). ``post``: between the two. ``any``: everywhere. Weak entries of a
    page with several posts act inside posts only if their zone is ``post`` or ``any``.
``needs`` with ``within``
    ids (``id`` of the same pack or ``pack/id``) of which one must match within that many lines (default 8, blank
    lines not counted; 0: anywhere in the document). Holds for every strength.
``unless``
    a pattern searched in the same line (kind block: in the first line); where it matches, the entry does not act.
``acts = false``
    evidence only: wakes its pack, serves `needs`, is never cut (an author line that is worth keeping, say).
``role``
    ``post``: the header of a forum post, above its text (``发表于 {D} | 只看该作者``, ``3楼``): a thread is cut there.
    ``end``: the line below a post's text (action bar ``回复 举报``, or Tieba's ``3楼{D}回复``); short lines between
    an ``end`` and the next ``post`` are the next author's profile. ``foot``: the first line below all posts (fast
    reply box), or below an article (``责任编辑``, ``相关新闻``). ``nav``: above the title (breadcrumb, login bar,
    site navigation): the head of the page reaches down to the last of them. ``meta``: the date and source line below a
    title (mostly with ``acts = false``). ``list``: stands on list and index pages only.
``site``
    a glob of document ids; the entry acts only there.
``least`` (kind line with literals)
    so many different literals of the entry must stand in the document (default 1).
``masked = true``
    every number of the literals and of the line is compared as ``0``.
``match``, ``no_match``
    at least two of each, run as tests against **this entry alone** (pattern, `unless`, grammar; not zone, needs and
    waking). For kind block an example holds several lines. In an example that must match, ``⟦`` and ``⟧`` may mark what
    goes exactly: ``"正文⟦(本章未完,请点击下一页继续阅读)⟧"``.

What a pattern sees
    Not the text but its shadow (`cleaner.text.shadow.MATCHING`): full-width forms as ASCII (``：`` is ``:``, ``，`` and
    ``、`` are ``,``, ``。`` is ``.``, ``【`` ``［`` ``（`` are ``(``, ``[`` stays ``[``, ``｜`` is ``|``), lower case,
    simplified characters, ``“ 「 《``-like quotes as ``"``, every dash ``-``, ``•`` as ``·``, every blank ``" "``. So a
    pattern is written in that form: lower case, ASCII punctuation, simplified characters. The loader refuses patterns
    that could not match; `cleaner rules test` says why. Digits stay digits: ``[0-9]`` (full-width ones are folded).
    ``\d \w \s \b`` are refused (ASCII only in RE2): write ``[0-9]``, ``\p{L}``, a blank.

Macros in patterns: ``{N}`` a number (``12``, ``1,204``, ``1.2万``, ``14k``); ``{D}`` a date, with or without time, also
``昨天 19:21``, ``3 天前``, ``2 hours ago``; ``{T}`` a time of day; ``{U}`` a user name (1-24 characters without
blanks and sentence marks); ``{X}`` up to 40 characters of anything on the line; ``{S}`` optional blanks.

Block grammars (``kind = "block"``, ``grammar = "..."``); a line is never empty for them, blank lines inside a run are
skipped and go with it, a line that reads as a sentence ends every run:

``profile``: lines of which each is one of `labels`, a bare number, or one of `values` (patterns: group names, levels),
    or label and number on one line in either order (``主题 506``, ``UID: 12``); at least `least` (3) different labels.
``vocabulary``: lines (or tokens of a line, parted by blanks and ``| · / > , -``) that are each one of `labels` or match
    one of `values`, bare numbers and marks between them allowed; at least `least` (3) different labels. For
    share dialogs, permission lists, navigation with known words, pagers, tool bars.
``metadata``: label-value pairs as ``label: value``, ``label`` and then the value on its own line, or a table row with
    several pairs; at least `least` (3) different `labels`. Only the labels' lines and their short values go.
``cycle``: the patterns of `lines` in this order, one line each, the whole cycle at least `least` (2) times; a
    pattern that ends in ``??`` may be absent (comment lists, post lists).
``span``: from a line that matches `first` to the next one that matches `last`, at most `most` (30) lines, no sentence
    between them (dialogs, widgets, report forms).
``heading``: a line that matches `first` (``相关新闻``, ``推荐阅读``) and the list of short lines below it, up to `most`
    (60) lines, until a sentence (an item with a bullet may be one, or ask among others) or a line at which a post
    begins or ends; at least `least` (2) items.
``posts``: of a board that no pack knows: lines that match `first` (a date with a time of day) in one shape above at
    least three posts, what of `labels` (words of interfaces) comes back between them, and the names beside these. With
    the role ``post`` only the headers are meant, and only where no article stands above them. At least `least` (2)
    different labels.

`labels` are literals (folded by the loader); `values`, `lines`, `first` and `last` are whole-line patterns.

A pack with ``learned = true`` (`cleaner learn` writes them) needs no examples; its lines act at either end of the page
and beside another line that a rule knows, because text that all pages of a site share may be a formula of its texts.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, partial
from typing import Any, cast, get_args

from cleaner.errors import PackError
from cleaner.strip.entry import WITHIN, Entry, Grammar, Kind, Pack, Role, Strength, Zone
from cleaner.strip.sources import sources
from cleaner.strip.table import Table

# The least and most that a grammar uses when the entry names none.
_LEAST: Mapping[str, int] = {
    "profile": 3,
    "vocabulary": 3,
    "metadata": 3,
    "cycle": 2,
    "span": 1,
    "heading": 2,
    "posts": 2,
}
_MOST: Mapping[str, int] = {"span": 30, "heading": 60}


def load(text: str, where: str = "pack", *, trusted: bool = False) -> Pack:
    r"""A pack from its TOML text.

    Args:
        text: the content of the file; the caller reads it.
        where: how errors name it (its path).
        trusted: its patterns were checked before and are not compiled to see whether they can be.

    Raises:
        PackError: it is not TOML, or a key, a value or a pattern is not what the schema wants; names file and entry.

    >>> load('[pack]\nname = "demo"\nwhy = "an example"').name
    'demo'
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"not TOML: {error}", where, "see the line and column") from error
    unknown = set(data) - {"pack", "entry"}
    if unknown or not isinstance(data.get("pack"), dict):
        raise PackError("a pack has one table [pack] and a list of [[entry]]", where, "see cleaner rules show discuz")
    head = Table(data["pack"], f"{where}:pack", trusted=trusted)
    name, why = head.identifier("name"), head.text("why", required=True)
    wake, learned = head.number("wake", 1), head.flag("learned", default=False)
    head.done()
    read = partial(_entry, pack=name, where=where, learned=learned, trusted=trusted)
    entries = tuple(map(read, data.get("entry", ())))
    ids = [entry.id for entry in entries]
    for identifier in ids:
        if ids.count(identifier) > 1:
            raise PackError("two entries have this id", f"{where}:{identifier}", "ids are unique within a pack")
    return Pack(name, why, entries, wake, learned)


@cache
def built_in() -> tuple[Pack, ...]:
    """The packs that come with the package, by name; the tests have checked their patterns."""
    return tuple(load(text.decode(), name, trusted=True) for name, text in sources())


def _entry(data: Any, pack: str, where: str, *, learned: bool, trusted: bool) -> Entry:
    if not isinstance(data, dict):
        raise PackError("entry is no table", where, "write [[entry]]")
    table = Table(data, f"{where}:{data.get('id', '?')}", trusted=trusted)
    kind = cast("Kind", table.choice("kind", get_args(Kind), ""))
    grammar = cast("Grammar", table.choice("grammar", get_args(Grammar), "" if kind != "block" else None))
    entry = Entry(
        id=table.identifier("id"),
        pack=pack,
        kind=kind,
        why=table.text("why", required=True),
        strength=cast("Strength", table.choice("strength", get_args(Strength), "strong")),
        zone=cast("Zone", table.choice("zone", get_args(Zone), "any")),
        pattern=table.pattern("pattern"),
        literals=table.literals("literals"),
        needs=tuple(name if "/" in name else f"{pack}/{name}" for name in table.texts("needs")),
        within=table.number("within", WITHIN),
        unless=table.pattern("unless"),
        acts=table.flag("acts", default=True),
        role=cast("Role", table.choice("role", get_args(Role), "")),
        site=table.text("site"),
        masked=table.flag("masked", default=False),
        learned=learned,
        grammar=grammar,
        labels=table.literals("labels"),
        values=table.patterns("values"),
        lines=table.patterns("lines"),
        first=table.pattern("first"),
        last=table.pattern("last"),
        least=table.number("least", _LEAST.get(grammar, 1)),
        most=table.number("most", _MOST.get(grammar, 0)),
        match=table.texts("match"),
        no_match=table.texts("no_match"),
    )
    table.done()
    _check(entry, table, relaxed=learned)
    return entry


# What a grammar cannot do without.
_WANTS: Mapping[str, tuple[str, ...]] = {
    "profile": ("labels",),
    "vocabulary": ("labels",),
    "metadata": ("labels",),
    "cycle": ("lines",),
    "span": ("first", "last"),
    "heading": ("first",),
    "posts": ("first", "labels"),
}


def _check(entry: Entry, table: "Table", *, relaxed: bool) -> None:
    if entry.kind == "block":
        missing = [key for key in _WANTS.get(entry.grammar, ("grammar",)) if not getattr(entry, key)]
        if missing or entry.pattern or entry.literals:
            cure = f"a {entry.grammar or 'block'} is told by {', '.join(_WANTS.get(entry.grammar, ('grammar',)))}"
            raise table.error("a block entry needs its grammar's fields and has no pattern or literals", cure)
    elif bool(entry.pattern) == bool(entry.literals) or entry.grammar:
        raise table.error("an entry needs either pattern or literals", "give one of the two, and no grammar")
    if not relaxed and min(len(entry.match), len(entry.no_match)) < 2:
        raise table.error("an entry needs two examples that match and two that must not", "fill match and no_match")
