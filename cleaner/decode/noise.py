"""What reads as no text: noise, sound, pictures and tables of numbers, which many a codec decodes all the same."""

from math import inf

import numpy as np

from cleaner.decode import binary
from cleaner.decode.candidates import Scored
from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.model import model

WIDE = ("utf-16le", "utf-16be", "utf-32le", "utf-32be")
CONTROLS = 0.1
"""The largest share of control characters beside double-byte ones, which by themselves tell text from noise."""
STRANGE = ((10.5, 0.2), (12.5, 0.06), (inf, 0.02))
"""The most nats for a character beyond ASCII, and the largest share of characters that no text holds: text in the right
codec costs 3 (letters) to 8 (hanzi), so that one byte in ten may be damaged; a table of rare characters 12, noise 13
and more."""
STRANGE_WIDE = 0.01
NOISY_WIDE = 12.0
"""The share in UTF-16, which makes assigned characters of nearly everything, and the most nats for a character of any
kind: thirty characters of no language cost more than 11.1, sound and tables of numbers 12.8 and more."""
SPARSE = 0.004
LINE = 128
"""The least share of blanks in text of letters, and bytes of which one is a blank; Thai, which parts only sentences,
has more, sound, palettes and pixels less."""
SMOOTH = 0.12
VALUES = 24
"""Von Neumann's ratio of sound, and how many values its bytes have at least; of 150,000 pieces of texts in twenty
codecs the least ratio is 0.17, in lines that tables are drawn with."""


def refuse_noise(data: bytes, probe: bytes, best: Scored, *, mixed: bool) -> None:
    """Refuses what no text is: noise, control characters, the signature of a format on what reads badly.

    Args:
        data: the whole file.
        probe: the sample of it that was compared.
        best: the likeliest codec.
        mixed: whether there are two codecs, of which one alone reads badly.

    Raises:
        BinaryError: it is no text.
    """
    if is_smooth(probe) or not (mixed or reads_as_text(probe, best)):
        raise binary.refusal(binary.signature(data) or "noise in every known encoding")
    if best.codec not in WIDE:
        binary.refuse_controls(data, CONTROLS if best.codec in DOUBLE_BYTE else binary.CONTROL_SHARE)


def reads_as_text(probe: bytes, best: Scored) -> bool:
    """Whether a sample reads as some language in a codec, or at least decodes without anything strange.

    A table of rare characters costs as much as random bytes do, but random bytes also make errors, control characters
    and code points that nobody uses.
    """
    if best.codec in DOUBLE_BYTE and not best.errors and not binary.control_share(probe):
        return True
    if codec(best.codec).unit == 1 and len(probe) >= LINE and len(probe.split()) - 1 < max(SPARSE * len(probe), 1):
        return False
    text = text_of(probe, best)
    strange, cost = model().strangeness(text)
    if best.codec in WIDE:
        return (
            bool(text) and strange <= max(STRANGE_WIDE * len(text), 1) and model().cost(text) <= NOISY_WIDE * len(text)
        )
    return any(cost < most and strange <= max(share * len(text), 1) for most, share in STRANGE)


def text_of(probe: bytes, best: Scored) -> str:
    """The text of a sample, without what only pads its end or was cut."""
    return codec(best.codec).decode(probe[best.skipped :], "replace").rstrip("\0").strip("\ufffd")


def is_smooth(data: bytes) -> bool:
    """Whether neighbouring bytes differ by little among many values, as in sound and in no text.

    That is von Neumann's ratio, the mean square difference of neighbours over the variance (Annals of Mathematical
    Statistics 12, 1941): 2 for values in no order. Runs of one byte, of which drawings have many, are left out.

    >>> is_smooth(bytes(range(64, 192))), is_smooth("他们在公园里下棋。".encode("gb18030") * 9)
    (True, False)
    """
    if len(set(data)) < VALUES:
        return False
    values = np.frombuffer(data, np.uint8).astype(np.float32)
    steps = np.diff(values)
    return float(np.dot(steps, steps)) < SMOOTH * float(values.var()) * int(np.count_nonzero(steps))
