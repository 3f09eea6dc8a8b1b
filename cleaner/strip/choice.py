"""What goes from a page: what rules name, what goes by its place, and what the line model is sure of."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.core.edits import Evidence, evidence
from cleaner.strip.decide import Verdict, able, acting, weigh, whole_lines
from cleaner.strip.edits import Piece, Reason
from cleaner.strip.entry import Entry, Zone
from cleaner.strip.ground import Ground, ground_of
from cleaner.strip.guards import SAID
from cleaner.strip.model.forest import Model
from cleaner.strip.model.vote import Votes, votes_on
from cleaner.strip.options import Mode
from cleaner.strip.page import Page
from cleaner.strip.proof import is_page
from cleaner.strip.rules import Hit, Rules
from cleaner.strip.title import title_of
from cleaner.strip.trim import Trimmed, trimmed
from cleaner.strip.zones import Layout, layout_of

# How sure the line model must be of a line that no rule takes. All of these were chosen on pages of sites it was not
# trained on; with less, more of the chrome goes, and lists, code and short posts with it.
SURE: Mapping[Mode, float] = {"safe": 0.97, "balanced": 0.65, "aggressive": 0.4}
# Inside a text stand lists, tables, verse and captions; what users of forums write is as short as a button.
SURE_INSIDE, SURE_IN_FORUMS = 0.8, 0.86
# Chrome inside a text seldom stands alone: without a neighbour that is rather chrome than not, a line has to be surer.
SURE_ALONE = 0.95
# Running text goes by the model alone only when there is hardly a doubt; above and below the text of what is no forum
# it may be a headline.
SURE_OF_TEXT, SURE_BEYOND = 0.97, 0.8
# Below this chance the model vetoes what weak rules or the place of a line would take.
VETO = 0.65


class Choice(NamedTuple):
    """What goes from a page, each with its reason.

    Attributes:
        lines: the lines that go whole.
        pieces: the pieces of lines that go.
        quoted: how many lines sure rules would take if the text were a page.
    """

    lines: dict[int, Reason]
    pieces: list[Piece]
    quoted: int = 0


def chosen(page: Page, matched: Sequence[Hit], used: Rules, mode: Mode, model: Model | None) -> Choice:
    """What goes from a page; the surest reason wins.

    From what is no page goes only what learned packs, the user's own and anchors that need no zone name, and the pieces
    that strong entries cut.

    Args:
        page: the page.
        matched: what rules match on it.
        used: the rules.
        mode: how much may go.
        model: the line model; without one only rules and places speak.
    """
    layout = layout_of(page, matched, used.forums)
    weighed = weigh(page, layout, able(matched, used, mode), used)
    verdicts = acting(weighed, mode)
    ground = ground_of(weighed)
    title = title_of(ground)
    by_place = trimmed(ground, title)
    votes = _heard(ground, title, by_place, mode, model) if model else None
    lines: dict[int, Reason] = {}
    if mode != "safe":
        for trim in by_place:
            lines[trim.line] = _by_place(trim.rule, layout.zone(trim.line))
    for verdict in reversed(verdicts):
        for line in whole_lines(verdict.hit):
            lines[line] = _because(verdict, layout)
    if votes:
        chances = votes.chances
        lines = {at: why for at, why in lines.items() if why.strong or chances.get(at, 1.0) >= VETO}
        lines |= _voted(ground, votes, mode, {*lines, title})
    inner = [verdict for verdict in verdicts if verdict.hit.start >= 0]
    pieces = [Piece(one.hit.start, one.hit.end, _because(one, layout)) for one in inner]
    if not lines or is_page(ground, lines, votes):
        return Choice(lines, pieces)
    anywhere = {at for verdict in verdicts if _is_anywhere(verdict.hit, used) for at in whole_lines(verdict.hit)}
    kept = {at: why for at, why in lines.items() if at in anywhere}
    quoted = sum(why.strong for at, why in lines.items() if at not in anywhere)
    return Choice(kept, [piece for piece in pieces if piece.reason.strong], quoted)


def _is_anywhere(hit: Hit, used: Rules) -> bool:
    """Whether a hit needs no page around it."""
    entry = hit.entry
    return (entry.strength == "anchor" and entry.zone == "any") or entry.learned or entry.pack in used.own


def _heard(ground: Ground, title: int, by_place: Sequence[Trimmed], mode: Mode, model: Model) -> Votes | None:
    """What the line model thinks; in safe mode only of what at least one rule that is not weak knows, in its place."""
    if mode == "safe" and not ground.sure:
        return None
    return votes_on(ground, title, {trim.line for trim in by_place}, model)


def _voted(ground: Ground, votes: Votes, mode: Mode, taken: Collection[int]) -> dict[int, Reason]:
    """The further lines of which the model is sure enough: no title, nothing that is content by its form."""
    chances, spared = votes.chances, ground.held.union(taken)
    likely = (at for at, chance in chances.items() if chance >= SURE[mode] and at not in spared)
    found = [at for at in likely if chances[at] >= _limit(ground, at, votes, mode)]
    return {
        at: Reason("strip/model/line", _vote_facts(ground.layout.zone(at), chances[at], why), strong=False)
        for at, why in zip(found, votes.why(found), strict=True)
    }


def _vote_facts(zone: str, chance: float, why: str) -> Evidence:
    return evidence(zone=zone, strength="weak", because="model", chance=chance, features=why)


def _limit(ground: Ground, at: int, votes: Votes, mode: Mode) -> float:
    """How sure the model must be of a line for it to go."""
    inside, forum = at in votes.inside, ground.layout.forum
    if ground.page.sentences[at] or (forum and _is_said(ground, at)):
        within = inside or forum or ground.layout.zone(at) == "post"
        least = SURE_OF_TEXT if within else SURE_BEYOND
    elif not inside and not (forum and at in votes.spoken):
        least = 0.0
    elif at in votes.alone:
        least = SURE_ALONE
    else:
        least = SURE_IN_FORUMS if forum else SURE_INSIDE
    return max(SURE[mode], least)


def _is_said(ground: Ground, at: int) -> bool:
    """Whether a line of a forum ends as what somebody says does, below the head."""
    return at > ground.layout.first and ground.page.lines[at].shadow[-1:] in SAID


def _because(verdict: Verdict, layout: Layout) -> Reason:
    return _reason(verdict.hit.entry, layout.zone(verdict.hit.line), verdict.because)


@cache
def _reason(entry: Entry, zone: Zone, because: str) -> Reason:
    facts = evidence(zone=zone, strength=entry.strength, because=because)
    return Reason(entry.rule, facts, entry.strength != "weak")


@cache
def _by_place(rule: str, zone: Zone) -> Reason:
    return Reason(rule, evidence(zone=zone, strength="weak", because="place"), strong=False)
