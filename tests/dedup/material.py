"""Pairs of texts that are one text written in two ways, and pairs that are one form filled in twice."""

import random
import re
import tomllib
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.dedup.corpus import passages

_FORMS = Path(__file__).with_name("forms.toml")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def forms() -> list[tuple[str, str, str]]:
    """Authored forms: the name, and two of the three texts that were filled in."""
    pairs = []
    for form in tomllib.loads(_FORMS.read_text("utf-8"))["form"]:
        texts = [form["text"].strip().format(*fill) for fill in form["fills"]]
        pairs += [(form["name"], one, two) for one, two in combinations(texts, 2)]
    return pairs


def close_forms(least: float, similarity: Callable[[str, str], float]) -> list[tuple[str, str, str]]:
    """The same with only as many facts changed as leaves the two at least this similar."""
    chance = random.Random(11)  # noqa: S311 - seeded on purpose
    pairs = []
    for form in tomllib.loads(_FORMS.read_text("utf-8"))["form"]:
        text = form["text"].strip()
        for one, two in combinations(form["fills"], 2):
            mixed, before = list(one), text.format(*one)
            fields = [at for at in range(len(one)) if one[at] != two[at]]
            chance.shuffle(fields)
            for at in fields:
                kept = mixed[at]
                mixed[at] = two[at]
                if similarity(before, text.format(*mixed)) < least:
                    mixed[at] = kept
            pairs.append((form["name"], before, text.format(*mixed)))
    return pairs


def reports(wanted: int = 40) -> list[tuple[str, str]]:
    """Passages of real reports with many figures, and the same with other figures, as next year's report has them."""
    chance = random.Random(7)  # noqa: S311 - seeded on purpose
    rich = [piece for piece in passages(500) if len(_NUMBER.findall(piece)) >= 8]
    return [(piece, _NUMBER.sub(lambda match: _other(match.group(), chance), piece)) for piece in rich[:wanted]]


def _other(number: str, chance: random.Random) -> str:
    whole, _, rest = number.partition(".")
    drawn = str(chance.randint(1, 9)) + "".join(str(chance.randint(0, 9)) for _ in whole[1:])
    return f"{drawn}.{chance.randint(1, 9)}" if rest else drawn


def rewritten(text: str, way: str) -> str:
    """The text in traditional script, in full width, wrapped anew, with other punctuation or none."""
    joined = text.replace("\n", "")
    match way:
        case "traditional":
            return str(_traditional().convert(text))
        case "full width":
            return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        case "wrapped":
            return "\n".join(joined[at : at + 38] for at in range(0, len(joined), 38))
        case "punctuated":
            return text.translate(str.maketrans(",:;!?()", "，：；！？（）")).replace("。", ". ")
        case _:
            return re.sub(r"[^\w\n]", " ", text)


@cache
def _traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")
