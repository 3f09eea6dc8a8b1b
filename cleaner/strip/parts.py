"""The parts of a line that once were lines, and the runs of them that rules know.

A pattern that ends in "any 40 characters" would take the title behind a breadcrumb with it: a run counts only when the
pattern does not match as well with something else in the place of its first or last part, or of a longer one inside.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from cleaner.strip.entry import Entry
from cleaner.strip.finder import Trial
from cleaner.strip.gate import Glance, flat_line
from cleaner.strip.guards import FENCES
from cleaner.strip.match import hits_of
from cleaner.strip.page import Line, Page, bare, blankless, page_of, reads_as_sentence, wide
from cleaner.strip.re2set import program
from cleaner.strip.rules import Rules, masked
from cleaner.text.shadow import code_points

# Parts end at blanks and, as far as the text goes, behind the full stops of Chinese.
_BLANK = " \t\u3000\xa0"
_PART = re.compile(r"[^ \t\u3000\xa0]*?[。！？][”’」』）)\"]*(?=[^ 。！？”’」』）)\"])|[^ \t\u3000\xa0]+")
# A page on one line has at least so many blanks.
_BLANKS = 2
# So many characters at either end are looked at, and so many parts: foots are longer than heads.
_REACH: Mapping[str, int] = {"head": 1500, "tail": 3000}
_PARTS: Mapping[str, int] = {"head": 60, "tail": 120}
# Behind so many texts no rule is looked for: what stands at an end has a notice or two among it, no more.
_TEXTS = 3
# A run has at most so many parts and characters.
_RUN, _RUN_LENGTH = 10, 300
# A part that is longer is text, whatever it ends with.
_TEXT = 40
# A part of so many characters that a pattern takes for anything is not what the pattern is about, when it stands at an
# end of a run, inside it, or ends a notice; unless, inside, a mark ties it to its neighbours.
_LOOSE, _INSIDE, _NOTICE = 5, 24, 80
_ANYTHING, _MARK = "甲乙丙丁戊己", re.compile(r"[>|:/·→»›-]")

End = Literal["head", "tail"]
Span = tuple[int, int]


class Part(NamedTuple):
    """One part of a line: where it stands in the text, and whether it is running text."""

    start: int
    end: int
    text: bool


def parts_of(page: Page, line: Line, end: End) -> list[Part]:
    """The parts of a line at one of its ends, in order; those that `_REACH` cuts through are left out."""
    reach, last = _REACH[end], line.content_end
    window = (line.start, min(line.start + reach, last)) if end == "head" else (max(last - reach, line.start), last)
    found = [piece.span() for piece in _PART.finditer(page.text, *window)]
    whole = [span for span in found if span[0] > window[0] or span[0] == line.start]
    whole = [span for span in whole if span[1] < window[1] or span[1] == last]
    parts, texts = list[Part](), 0
    for span in whole[: _PARTS[end]] if end == "head" else reversed(whole[-_PARTS[end] :]):
        parts.append(_part(page, *span))
        texts += parts[-1].text
        if texts > _TEXTS:
            break
    return parts if end == "head" else parts[::-1]


def _part(page: Page, start: int, end: int) -> Part:
    return Part(start, end, _is_text(page.shadow[start:end]))


def _is_text(shadow: str) -> bool:
    return len(shadow) > _TEXT or reads_as_sentence(shadow)


def may_lose_an_end(seen: Glance) -> bool:
    """Whether a page is on one line of which rules may know an end; not where it begins and ends with other text."""
    page = seen.page
    line = flat_line(page)
    if line is None or line.shadow.count(" ") < _BLANKS:
        return False
    content = page.text[line.start : line.content_end]
    start, end = line.content_end - len(content.lstrip(_BLANK)), line.start + len(content.rstrip(_BLANK))
    head = next(_PART.finditer(page.text, start, min(start + _RUN_LENGTH + 2, end)))
    if _is_open(seen, *head.span()):
        return True
    window = max(end - _RUN_LENGTH - 1, start)
    tail = [part.span() for part in _PART.finditer(page.text, window, end)][window > start :]
    if not tail:  # the last part is longer than any run
        return False
    return _is_open(seen, *tail[-1]) or (len(tail) > 1 and not _is_text(page.shadow[slice(*tail[-2])]))


def _is_open(seen: Glance, start: int, end: int) -> bool:
    """Whether the part at an end is no text, or one that rules know as a line."""
    whole = seen.page.shadow[start:end]
    if not _is_text(whole):
        return True
    if len(whole) > _RUN_LENGTH:
        return False
    told = [trial for _, clue in seen.rules.index.scan(whole, code_points(whole)) for trial in clue.trials]
    return any(_is_known(line, seen.rules, told) for line in {blankless(whole), bare(blankless(whole))} if line)


def _is_known(line: str, rules: Rules, told: Sequence[Trial]) -> bool:
    known = line in rules.literals or (bool(rules.skeletons) and masked(line) in rules.skeletons)
    return known or bool(rules.finder.numbers(line, dict.fromkeys(told)))


def near_parts(parts: Sequence[Part], end: End) -> Sequence[Part]:
    """The parts from one end up to the first text, at the tail with those in front of it that may be one with it.

    When no rule knows this text, nothing farther inside can go.
    """
    texts = [at for at, part in enumerate(parts) if part.text]
    if end == "head":
        return parts[: texts[0] + 1] if texts else parts
    return parts[texts[-2] + 1 :] if len(texts) > 1 else parts


def known_runs(
    page: Page, parts: Sequence[Part], rules: Rules, end: End, *, every: bool = False
) -> dict[Span, tuple[Entry, ...]] | None:
    """The runs of parts that entries know as a line, and which ones.

    Args:
        page: the page.
        parts: parts of its line in a row.
        rules: the entries.
        end: at which end of the line they stand.
        every: whether these are all the parts that are looked at.

    Returns:
        None when other parts have a say in which entries know a run, because these want several lines or code begins.
    """
    spans = list(_spans(parts))
    words = [[page.shadow[part.start : part.end] for part in parts[first : last + 1]] for first, last in spans]
    lines = list(map(" ".join, words))
    if not every and any(line.startswith(FENCES) or _wants_witnesses(line, rules) for line in lines):
        return None
    found: dict[Span, tuple[Entry, ...]] = {}
    for hit in hits_of(page_of("\n".join(lines)), rules):
        entry, span = hit.entry, spans[hit.line]
        if entry.kind == "line" and hit.start < 0 and entry.zone in {"any", "post", end}:
            texts = [parts[at].text for at in range(span[0], span[1] + 1)]
            notice = end == "tail" and entry.strength == "anchor" and entry.zone != "post" and texts[-1]
            if len(texts) > 1 and any(texts[: -1 if notice else None]):
                continue
            if not _swallows(entry, words[hit.line], notice=notice):
                found[span] = (*found.get(span, ()), entry)
    kept = {
        span: tuple(entry for entry in found[span] if not _swallows_other(entry, span, own, found, end))
        for span, own in zip(spans, words, strict=True)
        if span in found
    }
    return {span: entries for span, entries in kept.items() if entries}


def _wants_witnesses(line: str, rules: Rules) -> bool:
    """Whether a line is a literal of an entry that wants several of them on a page."""
    skeletons = rules.skeletons.get(masked(line), ()) if rules.skeletons else ()
    return any(entry.least > 1 for entry in (*rules.literals.get(line, ()), *skeletons))


def _swallows_other(
    entry: Entry, span: Span, words: Sequence[str], found: Mapping[Span, tuple[Entry, ...]], end: End
) -> bool:
    """Whether an entry takes for anything what ends a run on its inner side, and others are sure of as a run."""
    if not entry.pattern:
        return False
    first, last = span
    for size in range(1, len(words)):
        inner = (last - size + 1, last) if end == "head" else (first, first + size - 1)
        if any(other.strength != "weak" and other is not entry for other in found.get(inner, ())):
            left = [*words[:-size], _ANYTHING] if end == "head" else [_ANYTHING, *words[size:]]
            if program(entry.pattern).fullmatch(" ".join(left)):
                return True
    return False


def _swallows(entry: Entry, words: Sequence[str], *, notice: bool) -> bool:
    """Whether an entry would match a run whatever stood in the place of its first or last part, or of much inside.

    The last part of a notice below the text may be anything: "版权声明: ..." is told by how it begins.
    """
    if not entry.pattern or len(words) == 1:
        return False
    pattern, last = program(entry.pattern), len(words) - 1
    for at, word in enumerate(words):
        inside = 0 < at < last
        limit = _NOTICE if notice and at == last else _INSIDE if inside and not wide(word) else _LOOSE
        other = " ".join((*words[:at], _ANYTHING, *words[at + 1 :]))
        if len(word) >= limit and not (inside and _is_tied(words, at)) and pattern.fullmatch(other):
            return True
    return False


def _is_tied(words: Sequence[str], at: int) -> bool:
    """Whether a mark ties a part to its neighbours, as in "首页 > 新闻 > 正文"."""
    return bool(_MARK.search(words[at - 1][-1:] + words[at][:1] + words[at][-1:] + words[at + 1][:1]))


def _spans(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """The runs of parts that may have been a line."""
    for first in range(len(parts)):
        for last in range(first, min(first + _RUN, len(parts))):
            if parts[last].end - parts[first].start > _RUN_LENGTH:
                break
            yield first, last
