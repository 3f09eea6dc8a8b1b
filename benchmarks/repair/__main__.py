"""What repair brings back, what it leaves alone, and what it costs: ``python -m benchmarks.repair [--clean FILE...]``.

Three tables, rewritten into RESULTS.md beside this file with ``--write``:

- each kind of damage done to 200 sentences of 12 to 120 characters from the seed documents: the share that comes back
  exactly and the share of characters in place, for ftfy.fix_text (same settings) and for the stage;
- the time for clean Chinese, as a ratio to ftfy.fix_text with the same settings in the same run, and whether the output
  on dirty text is ftfy's;
- with ``--clean``, files of clean text, a document each hundred lines: the changes and flags for each 100,000 lines.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import ftfy
import opencc

from benchmarks.repair.damage import chains
from cleaner.core.document import Document, Source
from cleaner.core.edits import Patch
from cleaner.core.stage import run_stage
from cleaner.repair import Repair
from cleaner.repair.lines import lines_with
from cleaner.repair.utf8 import NEED, settings, utf8_edits

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "RESULTS.md"
SENTENCES = 200
_SENTENCE = re.compile(r"[^。\n]+。?")
_HANZI = re.compile(r"[\u4e00-\u9fff]")


def document(text: str) -> Document:
    """A document that holds the text and nothing else."""
    return Document("a", text, Source("a", "", 0))


def repaired(text: str) -> str:
    """The text after the stage with its defaults."""
    return run_stage(Repair(), document(text)).text


def seeds() -> list[str]:
    """The seed documents, terminators as they are."""
    texts = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            texts.append(file.read())
    return texts


def sentences() -> list[str]:
    """Sentences of all seeds, evenly."""
    found = [s for text in seeds() for s in _SENTENCE.findall(text) if 12 <= len(s) <= 120]
    prose = [s for s in found if len(_HANZI.findall(s)) > 0.6 * len(s)]
    return prose[:: max(1, len(prose) // SENTENCES)][:SENTENCES]


def mojibake() -> Iterator[str]:
    """The table of the chains."""
    yield "| damage | sentences | ftfy exact | exact | characters |"
    yield "|---|---:|---:|---:|---:|"
    simplified = sentences()
    traditional = [text for text in map(opencc.OpenCC("s2t").convert, simplified) if _is_big5(text)]
    for damage in chains():
        texts = traditional if damage.traditional else simplified
        pairs = [(text, damage.of(text)) for text in texts]
        theirs = _exact(pairs, lambda text: ftfy.fix_text(text, settings()))
        results = [(text, repaired(bad)) for text, bad in pairs]
        exact = sum(text == after for text, after in results) / len(results)
        same = sum(a == b for text, after in results for a, b in zip(text, after, strict=False))
        share = same / sum(len(text) for text in texts)
        yield f"| {damage.name} | {len(texts)} | {theirs:.1%} | {exact:.1%} | {share:.4f} |"


def _is_big5(text: str) -> bool:
    data = text.encode("big5", "ignore")  # Python writes ⑤ as a code that the standard reads as a kana
    return text == data.decode("big5") == data.decode("big5hkscs")


def _exact(pairs: list[tuple[str, str]], fix: Callable[[str], str]) -> float:
    return sum(fix(bad) == text for text, bad in pairs) / len(pairs)


def speed() -> Iterator[str]:
    """The table of the ratios: CPU time of passes over all seeds, the best of several turns.

    The stage passes often enough in a turn to be timed for about as long as ftfy.
    """
    stage, texts = Repair(), seeds()
    documents = [document(text) for text in texts]
    stage.find(document("Ã©涓枃"))  # tables and lexicon are built once per process
    theirs = ours = float("inf")
    for _ in range(7):
        theirs = min(theirs, _timed(lambda: [ftfy.fix_text(text, settings()) for text in texts], 1))
        ours = min(ours, _timed(lambda: [stage.find(one) for one in documents], 30))
    dirty = [damage.of(text) for damage in chains() for text in sentences()[::4] if damage.written == "utf-8"]
    equal = sum(_with_utf8_only(text) == ftfy.fix_text(text, settings()) for text in dirty)
    yield "| measure | value |"
    yield "|---|---:|"
    yield f"| clean Chinese, times faster than ftfy.fix_text | {theirs / ours:.0f} |"
    yield f"| the part that is ftfy, output equal on damaged sentences | {equal} of {len(dirty)} |"


def _timed(call: Callable[[], object], passes: int) -> float:
    """CPU seconds of a pass."""
    start = process_time()
    for _ in range(passes):
        call()
    return (process_time() - start) / passes


def _with_utf8_only(text: str) -> str:
    return Patch("repair", tuple(utf8_edits(text, lines_with(NEED, text)))).apply(text)


def clean(paths: list[Path]) -> Iterator[str]:
    """The table of false changes; what changed is printed, for a reader to judge."""
    yield "| file | lines | mojibake edits | for 100,000 lines | other edits | flags |"
    yield "|---|---:|---:|---:|---:|---:|"
    stage = Repair()
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        rules: Counter[bool] = Counter()
        flags = 0
        for start in range(0, len(lines), 100):
            text = "\n".join(lines[start : start + 100])
            found = stage.find(document(text))
            flags += len(found.flags)
            rules.update(edit.rule.startswith("repair/mojibake/") for edit in found.edits)
            for edit in found.edits:
                if edit.rule.startswith("repair/mojibake/"):
                    print(f"{path.name}:{start}: {edit.rule} {edit.removed!r} -> {edit.replacement!r}", file=sys.stderr)
        rate = rules[True] * 100_000 / len(lines)
        yield f"| {path.name} | {len(lines)} | {rules[True]} | {rate:.2f} | {rules[False]} | {flags} |"
    yield ""
    yield "These are lines of public corpora (reviews, news, novels, forum files, poems, treebanks) from elsewhere."


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clean", nargs="*", type=Path, default=[], help="files of clean text, UTF-8")
    parser.add_argument("--write", action="store_true", help="rewrite RESULTS.md")
    arguments = parser.parse_args()
    parts = ["# Repair", "", *mojibake(), "", *speed()]
    if arguments.clean:
        parts += ["", *clean(arguments.clean)]
    print("\n".join(parts))
    if arguments.write:
        RESULTS.write_text("\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
