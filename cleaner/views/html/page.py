"""The frame of the page: one file, styles and scripts inside, and a policy that lets nothing else run."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

# Concatenated in this order into one script, in one function scope.
SCRIPTS = (
    "dom.js", "data.js", "lines.js", "tip.js", "copies.js", "cells.js", "view.js",
    "filter.js", "highlight.js", "list.js", "stars.js", "review.js", "keys.js", "main.js",
)  # fmt: skip
STYLES = ("page.css", "texts.css")


@cache
def script() -> str:
    """The one script of the page."""
    body = "\n".join(_asset(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}\n}})();\n'


@cache
def style() -> str:
    """The one style sheet of the page."""
    return "\n".join(_asset(name) for name in STYLES)


@cache
def policy() -> str:
    """The Content Security Policy (CSP Level 3): our script and our style by hash, nothing else, no network at all.

    Trusted Types make the browser refuse to parse a string as HTML, so that text can only ever become text.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script())}'",
            f"style-src '{_digest(style())}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def head(overview: str) -> bytes:
    """The page up to its data."""
    page = _asset("page.html").split("<!-- data -->")[0]
    for name, content in (("policy", policy()), ("style", style()), ("overview", overview)):
        page = page.replace(f"<!-- {name} -->", content)
    return page.encode()


def tail() -> bytes:
    """The page after its data."""
    return _asset("page.html").split("<!-- data -->")[1].replace("<!-- script -->", script()).encode()


@cache
def _asset(name: str) -> str:
    return files("cleaner.views.html").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """The hash of an inline element as the policy writes it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
