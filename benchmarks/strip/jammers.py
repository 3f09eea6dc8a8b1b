"""Anti-copy strings: how many generated ones are cut exactly, and false hits in source code.

``python -m benchmarks.strip.jammers [--strings 20000] [--lines 1000000] [--code FOLDER...]``
"""

import argparse
import random
import re
import sysconfig
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from cleaner.strip.jammer import jammers

_SUFFIXES = "py pyi h hpp c cc cpp java php js ts go rs pl pm sh css el vim html md"
_CODE = frozenset(f".{suffix}" for suffix in _SUFFIXES.split())
_SENTENCES = (
    "院子里的柿子树是爷爷栽的,算起来有四十年了。",
    "每年霜降以后叶子落尽,树上只剩一盏一盏的红灯笼",
    "见到的邻居问我:还走吗?",
    "版本升到2.0以后,用Python重写了一遍",
    "he said nothing",
)


def jammer(chance: random.Random) -> str:
    """One string as the engine makes it; the bound of its loop is drawn anew before every turn."""
    drawn, text = 0, ""
    while drawn < chance.randint(5, 15):
        text += chr(chance.randint(32, 59)) + " " + chr(chance.randint(63, 126))
        drawn += 1
    return text


def rendered(text: str) -> str:
    """What a browser makes of a line: runs of blanks are one blank, none at the ends."""
    return re.sub(" +", " ", text).strip(" ")


def post(chance: random.Random) -> tuple[str, str]:
    """A post of ten lines with a string at every line end, and the post without them."""
    lines = [chance.choice(_SENTENCES[:3]) for _ in range(10)]
    woven = list(lines)
    for number in range(10):
        string = jammer(chance)
        if chance.random() < 0.5 or number == 9:
            woven[number] += string
        else:
            woven[number + 1] = string + woven[number + 1]
    return "\n".join(map(rendered, woven)), "\n".join(lines)


def cut(text: str) -> str:
    """The text without the strings found in it."""
    for jam in reversed(jammers(text)):
        text = text[: jam.start] + text[jam.end :]
    return text


def exact_in_posts(strings: int, seed: int = 0) -> float:
    """The share of strings, in posts of ten, that are cut exactly (blanks aside)."""
    chance = random.Random(seed)  # noqa: S311 - reproducible strings, no secret
    right = total = 0
    for _ in range(strings // 10):
        woven, clean = post(chance)
        pairs = zip(cut(woven).split("\n"), clean.split("\n"), strict=False)
        right += sum(one.strip() == other for one, other in pairs)
        total += 10
    return right / total


def exact_alone(strings: int, seed: int = 0) -> float:
    """The share of strings that are cut exactly when a document holds just one, at the end of a line of text."""
    chance = random.Random(seed)  # noqa: S311 - the same
    right = 0
    for _ in range(strings):
        line = chance.choice(_SENTENCES[:3])
        text = line + jammer(chance) if chance.random() < 0.5 else jammer(chance) + line
        right += cut(rendered(text)).strip() == line
    return right / strings


def source_files(roots: Iterable[Path]) -> Iterator[Path]:
    """Source code of many languages that stands in some folders."""
    for root in roots:
        yield from (path for path in sorted(root.rglob("*")) if path.suffix in _CODE and path.is_file())


def of_this_machine() -> list[Path]:
    """The folders of this machine that hold most source code."""
    paths = sysconfig.get_paths()
    return [Path(paths["stdlib"]), Path(paths["purelib"]), Path("/usr/include"), Path("/usr/lib"), Path("/usr/share")]


def false_hits(lines: int, roots: Iterable[Path]) -> tuple[int, list[str]]:
    """How many lines of source code were read, and what was found in them."""
    seen, found = 0, list[str]()
    for path in source_files(roots):
        with path.open(encoding="utf-8", errors="replace") as file:
            text = "".join(islice(file, lines - seen))
        seen += text.count("\n")
        found += (f"{path.name}: {text[jam.start : jam.end]}" for jam in jammers(text))
        if seen >= lines:
            break
    return seen, found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=1_000_000, help="so many lines of source code are read")
    parser.add_argument("--code", type=Path, nargs="*", default=of_this_machine(), help="folders of source code")
    chosen = parser.parse_args()
    print(f"cut exactly, in posts of ten strings: {exact_in_posts(chosen.strings):.2%}")
    print(f"cut exactly, one string in a document: {exact_alone(chosen.strings):.2%}")
    seen, found = false_hits(chosen.lines, chosen.code)
    print(f"false hits in {seen} lines of source code: {len(found)}")
    print("\n".join(found[:20]))


if __name__ == "__main__":
    main()
