"""UTF-8 that was read in a single-byte codec: ftfy, on the lines that can need it.

The settings leave Chinese typography and line terminators alone; control characters and surrogates have their own
rules here. A line is given to ftfy only if it holds a character without which ftfy never sees mojibake, so that the
output is that of ftfy on everything, with three exceptions, each for the sake of what would be lost: a U+0085 alone
stays a U+0085, U+FFFD is never dropped, and a lone carriage return ends a line.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cleaner.core.edits import Edit, Evidence, evidence
from cleaner.repair.align import Change, changes_by_island
from cleaner.repair.classes import CLUES
from cleaner.repair.lines import LineSpan

NEED = re.compile(f"[{CLUES}]")
# ftfy's own bound (TextFixerConfig.max_decode_length): longer lines are fixed in pieces.
_PIECE = 1_000_000


def utf8_edits(text: str, lines: Iterable[LineSpan]) -> Iterator[Edit]:
    """The repairs in some lines of a text (those with `NEED` are all that need one), small.

    >>> [(edit.start, edit.removed, edit.replacement, edit.rule) for edit in utf8_edits("ok Ã©", [(0, 5, 5)])]
    [(3, 'Ã©', 'é', 'repair/mojibake/utf-8-as-latin-1')]
    """
    for start, _, end in lines:
        for at in range(start, end, _PIECE):
            yield from _line_edits(text[at : min(at + _PIECE, end)], at)


def _line_edits(line: str, offset: int) -> Iterator[Edit]:
    from ftfy.badness import is_bad

    if not is_bad(line):
        return
    fixed, rule, facts = _fix(line)
    if fixed == line:
        return
    changes = changes_by_island(line, fixed, lambda island: _fix(island)[0] if is_bad(island) else island)
    if _only_next_line(line, changes):
        return
    for start, end, replacement in changes:
        yield Edit(offset + start, offset + end, line[start:end], replacement, rule, facts)


def _only_next_line(line: str, changes: list[Change]) -> bool:
    """Whether U+0085 is all that would change: then nothing says that it was byte 85 of windows-1252."""
    return all(line[start:end].strip("\x85") == "" for start, end, _ in changes)


def _fix(line: str) -> tuple[str, str, Evidence]:
    from ftfy import fix_and_explain

    fixed, steps = fix_and_explain(line, settings())
    if "\x1a" not in line:
        # ftfy's sloppy codecs write U+FFFD as byte 1A, and without lossy replacement it comes back as U+001A.
        fixed = fixed.replace("\x1a", "\ufffd")
    return fixed, *_named(steps or [])


def _named(steps: list[Any]) -> tuple[str, Evidence]:
    """The rule and the evidence of ftfy's explanation."""
    codecs = [step.parameter.removeprefix("sloppy-") for step in steps if step.action == "encode"]
    names = {step.parameter for step in steps}
    rounds = sum(step.parameter.startswith("utf-8") for step in steps)
    facts = evidence(method="ftfy", rounds=max(rounds, 1), blank_was_a0="restore_byte_a0" in names)
    if rounds:
        return f"repair/mojibake/utf-8-as-{codecs[0]}", facts
    if "decode_inconsistent_utf8" in names:
        return "repair/mojibake/utf-8-in-places", facts
    return "repair/mojibake/windows-1252-as-latin-1", facts


@cache
def settings() -> Any:
    """The settings of ftfy: mojibake and nothing else."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
