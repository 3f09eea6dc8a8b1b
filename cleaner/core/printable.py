"""Names as they may stand in a line of a terminal."""


def printable(text: str) -> str:
    r"""The text with what is no printable character as an escape: a name of a file may hold line ends, or worse.

    >>> printable("新闻\n\x1b[31m.txt")
    '新闻\\n\\x1b[31m.txt'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
