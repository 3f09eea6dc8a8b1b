"""The stage as a pure function: from a text and options to edits and flags."""

from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.core.edits import evidence
from cleaner.core.stage import Found
from cleaner.strip.decide import Mode, Verdict, acting, weigh, whole_lines
from cleaner.strip.edits import Piece, Reason, edits_of
from cleaner.strip.jammer import jammers
from cleaner.strip.match import hits
from cleaner.strip.page import Page, page_of
from cleaner.strip.rules import rules
from cleaner.strip.zones import Layout, layout_of


@dataclass(frozen=True, slots=True)
class StripOptions:
    """How chrome is removed.

    Attributes:
        mode: ``safe`` (anchors and strong rules only), ``balanced`` (weak rules beside them, head, tail and profiles) or
            ``aggressive`` (weak rules without anchors as well).
        packs: the TOML texts of further rule packs, learned ones included; one that bears the name of a built-in pack
            takes its place. A stage knows no file system: whoever takes paths from the user reads them.
        only: names of packs or globs of ``pack/id``; nothing else acts.
        disable: names of packs or globs of ``pack/id`` that do not act.
    """

    mode: Mode = "balanced"
    packs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()


def findings(text: str, options: StripOptions, name: str = "") -> Found:
    """What there is to remove from a text.

    Args:
        text: the text.
        options: see `StripOptions`.
        name: the id of the document, for rules that name a site.
    """
    used = rules(options.packs, options.only, options.disable)
    page = page_of(text)
    matched = hits(page, used, name)
    layout = layout_of(page, matched)
    verdicts = acting(weigh(page, layout, matched, used), options.mode)
    lines = {
        line: _reason(verdict, page, layout) for verdict in reversed(verdicts) for line in whole_lines(verdict.hit)
    }
    pieces = [_piece(verdict, page, layout) for verdict in verdicts if verdict.hit.start >= 0]
    return Found(edits_of(page, lines, [*pieces, *_jams(text)]))


def _reason(verdict: Verdict, page: Page, layout: Layout) -> Reason:
    entry = verdict.hit.entry
    facts = evidence(zone=layout.zone(verdict.hit.line), strength=entry.strength, because=verdict.because)
    return Reason(entry.rule, facts, entry.strength != "weak")


def _piece(verdict: Verdict, page: Page, layout: Layout) -> Piece:
    return Piece(verdict.hit.start, verdict.hit.end, _reason(verdict, page, layout))


def _jams(text: str) -> list[Piece]:
    why = Reason("strip/jammer/string", evidence(strength="anchor"))
    return [Piece(jam.start, jam.end, why) for jam in jammers(text)]
