r"""Replace rules of legado (a reader of novels) as a rule pack.

A rule is an object of JSON: ``name``, ``pattern``, ``replacement``, ``isRegex`` (a Java regular expression or plain
text), ``isEnabled``, ``scope`` and ``excludeScope`` (books or sites), ``scopeTitle``, ``scopeContent``; version 2 wrote
``regex``, ``replaceSummary``, ``enable`` and ``useTo``. A pack only removes, never across lines, and knows no books:
what cannot be said in a pack is listed with the reason, never bent. What is said matches a little more than it did:
packs do not tell upper from lower case, full from half width, traditional from simplified.

Source: gedoor/legado, ``ReplaceRule.kt`` and ``ContentProcessor.kt``: a rule is applied to a whole chapter at once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.errors import PackError
from cleaner.strip.java import Untranslatable, translated
from cleaner.strip.linter import lint, test_pack
from cleaner.strip.macros import folded
from cleaner.strip.pack import load

# Lines of plain prose that no rule may match. A pack does not tell 【 from （: a rule for everything in black brackets
# would take every aside with it, so some stand here.
_PROSE = (
    "他推开门走了进去，屋里一个人也没有。",
    "第二天早上雨停了，路上还有些积水。",
    "“你什么时候回来？”她（其实早就知道）低声问道。",
    "（三）一九八五年以来，产量增长了12.5%——这是第1次。",
    "The rain had stopped (at last) before they reached the town; it was 5:30.",
)


@dataclass(frozen=True, slots=True)
class Left:
    """A rule that was not converted: its name (or number), and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The TOML text of a pack, how many entries it has, and the rules that it has not."""

    pack: str
    entries: int
    left: tuple[Left, ...]


def import_rules(text: str, name: str = "legado") -> Imported:
    r"""The pack of an export of legado.

    Args:
        text: JSON, a list of rules or one rule.
        name: the name of the pack.

    Raises:
        PackError: the text is no JSON, or holds no rules.

    >>> rules = '[{"name": "tail", "pattern": "本章未完.*下一页", "isRegex": true}, {"name": "x", "pattern": "(?=a)b"}]'
    >>> imported = import_rules(rules)
    >>> imported.entries, [(left.name, left.why) for left in imported.left]
    (1, [('x', 'it looks around itself, which takes more than linear time')])
    """
    entries: list[str] = []
    left: list[Left] = []
    for number, rule in enumerate(_rules(text), 1):
        title = str(rule.get("name") or rule.get("replaceSummary") or f"rule {number}")
        try:
            entries.append(_entry(rule, title, f"rule-{number}", name))
        except Untranslatable as reason:
            left.append(Left(title, str(reason)))
    return Imported("\n".join([_head(name), *entries]), len(entries), tuple(left))


def _rules(text: str) -> list[Mapping[str, Any]]:
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise PackError(f"the rules are no JSON: {error}", cure="export them from legado as JSON") from error
    rules = data if isinstance(data, list) else [data]
    if not all(isinstance(rule, dict) and (rule.keys() & {"pattern", "regex"}) for rule in rules) or not rules:
        raise PackError("the JSON holds no replace rules", cure="a list of objects with a pattern each")
    return rules


def _head(name: str) -> str:
    return f'[pack]\nname = {_quoted(name)}\nwhy = "replace rules of legado"\n'


def _entry(rule: Mapping[str, Any], title: str, identifier: str, pack: str) -> str:
    """The entry of a rule, tried out: it matches its examples, leaves prose alone, and is not too broad."""
    _refuse(rule)
    source = str(rule.get("pattern") or rule.get("regex") or "")
    if rule.get("isRegex", True):
        found = translated(source)
        kind, pattern, samples = found.kind, found.pattern, found.samples
        what = f"pattern = {_quoted(pattern)}"
    else:
        kind, samples = "inline", _samples_of(source)
        what = f"literals = [{_quoted(source)}]"
    around = samples if kind == "line" else (samples[0], f"前文{samples[-1]}后文")
    matches = list(dict.fromkeys(sample for sample in (*around, f"  {samples[0]}") if sample))[:2]
    entry = (
        f'[[entry]]\nid = {_quoted(identifier)}\nkind = {_quoted(kind)}\n{what}\nstrength = "strong"\n'
        f"why = {_quoted(title)}\nmatch = [{', '.join(map(_quoted, matches))}]\n"
    )
    for prose in _PROSE:
        if faults := _faults(entry, pack, prose):
            raise Untranslatable(faults[0])
    entry += f"no_match = [{', '.join(map(_quoted, _PROSE[:2]))}]\n"
    return entry


def _refuse(rule: Mapping[str, Any]) -> None:
    for trouble in _troubles(rule):
        raise Untranslatable(trouble)


def _troubles(rule: Mapping[str, Any]) -> Iterator[str]:
    if not rule.get("pattern") and not rule.get("regex"):
        yield "it has no pattern"
    if not rule.get("isEnabled", rule.get("enable", True)):
        yield "it is switched off"
    if rule.get("scopeContent") is False:
        yield "it is for titles only, which a pack does not change"
    if scope := rule.get("scope") or rule.get("useTo"):
        yield f"it is for certain books or sites only ({scope}), which a pack does not know"
    if rule.get("excludeScope"):
        yield f"it leaves out certain books or sites ({rule['excludeScope']}), which a pack does not know"
    if str(rule.get("replacement") or ""):
        yield f"it puts something in place ({rule['replacement']}); a pack only removes"


def _samples_of(source: str) -> tuple[str, ...]:
    if "\n" in source or "\r" in source:
        raise Untranslatable("it spans several lines, which an inline rule never does")
    if not folded(source):
        raise Untranslatable("it is blank")
    return (source,)


def _faults(entry: str, pack: str, *prose: str) -> list[str]:
    """What is wrong with an entry that must leave these lines alone."""
    try:
        examples = ", ".join(map(_quoted, (prose * 2)[:2]))
        made = load(f"{_head(pack)}\n{entry}no_match = [{examples}]\n")
    except PackError as error:
        return [f"{error.what}"]
    return [f"as an entry it {fault.what}" for fault in (*lint((made,)), *test_pack(made))]


def _quoted(text: str) -> str:
    """The text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
