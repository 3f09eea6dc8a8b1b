"""The decision for bytes that are no valid UTF-8 and carry no mark: the codec that makes the likeliest text."""

from dataclasses import replace
from math import tanh

from cleaner.decode import binary
from cleaner.decode.built import Reading, behind
from cleaner.decode.candidates import Scored, in_order, is_wide, ranked, scored
from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.declared import declared
from cleaner.decode.finish import finished
from cleaner.decode.lines import holds_utf8, read_mixed
from cleaner.decode.mixed import Mixture, mixture
from cleaner.decode.model import model
from cleaner.decode.noise import WIDE, reads_as_text, refuse_noise, text_of
from cleaner.decode.reading import read
from cleaner.decode.sample import sample, wide_sample
from cleaner.decode.types import Candidate, Decoded
from cleaner.decode.witness import witness

SINGLE_BYTE = ("windows-1252", "windows-1251", "koi8-r", "ibm866")
"""One for each family of scripts; when one of them wins, the witness says which of its kin it is."""
ODD = 9.0
"""Nats for a character beyond ASCII from which on the witness is heard about bytes that seem East Asian."""
SLOPE = 0.45
"""Log-odds of being right per nat of margin, fitted on slices of unseen texts by `python -m benchmarks.decode
confidence`."""
CLEAR = 20.0
"""Nats of margin beyond which nobody asks whether the two codecs make the same text."""
HEAD = 240
"""Bytes in which to look whether the file begins inside a character: some hundred hanzi, and a multiple of all unit
lengths."""


def by_likelihood(data: bytes) -> Decoded:
    """The text in the codec, or the two codecs, that make it likeliest.

    Raises:
        BinaryError: no codec makes a text of the bytes that is likelier than noise.
    """
    if binary.is_certain(data):
        raise binary.refusal(binary.signature(data))
    plain = binary.stripped(data)
    probe, ranks = _ranked(data, plain)
    second = mixture(data, probe) if ranks[0].codec not in WIDE else None
    # The sample of a UTF-8 file may have missed the other codec, which the whole file has shown.
    if second and second.cost >= ranks[0].cost and ranks[0].codec != "utf-8":
        second = None
    refuse_noise(data, plain, probe, ranks[0], mixed=second is not None)
    decoded = finished(_read(data, ranks[0].codec, second), ranks[0].codec)
    return replace(
        decoded,
        confidence=_confidence(probe, ranks),
        runner_up=next((each.codec for each in ranks if each.codec != decoded.codec), ""),
        candidates=tuple(Candidate(each.codec, ranks[0].cost - each.cost, each.errors) for each in ranks),
        evidence=(f"{decoded.codec} makes the likeliest text of {len(probe)} bytes",),
    )


def _ranked(data: bytes, plain: bytes) -> tuple[bytes, list[Scored]]:
    """The sample that was compared, and the codecs by what it costs in them."""
    probe = sample(plain)
    named = declared(data)
    ranks = ranked(probe, ("utf-8", *DOUBLE_BYTE, *SINGLE_BYTE), named)
    wide_probe = wide_sample(data)
    wide = ranked(wide_probe, WIDE) if is_wide(wide_probe) else []
    wide = [each for each in wide if reads_as_text(wide_probe, each)]
    if wide and wide[0].cost / len(wide_probe) < ranks[0].cost / len(probe):
        return wide_probe, in_order([*wide, *ranked(wide_probe, ("utf-8", *DOUBLE_BYTE))])
    # Polish reads as Latin letters with hanzi among them before anybody thinks of its own codec.
    told = None
    if ranks[0].codec in SINGLE_BYTE or model().strangeness(text_of(probe, ranks[0]))[1] > ODD:
        told = (answer := witness(data)) and scored(probe, answer)
    return probe, _heard(ranks, told) if told and reads_as_text(probe, told) else ranks


def _heard(ranks: list[Scored], told: Scored) -> list[Scored]:
    """The ranks with the witness's codec; the others of one byte can no longer win, but leave the best less sure.

    A witness whose text is far less likely than that of one of the others is not believed: chardet reads capitals of
    one codec as small letters of another.
    """
    if told.cost - min(each.cost for each in ranks if each.codec in SINGLE_BYTE) > CLEAR:
        return ranks
    best = in_order([told, *(each for each in ranks if each.codec not in SINGLE_BYTE)])[0]
    kept = (each for each in ranks if each.codec not in {best.codec, told.codec})
    return [best, *in_order(each for each in (told, *kept) if each is not best)]


def _read(data: bytes, name: str, second: Mixture | None) -> Reading:
    if second:
        return read_mixed(data, (second.codec, "utf-8") if name != "utf-8" else ("utf-8", second.codec))
    if name in DOUBLE_BYTE and holds_utf8(data):
        return read_mixed(data, (name, "utf-8"))
    skip = scored(data[:HEAD], name).skipped if name in DOUBLE_BYTE or name in WIDE else 0
    return behind(data[:skip], read(data[skip:], name))


def _confidence(probe: bytes, ranks: list[Scored]) -> float:
    """How sure the best codec is, from its margin over the first one that makes another text."""
    best = ranks[0]
    for other in ranks[1:]:
        margin = other.cost - best.cost
        if margin > CLEAR or _text(probe, other) != _text(probe, best):
            return (1 + tanh(SLOPE * margin / 2)) / 2  # the logistic function, which overflows when written out
    return 1.0


def _text(probe: bytes, each: Scored) -> str:
    return codec(each.codec).decode(probe[each.skipped :], "replace")
