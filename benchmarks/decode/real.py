"""Point 1 of the promise: real files decode to their exact text; chardet alone beside it."""

from collections import Counter

from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import labelled, truth_of
from cleaner.decode.codec import canonical, codec

STRICT, DAMAGED = "= without loss", "= damaged"


def real() -> None:
    """Exact texts per set of files, and of all that decode without loss and all that do not."""
    import chardet

    total: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    peer: Counter[str] = Counter()
    for row, data in labelled():
        name, truth = row["set"], truth_of(row, data)
        decoded = attempt(data)
        alone = _text(data, chardet.detect(data)["encoding"]) == truth
        for each in (name, STRICT if row["strict"] else DAMAGED):
            total[each] += 1
            exact[each] += bool(decoded and decoded.text == truth)
            peer[each] += alone
        if not decoded or decoded.text != truth:
            print(f"  {row['file']} {name} {row['encoding']}: read as {decoded.codec if decoded else 'binary'}")
    for name, count in sorted(total.items()):
        print(f"{name:16} {exact[name]:4} of {count:4} exact; chardet {peer[name]:4}")


def _text(data: bytes, label: str | None) -> str:
    """The text in a detector's answer, with our own tables, so that only the answer counts."""
    name = canonical(label or "")
    if label and label.lower() in {"utf-16", "utf-32", "utf-8-sig"}:
        return data.decode(label, "replace")
    return codec(name).decode(data, "replace").lstrip("\ufeff") if name else ""
