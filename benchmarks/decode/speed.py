"""Speed as ratios of the same run: `bytes.decode` for valid UTF-8, `chardet.detect` for GBK."""

from collections.abc import Callable, Sequence
from time import perf_counter

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
    ours, theirs = _best(decode, utf8, 40), _best(bytes.decode, utf8, 40)
    print(f"valid UTF-8, 30 KB: {ours / theirs:.2f} times the time of bytes.decode")
    ours, theirs = _best(decode, gbk, 7), _best(chardet.detect, gbk, 7)
    print(f"GBK, 30 KB: {theirs / ours:.2f} times as fast as chardet.detect (which does not decode)")
    large = texts[0].encode("gb18030") * 140
    ours, theirs = _best(decode, [large], 3), _best(lambda data: data.decode("gb18030"), [large], 3)
    print(f"GBK, 8 MB: {ours / theirs:.2f} times the time of bytes.decode")
    torn = gbk[0][:-1] * 270
    ours = _best(decode, [torn], 1)
    print(f"GBK, 8 MB, torn in 270 places: {ours / theirs:.1f} times")


def _best(call: Callable[[bytes], object], documents: Sequence[bytes], rounds: int) -> float:
    total = 0.0
    for document in documents:
        times = []
        for _ in range(rounds):
            start = perf_counter()
            call(document)
            times.append(perf_counter() - start)
        total += min(times)
    return total
