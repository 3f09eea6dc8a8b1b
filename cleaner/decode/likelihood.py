"""The decision for bytes that are no valid UTF-8 and carry no mark: the codec that makes the likeliest text."""

from dataclasses import replace
from math import exp

from cleaner.decode import binary
from cleaner.decode.candidates import Scored, in_order, is_wide, ranked, scored
from cleaner.decode.codec import DOUBLE_BYTE
from cleaner.decode.declared import declared
from cleaner.decode.finish import finished
from cleaner.decode.mixed import Mixture, mixture
from cleaner.decode.reading import UTF8_RUN, Reading, behind, read, read_mixed
from cleaner.decode.sample import sample, wide_sample
from cleaner.decode.types import Candidate, Decoded
from cleaner.decode.witness import witness
from cleaner.errors import BinaryError

SINGLE_BYTE = ("windows-1252", "windows-1251", "koi8-r", "ibm866")
"""One for each family of scripts; when one of them wins, the witness says which of its kin it is."""
WIDE = ("utf-16le", "utf-16be", "utf-32le", "utf-32be")
HEAD = 240
"""Bytes in which to look whether the file begins inside a character: some hundred hanzi, and a multiple of all unit lengths."""


def by_likelihood(data: bytes) -> Decoded:
    """The text in the codec, or the two codecs, that make it likeliest.

    Raises:
        BinaryError: no codec makes a text of the bytes that is likelier than noise.
    """
    plain = binary.stripped(data)
    probe, ranks = _ranked(data, plain)
    second = mixture(data, probe) if ranks[0].codec not in WIDE else None
    # The sample of a UTF-8 file may have missed the other codec, which the whole file has shown.
    if second and second.cost >= ranks[0].cost and ranks[0].codec != "utf-8":
        second = None
    if ranks[0].codec not in WIDE:
        refuse_noise(data, plain, probe, min(second.cost, ranks[0].cost) if second else ranks[0].cost, ranks[0].errors)
    decoded = finished(_read(data, ranks[0].codec, second), ranks[0].codec)
    return replace(
        decoded,
        confidence=_confidence(ranks),
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
    if wide and wide[0].cost / len(wide_probe) < ranks[0].cost / len(probe):
        return wide_probe, in_order([*wide, *ranked(wide_probe, ("utf-8", *DOUBLE_BYTE))])
    if ranks[0].codec in SINGLE_BYTE and (answer := witness(data)) and answer not in DOUBLE_BYTE and answer != "utf-8":
        others = [each for each in ranks if each.codec not in SINGLE_BYTE]
        return probe, in_order([scored(probe, answer), *others])
    return probe, ranks


def _read(data: bytes, name: str, second: Mixture | None) -> Reading:
    if second:
        return read_mixed(data, (second.codec, "utf-8") if name != "utf-8" else ("utf-8", second.codec))
    if name in DOUBLE_BYTE and UTF8_RUN.search(data):
        return read_mixed(data, (name, "utf-8"))
    skip = scored(data[:HEAD], name).skipped if name in DOUBLE_BYTE or name in WIDE else 0
    return behind(data[:skip], read(data[skip:], name))


def refuse_noise(data: bytes, plain: bytes, probe: bytes, cost: float, errors: int) -> None:
    """Refuses what no text is.

    Raises:
        BinaryError: the bytes cost as much as random ones, or have the signature of a format and do not read as text.
    """
    kind = binary.signature(data)
    share = binary.control_share(plain)
    # A table of rare characters can cost as much as random bytes, but random bytes do not decode without errors.
    noisy = cost > binary.RANDOM * len(probe) + 12 and (errors * 100 > len(probe) or share > binary.CONTROL_SHARE)
    if (kind and (share > 0.002 or noisy)) or noisy or share > 0.1:
        what = f"the bytes are {kind}" if kind else "the bytes read as no text in any known encoding"
        raise BinaryError(f"{what}, not text", cure="leave the file out, or name its encoding if it is text")


def _confidence(ranks: list[Scored]) -> float:
    margin = ranks[1].cost - ranks[0].cost
    return 1 / (1 + exp(-margin / 4))
