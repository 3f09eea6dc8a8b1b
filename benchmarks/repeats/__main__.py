"""``python -m benchmarks.repeats``: recall and harm on planted repeats, then the table of costs.

``--trials`` plants per text, length and share of edits (5 take about a minute), ``--texts`` a folder of other real
texts, ``--largest`` the size in bytes at which the cost table ends (100000000 takes some minutes), ``--only`` one.
``--only harm --texts DIR`` lists what goes from real texts, ``--only real --texts DIR`` what those from which nothing
goes cost.
"""

import argparse
from collections import defaultdict
from pathlib import Path

from benchmarks.repeats import cost, real
from benchmarks.repeats.quality import LENGTHS, RATES, Score, removed, score, trials


def quality(texts: list[str], count: int, *, clauses: bool = False) -> str:
    """Recall per length and share of edits as Markdown, with the sums that matter below."""
    cells: defaultdict[tuple[int, float], Score] = defaultdict(Score)
    for planted in trials(texts, count, clauses=clauses):
        cells[planted.length, planted.rate] += score(planted)
    lines = ["| length | " + " | ".join(f"{rate:.0%} edits" for rate in RATES) + " |", "|---:|" + "---:|" * len(RATES)]
    for length in LENGTHS:
        row = [cells[length, rate] for rate in RATES]
        lines.append(f"| {length} | " + " | ".join(f"{cell.recall:.3f} of {cell.copies}" for cell in row) + " |")
    exact = sum((cell for (_, rate), cell in cells.items() if not rate), Score())
    near = sum((cell for (length, rate), cell in cells.items() if length >= 80 and 0 < rate <= 0.1), Score())
    whole = sum(cells.values(), Score())
    gone = sum(bool(removed(text)) for text in texts)
    lines += [
        "",
        f"exact, 40 characters and more: recall {exact.recall:.4f} of {exact.copies} copies",
        f"1% to 10% edits, 80 characters and more: recall {near.recall:.4f} of {near.copies} copies",
        f"characters removed beyond the copies: {whole.excess:.5f} of those planted; passages lost: {whole.lost}",
        f"originals from which anything went: {gone} of {len(texts)}",
    ]
    return "\n".join(lines)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.repeats", description=__doc__)
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--clauses", action="store_true")
    parser.add_argument("--largest", type=int, default=10_000_000)
    parser.add_argument("--only", choices=["quality", "cost", "harm", "real"])
    chosen = parser.parse_args()
    if chosen.only in ("harm", "real"):
        told = real.harm if chosen.only == "harm" else real.cost
        for line in told(real.texts(chosen.texts or cost.SEEDS)):
            print(line, flush=True)
        return
    texts = list(real.texts(chosen.texts).values()) if chosen.texts else cost.originals()
    if chosen.only != "cost":
        print(quality(texts, chosen.trials, clauses=chosen.clauses))
    if chosen.only != "quality":
        for line in cost.table(chosen.largest):
            print(line, flush=True)


if __name__ == "__main__":
    main()
