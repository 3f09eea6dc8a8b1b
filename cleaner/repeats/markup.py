"""Markup inside text: what a reader does not see, and what a cut must not tear."""

import re
from bisect import bisect_left, bisect_right

# Elements that have no end.
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:.-]*)(?:\s[^<>]*?)?(?P<empty>/?)>|(?P<open><!\[CDATA\[)|(?P<end>\]\]>)"
)
_HEAD = re.compile(r"<[/!?]?[A-Za-z\[][^<>]*\Z")
_TAGS_BEFORE = re.compile(r"(?:\s*<[^<>]*>)+")
_TAGS_BEHIND = re.compile(r"(?:<[^<>]*>\s*)+\Z")
# Longer than any tag but one that holds a picture.
_LONGEST = 400
# A tag that an offset stands inside began at most so far before it: an image that stands in its own tag is long.
_REACH = 1 << 16
_FENCE = re.compile(r"[ \t]*```")  # in lists at any depth
_BLOCK = re.compile(rf"^{_FENCE.pattern}.*?^{_FENCE.pattern}|<pre\b.*?(?:</pre>|\Z)", re.MULTILINE | re.DOTALL)
_NEXT_FENCE = re.compile(r"\n" + _FENCE.pattern)  # a search for a single mark is much faster


def seen(text: str) -> int:
    """How many characters of a text stand outside its tags.

    >>> seen("<p>一段</p>")
    2
    """
    return len(_TAG.sub("", text))


def fences(text: str) -> list[int]:
    r"""Where a text's blocks of code begin and end, in turn, as Markdown and HTML write them.

    >>> fences("一\n```\na = 1\n```\n二\n```\n"), fences("一<pre>a</pre>")
    ([2, 12], [1, 13])
    """
    if "<pre" in text:
        return [edge for block in _BLOCK.finditer(text) for edge in block.span()]
    first = [0] if _FENCE.match(text) else []
    found = first + [match.start() + 1 for match in _NEXT_FENCE.finditer(text)]
    return found[: len(found) // 2 * 2]


def unfenced(edges: list[int], start: int, end: int) -> tuple[int, int]:
    """The span without the part of a block of code that it ends in, or begins in; `edges` as `fences` tells them.

    >>> unfenced([10, 20], 5, 15), unfenced([10, 20], 15, 25), unfenced([10, 20], 12, 15), unfenced([10, 20], 5, 25)
    ((5, 10), (20, 25), (12, 15), (5, 25))
    """
    first, last = bisect_right(edges, start), bisect_left(edges, end)
    if first % 2 == last % 2:
        return start, end
    return (start, edges[last - 1]) if last % 2 else (edges[first], end)


def tears(text: str, start: int, end: int) -> bool:
    """Whether cutting ``[start, end)`` out would leave half an element or half a tag.

    A cut that ends elements and begins as many of the same names leaves the rest in one of them: nothing is torn.

    >>> tears("<p>一</p><p>二</p>", 8, 16), tears("<p>一</p><p>二</p>", 4, 11), tears("<p>一</p><p>二</p>", 3, 8)
    (False, False, True)
    >>> tears("若a<b且c>d", 2, 5)
    False
    """
    if any(_inside_tag(text, at) for at in (start, end)):
        return True
    ended: list[str] = []
    begun: list[str] = []
    for tag in _TAG.finditer(text, start, end):
        name = "[" if tag["open"] or tag["end"] else tag["name"].lower()
        if not (tag["close"] or tag["end"]):
            if name not in VOID and not tag["empty"]:
                begun.append(name)
        elif not begun:
            ended.append(name)
        elif begun.pop() != name:
            return True
    return ended != begun[::-1]


def untorn(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the tags at its ends, if cutting it out with them would leave half an element.

    >>> untorn("<p>一</p><p>二</p>", 3, 8), untorn("<p>一</p><p>二</p>", 0, 8)
    ((3, 4), (0, 8))
    """
    if "<" not in text[start:end] or not tears(text, start, end):
        return start, end
    behind = _TAGS_BEHIND.search(text, max(end - _LONGEST, start), end)
    before = _TAGS_BEFORE.match(text, start, end)
    low, high = before.end() if before else start, behind.start() if behind else end
    return next((span for span in ((start, high), (low, end)) if not tears(text, *span)), (low, high))


def _inside_tag(text: str, at: int) -> bool:
    """Whether a tag that began before the offset ends behind it."""
    low = text.rfind("<", max(at - _REACH, 0), at)
    return low >= 0 and _HEAD.match(text, low, at) is not None and _TAG.match(text, low) is not None
