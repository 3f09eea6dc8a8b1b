r"""What in an entry can never match, whatever the page: characters that no shadow has, misplaced ends, sums too high.

Patterns are read only as far as it takes to tell their alternatives and what in each must stand there; a piece that is
not understood counts as one that may match.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.strip.entry import Entry
from cleaner.strip.page import bare, reads_as_sentence
from cleaner.strip.rules import masked
from cleaner.text.shadow import shadow

_TOKEN = re.compile(
    r"\\[pP](?:\{[^}]*\}|.)|\\x\{[0-9a-fA-F]+\}|\\x[0-9a-fA-F]{2}|\\."
    r"|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|[^\]\\])*\]|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[*+?]\??|\{[0-9]+(?:,[0-9]*)?\}\??")
_GROUP = re.compile(r"\((?:\?(?::|P?<[a-z_]+>))?")
_OPTIONAL = re.compile(r"[*?]|\{0[,}]")
_CODE = re.compile(r"\\x\{?([0-9a-fA-F]+)\}?")
_MEMBER = re.compile(r"(\\x\{[0-9a-fA-F]+\}|\\?.)(-(?:\\?.))?", re.DOTALL)
# No line of a shadow holds an upper-case letter, a terminator or a tab.
_NOWHERE = frozenset((r"\p{Lu}", r"\n", r"\r", r"\t", "\n", "\r"))
_CLASS_OF_MANY = re.compile(r"\[\^|\[:|\\[pPdDwWsS]")


class Piece(NamedTuple):
    """One piece of an alternative, and how often it stands there, as it is written."""

    text: str
    times: str = ""

    @property
    def wanted(self) -> bool:
        """Whether it must stand there."""
        return not _OPTIONAL.match(self.times)


def alternatives(pattern: str) -> Iterator[tuple[Piece, ...]]:
    """The alternatives of a pattern, each as its pieces: characters, classes and groups in their order."""
    pieces, at = list[Piece](), 0
    while at <= len(pattern):
        if pattern[at : at + 1] in ("|", ""):
            yield tuple(pieces)
            pieces, at = [], at + 1
            continue
        end = _end_of_piece(pattern, at)
        count = _QUANTIFIER.match(pattern, end)
        pieces.append(Piece(pattern[at:end], count.group() if count else ""))
        at = count.end() if count else end


def _end_of_piece(pattern: str, at: int) -> int:
    depth = 0
    while True:
        token = _TOKEN.match(pattern, at)
        at = token.end() if token else len(pattern)
        depth += {"(": 1, ")": -1}.get(token.group(), 0) if token else 0
        if depth <= 0 or at >= len(pattern):
            return at


def dead_parts(pattern: str, *, whole: bool) -> Iterator[str]:
    """The alternatives of a pattern, inner ones too, that match nothing.

    Args:
        pattern: the pattern, written out.
        whole: whether it is to match a whole line, which has no blanks at its ends.

    >>> list(dead_parts("首页|登[録Ａ]|(?:回到|返回)顶部 |a$b", whole=True))
    ['登[録Ａ]', '(?:回到|返回)顶部 ', 'a$b']
    """
    for pieces in alternatives(pattern):
        ends = (pieces[0], pieces[-1]) if whole and pieces else ()
        if not _may_match(pieces) or any(end.text == " " and end.wanted for end in ends):
            yield "".join(piece.text + piece.times for piece in pieces)
        else:
            for piece in pieces:
                if inside := _inside(piece.text):
                    yield from dead_parts(inside, whole=False)


def _inside(piece: str) -> str:
    """What stands in a group; nothing for any other piece."""
    opening = _GROUP.match(piece)
    return piece[opening.end() : -1] if opening else ""


def _may_match(pieces: tuple[Piece, ...]) -> bool:
    if any(one.text == "$" and other.wanted and other.text != "$" for one, other in pairwise(pieces)):
        return False
    if any(other.text == "^" and one.wanted and one.text != "^" for one, other in pairwise(pieces)):
        return False
    return all(_lives(piece.text) for piece in pieces if piece.wanted)


def _lives(piece: str) -> bool:
    """Whether a piece may match something that stands in a shadow."""
    if inside := _inside(piece):
        return any(map(_may_match, alternatives(inside)))
    if piece.startswith("["):
        return bool(_CLASS_OF_MANY.search(piece)) or any(map(_member_lives, _MEMBER.finditer(piece[1:-1])))
    return piece not in _NOWHERE and _stays(piece)


def _member_lives(member: re.Match[str]) -> bool:
    return (bool(member[2]) and not member[1].isupper()) or _stays(member[1])


def _stays(piece: str) -> bool:
    """Whether a character, perhaps escaped, is its own shadow."""
    code = _CODE.fullmatch(piece)
    char = chr(int(code[1], 16)) if code else piece[-1]
    return bool(not code and piece.startswith("\\") and char.isalnum()) or shadow(char) == char


def dead_facts(entry: Entry) -> Iterator[tuple[str, str]]:
    """What in an entry can never match or act, and what shows it."""
    for pattern in entry.patterns:
        searched = entry.kind == "inline" or pattern == entry.unless
        for part in dead_parts(pattern.removesuffix("??"), whole=not searched):
            yield "a part of its pattern can never match", part
    for literal in (*entry.literals, *entry.labels):
        if entry.kind != "inline" and bare(literal) != literal:
            yield "a literal begins with a bullet, which lines are compared without", literal
        if entry.masked and masked(literal) != literal:
            yield "a literal has numbers that are not masked as 0", literal
        if entry.kind == "line" and entry.strength == "weak" and entry.acts and reads_as_sentence(literal):
            yield "a literal reads as running text, which no weak entry takes", literal
    yield from _sums(entry)


def _sums(entry: Entry) -> Iterator[tuple[str, str]]:
    """Numbers that no page can reach."""
    kinds = len(entry.labels or entry.literals)
    if entry.grammar != "cycle" and kinds and entry.least > kinds:
        yield "wants more different literals than it has", f"least = {entry.least} of {kinds}"
    if entry.grammar == "heading" and entry.most < entry.least:
        yield "wants more items than it takes", f"least = {entry.least}, most = {entry.most}"
    if entry.grammar == "span" and entry.most < 1:
        yield "ends where it begins", f"most = {entry.most}"
    if entry.grammar == "cycle" and all(line.endswith("??") for line in entry.lines):
        yield "is a cycle of which every line may be absent", " ".join(entry.lines)
