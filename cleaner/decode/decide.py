"""The decision on bytes that are not plain: a forced codec, a mark, escapes, or else the likeliest text."""

from dataclasses import replace

from cleaner.core.document import Flag
from cleaner.core.edits import evidence
from cleaner.decode import binary, escapes
from cleaner.decode.ambiguous import weighed
from cleaner.decode.candidates import ranked, scored
from cleaner.decode.codec import canonical
from cleaner.decode.finish import finished, unmarked
from cleaner.decode.likelihood import by_likelihood
from cleaner.decode.model import model
from cleaner.decode.noise import WIDE, reads_as_text
from cleaner.decode.plain import MARK, is_signalled
from cleaner.decode.reading import read
from cleaner.decode.sample import wide_sample
from cleaner.decode.types import Decoded, DecodeOptions
from cleaner.errors import UndecidedError

UTF8_BOM = b"\xef\xbb\xbf"
BOMS = (
    (UTF8_BOM, "utf-8"), (b"\x84\x31\x95\x33", "gb18030"), (b"\xff\xfe\0\0", "utf-32le"), (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"),
)  # fmt: skip
"""Byte order marks; of two that begin alike the longer one first."""


def decide(data: bytes, options: DecodeOptions) -> Decoded:
    """The text of some bytes, and how it was read.

    Raises:
        BinaryError: the bytes are no text.
        UndecidedError: `options.strict`, and no codec reaches the threshold.
    """
    if options.encoding:
        return _forced(data, canonical(options.encoding))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return settled(_by_bom(data) or by_likelihood(data), options)
    if text.startswith(MARK):
        return replace(unmarked(Decoded(text)), evidence=("the bytes begin with the byte order mark of UTF-8",))
    return settled(_by_escapes(data, text) if is_signalled(data) else weighed(data, text), options)


def settled(decoded: Decoded, options: DecodeOptions) -> Decoded:
    """The same, flagged or refused when its confidence stays below the threshold."""
    if decoded.confidence >= options.threshold:
        return decoded
    if options.strict:
        raise UndecidedError(
            f"no encoding is sure enough: {decoded.codec} at {decoded.confidence:.2f}, then {decoded.runner_up}",
            cure="name the encoding, or decode without strict",
        )
    if any(flag.rule == "decode/ambiguous" for flag in decoded.flags):
        return decoded
    why = f"{decoded.codec} is the best candidate, but only at confidence {decoded.confidence:.2f}"
    facts = evidence(codec=decoded.codec, confidence=decoded.confidence, runner_up=decoded.runner_up)
    return replace(decoded, flags=(Flag("decode/undecided", 0, 0, why, facts), *decoded.flags))


def _forced(data: bytes, name: str) -> Decoded:
    return replace(finished(read(data, name), name), evidence=(f"the encoding {name} was asked for",))


def _by_bom(data: bytes) -> Decoded | None:
    found = next(((mark, name) for mark, name in BOMS if data.startswith(mark)), None)
    if not found:
        return None
    mark, name = found
    if name == "utf-8":
        rest = data[len(mark) :]
        while rest.startswith(mark):
            rest = rest[len(mark) :]
        decoded = by_likelihood(rest)
        return replace(decoded, bom=data[: len(data) - len(rest)])
    decoded = finished(read(data, name), name)
    # Two bytes are little evidence: programs and pictures may begin with them.
    strange, _ = model().strangeness(decoded.text.rstrip("\0"))
    if max(len(decoded.byte_patches), strange) * 20 > len(decoded.text) + 20:
        return None
    return replace(decoded, evidence=(f"the bytes begin with the byte order mark of {name}",))


def _by_escapes(data: bytes, text: str) -> Decoded:
    if found := escapes.detected(data):
        decoded = finished(read(data, found), found)
        # Escapes prove the codec, not that what stands between them is text: it will be read again, as UTF-8.
        plain = decoded.text.encode()
        binary.refuse_controls(plain, binary.stripped(plain))
        return replace(decoded, evidence=(f"the escape sequences of {found}",), confidence=0.99)
    if binary.is_certain(data):
        raise binary.refusal(binary.signature(data))
    if binary.control_share(data[:1024]) or b"\0" in data:
        probe = wide_sample(data)
        wide = [each for each in ranked(probe, WIDE) if each.errors <= len(probe) // 40 and reads_as_text(probe, each)]
        if wide and wide[0].cost < scored(probe, "utf-8").cost:
            return finished(read(data, wide[0].codec), wide[0].codec)
    binary.refuse_controls(data, binary.stripped(data))
    return Decoded(text)
