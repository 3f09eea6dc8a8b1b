"""The charset that a file declares about itself: one witness among others, and often a wrong one."""

import re

from cleaner.decode.codec import canonical

_DECLARED = re.compile(rb"(?i)(?:charset|encoding|coding)\s*[=:]\s*[\"']?\s*([a-z][a-z0-9_:.-]{2,40})")
LOOK = 4096
"""Browsers look for a declaration in the first 1,024 bytes; scraped pages have it later, behind scripts and
comments."""


def declared(data: bytes) -> str:
    """The codec that an HTML, XML, CSS or source file names at its head; empty when it names none that we know.

    >>> declared(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb18030'
    """
    names = (canonical(match.group(1).decode("ascii")) for match in _DECLARED.finditer(data[:LOOK]))
    return next((name for name in names if name), "")
