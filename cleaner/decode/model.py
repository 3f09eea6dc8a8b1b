"""How likely a text is, in nats: P(character | its class) and P(class | class before), and pairs of hanzi.

A wrong codec gives characters that are rare, or that do not stand beside each other (a Cyrillic letter in a Latin
word, hangul among rare hanzi). A class bigram model with character emissions sees both, in any script, with one small
table. The data is built by benchmarks/decode/build_model.py and loaded when first needed.
"""

import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from struct import unpack_from
from typing import Literal

import numpy as np
import numpy.typing as npt

MAGIC = b"likely1\n"
STEP = 0.1
"""Nats per unit of the stored costs."""

CLASSES = (
    "plain", "lower", "upper", "space", "latin-lower", "latin-upper", "greek-lower", "greek-upper",
    "cyrillic-lower", "cyrillic-upper", "hebrew", "arabic", "thai", "letter", "hanzi", "kana", "hangul", "sign",
    "wide", "control", "junk",
)  # fmt: skip
Script = Literal["zh", "ja"]

_BLOCKS = (
    (0x3040, 0x30FF, "kana"), (0x31F0, 0x31FF, "kana"), (0xFF66, 0xFF9F, "kana"),
    (0x3400, 0x4DBF, "hanzi"), (0x4E00, 0x9FFF, "hanzi"), (0xF900, 0xFAFF, "hanzi"),
    (0xAC00, 0xD7A3, "hangul"), (0x1100, 0x11FF, "hangul"), (0x3130, 0x318F, "hangul"),
    (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"), (0x0E00, 0x0E7F, "thai"),
    (0x2100, 0x27BF, "wide"), (0x3000, 0x303F, "wide"), (0x3200, 0x33FF, "wide"), (0xFE30, 0xFE4F, "wide"),
    (0xFF00, 0xFF65, "wide"), (0xFFE0, 0xFFE6, "wide"), (0x3105, 0x312F, "wide"), (0xFF9F, 0xFFDF, "junk"),
    (0xD800, 0xF8FF, "junk"),
)  # fmt: skip
_CASED = ((0x0080, 0x024F, "latin"), (0x1E00, 0x1EFF, "latin"), (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"))


def class_of(char: str) -> int:
    """The number of the class of a character; outside the basic plane everything is "letter" or "sign".

    >>> [CLASSES[class_of(char)] for char in "a你，é"]
    ['lower', 'hanzi', 'wide', 'latin-lower']
    """
    return CLASSES.index(_class(char))


def _class(char: str) -> str:
    code = ord(char)
    category = unicodedata.category(char)
    if code < 0x80:
        return _ascii_class(char)
    if block := next((name for low, high, name in _BLOCKS if low <= code <= high), ""):
        return block
    if category in {"Cn", "Co", "Cs", "Cc"} or code == 0xFFFD:
        return "junk"
    if category[0] in "LM":
        script = next((name for low, high, name in _CASED if low <= code <= high), "")
        if not script:
            return "letter"
        return f"{script}-{'upper' if category == 'Lu' else 'lower'}"
    return "sign"


def _ascii_class(char: str) -> str:
    if char.isspace():
        return "space"
    if char < " " or char == "\x7f":
        return "control"
    if char.isalpha():
        return "lower" if char.islower() else "upper"
    return "plain"


_CONTROL, _JUNK, _HANZI = (CLASSES.index(name) for name in ("control", "junk", "hanzi"))


@dataclass(frozen=True, slots=True)
class Model:
    """The tables, by code point of the basic plane.

    Attributes:
        members: class numbers, shape (65536,).
        zh: cost of each character given its class, in nats, hanzi as Chinese has them, shape (65536,).
        ja: the same with hanzi as Japanese has them.
        steps: cost of each class given the one before, flattened, shape (classes * classes,).
        pairs: pairs of hanzi as ``first << 16 | second``, sorted.
        gains: how much likelier the second is after the first, in nats, one for each pair.
    """

    members: npt.NDArray[np.uint16]
    zh: npt.NDArray[np.float32]
    ja: npt.NDArray[np.float32]
    steps: npt.NDArray[np.float32]
    pairs: npt.NDArray[np.uint32]
    gains: npt.NDArray[np.float32]

    def costs(self, text: str, script: Script = "zh") -> npt.NDArray[np.float32]:
        """-log P of each character of the text, in nats; natural Chinese costs about 7 a hanzi."""
        codes = codes_of(text)
        members = self.members[codes]
        before = np.empty_like(members)
        before[:1] = CLASSES.index("space")  # a text begins as if a space stood before it
        before[1:] = members[:-1]
        costs: npt.NDArray[np.float32] = (self.zh if script == "zh" else self.ja)[codes]
        costs += self.steps[before * len(CLASSES) + members]
        if script == "zh":
            self._pair(codes, members == _HANZI, costs)
        return costs

    def strangeness(self, text: str) -> tuple[int, float]:
        """How many controls, private characters and U+FFFD there are, and the mean cost of what is beyond ASCII."""
        members = self.members[codes_of(text)]
        strange = int(((members == _CONTROL) | (members == _JUNK)).sum())
        beyond = self.costs(text)[codes_of(text) >= 128]
        return strange, float(beyond.mean()) if len(beyond) else 0.0

    def _pair(
        self, codes: npt.NDArray[np.uint32], hanzi: npt.NDArray[np.bool_], costs: npt.NDArray[np.float32]
    ) -> None:
        """Takes off what known pairs of hanzi are likelier together."""
        seconds = np.flatnonzero(hanzi[:-1] & hanzi[1:]) + 1
        keys = (codes[seconds - 1] << np.uint32(16)) | codes[seconds]
        order = keys.argsort()  # keys in order are found three times as fast
        keys, seconds = keys[order], seconds[order]
        places = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        known = self.pairs[places] == keys
        costs[seconds[known]] -= self.gains[places[known]]

    def cost(self, text: str, script: Script = "zh") -> float:
        """-log P of a text in nats."""
        return float(self.costs(text, script).sum()) if text else 0.0


def codes_of(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text; all beyond the basic plane are one rare letter, which an emoji is as dear as."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return codes if codes.max(initial=0) < 65536 else np.where(codes < 65536, codes, np.uint32(0x1F00))


@cache
def model() -> Model:
    """The model that ships with the package; read once.

    >>> model().cost("我们的系统") < model().cost("涓枃缂栫爜")
    True
    """
    data = (files("cleaner.decode") / "data" / "model.bin").read_bytes()
    (count,) = unpack_from("<I", data, len(MAGIC))
    raw = np.frombuffer(zlib.decompress(data[len(MAGIC) + 4 :]), dtype=np.uint8)
    members, zh, ja, steps, deltas, gains = np.split(
        raw, np.cumsum([65536, 65536, 65536, len(CLASSES) ** 2, 4 * count])
    )
    keys = deltas.reshape(4, -1).T.copy().view("<u4").ravel().cumsum(dtype=np.uint32)
    step = np.float32(STEP)
    return Model(members.astype(np.uint16), zh * step, ja * step, steps * step, keys, gains * np.float32(0.5))


def outside_gb2312(text: str) -> int:
    """How many hanzi of a text the GB2312 set has not.

    >>> outside_gb2312("书書a，")
    1
    """
    return int(_outside()[codes_of(text)].sum())


@cache
def _outside() -> npt.NDArray[np.bool_]:
    rows = bytes(byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    outside: npt.NDArray[np.bool_] = np.equal(model().members, _HANZI)
    outside[codes_of(rows.decode("gb2312", "ignore"))] = False
    return outside
