"""The stage as a pure function: from a text and options to edits and flags."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.core.stage import Found
from cleaner.strip.flattened import may_be_flat
from cleaner.strip.gate import glance
from cleaner.strip.options import StripOptions
from cleaner.strip.page import folded_of, page_of
from cleaner.strip.rules import rules

if TYPE_CHECKING:
    from cleaner.strip.model.forest import Model


def findings(text: str, options: StripOptions, name: str = "", model: "Model | None" = None) -> Found:
    """What there is to remove from a text.

    Args:
        text: the text.
        options: see `StripOptions`.
        name: the id of the document, for rules that name a site.
        model: the line model; the built-in one when none is given.
    """
    used = rules(options.packs, options.only, options.disable)
    folded = folded_of(text)
    seen = glance(folded, used)
    if not seen.opens:
        if not may_be_flat(folded):
            return Found()
        options = replace(options, model=False)  # which has no say where no rule is sure
    from cleaner.strip.removal import removal

    return removal(page_of(text, folded), used, seen, options, name, model)
