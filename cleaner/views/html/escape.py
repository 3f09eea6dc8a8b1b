"""Foreign text as HTML: markup stays text, and what cannot be seen gets a name."""

import html
import re

# Control characters (C0, C1), formats (soft hyphen, zero width, bidi controls, tags), line separators, lone surrogates:
# left as they are they would vanish, reorder their neighbours (CVE-2021-42574) or have no bytes in UTF-8.
_CONTROLS = "\x00-\x1f\x7f-\x9f\xad"
_FORMATS = "\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_UNSEEN = re.compile(f"[{_CONTROLS}{_FORMATS}\ud800-\udfff]")


def escaped(text: str) -> str:
    r"""The text as HTML, fit for element content and quoted attributes.

    >>> escaped("<script>'\u202e'")
    '&lt;script&gt;&#x27;[U+202E]&#x27;'
    """
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", html.escape(text))
