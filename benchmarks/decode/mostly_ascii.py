"""HTML and logs with two to a hundred hanzi, their charset declared rightly, wrongly or not at all."""

import random

from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import coded, encodable, hanzi, simplified, traditional, truth

WORDS = (
    "the",
    "quick",
    "brown",
    "fox",
    "function",
    "return",
    "value",
    "class",
    "window",
    "left",
    "right",
    "table",
    "width",
)
TAGS = ("<p>", "</div>\n", "<br/>", '<a href="index.php?id=7">', "\n", "<td width=30>", "<!-- end -->")


def mostly_ascii(count: int = 300) -> None:
    """Exact texts per declaration."""
    exact = valid = total = 0
    for python, texts in (("gb18030", simplified()), ("big5", traditional())):
        for declared in ("", python, "iso-8859-1", "utf-8", "log"):
            rng = random.Random(f"{python} {declared}")  # noqa: S311 - repeatable pages, no secrets
            right = short = 0
            for _ in range(count):
                data = coded(_page(rng, _hanzi(rng, texts, python), declared), python)
                decoded = attempt(data)
                right += decoded is not None and decoded.text == truth(data, python)
                short += _is_utf8(data)
            label = f"{python:8} declared {declared or 'nothing':10}"
            print(f"{label} {right / count:.4f} exact; valid UTF-8 by chance {short}")
            exact, valid, total = exact + right, valid + short, total + count
    rest = exact / (total - valid)
    print(f"all {exact / total:.4f} exact; without the {valid} that are valid UTF-8 by chance {rest:.4f}")


def _hanzi(rng: random.Random, texts: tuple[str, ...], python: str) -> str:
    text = "".join(char for char in encodable(rng.choice(texts), python) if hanzi(char) or char in "，。、")
    size = rng.randrange(2, 101)
    start = rng.randrange(max(1, len(text) - size))
    return text[start : start + size]


def _page(rng: random.Random, chinese: str, declared: str) -> str:
    if declared == "log":
        lines = [
            f"2024-05-01 10:{number:02} INFO request id={rng.randrange(9999)} status=200\n" for number in range(40)
        ]
        lines.insert(rng.randrange(40), f"2024-05-01 ERROR msg={chinese}\n")
        return "".join(lines)
    body = [" ".join(rng.choices(WORDS, k=8)) + rng.choice(TAGS) for _ in range(rng.randrange(5, 60))]
    for start in range(0, len(chinese), 20):
        body.insert(rng.randrange(len(body)), chinese[start : start + 20])
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">\n' if declared else ""
    return f"<html><head>\n{meta}</head>{''.join(body)}</html>\n"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
