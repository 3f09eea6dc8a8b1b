"""The decision: which codec, how sure, and what a reader should know."""

from collections import Counter
from dataclasses import replace
from math import exp

from cleaner.core.document import Flag, Segment
from cleaner.core.edits import evidence
from cleaner.decode import binary, escapes
from cleaner.decode.candidates import Scored, is_wide, ranked, scored
from cleaner.decode.codec import DOUBLE_BYTE, canonical, codec
from cleaner.decode.mixed import names_of
from cleaner.decode.reading import Reading, behind, read, read_mixed
from cleaner.decode.sample import sample, wide_sample
from cleaner.decode.types import Candidate, Decoded, DecodeOptions
from cleaner.decode.witness import witness
from cleaner.errors import BinaryError, UndecidedError, UsageError

UTF8_BOM = b"\xef\xbb\xbf"
BOMS = (
    (UTF8_BOM, "utf-8"), (b"\x84\x31\x95\x33", "gb18030"), (b"\xff\xfe\0\0", "utf-32le"), (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"),
)  # fmt: skip
"""Byte order marks; of two that begin alike the longer one first."""
SINGLE_BYTE = ("windows-1252", "windows-1251", "koi8-r", "ibm866")
"""One for each family of scripts; when one of them wins, the witness says which of its kin it is."""
HEAD = 240
"""Bytes in which to look whether the file begins inside a character: some hundred hanzi, and a multiple of all unit lengths."""
WIDE = ("utf-16le", "utf-16be", "utf-32le", "utf-32be")


def decide(data: bytes, options: DecodeOptions) -> Decoded:
    """The text of some bytes, and how it was read.

    Raises:
        BinaryError: the bytes are no text.
        UndecidedError: `options.strict`, and no codec reaches the threshold.
        UsageError: `options.encoding` is no known encoding.
    """
    if options.encoding:
        return _forced(data, options.encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return settled(_by_bom(data) or _by_likelihood(data), options)
    if text.startswith("\ufeff"):
        return replace(_unmarked(Decoded(text)), evidence=("the bytes begin with the byte order mark of UTF-8",))
    if b"\0" in data or b"\x1b" in data or b"~{" in data or binary.control_share(data[:1024]):
        return settled(_by_escapes(data, text), options)
    return Decoded(text)


def settled(decoded: Decoded, options: DecodeOptions) -> Decoded:
    """The same, flagged or refused when its confidence stays below the threshold."""
    if decoded.confidence >= options.threshold:
        return decoded
    if options.strict:
        raise UndecidedError(
            f"no encoding is sure enough: {decoded.codec} at {decoded.confidence:.2f}, then {decoded.runner_up or 'none'}",
            cure="name the encoding, or decode without strict",
        )
    why = f"{decoded.codec} is the best candidate, but only at confidence {decoded.confidence:.2f}"
    facts = evidence(codec=decoded.codec, confidence=decoded.confidence, runner_up=decoded.runner_up)
    return replace(decoded, flags=(Flag("decode/undecided", 0, 0, why, facts), *decoded.flags))


def _forced(data: bytes, label: str) -> Decoded:
    name = canonical(label)
    if not name:
        raise UsageError(f"unknown encoding {label!r}", cure="use a name such as utf-8, gb18030 or big5")
    return replace(_finished(read(data, name), name), evidence=(f"the encoding {name} was asked for",))


def _by_bom(data: bytes) -> Decoded | None:
    found = next(((mark, name) for mark, name in BOMS if data.startswith(mark)), None)
    if not found:
        return None
    mark, name = found
    if name == "utf-8":
        rest = data[len(mark) :]
        while rest.startswith(mark):
            rest = rest[len(mark) :]
        decoded = _by_likelihood(rest)
        return replace(decoded, bom=data[: len(data) - len(rest)])
    decoded = _finished(read(data, name), name)
    # Two bytes are little evidence: random bytes and pictures may begin with them.
    if len(decoded.byte_patches) * 20 > len(decoded.text) + 20:
        return None
    return replace(decoded, evidence=(f"the bytes begin with the byte order mark of {name}",))


def _by_escapes(data: bytes, text: str) -> Decoded:
    if found := escapes.detected(data):
        return replace(
            _finished(read(data, found), found), evidence=(f"the escape sequences of {found}",), confidence=0.99
        )
    plain = binary.stripped(data)
    if binary.control_share(plain[:1024]) or b"\0" in plain:
        probe = wide_sample(data)
        wide = ranked(probe, WIDE)
        if wide[0].cost < scored(probe, "utf-8").cost:
            return _finished(read(data, wide[0].codec), wide[0].codec)
    _refuse_controls(data, plain)
    return Decoded(text)


def _refuse_controls(data: bytes, plain: bytes) -> None:
    share = binary.control_share(plain)
    kind = binary.signature(data)
    if kind or share > binary.CONTROL_SHARE:
        what = f"the bytes are {kind}" if kind else f"{share:.0%} of the bytes are control characters"
        raise BinaryError(f"{what}, not text", cure="leave the file out, or name its encoding if it is text")


def _by_likelihood(data: bytes) -> Decoded:
    plain = binary.stripped(data)
    probe = sample(plain)
    ranks = ranked(probe, ("utf-8", *DOUBLE_BYTE, *SINGLE_BYTE))
    wide_probe = wide_sample(data)
    wide = ranked(wide_probe, WIDE) if is_wide(wide_probe) else []
    if wide and wide[0].cost / len(wide_probe) < ranks[0].cost / len(probe):
        probe = wide_probe
        ranks = sorted([*wide, *ranked(probe, ("utf-8", *DOUBLE_BYTE))], key=lambda each: (each.cost, each.codec))
    if ranks[0].codec in SINGLE_BYTE and (answer := witness(data)) and answer not in DOUBLE_BYTE and answer != "utf-8":
        other = scored(probe, answer)
        ranks = [other, *(each for each in ranks if each.codec not in SINGLE_BYTE)]
        ranks.sort(key=lambda each: (each.cost, each.codec))
    best = ranks[0]
    if best.codec not in WIDE:
        _refuse_noise(data, plain, probe, best)
    decoded = _finished(_read(data, best.codec), best.codec)
    candidates = tuple(Candidate(each.codec, best.cost - each.cost, each.errors) for each in ranks)
    return replace(
        decoded,
        confidence=_confidence(ranks),
        runner_up=ranks[1].codec,
        candidates=candidates,
        evidence=(f"{best.codec} makes the likeliest text of {len(probe)} bytes",),
    )


def _read(data: bytes, name: str) -> Reading:
    names = names_of(data, name)
    skip = scored(data[:HEAD], name).skipped if name in DOUBLE_BYTE or name in WIDE else 0
    rest = data[skip:]
    return behind(data[:skip], read_mixed(rest, names) if len(names) > 1 else read(rest, name))


def _refuse_noise(data: bytes, plain: bytes, probe: bytes, best: Scored) -> None:
    """No text costs as much as random bytes do."""
    kind = binary.signature(data)
    share = binary.control_share(plain)
    # A table of rare characters can cost as much as random bytes, but random bytes do not decode without errors.
    noisy = best.cost > binary.RANDOM * len(probe) + 12 and (
        best.errors * 100 > len(probe) or share > binary.CONTROL_SHARE
    )
    if (kind and (share > 0.002 or noisy)) or noisy or share > 0.1:
        what = f"the bytes are {kind}" if kind else "the bytes read as no text in any known encoding"
        raise BinaryError(f"{what}, not text", cure="leave the file out, or name its encoding if it is text")


def _confidence(ranks: list[Scored]) -> float:
    margin = ranks[1].cost - ranks[0].cost
    return 1 / (1 + exp(-margin / 4))


def _finished(reading: Reading, name: str) -> Decoded:
    """What a reading says of itself: its main codec, and flags for lost bytes and mixed codecs."""
    flags = []
    if lost := reading.lost:
        count = sum(len(patch.data) for patch in lost)
        why = f"{count} bytes could not be decoded and stand as U+FFFD"
        flags.append(
            Flag("decode/undecodable", lost[0].start, lost[0].end, why, evidence(bytes=count, places=len(lost)))
        )
    if reading.segments:
        sizes: Counter[str] = Counter()
        for segment in reading.segments:
            sizes[segment.codec] += segment.end - segment.start
        name = max(sizes, key=lambda each: (sizes[each], each))
        flags.append(_mixed_flag(reading.segments))
    return _unmarked(
        Decoded(reading.text, name, segments=reading.segments, byte_patches=reading.patches, flags=tuple(flags))
    )


def _mixed_flag(segments: tuple[Segment, ...]) -> Flag:
    names = ", ".join(sorted({segment.codec for segment in segments}))
    why = f"the file holds several encodings: {names}, in {len(segments)} segments"
    return Flag("decode/mixed", segments[0].end, segments[1].end, why, evidence(segments=len(segments), codecs=names))


def _unmarked(decoded: Decoded) -> Decoded:
    """All byte order marks at the head of the text go to `bom`."""
    text = decoded.text.lstrip("\ufeff")
    cut = len(decoded.text) - len(text)
    if not cut or any(patch.start < cut for patch in decoded.byte_patches):
        return decoded
    first = decoded.segments[0].codec if decoded.segments else decoded.codec
    if decoded.segments and decoded.segments[0].end <= cut:
        return decoded
    return replace(
        decoded,
        text=text,
        bom=codec(first).encode("\ufeff" * cut),
        segments=tuple(Segment(max(each.start - cut, 0), each.end - cut, each.codec) for each in decoded.segments),
        byte_patches=tuple(replace(each, start=each.start - cut, end=each.end - cut) for each in decoded.byte_patches),
        flags=tuple(
            replace(each, start=max(each.start - cut, 0), end=max(each.end - cut, 0)) for each in decoded.flags
        ),
    )
