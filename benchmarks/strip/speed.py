"""Speed of the whole stage beside one bare RE2 set scan of the same patterns: ``python -m benchmarks.strip.speed``.

The bare scan searches the folded text with one set that holds every line and inline pattern as it is written; it finds
out which patterns match somewhere, nothing else. CPU time, best of five, after one warm pass.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from cleaner.strip import StripOptions
from cleaner.strip.page import folded_of
from cleaner.strip.re2set import search_set
from cleaner.strip.rules import rules
from cleaner.strip.stripping import findings
from tests.strip.pages import ARTICLE, THREAD

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """The best time of five passes over the texts."""
    times = []
    for _ in range(6):
        start = time.process_time()
        for text in texts:
            work(text)
        times.append(time.process_time() - start)
    return min(times[1:])


def corpora() -> dict[str, list[str]]:
    """Clean reports, forum pages, news pages; and one line of 2 MB."""
    clean = [path.read_text("utf-8") for path in sorted(SEEDS.glob("00[24]*.txt"))]
    long = clean[0].replace("\n", "") * 60
    return {"clean": clean * 4, "forum": [THREAD] * 20, "article": [ARTICLE] * 20, "one long line": [long]}


def main() -> None:
    """Prints milliseconds per MB of UTF-8 and the ratio."""
    used = rules((), (), ())
    patterns = [rf"(?m)^ *(?:{entry.pattern}) *$" for entry in used.entries if entry.kind == "line" and entry.pattern]
    patterns += [entry.pattern for entry in used.inline]
    bare = search_set(patterns)
    print(f"{len(used.entries)} entries, {len(patterns)} patterns")
    options = StripOptions()
    for name, texts in corpora().items():
        folded = [folded_of(text) for text in texts]
        size = sum(len(text.encode()) for text in texts) / 1e6
        one, all_ = seconds(bare.Match, folded) / size, seconds(lambda text: findings(text, options), texts) / size
        print(f"{name:14}{one * 1e3:9.1f} ms/MB bare{all_ * 1e3:10.1f} ms/MB strip{all_ / one:8.1f}x")


if __name__ == "__main__":
    main()
