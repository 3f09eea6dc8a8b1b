"""Pages of HTML as lines of text."""

from cleaner.errors import UnreadableError


def lines_of(html: str) -> str:
    r"""The text of a page, a line for each line that a browser would show; all of it, menus and every post included.

    What is chrome is for strip to judge, which can say what it removed and why; a guess at the main content cannot, and
    takes posts of a thread with it. Source: resiliparse, ``extract_plain_text`` without ``main_content``.

    Raises:
        UnreadableError: the extra ``html`` is not installed, or the page cannot be parsed.

    >>> lines_of("<title>t</title><p>一楼</p><p>二楼<br>第二行</p>")
    '一楼\n\n二楼\n第二行\n'
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        cure = "pip install 'corpusclean[html]'"
        raise UnreadableError("a page of HTML needs the extra 'html', which is not installed", cure=cure) from error
    try:
        text: str = extract_plain_text(html, preserve_formatting=True, list_bullets=False, alt_texts=False)
    except Exception as error:
        raise UnreadableError(f"the HTML cannot be parsed: {error}", cure="look whether it is HTML") from error
    # A byte order mark at the head of a text file would be taken for one.
    kept = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").lstrip("\ufeff")
    return f"{kept}\n" if kept else ""
