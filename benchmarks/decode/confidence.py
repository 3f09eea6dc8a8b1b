"""What the confidence means: accuracy per step of it, and at the accept threshold, on texts that tuned nothing."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import FOREIGN, ROOT, Texts, cuts, from_folder, labelled, slices, truth_of
from cleaner.decode import THRESHOLD
from cleaner.decode.codec import canonical

CHINESE = ("utf-8", "gb18030", "gbk", "big5", "utf-16-le", "utf-16-be", "hz")
OTHERS = {"shift_jis": "ja", "euc_jp": "ja", "cp949": "ko"}
SIZES = (20, 30, 50, 100, 200, 500)
STEPS = (0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 0.999, 1.01)
Case = tuple[bytes, str, bool]
"""Bytes with their text, or, for cut ones, with their codec only (False)."""


def confidence(folder: str = "", count: int = 170) -> None:
    """Slices of held-out texts, whole and cut, and then the labelled real files, whose like chose the threshold.

    Args:
        folder: holds zh.txt, zht.txt, ja.txt and ko.txt; without it, the documents of fixtures/negative are cut.
        count: slices for each codec and size.
    """
    texts = from_folder(Path(folder)) if folder else authored()
    report("held-out slices", held_out(texts, count))
    rows = [(data, truth_of(row, data), True) for row, data in labelled() if row["strict"]]
    report("labelled files", rows)


def report(name: str, cases: Sequence[Case]) -> tuple[int, int]:
    """Prints the steps; how many are accepted, and how many of those are wrong."""
    seen: Counter[float] = Counter()
    right: Counter[float] = Counter()
    accepted = wrong = 0
    for data, text, exact in cases:
        sure, good = judged(data, text, exact=exact)
        step = next(step for step in STEPS if sure < step)
        seen[step] += 1
        right[step] += good
        accepted += sure >= THRESHOLD
        if sure >= THRESHOLD and not good:
            wrong += 1
            print(f"  wrong at {sure:.4f}: {text[:24]!r}")
    for step in STEPS:
        if seen[step]:
            print(f"confidence below {step:5}: {seen[step]:6} cases, {right[step] / seen[step]:.4f} right")
    print(
        f"{name}, threshold {THRESHOLD}: {accepted / len(cases):.4f} of {len(cases):,} accepted, "
        f"{wrong / max(accepted, 1):.5f} of them wrong ({wrong})"
    )
    return accepted, wrong


def judged(data: bytes, text: str, *, exact: bool) -> tuple[float, bool]:
    """The confidence of an answer, and whether it is right; a refusal is sure of nothing."""
    decoded = attempt(data)
    if decoded is None:
        return 0.0, False
    return decoded.confidence, (decoded.text if exact else decoded.codec) == text


def authored() -> Texts:
    """The project's own Chinese documents of forms that clean well; the decode stage was tuned on none of them."""
    import opencc

    files = sorted((ROOT / "fixtures" / "negative").glob("*.txt"))
    every = (file.read_text("utf-8") for file in files)
    texts = tuple(text for text in every if not FOREIGN.search(text))
    convert = opencc.OpenCC("s2t").convert
    return {"zh": texts, "zht": tuple(convert(text) for text in texts)}


def held_out(texts: Texts, count: int) -> list[Case]:
    """Slices in each codec that has a language among the texts, and windows cut at both ends."""
    languages = {name: "zht" if name == "big5" else "zh" for name in CHINESE} | OTHERS
    cases = [
        (data, text, True)
        for python, language in languages.items()
        if language in texts
        for size in SIZES
        for data, text in slices(texts[language], python, size, count)
    ]
    for python in ("gbk", "big5"):
        name = canonical(python)
        windows = (window for size in (30, 50) for window, _ in cuts(texts[languages[python]], python, size, count))
        cases += [(window, name, False) for window in windows]
    return cases
