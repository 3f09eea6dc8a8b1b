"""Markup inside text: what a reader does not see, and what a cut must not tear."""

import re

# Elements that have no end.
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:.-]*)(?:\s[^<>]*?)?(?P<empty>/?)>|(?P<open><!\[CDATA\[)|(?P<end>\]\]>)"
)
_HEAD = re.compile(r"<[/!?]?[A-Za-z\[][^<>]*\Z")
# Longer than any tag but one that holds a picture.
_LONGEST = 400


def seen(text: str) -> int:
    """How many characters of a text stand outside its tags.

    >>> seen("<p>一段</p>")
    2
    """
    return len(_TAG.sub("", text))


def tears(text: str, start: int, end: int) -> bool:
    """Whether cutting ``[start, end)`` out would leave half an element or half a tag.

    >>> tears("<p>一</p><p>二</p>", 8, 16), tears("<p>一</p><p>二</p>", 4, 12), tears("若a<b且c>d", 2, 5)
    (False, True, False)
    """
    if any(_inside_tag(text, at) for at in (start, end)):
        return True
    opened: list[str] = []
    for tag in _TAG.finditer(text, start, end):
        name = "[" if tag["open"] or tag["end"] else tag["name"].lower()
        if tag["close"] or tag["end"]:
            if not opened or opened.pop() != name:
                return True
        elif name not in _VOID and not tag["empty"]:
            opened.append(name)
    return bool(opened)


def _inside_tag(text: str, at: int) -> bool:
    """Whether a tag that began before the offset ends behind it."""
    head = _HEAD.search(text, max(text.rfind("<", max(at - _LONGEST, 0), at), 0), at)
    return head is not None and _TAG.match(text, head.start()) is not None
