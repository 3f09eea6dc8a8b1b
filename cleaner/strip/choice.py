"""What goes from a page: what rules name, what goes by its place, and what the line model is sure of."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from cleaner.core.edits import Evidence, evidence
from cleaner.strip.decide import Verdict, acting, weigh, whole_lines
from cleaner.strip.edits import Piece, Reason
from cleaner.strip.ground import Ground, ground_of
from cleaner.strip.model.forest import Model
from cleaner.strip.model.vote import Vote, votes_on
from cleaner.strip.options import Mode
from cleaner.strip.page import Page
from cleaner.strip.rules import Hit, Rules
from cleaner.strip.title import title_of
from cleaner.strip.trim import trimmed
from cleaner.strip.zones import Layout, layout_of

# How sure the line model must be of a line that no rule takes; chosen on pages of sites it was not trained on, where
# each step down won less chrome than it cost text.
SURE: Mapping[Mode, float] = {"safe": 0.97, "balanced": 0.7, "aggressive": 0.5}
# What forum users write is as short as a button; the model must be this sure of a line that has none of their words.
SURE_OF_POSTS = 0.93
# Running text goes by the model alone only when there is hardly a doubt.
SURE_OF_TEXT = 0.97
# Below this chance the model vetoes what weak rules or the place of a line would take.
VETO = 0.5


def chosen(
    page: Page, matched: Sequence[Hit], used: Rules, mode: Mode, model: Model | None
) -> tuple[dict[int, Reason], list[Piece]]:
    """The lines that go whole and the pieces of lines that go, each with its reason; the surest reason wins.

    Args:
        page: the page.
        matched: what rules match on it.
        used: the rules.
        mode: how much may go.
        model: the line model; without one only rules and places speak.
    """
    layout = layout_of(page, matched, used.forums)
    weighed = weigh(page, layout, matched, used)
    verdicts = acting(weighed, mode)
    ground = ground_of(weighed)
    by_place = trimmed(ground)
    votes = votes_on(ground, {trim.line for trim in by_place}, model) if model and _is_page(ground) else {}
    lines: dict[int, Reason] = {}
    if mode != "safe":
        for trim in by_place:
            lines[trim.line] = Reason(trim.rule, _facts(layout.zone(trim.line), "weak", "place"), strong=False)
    for verdict in reversed(verdicts):
        lines.update(dict.fromkeys(whole_lines(verdict.hit), _reason(verdict, layout)))
    vetoed = [at for at, why in lines.items() if not why.strong and at in votes and votes[at].chance < VETO]
    for at in vetoed:
        del lines[at]
    lines |= {at: why for at, why in _voted(ground, votes, mode) if at not in lines}
    inner = [verdict for verdict in verdicts if verdict.hit.start >= 0]
    return lines, [Piece(verdict.hit.start, verdict.hit.end, _reason(verdict, layout)) for verdict in inner]


def _is_page(ground: Ground) -> bool:
    """Whether a text is a web page at all: at least one rule that is not weak knows something of it in its place."""
    return ground.sure(0, len(ground.page.lines)) > 0


def _voted(ground: Ground, votes: Mapping[int, Vote], mode: Mode) -> Iterator[tuple[int, Reason]]:
    """The lines of which the model is sure enough: no title, nothing that is content by its form."""
    if not votes:
        return
    title = title_of(ground) if ground.layout.sure else -1
    loose = set(ground.loose(0, len(ground.page.lines)))
    for at, vote in votes.items():
        if vote.chance >= _limit(ground, at, vote, mode) and at in loose and at != title:
            facts = evidence(
                zone=ground.layout.zone(at), strength="weak", because="model", chance=vote.chance, features=vote.why
            )
            yield at, Reason("strip/model/line", facts, strong=False)


def _limit(ground: Ground, at: int, vote: Vote, mode: Mode) -> float:
    """How sure the model must be of a line for it to go."""
    if ground.page.sentences[at]:
        return max(SURE[mode], SURE_OF_TEXT)
    said = ground.layout.forum and vote.wording <= 0
    return max(SURE[mode], SURE_OF_POSTS) if said else SURE[mode]


def _reason(verdict: Verdict, layout: Layout) -> Reason:
    entry = verdict.hit.entry
    facts = _facts(layout.zone(verdict.hit.line), entry.strength, verdict.because)
    return Reason(entry.rule, facts, entry.strength != "weak")


@cache
def _facts(zone: str, strength: str, because: str) -> Evidence:
    return evidence(zone=zone, strength=strength, because=because)
