"""Scores on the labelled documents that CLEANER_GOLD points at: ``python -m benchmarks.strip [--rules] [--errors]``."""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from cleaner.strip import Strip, StripOptions
from cleaner.strip.evaluate import Labelled, Result, evaluate, labels_of, rule_table, table


def labelled(folder: Path) -> list[Labelled]:
    """The documents of a folder in the gold format: ``NNN.txt`` beside ``NNN.json``."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            documents.append(Labelled(path.stem, data["family"], file.read(), labels_of(data)))
    return documents


def show(results: Sequence[Result], *, rules: bool, errors: bool) -> None:
    """The tables on stdout."""
    print(f"{'group':22}{'docs':>5}{'P':>7}{'R':>7}{'F1':>7}{'macro':>7}{'loss':>9}{'hurt':>5}")
    for row in table(results):
        score = row.score
        numbers = (
            f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}{row.macro:7.3f}{score.loss:9.2%}{row.hurt:5}"
        )
        print(f"{row.group:22}{row.documents:5}{numbers}")
    if rules:
        for rule, fires, precision in rule_table(results):
            print(f"{rule:50}{fires:6}{precision:7.3f}")
    if errors:
        for result in results:
            for wrong in result.mistakes:
                took = f"took by {wrong.rule}" if wrong.rule else "missed"
                print(f"{wrong.id}:{wrong.line}: {wrong.wanted}, {took}: {wrong.text.strip()[:100]}")


def main() -> None:
    """Runs the modes over the labelled documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", action="append", choices=["safe", "balanced", "aggressive"])
    parser.add_argument("--rules", action="store_true", help="how often each rule fired, and its precision")
    parser.add_argument("--errors", action="store_true", help="every wrong line, with the rule that took it")
    parser.add_argument("--id", action="append", help="only these documents or families")
    chosen = parser.parse_args()
    documents = labelled(Path(os.environ["CLEANER_GOLD"]) / "chrome")
    if chosen.id:
        documents = [one for one in documents if {one.id, one.family} & set(chosen.id)]
    for mode in chosen.mode or ("safe", "balanced", "aggressive"):
        print(f"\nmode {mode}")
        show(evaluate(Strip(StripOptions(mode=mode)), documents), rules=chosen.rules, errors=chosen.errors)


if __name__ == "__main__":
    main()
