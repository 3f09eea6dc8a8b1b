"""The decision for bytes that are no valid UTF-8 and carry no mark: the codec that makes the likeliest text."""

from dataclasses import replace
from math import exp, inf

from cleaner.decode import binary
from cleaner.decode.built import Reading, behind
from cleaner.decode.candidates import Scored, in_order, is_wide, ranked, scored
from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.declared import declared
from cleaner.decode.finish import finished
from cleaner.decode.lines import holds_utf8, read_mixed
from cleaner.decode.mixed import Mixture, mixture
from cleaner.decode.model import model
from cleaner.decode.reading import read
from cleaner.decode.sample import sample, wide_sample
from cleaner.decode.types import Candidate, Decoded
from cleaner.decode.witness import witness

SINGLE_BYTE = ("windows-1252", "windows-1251", "koi8-r", "ibm866")
"""One for each family of scripts; when one of them wins, the witness says which of its kin it is."""
WIDE = ("utf-16le", "utf-16be", "utf-32le", "utf-32be")
QUIET = 0.002
CONTROLS = 0.1
"""Shares of control characters: with the signature of a format the first is enough to refuse, without one the
second."""
STRANGE = ((10.5, 0.2), (12.5, 0.06), (inf, 0.02))
"""The most nats for a character beyond ASCII, and the largest share of characters that no text holds: text in the right
codec costs 3 (letters) to 8 (hanzi), so that one byte in ten may be damaged; a table of rare characters 12, noise 13
and more."""
STRANGE_WIDE = 0.01
"""The share in UTF-16, which makes assigned characters of nearly everything."""
SPARSE = 0.004
"""The least share of words in text of letters; Thai, which parts only sentences, has more, eight-bit sound less."""
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
        raise binary.refusal(f"the bytes are {binary.signature(data)}")
    plain = binary.stripped(data)
    probe, ranks = _ranked(data, plain)
    second = mixture(data, probe) if ranks[0].codec not in WIDE else None
    # The sample of a UTF-8 file may have missed the other codec, which the whole file has shown.
    if second and second.cost >= ranks[0].cost and ranks[0].codec != "utf-8":
        second = None
    if ranks[0].codec not in WIDE:
        _refuse_noise(data, plain, probe, ranks[0], second)
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
    if ranks[0].codec in SINGLE_BYTE or _look(probe, ranks[0])[2] > ODD:
        told = (answer := witness(data)) and scored(probe, answer)
    return probe, _heard(ranks, told) if told and reads_as_text(probe, told) else ranks


def _heard(ranks: list[Scored], told: Scored) -> list[Scored]:
    """The ranks with the witness's codec; the others of one byte can no longer win, but leave the best less sure."""
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


def _refuse_noise(data: bytes, plain: bytes, probe: bytes, best: Scored, second: Mixture | None) -> None:
    """Refuses what no text is: noise, control characters, the signature of a format on what reads badly.

    Raises:
        BinaryError: it is no text.
    """
    kind = binary.signature(data)
    share = binary.control_share(plain)
    noisy = not second and not reads_as_text(probe, best)
    if (kind and (share > QUIET or noisy)) or noisy or share > CONTROLS:
        raise binary.refusal(f"the bytes are {kind}" if kind else "the bytes read as no text in any known encoding")


def reads_as_text(probe: bytes, best: Scored) -> bool:
    """Whether a sample reads as some language in a codec, or at least decodes without anything strange.

    A table of rare characters costs as much as random bytes do, but random bytes also make errors, control characters
    and code points that nobody uses.
    """
    if best.codec in DOUBLE_BYTE and not best.errors and not binary.control_share(probe):
        return True
    if codec(best.codec).unit == 1 and len(probe.split()) <= SPARSE * len(probe):
        return False
    size, strange, cost = _look(probe, best)
    if best.codec in WIDE:
        return strange <= max(STRANGE_WIDE * size, 1)
    return any(cost < most and strange <= max(share * size, 1) for most, share in STRANGE)


def _look(probe: bytes, best: Scored) -> tuple[int, int, float]:
    """How many characters a sample has in a codec, how many of them are strange, and the mean cost beyond ASCII."""
    text = codec(best.codec).decode(probe[best.skipped :], "replace").rstrip("\0").strip("\ufffd")
    return len(text), *model().strangeness(text)


def _confidence(probe: bytes, ranks: list[Scored]) -> float:
    """How sure the best codec is, from its margin over the first one that makes another text."""
    best = ranks[0]
    for other in ranks[1:]:
        margin = other.cost - best.cost
        if margin > CLEAR or _text(probe, other) != _text(probe, best):
            return 1 / (1 + exp(-SLOPE * margin))
    return 1.0


def _text(probe: bytes, each: Scored) -> str:
    return codec(each.codec).decode(probe[each.skipped :], "replace")
