"""Recall per planted level and precision, against sets of strings over the normalised text."""

from pathlib import Path

from benchmarks.dedup.corpus import LEVELS, Planted, make, read
from cleaner.dedup import Decisions, DedupOptions, Records, Texts, decide, observe_texts
from cleaner.dedup.normal import normalise
from cleaner.text.shadow import to_text


def measure(folder: Path, documents: int, pairs_per_level: int) -> None:
    """Prints recall and precision at four thresholds."""
    planted = make(folder, documents, pairs_per_level)
    paths = sorted(folder.glob("*.txt"))
    texts: Texts = lambda name: read(folder / name)  # noqa: E731 - a name for a one-line closure
    truth = {pair: jaccard(texts(f"{pair.one:06d}.txt"), texts(f"{pair.two:06d}.txt")) for pair in planted}
    for threshold in (0.6, 0.7, 0.8, 0.9):
        options = DedupOptions(threshold=threshold)
        records = Records.concat(
            observe_texts([path.name for path in chunk], [read(path) for path in chunk], options)
            for chunk in (paths[low : low + 200] for low in range(0, len(paths), 200))
        )
        report(threshold, decide(records, options, texts), truth, texts)


def report(threshold: float, decisions: Decisions, truth: dict[Planted, float], texts: Texts) -> None:
    """Prints what was found of each planted level at or above the threshold, and what was dropped wrongly."""
    dropped = {decision.id: decision.verdict.of for decision in decisions.dropped}
    flagged = {frozenset((d.id, template.other)) for d in decisions for template in d.templates}
    wrong = sum(jaccard(texts(name), texts(kept)) < threshold for name, kept in dropped.items())
    rows = []
    for level in LEVELS:
        reaching = [pair for pair, similarity in truth.items() if pair.level == level and similarity >= threshold]
        names = [(f"{pair.one:06d}.txt", f"{pair.two:06d}.txt") for pair in reaching]
        found = sum(dropped.get(one) == two or dropped.get(two) == one for one, two in names)
        asides = sum(frozenset(pair) in flagged for pair in names)
        if reaching:
            rows.append(f"{level}: {found}/{len(reaching)}" + (f" ({asides} flagged)" if asides else ""))
    print(f"threshold {threshold}: precision {1 - wrong / max(len(dropped), 1):.4f} of {len(dropped)} dropped")
    print("  found", ", ".join(rows))


def jaccard(one: str, two: str) -> float:
    """The similarity by sets of strings."""
    left, right = _shingles(one), _shingles(two)
    return len(left & right) / len(left | right)


def _shingles(text: str) -> set[str]:
    plain = to_text(normalise([text]).points)
    return {plain[at : at + 5] for at in range(len(plain) - 4)}
