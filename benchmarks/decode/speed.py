"""Speed as ratios of the same run: `bytes.decode` for valid UTF-8, `chardet.detect` for GBK."""

from collections.abc import Callable, Sequence
from time import process_time

from benchmarks.decode.texts import simplified
from cleaner.decode import decode

SIZE = 30_000


def speed() -> None:
    """The best of several rounds each."""
    import chardet

    texts = [(text * (1 + SIZE // len(text)))[:SIZE] for text in simplified()[:5]]
    utf8 = [text.encode()[:SIZE].decode("utf-8", "ignore").encode() for text in texts]
    gbk = [text.encode("gb18030")[:SIZE] for text in texts]
    decode(gbk[0])
    ours, theirs = _best((decode, bytes.decode), utf8, 40)
    print(f"valid UTF-8, 30 KB: {ours / theirs:.2f} times the time of bytes.decode")
    ours, theirs = _best((decode, chardet.detect), gbk, 15)
    print(f"GBK, 30 KB: {theirs / ours:.2f} times as fast as chardet.detect (which does not decode)")
    large = texts[0].encode("gb18030") * 140
    torn = gbk[0][:-1] * 270
    for label, data in (("GBK, 8 MB", large), ("the same, torn in 270 places", torn)):
        ours, theirs = _best((decode, _plainly), [data], 3)
        print(f"{label}: {ours / theirs:.2f} times the time of bytes.decode")


def _plainly(data: bytes) -> str:
    return data.decode("gb18030", "replace")


def _best(calls: Sequence[Callable[[bytes], object]], documents: Sequence[bytes], rounds: int) -> list[float]:
    """CPU seconds of each call, the best of several rounds for each document; the calls take turns."""
    totals = [0.0] * len(calls)
    for document in documents:
        times = [[_timed(call, document) for call in calls] for _ in range(rounds)]
        totals = [total + min(each) for total, each in zip(totals, zip(*times, strict=True), strict=True)]
    return totals


def _timed(call: Callable[[bytes], object], document: bytes) -> float:
    start = process_time()
    call(document)
    return process_time() - start
