"""What reads as no text: noise, sound, pictures and tables of numbers, which many a codec decodes all the same."""

from math import inf

import numpy as np

from cleaner.decode import binary
from cleaner.decode.candidates import Scored
from cleaner.decode.codec import DOUBLE_BYTE, codec
from cleaner.decode.lines import CHINESE
from cleaner.decode.model import codes_of, model
from cleaner.decode.reading import read
from cleaner.decode.sample import BUDGET

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
COUNTED = 0.8
"""The share of characters that are as far from the next one; of texts only lines that are drawn come near."""
SMOOTH = 0.12
VALUES = 24
"""Von Neumann's ratio of sound, and how many values its bytes have at least; of 150,000 pieces of texts in twenty
codecs the least ratio is 0.17, in lines that tables are drawn with."""


def refuse_noise(data: bytes, plain: bytes, probe: bytes, best: Scored, *, mixed: bool) -> None:
    """Refuses what no text is: noise, control characters, the signature of a format on what reads badly.

    Args:
        data: the whole file.
        plain: the same, `stripped`.
        probe: the sample of it that was compared.
        best: the likeliest codec.
        mixed: whether there are two codecs, of which one alone reads badly.

    Raises:
        BinaryError: it is no text.
    """
    if is_smooth(probe) or _is_drilled(data, probe, best.codec) or not (mixed or reads_as_text(probe, best)):
        raise binary.refusal(binary.signature(data) or "noise in every known encoding")
    if best.codec not in WIDE:
        binary.refuse_controls(data, plain, CONTROLS if best.codec in DOUBLE_BYTE else binary.CONTROL_SHARE)


def reads_as_text(probe: bytes, best: Scored) -> bool:
    """Whether a sample reads as some language in a codec, or at least decodes without anything strange.

    A table of rare characters costs as much as random bytes do, but random bytes also make errors, control characters
    and code points that nobody uses.
    """
    parted = _is_parted(probe)
    if best.codec in DOUBLE_BYTE and not best.errors and not binary.control_share(probe) and parted:
        return True
    if codec(best.codec).unit == 1 and not parted:
        return False
    text = text_of(probe, best)
    if best.codec not in WIDE:
        return _is_natural(text) or (best.codec in CHINESE and _is_natural_aligned(probe[best.skipped :], text, best))
    return bool(text) and not is_counted(text) and _is_natural_wide(text)


def _is_natural_wide(text: str) -> bool:
    strange, _ = model().strangeness(text)
    return strange <= max(STRANGE_WIDE * len(text), 1) and model().cost(text) <= NOISY_WIDE * len(text)


def is_counted(text: str) -> bool:
    """Whether most characters are one step from the next, the same step, as in a table that counts or stands still.

    >>> is_counted("".join(map(chr, range(0x4E00, 0x4F00)))), is_counted("他们在公园里下棋。" * 9)
    (True, False)
    """
    steps = np.diff(codes_of(text).astype(np.int64))
    if len(steps) < LINE // 4:
        return False
    return bool(np.unique(steps, return_counts=True)[1].max() > COUNTED * len(steps))


def _is_parted(data: bytes) -> bool:
    """Whether blanks part the data, or it is too short to need any."""
    return len(data) < LINE or len(data.split()) - 1 >= max(SPARSE * len(data), 1)


def _is_drilled(data: bytes, probe: bytes, name: str) -> bool:
    """Whether the data repeats a byte or two, or is a small file of letters without blanks.

    Of pixels the sample has too few to tell: it has everything once that is repeated.
    """
    if name in DOUBLE_BYTE or len(data) < LINE:
        return False
    return len(set(probe)) <= 2 or (codec(name).unit == 1 and len(data) <= BUDGET and not _is_parted(data))


def _is_natural(text: str) -> bool:
    strange, cost = model().strangeness(text)
    return any(cost < most and strange <= max(share * len(text), 1) for most, share in STRANGE)


def _is_natural_aligned(data: bytes, text: str, best: Scored) -> bool:
    """The same for the text that the bytes are when what stands half a character off is put right."""
    strange, cost = model().strangeness(text)
    near = cost < STRANGE[-2][0] and strange <= STRANGE[0][1] * len(text)
    return near and _is_natural(read(data, best.codec).text)


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
