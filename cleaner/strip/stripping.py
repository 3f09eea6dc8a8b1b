"""The stage as a pure function: from a text and options to edits and flags."""

from typing import TYPE_CHECKING

from cleaner.core.stage import Found
from cleaner.strip.gate import Glance, flat_line, glance
from cleaner.strip.options import StripOptions
from cleaner.strip.page import page_of
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
    page = page_of(text)
    seen = glance(page, used)
    if not seen.opens and (options.mode == "safe" or not _may_lose_an_end(seen)):
        return Found()
    from cleaner.strip.removal import removal

    return removal(seen, options, name, model)


def _may_lose_an_end(seen: Glance) -> bool:
    if flat_line(seen.page) is None:  # asked first: most texts need no more of the package than this
        return False
    from cleaner.strip.parts import may_lose_an_end

    return may_lose_an_end(seen)
