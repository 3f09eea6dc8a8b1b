"""Which of the matches act: waking, zones, needs, and what a weak rule wants beside itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.strip.entry import Entry
from cleaner.strip.needs import standing
from cleaner.strip.options import Mode
from cleaner.strip.page import Page
from cleaner.strip.rules import Hit, Rules
from cleaner.strip.zones import Layout


class Verdict(NamedTuple):
    """A hit that acts, and what it rests on besides its own match."""

    hit: Hit
    because: str


@dataclass(frozen=True)
class Evidence:
    """The hits of a page in their places."""

    page: Page
    layout: Layout
    hits: Sequence[Hit]
    awake: frozenset[str]


def able(hits: Sequence[Hit], rules: Rules, mode: Mode) -> Sequence[Hit]:
    """The hits without those that cannot act, because not enough on the page wakes their pack, and serve no other."""
    if mode == "aggressive" or any(pack.learned for pack in rules.packs):  # learned lines act beside whatever is known
        return hits
    entries = {hit.entry for hit in hits}
    awake = woken(entries, rules)
    heard = {entry for entry in entries if entry in rules.bound or entry.pack in awake}
    return [hit for hit in hits if hit.entry in heard]


def weigh(page: Page, layout: Layout, hits: Sequence[Hit], rules: Rules) -> Evidence:
    """The hits that stand in their zone and have what they need, and the packs that they wake.

    What running text introduces with a colon is told of: a regulation lists the labels that every page must show.
    """
    allowed = layout.allowed
    kept = [
        hit
        for hit in standing(hits, page.ranks)
        if hit.line in allowed[hit.entry.zone] and (hit.last == hit.line or not _is_introduced(page, hit))
    ]
    if page.shaped:
        kept = [hit for hit in kept if hit.entry.sure or page.shaped.isdisjoint(whole_lines(hit))]
    return Evidence(page, layout, kept, woken({hit.entry for hit in kept}, rules))


def _is_introduced(page: Page, hit: Hit) -> bool:
    """Whether running text right above a hit ends with a colon."""
    rank = page.ranks[hit.line]
    above = page.solid[rank - 1] if rank else hit.line
    return above == hit.line - 1 and page.sentences[above] and page.lines[above].shadow[-1] == ":"


def woken(entries: Iterable[Entry], rules: Rules) -> frozenset[str]:
    """The packs that are awake where some entries matched: those of which enough different anchors are among them."""
    anchors: dict[str, set[str]] = {}
    for entry in entries:
        if entry.strength == "anchor":
            anchors.setdefault(entry.pack, set()).add(entry.id)
    wakes = rules.wakes
    return frozenset(pack for pack, ids in anchors.items() if len(ids) >= wakes.get(pack, 1))


def acting(evidence: Evidence, mode: Mode) -> list[Verdict]:
    """The hits that act in a mode: anchors and strong ones first, then weak ones outward from them."""
    sure = [hit for hit in evidence.hits if hit.entry.sure and hit.entry.acts]
    strong = [Verdict(hit, hit.entry.strength) for hit in sure if not hit.entry.learned]
    strong += _learned(evidence)
    if mode == "safe":
        return strong
    return strong + _weak(evidence, strong, mode)


def _learned(evidence: Evidence) -> list[Verdict]:
    """The learned lines at either end of the page, or beside another line that a rule knows."""
    learned = [hit for hit in evidence.hits if hit.entry.learned and hit.entry.acts]
    if not learned:
        return []
    ranks = evidence.page.ranks
    known = {-1, len(ranks), *(ranks[line] for hit in evidence.hits for line in whole_lines(hit) if line in ranks)}
    return [Verdict(hit, "learned") for hit in learned if known & {ranks[hit.line] - 1, ranks[hit.line] + 1}]


def _weak(evidence: Evidence, strong: Sequence[Verdict], mode: Mode) -> list[Verdict]:
    page, ranks = evidence.page, evidence.page.ranks
    taken = {ranks[line] for verdict in strong for line in whole_lines(verdict.hit) if line in ranks}
    everywhere = mode == "aggressive" and bool(evidence.awake)
    waiting = [hit for hit in evidence.hits if not hit.entry.sure and (everywhere or hit.entry.pack in evidence.awake)]
    waiting = [hit for hit in waiting if hit.entry.acts and not _takes_text(hit, page.sentences)]
    beside: dict[int, list[int]] = {}
    for number, hit in enumerate(waiting):
        for rank in (ranks[hit.line] - 1, ranks[hit.last] + 1):
            beside.setdefault(rank, []).append(number)
    acted = dict[int, Verdict]()
    asked: Iterable[int] = range(len(waiting))
    while True:
        found = [(number, why) for number in asked if (why := _second(waiting[number], evidence, taken, ranks))]
        if not found:
            return list(acted.values())
        acted |= {number: Verdict(waiting[number], why) for number, why in found}
        fresh = {ranks[line] for number, _ in found for line in whole_lines(waiting[number]) if line in ranks} - taken
        taken |= fresh
        asked = sorted({number for rank in fresh for number in beside.get(rank, ()) if number not in acted})


def _second(hit: Hit, evidence: Evidence, taken: set[int], ranks: dict[int, int]) -> str:
    """The second evidence for a weak hit, or nothing."""
    if evidence.layout.sure and hit.entry.zone in {"head", "tail"}:
        return "zone"
    if hit.entry.needs:
        return "needs"
    first, last = ranks[hit.line], ranks[hit.last]
    if first - 1 in taken or last + 1 in taken:
        return "neighbour"
    return ""


def _takes_text(hit: Hit, sentences: Sequence[bool]) -> bool:
    """Whether a hit takes a whole line of running text."""
    return hit.start < 0 and (sentences[hit.line] if hit.line == hit.last else any(sentences[hit.line : hit.last + 1]))


def whole_lines(hit: Hit) -> range:
    """The lines that a hit takes whole."""
    return range(hit.line, hit.last + 1) if hit.start < 0 else range(0)
