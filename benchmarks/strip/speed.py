"""Speed of the whole stage beside bare RE2 scans of the same patterns: ``python -m benchmarks.strip.speed``.

The bare scan is one RE2 set that holds every line and inline pattern as it is written. Searched in a whole page, it says
which patterns match somewhere; asked line by line, which match where, which is what has to be known to remove a line.
Both are shown, each after a pass over the same pages (best of five: the states of the set are built), and the whole
page also on the first pass, as when a corpus is run. Strip is measured with its line model and without; "first" is a
pass over pages that it has not seen, with empty memories but for the compiled patterns. All figures are CPU time.

``CLEANER_GOLD=FOLDER`` adds the labelled forum pages in ``FOLDER/chrome``, ``--pages FOLDER`` the .txt files of a folder.
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


def corpora(folder: Path | None) -> dict[str, list[str]]:
    """Clean reports, forum pages, news pages; one line of 2 MB; and pages from elsewhere."""
    clean = [path.read_text("utf-8") for path in sorted(SEEDS.glob("00[24]*.txt"))]
    found = {"clean": clean * 2, "thread of the tests": [THREAD] * 20, "article of the tests": [ARTICLE] * 20}
    found["one long line"] = [clean[0].replace("\n", "") * 60]
    if "CLEANER_GOLD" in os.environ:
        labels = sorted((Path(os.environ["CLEANER_GOLD"]) / "chrome").glob("*.json"))
        forum = [path for path in labels if json.loads(path.read_text("utf-8"))["family"].startswith("forum")]
        found["forum pages"] = [path.with_suffix(".txt").read_text("utf-8") for path in forum]
    if folder:
        found[folder.name] = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return found


def bare_set(used: Rules) -> Any:
    """The set of all patterns, for a search in a whole page."""
    lines = [entry.pattern for entry in used.entries if entry.kind == "line" and entry.pattern]
    return search_set((*(rf"(?m)^ *(?:{pattern}) *$" for pattern in lines), *(entry.pattern for entry in used.inline)))


def main() -> None:
    """Prints milliseconds per MB of UTF-8 and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of .txt files")
    used = rules((), (), ())
    print(f"{len(used.entries)} entries; ms per MB")
    print(
        f"{'':22}{'bare first':>11}{'bare':>8}{'by line':>9}{'first':>9}{'strip':>9}{'x bare':>8}{'x line':>8}{'rules':>9}{'x bare':>8}"
    )
    plain = replace(StripOptions(), model=False)
    for name, texts in corpora(parser.parse_args().pages).items():
        bare = bare_set(used)
        folded = [folded_of(text) for text in texts]
        lines = [line for text in folded for line in text.split("\n")]
        size = sum(len(text.encode()) for text in texts) / 1e3
        used.finder.seen.clear()
        first, cold = seconds(lambda text: findings(text, StripOptions()), texts), seconds(bare.Match, folded)
        whole, each = best(bare.Match, folded), best(bare.Match, lines)
        strip, rest = (
            best(lambda text: findings(text, StripOptions()), texts),
            best(lambda text: findings(text, plain), texts),
        )
        times = (cold, whole, each, first, strip, rest)
        a, b, c, d, e, f = (one * 1e6 / size for one in times)
        print(f"{name:22}{a:11.1f}{b:8.1f}{c:9.1f}{d:9.1f}{e:9.1f}{e / b:8.1f}{e / c:8.1f}{f:9.1f}{f / b:8.1f}")


if __name__ == "__main__":
    main()
