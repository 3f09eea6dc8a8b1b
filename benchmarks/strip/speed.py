"""Speed of the whole stage beside bare RE2 scans of the same patterns: ``python -m benchmarks.strip.speed``.

The bare scan is one RE2 set that holds every line and inline pattern as it is written. Searched in a whole page, it
says which patterns match somewhere; asked line by line, which match where, which is what has to be known to remove a
line. Its states are built as it reads. When its memory is full they are thrown away and built anew, which takes some
hundred times as long as to use them, so it gets all that it wants: 3 GB hold the states of some eighty pages of forums,
where 256 MB, which the program gives its own sets, do not.

Beside it stand the stage, and the rules alone: all packs, without the line model. "First" is the first pass over some
pages, nothing being compiled or remembered of them, as when a corpus is run; "warm" the best of nine further passes
over the same pages. Each kind has a process of its own, and they take turns at every pass, so that what else the
machine does meets all of them. CPU time, in milliseconds per MB of UTF-8; then the ratios to the bare scan of whole
pages, first to first and warm to warm; then milliseconds a page.

``--pages`` adds the .txt files of some folders, ``CLEANER_GOLD=FOLDER`` the labelled forum pages in ``FOLDER/chrome``.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from cleaner.strip import StripOptions
from cleaner.strip.model.forest import built_in
from cleaner.strip.page import folded_of
from cleaner.strip.re2set import search_set
from cleaner.strip.rules import rules
from cleaner.strip.stripping import findings

ROOT = Path(__file__).parent.parent.parent
# The memory of the bare set, in bytes.
MEMORY = 3 << 30
_PASSES = 9

Work = Callable[[str], object]


@cache
def bare() -> Work:
    """The bare scan: the set of all patterns, searched in a folded text."""
    used = rules()
    lines = [entry.pattern for entry in used.entries if entry.kind == "line" and entry.pattern]
    every = (*(rf"(?m)^ *(?:{pattern}) *$" for pattern in lines), *(entry.pattern for entry in used.inline))
    scan: Work = search_set(every, MEMORY).Match
    return scan


@cache
def stage(*, model: bool) -> Work:
    """The stage, with its line model or without, its packs and all of the program read."""
    options = StripOptions(model=model)
    built_in()
    findings("首页\n登录\n版权所有", options)
    return partial(findings, options=options)


def bare_pass(texts: Sequence[str]) -> float:
    """The CPU seconds of a bare scan of whole pages."""
    return timed(bare(), list(map(folded_of, texts)))


def line_pass(texts: Sequence[str]) -> float:
    """The same of each line."""
    return timed(bare(), [line for text in texts for line in folded_of(text).split("\n")])


def stage_pass(texts: Sequence[str]) -> float:
    """The same of the stage as it is by default."""
    return timed(stage(model=True), texts)


def rules_pass(texts: Sequence[str]) -> float:
    """The same of the stage without its line model."""
    return timed(stage(model=False), texts)


def timed(work: Work, texts: Sequence[str]) -> float:
    """The CPU seconds of some work on all texts."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


KINDS = {"bare": bare_pass, "by line": line_pass, "stage": stage_pass, "rules": rules_pass}


class Passes(NamedTuple):
    """CPU seconds of the first pass over some texts, and of the best of the further ones."""

    first: float
    warm: float


def passes(texts: Sequence[str]) -> dict[str, Passes]:
    """The times of every kind of pass, taken in turns."""
    with ExitStack() as stack:
        own = [stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn"))) for _ in KINDS]
        turns = [
            [worker.submit(kind, texts).result() for worker, kind in zip(own, KINDS.values(), strict=True)]
            for _ in range(_PASSES + 1)
        ]
    return {
        kind: Passes(first, min(warm)) for kind, (first, *warm) in zip(KINDS, zip(*turns, strict=True), strict=True)
    }


def corpora(folders: Sequence[Path]) -> dict[str, list[str]]:
    """Clean reports, labelled pages of forums and others, one line of 2 MB; and pages from elsewhere."""
    labelled = ROOT / "fixtures" / "labelled"
    clean = _read(ROOT / "seeds", "00[24]*.txt")
    found = {"clean reports": clean, "forum pages": _read(labelled / "forum"), "other pages": _read(labelled / "other")}
    found["one line of 2 MB"] = [clean[0].replace("\n", "") * 60]
    if "CLEANER_GOLD" in os.environ:
        labels = sorted((Path(os.environ["CLEANER_GOLD"]) / "chrome").glob("*.json"))
        forum = [path for path in labels if json.loads(path.read_text("utf-8"))["family"].startswith("forum")]
        found["CLEANER_GOLD, forums"] = [path.with_suffix(".txt").read_text("utf-8") for path in forum]
    return found | {str(folder)[-22:]: _read(folder) for folder in folders}


def _read(folder: Path, names: str = "*.txt") -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.glob(names))]


def main() -> None:
    """Prints the times and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="folders of .txt files")
    folders = parser.parse_args().pages
    print(f"{len(rules().entries)} entries; ms per MB, first pass and warm; ratios to bare; ms per page")
    heads = (*KINDS, "stage/bare", "rules/bare", "stage/page")
    print(f"{'':22}{'pages':>6}" + "".join(f"{head:>18}" for head in heads))
    for name, texts in corpora(folders).items():
        size = sum(len(text.encode()) for text in texts) / 1e6
        found = passes(texts)
        peer = found["bare"]
        cells = [(1e3 * first / size, 1e3 * warm / size) for first, warm in found.values()]
        cells += [(found[kind].first / peer.first, found[kind].warm / peer.warm) for kind in ("stage", "rules")]
        cells.append((1e3 * found["stage"].first / len(texts), 1e3 * found["stage"].warm / len(texts)))
        print(f"{name:22}{len(texts):6}" + "".join(f"{first:10.1f}{warm:8.1f}" for first, warm in cells))


if __name__ == "__main__":
    main()
