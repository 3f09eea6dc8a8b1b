"""Flattened pages: a whole page on one line, of which rules may take what stands at its two ends.

Whoever joined the lines of a page with blanks left the parts of its head and foot side by side:
``首页 > 新闻 江边步道开工 发布时间:2020-05-06 江边步道昨日开工。... 责任编辑:李四 打印 关闭``. From either
end inward, runs of parts are matched as if each were a line, until a part is running text that no rule knows. What no
rule knows stays, titles above all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.core.edits import Evidence, evidence
from cleaner.strip.decide import woken
from cleaner.strip.edits import Piece, Reason
from cleaner.strip.entry import Entry, Strength
from cleaner.strip.gate import flat_line
from cleaner.strip.needs import standing
from cleaner.strip.page import Page
from cleaner.strip.parts import End, Part, known_runs, near_parts, parts_of
from cleaner.strip.rules import Hit, Rules

# A line of text may have one part that looks like chrome; a page has different ones, not all of them weak.
_KINDS = 2
_STRENGTHS: tuple[Strength, ...] = ("weak", "strong", "anchor")


class Cut(NamedTuple):
    """A run of parts that entries know: ``[start, end)`` in code points, the blanks on one side included."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    zone: End

    @property
    def surest(self) -> Entry:
        """The entry that takes it."""
        return max(self.entries, key=lambda entry: _STRENGTHS.index(entry.strength))


def flat_pieces(page: Page, rules: Rules, matched: Iterable[Hit]) -> list[Piece]:
    """What goes from the ends of a page on one line, with its reason.

    Args:
        page: the page.
        rules: the entries.
        matched: what matched on the page as it is; what is sure of it is evidence too.
    """
    if flat_line(page) is None:
        return []
    known = [hit for hit in matched if hit.entry.sure]
    cuts = cuts_of(page, rules, {hit.entry.name for hit in known})
    inner = [(hit.start, hit.end) for hit in known if hit.start >= 0]
    return [
        Piece(start, end, Reason(cut.surest.rule, _facts(cut.zone, cut.surest.strength), cut.surest.strength != "weak"))
        for cut in _beside_others(cuts)
        for start, end in _outside(cut.start, cut.end, inner)
    ]


def _beside_others(cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts without the weak ones that touch no other."""
    edges = Counter(edge for cut in cuts for edge in {cut.start, cut.end})
    return [cut for cut in cuts if cut.surest.strength != "weak" or max(edges[cut.start], edges[cut.end]) > 1]


def _outside(start: int, end: int, inner: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of a span stands outside the pieces that other rules take, up to the first of them."""
    for first, last in inner:
        if first <= start < last:
            start = last
        elif start < first < end:
            end = first
    if start < end:
        yield start, end


def _facts(zone: End, strength: Strength) -> Evidence:
    return evidence(zone=zone, strength=strength, because="flattened")


def cuts_of(page: Page, rules: Rules, known: Collection[str] = ()) -> list[Cut]:
    """What rules know at the two ends of a page on one line; nothing when it is not sure that it is one.

    Args:
        page: the page.
        rules: the entries.
        known: the entries that matched in it otherwise.
    """
    line = flat_line(page)
    if line is None:
        return []
    ends: dict[End, list[Part]] = {end: parts_of(page, line, end) for end in ("head", "tail")}
    if not all(any(part.text for part in parts) for parts in ends.values()):
        return []
    found = _with_needs([cut for end, parts in ends.items() for cut in _known(page, parts, rules, end)])
    entries = [entry for cut in found for entry in cut.entries]
    sure = {entry.name for entry in entries if entry.strength != "weak"}
    awake = woken(entries, rules)
    if len(sure.union(known)) < _KINDS or not awake:
        return []
    able = [cut._replace(entries=tuple(one for one in cut.entries if _may_act(one, awake))) for cut in found]
    return [cut for cut in able if cut.entries and all(entry.acts for entry in cut.entries)]


def _may_act(entry: Entry, awake: Collection[str]) -> bool:
    return entry.strength != "weak" or entry.pack in awake


def _known(page: Page, parts: Sequence[Part], rules: Rules, end: End) -> Iterator[Cut]:
    """The runs of parts that rules know, from one end of the line inward to the first text that none knows."""
    near = near_parts(parts, end)
    matched = known_runs(page, near, rules, end)
    if matched is None or any(near[first].text or near[last].text for first, last in matched):
        matched = known_runs(page, parts, rules, end, every=True) or {}
    else:
        parts = near
    at = 0 if end == "head" else len(parts) - 1
    while 0 <= at < len(parts):
        runs = [span for span in matched if span[end == "tail"] == at]
        if runs:
            first, last = max(runs, key=lambda span: span[1] - span[0])
            yield _cut(parts, first, last, matched[first, last], end)
            at = last + 1 if end == "head" else first - 1
        elif parts[at].text:
            return
        else:
            at += 1 if end == "head" else -1


def _cut(parts: Sequence[Part], first: int, last: int, entries: tuple[Entry, ...], end: End) -> Cut:
    """A run with the blanks behind it, at the tail with those in front of it."""
    start, stop = parts[first].start, parts[last].end
    if end == "head":
        stop = parts[last + 1].start if last + 1 < len(parts) else stop
    else:
        start = parts[first - 1].end if first else start
    return Cut(start, stop, entries, end)


def _with_needs(found: Iterable[Cut]) -> list[Cut]:
    """The cuts with the entries that need nothing or one of the others; a page on one line has no distances."""
    cuts = list(found)
    stand = {hit.entry for hit in standing([Hit(entry, 0, 0) for cut in cuts for entry in cut.entries], {0: 0})}
    left = [cut._replace(entries=tuple(entry for entry in cut.entries if entry in stand)) for cut in cuts]
    return [cut for cut in left if cut.entries]
