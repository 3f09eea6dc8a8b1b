"""What the stage costs: time beside one sort of as many 64-bit hashes, and memory per character."""

import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.repeats.plant import edited
from cleaner.core.document import Document, Source
from cleaner.repeats import Repeats

SEEDS = Path(__file__).parents[2] / "seeds"
# The newspaper page repeats itself; the other four do not.
_REPEATING = "003"
_PATIENCE = 2.0  # seconds after which a time is not measured once more
_SHORT, _LONG = 150, 400  # characters of a paragraph
_EDITS = 0.05
_A = "春天的早晨，村口的老槐树下坐满了等着听故事的孩子，大家都不说话，只听见风吹树叶的声音。"
_B = "冬天的夜里，镇上的铁匠铺还亮着一盏油灯，锤子的声音传得很远，久到没有人记得是从哪一年开始的。"


@dataclass(frozen=True, slots=True)
class Cost:
    """One row: what was read, how long it took (seconds), and the peak of memory beside the text itself."""

    name: str
    size: int
    characters: int
    sort: float
    stage: float
    memory: float

    @property
    def ratio(self) -> float:
        """The stage's time in sorts."""
        return self.stage / self.sort


def cost(name: str, text: str) -> Cost:
    """The cost of one text; times are the best of several runs, more of them where one is short."""
    document = Document(name, text, Source(name, "", 0))
    stage = Repeats()
    hashes = np.random.default_rng(0).integers(0, 2**63, len(text), dtype=np.uint64)
    stage.find(document)  # builds the tables once
    repeats = max(1, min(200, 2_000_000 // max(len(text), 1)))
    sort = _best(lambda: np.sort(hashes), repeats)
    took = _best(lambda: stage.find(document), repeats)
    tracemalloc.start()
    stage.find(document)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    size = len(text.encode("utf-8", "surrogatepass"))
    return Cost(name, size, len(text), sort, took, peak / max(len(text), 1))


def _best(run: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
        if sum(times) > _PATIENCE:
            break
    return min(times)


def originals() -> list[str]:
    """The real documents without repeats."""
    return [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt")) if not path.name.startswith(_REPEATING)]


def drawn(count: int, seed: int = 1) -> str:
    """A text of `count` characters drawn as they occur in the real documents: none of its passages stands twice."""
    pool = np.frombuffer("".join(originals()).encode("utf-32-le"), np.uint32)
    drawn = np.random.default_rng(seed).choice(pool, count)
    return drawn.astype("<u4").tobytes().decode("utf-32-le")


def fibonacci(count: int, a: str = "a", b: str = "b") -> str:
    """The first `count` characters of the Fibonacci word over two strings."""
    last, word = b, a
    while len(word) < count:
        last, word = word, word + last
    return word[:count]


def anew(count: int, seed: int = 1) -> str:
    """Six paragraphs of a real document told again and again, every twentieth character edited each time."""
    text = max(originals(), key=len)
    paragraphs = [line for line in text.splitlines() if _SHORT <= len(line) <= _LONG][:6]
    rng = random.Random(seed)  # noqa: S311 - no secret, a repeatable draw
    told = []
    while count > 0:
        told.append(edited(rng.choice(paragraphs), rng, _EDITS, text)[0])
        count -= len(told[-1]) + 1
    return "\n".join(told)


def rows(largest: int) -> Iterator[Cost]:
    """The table: real documents, drawn text up to `largest` bytes, and texts made to be hard."""
    real = originals()
    yield cost("real, shortest", min(real, key=len))
    yield cost("real, longest", max(real, key=len))
    yield cost("real, all four in one", "\n".join(real))
    size = 10_000
    while size <= largest:
        yield cost("drawn", drawn(size // 3))
        size *= 10
    for count in (1_000_000, 10_000_000):
        if count <= largest:
            yield cost("one character", "哈" * (count // 3))
            yield cost("Fibonacci string", fibonacci(count))
            yield cost("one line", drawn(count // 3).replace("\n", "").replace("\r", ""))
    yield cost("Fibonacci of sentences", fibonacci(10_000, _A, _B))
    for count in (20_000, 80_000, 320_000):
        if 10 * count <= largest:
            yield cost("told anew", anew(count))


def table(largest: int) -> Iterator[str]:
    """The rows as lines of Markdown, as they come."""
    yield "| text | UTF-8 bytes | characters | sort, ms | stage, ms | in sorts | ns a character | bytes a character |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for row in rows(largest):
        times = (
            f"{row.sort * 1e3:.3f} | {row.stage * 1e3:.3f} | {row.ratio:.1f} | {row.stage / row.characters * 1e9:.0f}"
        )
        yield f"| {row.name} | {row.size:,} | {row.characters:,} | {times} | {row.memory:.1f} |"
