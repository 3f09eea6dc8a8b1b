"""What goes from a text in which something was seen, and the brake on it."""

from collections.abc import Iterable, Iterator

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.core.stage import Found
from cleaner.strip.brake import LIMIT, empties, share_of_weak
from cleaner.strip.choice import Choice, chosen
from cleaner.strip.edits import Piece, Reason, edits_of
from cleaner.strip.flattened import flat_pieces
from cleaner.strip.gate import JAMMER, PINYIN, Glance
from cleaner.strip.jammer import jammers
from cleaner.strip.listing import is_listing
from cleaner.strip.match import hits_of
from cleaner.strip.model.forest import Model, built_in
from cleaner.strip.options import StripOptions
from cleaner.strip.page import Page
from cleaner.strip.pinyin import annotations
from cleaner.strip.rules import Hit

# Where so much of a page was learned from others of its site, what is left is the page's own; of this the line model,
# which does not know the site, would take more text than chrome.
_LEARNED = 0.2


def removal(seen: Glance, options: StripOptions, name: str, model: Model | None) -> Found:
    """The edits and flags; the arguments as in `stripping.findings`, and what a glance at the page has seen."""
    page, used = seen.page, seen.rules
    matched = hits_of(page, used, name, seen) if seen.opens else []
    if is_listing(page, matched):
        return Found((), (Flag("strip/list", 0, 0, "a list or index page, left as it is", evidence(kind="list")),))
    votes = matched and options.model and not options.only and not _is_learned(page, matched)
    voting = (model or built_in()) if votes else None
    lines, pieces, quoted = chosen(page, matched, used, options.mode, voting) if matched else Choice({}, [])
    if options.mode != "safe":  # where a joined line parts is never sure
        pieces += flat_pieces(page, used, matched)
    flags: list[Flag] = []
    if quoted:
        flags.append(Flag("strip/quoted", 0, 0, "what looks like chrome stands inside a text", evidence(lines=quoted)))
    share = share_of_weak(page, lines, pieces)
    if share > LIMIT or empties(page, lines):
        lines = {line: reason for line, reason in lines.items() if reason.strong}
        pieces = [piece for piece in pieces if piece.reason.strong]
        flags.append(Flag("strip/brake", 0, 0, "weak rules would take too much of the text", evidence(share=share)))
    return Found(edits_of(page, lines, [*pieces, *_woven(page.text, seen.detectors)]), tuple(flags))


def _is_learned(page: Page, matched: Iterable[Hit]) -> bool:
    """Whether a learned pack knows the site of a page."""
    return len({hit.line for hit in matched if hit.entry.learned}) >= max(1, _LEARNED * len(page.solid))


def _woven(text: str, detectors: frozenset[int]) -> Iterator[Piece]:
    """Pieces that detectors find which no pattern could: anti-copy strings and the pinyin of hijacked pages."""
    if JAMMER in detectors:
        reason = Reason("strip/jammer/string", evidence(zone="post", strength="anchor", because="anchor"))
        yield from (Piece(one.start, one.end, reason) for one in jammers(text))
    if PINYIN in detectors:
        reason = Reason("strip/hijack/pinyin", evidence(zone="post", strength="strong", because="strong"))
        yield from (Piece(start, end, reason) for start, end in annotations(text))
