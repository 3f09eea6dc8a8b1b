"""What the confidence means: accuracy per step of it, and at the accept threshold."""

from collections import Counter

from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import cuts, labelled, slices, texts_for, truth_of
from cleaner.decode import THRESHOLD
from cleaner.decode.codec import canonical

CODECS = ("utf-8", "gb18030", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr", "utf-16-le", "utf-16-be", "hz")
SIZES = (20, 30, 50, 100, 200, 500)
STEPS = (0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 0.999, 1.01)


def confidence(count: int = 170) -> None:
    """Slices of unseen texts in ten codecs, cut ones, and the real files."""
    seen: Counter[float] = Counter()
    right: Counter[float] = Counter()
    accepted = wrong = total = 0
    for data, text, exact in _cases(count):
        decoded = attempt(data)
        sure = decoded.confidence if decoded else 0.0
        good = decoded is not None and (decoded.text == text if exact else decoded.codec == text)
        step = next(step for step in STEPS if sure < step)
        seen[step] += 1
        right[step] += good
        total += 1
        accepted += sure >= THRESHOLD
        if sure >= THRESHOLD and not good:
            wrong += 1
            print(f"  wrong at {sure:.4f}: {decoded.codec if decoded else ''} for {text[:24]!r}")
    for step in STEPS:
        if seen[step]:
            print(f"confidence below {step:5}: {seen[step]:6} cases, {right[step] / seen[step]:.4f} right")
    print(
        f"threshold {THRESHOLD}: {accepted / total:.4f} of {total:,} accepted, "
        f"{wrong / accepted:.5f} of them wrong ({wrong})"
    )


def _cases(count: int) -> list[tuple[bytes, str, bool]]:
    """Bytes with their text, or, for cut ones, with their codec only (False)."""
    cases = [
        (data, text, True)
        for python in CODECS
        for size in SIZES
        for data, text in slices(texts_for(python), python, size, count)
    ]
    for python in ("gbk", "big5"):
        name = canonical(python)
        windows = (window for size in (30, 50) for window, _ in cuts(texts_for(python), python, size, count))
        cases += [(window, name, False) for window in windows]
    return cases + [(data, truth_of(row, data), True) for row, data in labelled() if row["strict"]]
