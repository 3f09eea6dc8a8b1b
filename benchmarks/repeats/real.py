"""The stage on real texts as they are: what goes from them, and what it costs where nothing does."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.repeats.quality import cleaned
from cleaner.core.document import Document, Source
from cleaner.repeats import Repeats, RepeatsOptions
from cleaner.repeats.alignments import searched
from cleaner.repeats.hints import Needed, hinted
from cleaner.repeats.stream import stream

# Texts of which the cost is told, in bytes of UTF-8.
_SMALLEST, _LARGEST = 10_000, 100_000
_BANDS = ((0, 0), (1, 3), (4, 10), (11, 30), (31, 9999))
_GOAL = 3  # sorts
_ROUNDS = 5
_LEAST = 0.04  # seconds for which the times of a text are taken again and again in each of them
_SHOWN = 100


@dataclass(slots=True)
class _Best:
    """A call, and the least CPU time that it took, in seconds."""

    run: Callable[[], object]
    time: float = float("inf")

    def again(self) -> None:
        start = time.thread_time()
        self.run()
        self.time = min(self.time, time.thread_time() - start)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A text from which nothing goes: its candidates, whether any of them grew, and what it and a sort of it took."""

    characters: int
    many: int
    twice: bool
    stage: _Best
    sort: _Best


def texts(folder: Path) -> dict[str, str]:
    """The texts below a folder by their paths, each once."""
    found: dict[str, str] = {}
    seen: set[bytes] = set()
    for path in sorted(folder.rglob("*.txt")):
        data = path.read_bytes()
        digest = hashlib.sha256(data).digest()
        if digest not in seen:
            seen.add(digest)
            found[path.relative_to(folder).as_posix()] = data.decode("utf-8", "replace")
    return found


def harm(found: dict[str, str]) -> Iterator[str]:
    """What the stage takes out of texts, a line each, to be read; last, from how many."""
    touched = 0
    for name, text in found.items():
        gone = cleaned(text).removed
        touched += bool(gone)
        for start, end, _ in gone:
            said = " ".join(text[start:end].split())
            yield f"{name}:{start}: {end - start} characters: {said[:_SHOWN]}"
    yield f"something goes from {touched} of {len(found)} texts"


def cost(found: dict[str, str]) -> Iterator[str]:
    """The CPU time of texts from which nothing goes, in sorts of one 64-bit hash a character, as rows of Markdown.

    Apart are those in which nothing stands twice, by their candidates, and those in which something does and stays.
    """
    timed = list(_timed(found))
    for _ in range(_ROUNDS):  # what else the machine does for some seconds spoils one round of a text only
        for one in timed:
            _in_turns(one.stage, one.sort)
    yield "| texts | number | lower quarter | median | upper quarter | within 3 |"
    yield "|---|---:|---:|---:|---:|---:|"
    once = [one for one in timed if not one.twice]
    for low, high in _BANDS:
        yield from _row(f"nothing twice, {low} to {high} candidates", [one for one in once if low <= one.many <= high])
    yield from _row("nothing twice", once)
    yield from _row("something twice, which stays", [one for one in timed if one.twice])
    yield from _row("all", timed)
    if timed:
        sort = np.median([one.sort.time / one.characters for one in timed])
        yield f"\nthe sort takes {1e9 * sort:.1f} nanoseconds a character at the median"


def _timed(found: dict[str, str]) -> Iterator[_Timed]:
    """The texts of which the cost is told."""
    stage, min_chars = Repeats(), RepeatsOptions().min_chars
    for name, text in found.items():
        if not _SMALLEST <= len(text.encode("utf-8", "surrogatepass")) <= _LARGEST:
            continue
        document = Document(name, text, Source(name, "", 0))
        judged = stage.find(document)
        if not judged.edits and not judged.flags:
            made = stream(text)
            many, twice = len(hinted(made, Needed(text, min_chars))), bool(searched(made, min_chars)[0])
            hashes = np.random.default_rng(0).integers(0, 2**63, len(text), dtype=np.uint64)
            sort = _Best(partial(np.sort, hashes))
            yield _Timed(len(text), many, twice, _Best(partial(stage.find, document)), sort)


def _row(name: str, timed: list[_Timed]) -> Iterator[str]:
    """A row of the table, or none where there is no such text."""
    if timed:
        ratios = [one.stage.time / one.sort.time for one in timed]
        quarters = " | ".join(f"{quarter:.1f}" for quarter in np.quantile(ratios, (0.25, 0.5, 0.75)))
        yield f"| {name} | {len(ratios)} | {quarters} | {sum(ratio <= _GOAL for ratio in ratios)} |"


def _in_turns(one: _Best, other: _Best) -> None:
    end = time.perf_counter() + _LEAST
    while time.perf_counter() < end:
        one.again()
        other.again()
