"""Speed of the whole stage beside bare RE2 scans of the same patterns: ``python -m benchmarks.strip.speed``.

The bare scan is one RE2 set that holds every line and inline pattern as it is written. Searched in a whole page, it
says which patterns match somewhere; asked line by line, which match where, which is what has to be known to remove a
line. Each is the best of five passes over the same pages, the states of the set being built; "first" is the first pass
over them, as when a corpus is run, nothing of their lines being remembered. Strip is measured with its line model and,
under "rules", without. CPU time, in milliseconds per MB of UTF-8 and, at the end, per page.

``CLEANER_GOLD=FOLDER`` adds the labelled forum pages in ``FOLDER/chrome``, ``--pages`` the .txt files of some folders.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cleaner.strip import StripOptions
from cleaner.strip.model.forest import built_in
from cleaner.strip.page import folded_of
from cleaner.strip.re2set import search_set
from cleaner.strip.rules import Rules, rules
from cleaner.strip.stripping import findings
from tests.strip.pages import ARTICLE, THREAD

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """The time of one pass over the texts."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def best(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """The best time of five passes, after one that warms up."""
    seconds(work, texts)
    return min(seconds(work, texts) for _ in range(5))


def corpora(folders: Sequence[Path]) -> dict[str, list[str]]:
    """Clean reports, forum pages, news pages; one line of 2 MB; and pages from elsewhere."""
    clean = [path.read_text("utf-8") for path in sorted(SEEDS.glob("00[24]*.txt"))]
    found = {"clean": clean * 2, "thread of the tests": [THREAD] * 20, "article of the tests": [ARTICLE] * 20}
    found["one long line"] = [clean[0].replace("\n", "") * 60]
    if "CLEANER_GOLD" in os.environ:
        labels = sorted((Path(os.environ["CLEANER_GOLD"]) / "chrome").glob("*.json"))
        forum = [path for path in labels if json.loads(path.read_text("utf-8"))["family"].startswith("forum")]
        found["forum pages"] = [path.with_suffix(".txt").read_text("utf-8") for path in forum]
    for folder in folders:
        found[str(folder)[-22:]] = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return found


def bare_set(used: Rules) -> Any:
    """The set of all patterns, for a search in a whole page."""
    lines = [entry.pattern for entry in used.entries if entry.kind == "line" and entry.pattern]
    return search_set((*(rf"(?m)^ *(?:{pattern}) *$" for pattern in lines), *(entry.pattern for entry in used.inline)))


def main() -> None:
    """Prints the times and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="folders of .txt files")
    used = rules((), (), ())
    print(f"{len(used.entries)} entries; ms per MB")
    heads = ["bare first", "bare", "by line", "first", "strip", "x bare", "x by line", "rules", "x bare"]
    heads += ["first/page", "strip/page"]
    print(f"{'':22}" + "".join(f"{head:>11}" for head in heads))
    plain = replace(StripOptions(), model=False)
    for name, texts in corpora(parser.parse_args().pages).items():
        bare = bare_set(used)
        folded = [folded_of(text) for text in texts]
        lines = [line for text in folded for line in text.split("\n")]
        size = sum(len(text.encode()) for text in texts) / 1e3
        used.known.clear()
        built_in().seen.clear()
        first, cold = seconds(lambda text: findings(text, StripOptions()), texts), seconds(bare.Match, folded)
        whole, each = best(bare.Match, folded), best(bare.Match, lines)
        strip = best(lambda text: findings(text, StripOptions()), texts)
        rest = best(lambda text: findings(text, plain), texts)
        milliseconds = [one * 1e6 / size for one in (cold, whole, each, first, strip)]
        ratios = (strip / whole, strip / each)
        pages = (first * 1e3 / len(texts), strip * 1e3 / len(texts))
        cells = (*milliseconds, *ratios, rest * 1e6 / size, rest / whole, *pages)
        print(f"{name:22}" + "".join(f"{cell:11.1f}" for cell in cells))


if __name__ == "__main__":
    main()
