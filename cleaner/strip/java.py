r"""Java regular expressions as patterns of a rule pack, where they mean the same.

A pattern of a pack is RE2 on the shadow of a line: lower case, ASCII punctuation, simplified characters, one kind of
blank. The translation folds every literal as the shadow does, writes ``\d`` and its like out, and gives two texts that
match, as examples. What RE2 or a line cannot say is refused with the reason.
"""

import re
from dataclasses import dataclass
from typing import Literal

from cleaner.strip.macros import folded
from cleaner.text.shadow import shadow

_SPECIAL = frozenset("\\.[]{}()*+?^$|")
# Java's classes, as they are written in the shadow (a blank is all white space that a line can hold), inside brackets.
_CLASSES = {"d": "0-9", "w": r"\p{L}\p{Nd}_", "s": " ", "h": " "}
_SHOWN = {"d": "7", "w": "a", "s": " ", "h": " "}
_CONTROL = {"t": " ", "f": " ", "a": "\x07", "e": "\x1b"}
_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_QUANTIFIER = re.compile(r"\*|\+|\?|\{(\d+)(,?)(\d*)\}")
# What a negated class or a dot shows in an example, the first that fits.
_FILLERS = "文字甲乙丙丁ax7, "


class Untranslatable(Exception):  # noqa: N818 - it is an answer, not a fault
    """A pattern that a pack cannot say; the message says why."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A pattern for a pack: of a whole line or inside one, and texts that it matches."""

    kind: Literal["line", "inline"]
    pattern: str
    samples: tuple[str, ...]


def translated(source: str) -> Translated:
    r"""The pattern of a Java regular expression.

    Raises:
        Untranslatable: it cannot be said in a pack.

    >>> translated(r"第\d+章（未完）")
    Translated(kind='inline', pattern='第[0-9]+章\\(未完\\)', samples=('第7章（未完）', '第7章（未完）'))
    >>> translated("(?m)^.*求收藏.*$").kind
    'line'
    """
    flags, body = _flags(source)
    if flags - set("imsu"):
        raise Untranslatable(f"its flags (?{''.join(sorted(flags))}) mean something else here")
    whole = "m" in flags and body.startswith("^") and body.endswith("$") and not body.endswith("\\$")
    if whole:
        body = body[1:-1]
    parser = _Parser(body, dot_is_all="s" in flags)
    pattern, samples = parser.alternatives()
    if parser.at < len(body):
        raise Untranslatable(f"its bracket at {parser.at + 1} has no partner")
    if whole and parser.choices > 1:
        raise Untranslatable("its ^ and $ belong to different alternatives")
    if not all(folded(sample) for sample in samples):
        raise Untranslatable("it matches the empty text or blanks")
    spans_line = body.startswith(".*") and body.endswith(".*") and body[-3:] != "\\.*" and parser.choices == 1
    return Translated("line" if whole or spans_line else "inline", pattern, samples)


def _flags(source: str) -> tuple[set[str], str]:
    flags: set[str] = set()
    while match := re.match(r"\(\?([a-zA-Z]+)\)", source):
        flags |= set(match.group(1))
        source = source[match.end() :]
    return flags, source


Piece = tuple[str, tuple[str, str]]


