"""The answer of ``cleaner detect``: what was compared, what speaks for it, and where each candidate fails."""

from collections.abc import Iterator
from dataclasses import replace

from cleaner.decode import decode
from cleaner.decode.candidates import ranked
from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.declared import declared
from cleaner.decode.likelihood import SINGLE_BYTE
from cleaner.decode.sample import sample
from cleaner.decode.types import Candidate, Decoded, DecodeOptions, Detection
from cleaner.decode.witness import testimony


def explain(data: bytes, options: DecodeOptions) -> Detection:
    """The decision with its reasons; slower than decoding, since every witness is heard.

    Raises:
        BinaryError: the bytes are no text.
        UsageError: `options.encoding` is no known encoding.
    """
    decoded = decode(data, replace(options, strict=False))
    candidates = tuple(
        replace(each, first_failure=_first_failure(data, each.codec)) for each in _compared(data, decoded)
    )
    return Detection(
        encoding=decoded.codec,
        confidence=decoded.confidence,
        runner_up=decoded.runner_up,
        undecided=decoded.confidence < options.threshold,
        candidates=candidates,
        segments=decoded.segments,
        evidence=tuple(_evidence(data, decoded)),
    )


def _compared(data: bytes, decoded: Decoded) -> tuple[Candidate, ...]:
    if decoded.candidates:
        return decoded.candidates
    if data.isascii() or decoded.codec not in {"utf-8", *DOUBLE_BYTE, *SINGLE_BYTE}:
        return (Candidate(decoded.codec, 0.0),)
    ranks = ranked(sample(data), ("utf-8", *DOUBLE_BYTE, *SINGLE_BYTE))
    return tuple(Candidate(each.codec, ranks[0].cost - each.cost, each.errors) for each in ranks)


def _first_failure(data: bytes, name: str) -> int:
    try:
        codec(name).decode(data)
    except UnicodeDecodeError as error:
        return error.start
    return -1


def _evidence(data: bytes, decoded: Decoded) -> Iterator[str]:
    if not data:
        yield "the input is empty"
        return
    if decoded.evidence:
        yield from decoded.evidence
    elif data.isascii():
        yield "all bytes are ASCII"
    else:
        yield f"the bytes are valid UTF-8, {sum(byte >= 0xC0 for byte in data)} characters beyond ASCII"
    if not decoded.evidence or decoded.codec != "utf-8":
        failure = _first_failure(data, "utf-8")
        if failure >= 0:
            yield f"not valid UTF-8 from byte {failure} on"
    if named := declared(data):
        yield f"the file declares {named}"
    label, confidence = testimony(data)
    yield f"chardet says {label or 'nothing'} at {confidence:.2f}"
    yield from (flag.why for flag in decoded.flags if flag.why not in decoded.evidence)
