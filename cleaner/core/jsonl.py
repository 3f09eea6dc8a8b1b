"""One object of JSON on one line, the same bytes on every machine."""

import json
from typing import Any


def json_text(value: Any) -> str:
    r"""The value as JSON; a lone surrogate, which UTF-8 has no bytes for, is escaped.

    >>> json_text(["中文", chr(0xD800)])
    '["\\u4e2d\\u6587", "\\ud800"]'
    """
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def dump(value: Any) -> bytes:
    r"""The object as a line of UTF-8 with its newline; a lone surrogate, which UTF-8 has no bytes for, is escaped.

    >>> dump({"text": "中文", "n": 1})
    b'{"text": "\xe4\xb8\xad\xe6\x96\x87", "n": 1}\n'
    >>> dump({"text": chr(0xD800)})
    b'{"text": "\\ud800"}\n'
    """
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def load(line: bytes | str) -> Any:
    """The object of one line.

    Raises:
        ValueError: the line is no JSON.
    """
    return json.loads(line)
