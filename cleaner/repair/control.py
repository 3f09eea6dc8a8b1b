r"""Characters that no text has: control characters, terminal escapes, byte order marks, surrogates.

What goes: C0 and C1 without ``\t \n \r \f``, U+007F, U+FEFF anywhere (at the head of a file it would be taken for a
byte order mark by the next reader), and what Unicode Technical Report 20 calls unsuitable for markup (U+206A-206F,
U+FFF9-FFFC; ftfy removes the same). U+0085 stays: to Unicode it is a line separator, though it ends no line here.
"""

import re
from collections.abc import Iterator

from cleaner.core.edits import Edit, evidence
from cleaner.repair.classes import C1, PLAIN

# A C1 control beside other Latin-1 is a byte of text that was read in the wrong codec and could not be repaired: what
# it says would be lost with it.
_STRAY_C1 = rf"(?<![\x80-\xff])[{C1}]+(?![\x80-\xff])"
# ECMA-48: control sequences (colours, cursor), operating system commands (titles; bounded, so that one that never ends
# costs nothing), character set designations.
_ESCAPE = r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\][^\x00-\x1f]{0,256}(?:\x07|\x1b\\)|\x1b[(-/][0-~]"
# Every other character a NUL: 16-bit text read as 8-bit. One edit, not one per character.
_SPRINKLED = r"\x00+(?:[^\x00\x1b\x80-\xff\r\n]\x00+){3,}"
_FOUND = re.compile(rf"(?P<escape>(?:{_ESCAPE})+)|(?P<sprinkled>{_SPRINKLED})|(?P<control>[{PLAIN}]+|{_STRAY_C1})")
_SURROGATES = re.compile(r"(?P<pairs>(?:[\ud800-\udbff][\udc00-\udfff])+)|(?P<lone>[\ud800-\udfff])")


def control_edits(text: str) -> Iterator[Edit]:
    r"""The removal of control characters and terminal escapes.

    >>> [(edit.start, edit.removed) for edit in control_edits("\ufeffa\x1b[1;31mb\x00\x00")]
    [(0, '\ufeff'), (2, '\x1b[1;31m'), (10, '\x00\x00')]
    """
    for match in _FOUND.finditer(text):
        removed = match.group()
        kept = removed.replace("\x00", "") if match.lastgroup == "sprinkled" else ""
        first = "ESC" if match.lastgroup == "escape" else f"U+{ord(removed[0]):04X}"
        facts = evidence(character=first, count=len(removed) - len(kept))
        yield Edit(match.start(), match.end(), removed, kept, "repair/control", facts)


def surrogate_edits(text: str) -> Iterator[Edit]:
    r"""Pairs become the character they stand for, lone ones U+FFFD.

    >>> [(edit.start, edit.replacement) for edit in surrogate_edits("\ud83d\ude00a\ude00")]
    [(0, '😀'), (3, '\ufffd')]
    """
    for match in _SURROGATES.finditer(text):
        removed = match.group()
        if match.lastgroup == "pairs":
            replacement = removed.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        else:
            replacement = "\ufffd"
        facts = evidence(kind=match.lastgroup or "")
        yield Edit(match.start(), match.end(), removed, replacement, "repair/surrogate", facts)
