"""Short texts, and texts cut inside a character at both ends."""

from benchmarks.decode.measure import attempt
from benchmarks.decode.texts import cuts, slices, texts_for, traditional

CODECS = ("utf-8", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "hz", "utf-16")
WIDE = ("utf-16-le", "utf-16-be")


def short(count: int = 1000) -> None:
    """Exact texts at 20 and 50 bytes."""
    for size in (20, 50):
        for python in (*CODECS, *WIDE):
            pieces = list(slices(texts_for(python), python, size, count))
            exact = sum((decoded := attempt(data)) is not None and decoded.text == text for data, text in pieces)
            print(f"{size:3} bytes {python:10} {exact / count:.4f} exact")
        pieces = list(slices(traditional(), "utf-16-le", size, count))
        exact = sum((decoded := attempt(data)) is not None and decoded.text == text for data, text in pieces)
        print(f"{size:3} bytes utf-16-le  {exact / count:.4f} exact, traditional")
        for python in ("gbk", "big5", "utf-8"):
            hit = sum(_holds(data, whole) for data, whole in cuts(texts_for(python), python, size, count))
            print(f"{size:3} bytes {python:10} {hit / count:.4f} cut at both ends, every whole character right")


def _holds(data: bytes, whole: str) -> bool:
    """Whether the whole characters stand in the text, with no more beside them than the bytes that were cut off."""
    decoded = attempt(data)
    return decoded is not None and whole in decoded.text and len(decoded.text) <= len(whole) + 3
