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
    (60) lines, until a sentence or another rule's line; at least `least` (2) items.

`labels` are literals (folded by the loader); `values`, `lines`, `first` and `last` are whole-line patterns.

A pack with ``learned = true`` (`cleaner learn` writes them) needs no examples; its lines act at either end of the page
and beside another line that a rule knows, because text that all pages of a site share may be a formula of its texts.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import resources
from typing import Any, Literal, cast, get_args

from cleaner.errors import PackError
from cleaner.text.shadow import shadow

Kind = Literal["line", "inline", "block"]
Zone = Literal["any", "head", "post", "tail"]
Strength = Literal["anchor", "strong", "weak"]
Role = Literal["", "post", "end", "foot", "nav", "meta", "list"]
Grammar = Literal["", "profile", "vocabulary", "metadata", "cycle", "span", "heading"]

# The least and most that a grammar uses when the entry names none.
_LEAST: Mapping[str, int] = {"profile": 3, "vocabulary": 3, "metadata": 3, "cycle": 2, "span": 1, "heading": 2}
_MOST: Mapping[str, int] = {"span": 30, "heading": 60}
_WITHIN = 8

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
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REFUSED = re.compile(r"(?<!\\)(?:\\\\)*\\([dDwWsSbB])")
_SPACED = str.maketrans({"\u3000": " ", "\xa0": " ", "\t": " "})


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One rule of a pack, checked, its literals folded and its macros written out; see the module for the fields.

    Compared and hashed by identity: an entry is a key of many tables, and hashing its fields each time costs more than
    matching it.
    """

    id: str
    pack: str
    kind: Kind
    why: str
    strength: Strength = "strong"
    zone: Zone = "any"
    pattern: str = ""
    literals: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    within: int = _WITHIN
    unless: str = ""
    acts: bool = True
    role: Role = ""
    site: str = ""
    masked: bool = False
    learned: bool = False
    grammar: Grammar = ""
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    least: int = 0
    most: int = 0
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    name: str = field(init=False)  # pack/id
    rule: str = field(init=False)  # as it stands in an edit: strip/pack/id

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.pack}/{self.id}")
        object.__setattr__(self, "rule", f"strip/{self.name}")

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every RE2 pattern of the entry, in the order of the fields."""
        single = (self.pattern, self.unless, self.first, self.last)
        return tuple(filter(None, (*single, *self.values, *self.lines)))


@dataclass(frozen=True, slots=True)
class Pack:
    """A named list of entries; `wake` different anchors wake its weak ones."""

    name: str
    why: str
    entries: tuple[Entry, ...]
    wake: int = 1
    learned: bool = False


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
    head = _Table(data["pack"], f"{where}:pack", trusted=trusted)
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
    folder = resources.files("cleaner.strip") / "packs"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(load(item.read_text("utf-8"), item.name, trusted=True) for item in files)


def folded(literal: str) -> str:
    """A literal as it stands in the shadow."""
    return shadow(literal).strip(" ")


def written_out(pattern: str) -> str:
    """A pattern with its macros replaced and its ideographs folded to simplified."""
    plain = _MACRO.sub(lambda match: MACROS[match.group()], pattern)
    pairs = zip(plain, shadow(plain), strict=True)
    return "".join(char if char < "\u2e80" or fold.isascii() else fold for char, fold in pairs)


def _entry(data: Any, pack: str, where: str, *, learned: bool, trusted: bool) -> Entry:
    if not isinstance(data, dict):
        raise PackError("entry is no table", where, "write [[entry]]")
    table = _Table(data, f"{where}:{data.get('id', '?')}", trusted=trusted)
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
        within=table.number("within", _WITHIN),
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
}


def _check(entry: Entry, table: "_Table", *, relaxed: bool) -> None:
    if entry.kind == "block":
        missing = [key for key in _WANTS.get(entry.grammar, ("grammar",)) if not getattr(entry, key)]
        if missing or entry.pattern or entry.literals:
            cure = f"a {entry.grammar or 'block'} is told by {', '.join(_WANTS.get(entry.grammar, ('grammar',)))}"
            raise table.error("a block entry needs its grammar's fields and has no pattern or literals", cure)
    elif bool(entry.pattern) == bool(entry.literals) or entry.grammar:
        raise table.error("an entry needs either pattern or literals", "give one of the two, and no grammar")
    if not relaxed and min(len(entry.match), len(entry.no_match)) < 2:
        raise table.error("an entry needs two examples that match and two that must not", "fill match and no_match")


class _Table:
    """Reads the keys of one table and remembers which were read."""

    def __init__(self, data: Mapping[str, Any], where: str, *, trusted: bool) -> None:
        self.data, self.where, self.trusted, self.seen = data, where, trusted, set[str]()

    def error(self, what: str, cure: str) -> PackError:
        return PackError(what, self.where, cure)

    def _value(self, key: str, kind: type, default: Any) -> Any:
        self.seen.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"{key} must be of type {kind.__name__}", "see the schema of rule packs")
        return value

    def text(self, key: str, *, required: bool = False) -> str:
        value = str(self._value(key, str, ""))
        if required and not value.strip():
            raise self.error(f"{key} is missing", "every pack and entry says what it is and why")
        return value

    def identifier(self, key: str) -> str:
        value = self.text(key, required=True)
        if not _ID.fullmatch(value):
            raise self.error(f"{value!r} is no {key}", "lower-case letters and digits, parted by hyphens")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str:
        value = self.text(key, required=default is None) or default or ""
        if value not in choices:
            raise self.error(f"{key} is {value!r}", f"one of {', '.join(filter(None, choices))}")
        return value

    def number(self, key: str, default: int) -> int:
        return int(self._value(key, int, default))

    def flag(self, key: str, *, default: bool) -> bool:
        return bool(self._value(key, bool, default))

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._value(key, list, [])
        if not all(isinstance(value, str) and value for value in values):
            raise self.error(f"{key} must be a list of texts, none of them empty", "see the schema of rule packs")
        return tuple(values)

    def literals(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(folded, self.texts(key))))

    def pattern(self, key: str) -> str:
        return self._checked(key, self.text(key))

    def patterns(self, key: str) -> tuple[str, ...]:
        return tuple(self._checked(key, value) for value in self.texts(key))

    def _checked(self, key: str, pattern: str) -> str:
        if self.trusted:
            return written_out(pattern)
        import re2

        if refused := _REFUSED.search(pattern):
            raise self.error(f"{key} uses \\{refused.group(1)}, which is ASCII only", r"write [0-9], \p{L} or a blank")
        for char in pattern.translate(_SPACED):
            if char >= "\x80" and (fold := shadow(char)) != char and fold.isascii():
                raise self.error(f"{key} holds {char!r}, which no shadow has", f"write {fold!r}")
        if upper := re.search(
            r"[A-Z]", re.sub(r"\\p\{\^?\w+\}|\\.|\(\?P<|\{[A-Z]\}", "", pattern, flags=re.IGNORECASE)
        ):
            raise self.error(f"{key} holds {upper.group()!r}, but the shadow is lower case", "write it in lower case")
        options = re2.Options()
        options.log_errors = False
        plain = written_out(pattern)
        try:
            re2.compile(plain, options)  # type: ignore[no-untyped-call] # re2 has no annotations
        except re2.error as error:
            reason = error.args[0] if error.args else "no RE2 pattern"
            raise self.error(f"{key}: {reason}", "RE2 knows no lookaround and no back references") from error
        return plain

    def done(self) -> None:
        for key in self.data:
            if key not in self.seen:
                raise self.error(f"unknown key {key!r}", f"one of {', '.join(sorted(self.seen))}")
