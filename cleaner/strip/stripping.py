"""The stage as a pure function: from a text and options to edits and flags."""

from collections.abc import Iterator, Sequence
from functools import cache

from cleaner.core.document import Flag
from cleaner.core.edits import Evidence, evidence
from cleaner.core.stage import Found
from cleaner.strip.brake import LIMIT, empties, share_of_weak
from cleaner.strip.decide import Verdict, acting, weigh, whole_lines
from cleaner.strip.edits import Piece, Reason, edits_of
from cleaner.strip.gate import JAMMER, PINYIN, glance
from cleaner.strip.ground import ground_of
from cleaner.strip.jammer import jammers
from cleaner.strip.listing import is_listing
from cleaner.strip.match import hits_of
from cleaner.strip.options import Mode, StripOptions
from cleaner.strip.page import Page, folded_of, page_of
from cleaner.strip.pinyin import annotations
from cleaner.strip.rules import Hit, Rules, rules
from cleaner.strip.trim import trimmed
from cleaner.strip.zones import Layout, layout_of


def findings(text: str, options: StripOptions, name: str = "") -> Found:
    """What there is to remove from a text.

    Args:
        text: the text.
        options: see `StripOptions`.
        name: the id of the document, for rules that name a site.
    """
    used = rules(options.packs, options.only, options.disable)
    folded = folded_of(text)
    seen = glance(folded, used)
    if not seen.opens:
        return Found()
    page = page_of(text, folded)
    matched = hits_of(page, used, name, seen)
    if is_listing(page, matched):
        return Found((), (Flag("strip/list", 0, 0, "a list or index page, left as it is", evidence(kind="list")),))
    lines, pieces = _chosen(page, matched, used, options.mode)
    flags: list[Flag] = []
    share = share_of_weak(page, lines, pieces)
    if share > LIMIT or empties(page, lines):
        lines = {line: reason for line, reason in lines.items() if reason.strong}
        pieces = [piece for piece in pieces if piece.reason.strong]
        flags.append(Flag("strip/brake", 0, 0, "weak rules would take too much of the text", evidence(share=share)))
    return Found(edits_of(page, lines, [*pieces, *_woven(text, seen.detectors)]), tuple(flags))


def _chosen(page: Page, matched: Sequence[Hit], used: Rules, mode: Mode) -> tuple[dict[int, Reason], list[Piece]]:
    """The lines that go whole and the pieces of lines that go, each with its reason; the surest reason wins."""
    layout = layout_of(page, matched, used.forums)
    weighed = weigh(page, layout, matched, used)
    verdicts = acting(weighed, mode)
    lines: dict[int, Reason] = {}
    if mode != "safe":
        for trim in trimmed(ground_of(weighed)):
            lines[trim.line] = Reason(trim.rule, _facts(layout.zone(trim.line), "weak", "place"), strong=False)
    for verdict in reversed(verdicts):
        lines.update(dict.fromkeys(whole_lines(verdict.hit), _reason(verdict, layout)))
    inner = [verdict for verdict in verdicts if verdict.hit.start >= 0]
    return lines, [Piece(verdict.hit.start, verdict.hit.end, _reason(verdict, layout)) for verdict in inner]


def _reason(verdict: Verdict, layout: Layout) -> Reason:
    entry = verdict.hit.entry
    facts = _facts(layout.zone(verdict.hit.line), entry.strength, verdict.because)
    return Reason(entry.rule, facts, entry.strength != "weak")


@cache
def _facts(zone: str, strength: str, because: str) -> Evidence:
    return evidence(zone=zone, strength=strength, because=because)


def _woven(text: str, detectors: frozenset[int]) -> Iterator[Piece]:
    """Pieces that detectors find which no pattern could: anti-copy strings and the pinyin of hijacked pages."""
    if JAMMER in detectors:
        reason = Reason("strip/jammer/string", evidence(zone="post", strength="anchor", because="anchor"))
        yield from (Piece(one.start, one.end, reason) for one in jammers(text))
    if PINYIN in detectors:
        reason = Reason("strip/hijack/pinyin", evidence(zone="post", strength="strong", because="strong"))
        yield from (Piece(start, end, reason) for start, end in annotations(text))