class _Parser:
    """Walks an expression by recursive descent; each part gives its pattern and two texts that match."""

    def __init__(self, text: str, *, dot_is_all: bool) -> None:
        self.text, self.at, self.dot_is_all = text, 0, dot_is_all
        self.choices = 1  # the alternatives of the group that was read last: in the end, of the whole

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def escaped(self) -> str:
        """The character behind a backslash."""
        char = self.peek()
        self.at += 1
        if not char:
            raise Untranslatable("it ends in a backslash")
        return char

    def alternatives(self) -> Piece:
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        self.choices = len(branches)
        return "|".join(pattern for pattern, _ in branches), (branches[0][1][0], branches[-1][1][1])

    def sequence(self) -> Piece:
        patterns, first, second = "", "", ""
        while self.peek() not in ("", "|", ")"):
            pattern, (short, long) = self.quantified()
            patterns, first, second = patterns + pattern, first + short, second + long
        return patterns, (first, second)

    def quantified(self) -> Piece:
        pattern, (short, long) = self.atom()
        match = _QUANTIFIER.match(self.text, self.at)
        if match is None:
            return pattern, (short, long)
        self.at = match.end()
        if self.peek() == "+":
            raise Untranslatable("its quantifier never gives back (possessive), which linear matching cannot say")
        lazy = "?" if self.peek() == "?" else ""
        self.at += len(lazy)
        least = int(match.group(1)) if match.group(1) else int(match.group() == "+")
        if least > 1000:
            raise Untranslatable("it repeats more than 1,000 times")
        if pattern == ".*" or not pattern:
            raise Untranslatable("it repeats nothing")
        # The first example has as little as may be, the second at least one.
        return f"{pattern}{match.group()}{lazy}", (short * max(least, 0), long * max(least, 1))

    def atom(self) -> Piece:
        char = self.peek()
        if char == "(":
            return self.group()
        if char == "[":
            return self.bracket()
        self.at += 1
        if char == "\\":
            return self.escape()
        if char == ".":
            if self.dot_is_all:
                raise Untranslatable("its . crosses lines (?s), which no rule does")
            return ".", ("文", "文")
        if char in "^$":
            raise Untranslatable(f"its {char} means the {'beginning' if char == '^' else 'end'} of a whole chapter")
        if char in "*+?":
            raise Untranslatable(f"its {char} repeats nothing")
        return _literal(char)

    def group(self) -> Piece:
        start = self.text[self.at : self.at + 4]
        if start.startswith(_AROUND):
            raise Untranslatable("it looks around itself, which takes more than linear time")
        if start.startswith("(?>"):
            raise Untranslatable("its group never gives back (atomic), which linear matching cannot say")
        match = re.compile(r"\((?:\?(?::|<\w+>))?").match(self.text, self.at)
        if match is None or self.text[match.end() : match.end() + 1] == "?":
            raise Untranslatable("its group has flags of its own")
        self.at = match.end()
        pattern, samples = self.alternatives()
        if self.peek() != ")":
            raise Untranslatable("its bracket has no partner")
        self.at += 1
        return f"(?:{pattern})", samples

    def escape(self) -> Piece:
        char = self.escaped()
        if char == "Q":
            end = self.text.find("\\E", self.at)
            quoted = self.text[self.at :] if end < 0 else self.text[self.at : end]
            self.at = len(self.text) if end < 0 else end + 2
            pieces = [_literal(part) for part in quoted]
            return "".join(pattern for pattern, _ in pieces), (quoted, quoted)
        if char.lower() in _CLASSES:
            inside = _CLASSES[char.lower()]
            if char.islower():
                return f"[{inside}]", (_SHOWN[char], _SHOWN[char])
            return f"[^{inside}]", (shown := _filler(f"[^{inside}]"), shown)
        if char in "pP":
            name = self.property(char)
            return name, (shown := _filler(name), shown)
        return _literal(self.character(char))

    def character(self, char: str) -> str:
        """The character that an escape stands for; the place is behind its letter."""
        if char in "nrvR":
            raise Untranslatable("it crosses lines, which no rule does")
        if char in "ux":
            match = re.compile(rf"[0-9a-fA-F]{{{4 if char == 'u' else 2}}}|\{{[0-9a-fA-F]+\}}").match(
                self.text, self.at
            )
            if match is None or (code := int(match.group().strip("{}"), 16)) > 0x10FFFF or 0xD800 <= code < 0xE000:
                raise Untranslatable(f"its \\{char} names no character")
            self.at = match.end()
            return chr(code)
        if char in _CONTROL:
            return _CONTROL[char]
        if char in "AzZG":
            raise Untranslatable(f"its \\{char} means a place in a whole chapter")
        if char.isdigit() or char == "k":
            raise Untranslatable("it refers back to a group, which takes more than linear time")
        if char.isalpha():
            raise Untranslatable(f"its escape \\{char} has no counterpart")
        return char

    def property(self, letter: str) -> str:
        r"""``\p{...}`` in the names of RE2."""
        match = re.compile(r"\{(\^?)(?:Is|In|script=|sc=|general_category=|gc=)?(\w+)\}|(\w)").match(self.text, self.at)
        if match is None:
            raise Untranslatable("its \\p names nothing")
        self.at = match.end()
        name = match.group(2) or match.group(3)
        name = {"Punct": "P", "Alpha": "L", "Digit": "Nd", "Alphabetic": "L", "Ideographic": "Han"}.get(name, name)
        return f"\\{letter}{{{match.group(1) or ''}{name}}}"

    def bracket(self) -> Piece:
        self.at += 1
        negated = self.peek() == "^"
        self.at += negated
        parts: list[str] = []
        shown = ""
        start = self.at
        while self.peek() != "]" or self.at == start:
            if not self.peek():
                raise Untranslatable("its [ has no partner")
            if self.peek() == "[" or self.text.startswith("&&", self.at):
                raise Untranslatable("its class is made of classes")
            if negated and self.text[self.at : self.at + 2] in ("\\n", "\\r"):
                self.at += 2  # no line holds its own end
                continue
            part, sample = self.member()
            parts.append(part)
            shown = shown or sample
        self.at += 1
        pattern = f"[{'^' * negated}{''.join(dict.fromkeys(parts))}]" if parts else "."
        if negated:
            shown = _filler(pattern)
        return pattern, (shown, shown)

    def member(self) -> tuple[str, str]:
        """A character, a range or a class inside brackets, and a character of it."""
        char = self.peek()
        self.at += 1
        if char == "\\":
            char = self.escaped()
            if char.lower() in _CLASSES:
                if char.isupper():
                    raise Untranslatable("its class holds what another excludes, so that it crosses lines")
                return _CLASSES[char], _SHOWN[char]
            if char in "pP":
                name = self.property(char)
                return name, _filler(name)
            char = self.character(char)
        if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
            self.at += 1
            last = self.peek()
            self.at += 1
            if last == "\\":
                last = self.character(self.escaped())
            return _range(char, last), char
        return _inside(shadow(char)), char


def _range(first: str, last: str) -> str:
    low, high = (shadow(char) if ord(char) < 0x2E80 or ord(char) >= 0xFF00 else char for char in (first, last))
    if low > high or (ord(high) - ord(low)) != (ord(last) - ord(first)):
        raise Untranslatable(f"its range {first}-{last} mixes what the shadow folds")
    return f"{_inside(low)}-{_inside(high)}"


def _literal(char: str) -> Piece:
    if char in "\r\n":
        raise Untranslatable("it crosses lines, which no rule does")
    fold = shadow(char)
    return (f"\\{fold}" if fold in _SPECIAL else fold), (char, char)


def _inside(char: str) -> str:
    return f"\\{char}" if char in "\\]^-[" else char


def _filler(pattern: str) -> str:
    """A character that a class matches."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)  # type: ignore[no-untyped-call] # re2 has no annotations
    except re2.error as error:
        raise Untranslatable(f"RE2 does not know {pattern}") from error
    for char in _FILLERS:
        if compiled.fullmatch(char):
            return char
    raise Untranslatable(f"no example of {pattern} was found")
