"""Bytes to text in codecs that are known already, keeping whatever encoding the text would not give back.

The fast way is a strict decode that encodes back to the same bytes. Where that fails, each line is aligned by itself: a
Viterbi search over its bytes picks the units (one character of one codec, or one lost byte) that make the likeliest text. It
finds its step again after a lost half of a character, and it sees where a line changes from one codec to another.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from math import inf


from cleaner.core.document import BytePatch, Segment
from cleaner.decode.codec import DOUBLE_BYTE, Codec, codec
from cleaner.decode.model import CLASSES, Script, model

LOST = "\ufffd"
LOST_COST = 12.0
"""Nats for a byte that belongs to no character; six shifted hanzi in a row cost more than two lost bytes."""
TAIL_COST = 3.0
"""Nats for a lost byte at the very end of the data, where a character may be cut off."""
SWITCH_COST = 9.0
"""Nats for going over to the other codec within a line; half of it at the head of a line."""
_MARK = re.compile("[\udd00-\uddff][\udc00-\udcff]*")
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")


def script_of(name: str) -> Script:
    """Whose hanzi a codec is expected to hold."""
    return "ja" if name in {"shift_jis", "euc-jp", "iso-2022-jp"} else "zh"


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Stands lone surrogates in for undecodable bytes (no decoder makes any): U+DDxx for the first, U+DCxx for the rest."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(chr((0xDC00 if place else 0xDD00) + byte) for place, byte in enumerate(lost)), error.end


KEEP = "cleaner-keep"
codecs.register_error(KEEP, _keep)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with what its bytes had beside it."""

    text: str
    patches: tuple[BytePatch, ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def lost(self) -> list[BytePatch]:
        """The patches that stand for undecodable bytes."""
        return [patch for patch in self.patches if self.text[patch.start : patch.end] == LOST and patch.data]


@dataclass(frozen=True, slots=True)
class _Unit:
    """Some bytes and their text in one codec; `exact` when encoding the text gives the bytes."""

    data: bytes
    text: str
    codec: int
    exact: bool


@dataclass(slots=True)
class _Builder:
    """Collects text, patches and runs of codecs."""

    names: Sequence[str]
    parts: list[str] = field(default_factory=list)
    size: int = 0
    patches: list[BytePatch] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, text: str, number: int) -> None:
        if self.runs and self.runs[-1][2] == number:
            self.runs[-1] = (self.runs[-1][0], self.size + len(text), number)
        else:
            self.runs.append((self.size, self.size + len(text), number))
        self.parts.append(text)
        self.size += len(text)

    def add_unit(self, unit: _Unit) -> None:
        if not unit.exact:
            self.patches.append(BytePatch(self.size, self.size + len(unit.text), unit.data))
        self.add(unit.text, unit.codec)

    def build(self) -> Reading:
        segments: tuple[Segment, ...] = ()
        if len({number for _, _, number in self.runs}) > 1:
            segments = tuple(Segment(start, end, self.names[number]) for start, end, number in self.runs)
        return Reading("".join(self.parts), tuple(self.patches), segments)


def behind(head: bytes, reading: Reading) -> Reading:
    """A reading with lost bytes before it: the rest of a character whose beginning was cut off."""
    if not head:
        return reading
    patches = (BytePatch(0, 1, head), *(replace(each, start=each.start + 1, end=each.end + 1) for each in reading.patches))
    later = [replace(each, start=each.start + 1, end=each.end + 1) for each in reading.segments]
    if later:
        later[0] = replace(later[0], start=0)
    return Reading(LOST + reading.text, patches, tuple(later))


def read(data: bytes, name: str) -> Reading:
    """All of the bytes in one codec; what it does not decode becomes U+FFFD with a patch.

    >>> read(b"\\xc4\\xe3\\xff\\xba\\xc3", "gb18030").text
    '你�好'
    """
    known = codec(name)
    if not known.unit:
        return _stateful(data, known)
    if _round_trips(data, known):
        return Reading(known.decode(data))
    if name in DOUBLE_BYTE:
        return read_mixed(data, (name,))
    return _marked(data, known)


def _round_trips(data: bytes, known: Codec) -> bool:
    try:
        return known.encode(known.decode(data)) == data
    except UnicodeError:
        return False


def _stateful(data: bytes, known: Codec) -> Reading:
    text = codecs.decode(data, known.python, "replace")
    if text.isascii() and text.encode("ascii") == data:
        return Reading(text)
    try:
        same = known.encode(text) == data
    except UnicodeError:
        same = False
    return Reading(text, () if same else (BytePatch(0, len(text), data),))


def _marked(data: bytes, known: Codec) -> Reading:
    """One pass of Python's decoder; runs of undecodable bytes as it reports them."""
    text = known.decode(data, KEEP)
    builder = _Builder((known.name,))
    at = 0
    for mark in _MARK.finditer(text):
        builder.add(text[at : mark.start()], 0)
        builder.add_unit(_Unit(bytes(ord(char) & 0xFF for char in mark.group()), LOST, 0, exact=False))
        at = mark.end()
    builder.add(text[at:], 0)
    reading = builder.build()
    return (
        reading
        if rebuilt(reading, known.name) == data
        else Reading(reading.text, (BytePatch(0, len(reading.text), data),))
    )


def read_mixed(data: bytes, names: Sequence[str]) -> Reading:
    """The bytes in several stateless codecs, line by line and inside lines; the first name is the file's own."""
    known = tuple(codec(name) for name in names)
    builder = _Builder(tuple(names))
    last = 0
    for match in _LINE.finditer(data):
        line = match.group()
        for units in _line(line, known, last):
            if isinstance(units, str):
                builder.add(units, last)
            else:
                builder.add_unit(units)
        last = builder.runs[-1][2]
    return builder.build()


def _line(line: bytes, known: tuple[Codec, ...], last: int) -> Iterator["str | _Unit"]:
    if line.isascii():
        yield line.decode("ascii")
    elif len(known) == 1 and _round_trips(line, known[0]):
        yield known[0].decode(line)
    else:
        for number, group in groupby(_units(line, known, last), key=lambda unit: (unit.codec, unit.exact)):
            units = list(group)
            if number[1]:
                text = "".join(unit.text for unit in units)
                yield _Unit(b"", text, number[0], exact=True)
            else:
                yield from units


def _units(line: bytes, known: tuple[Codec, ...], last: int) -> list[_Unit]:
    """The units of a line; none is given up for likelihood alone where the file's own codec decodes them all."""
    plain = _plain(line, known[0])
    if plain and len(known) == 1:
        return plain
    units = align(line, known, last)
    return plain if plain and any(unit.text == LOST for unit in units) else units


def _plain(line: bytes, known: Codec) -> list[_Unit]:
    """The units from left to right, as the standard's decoder takes them; none when a byte is lost that way."""
    units = []
    at = 0
    while at < len(line):
        unit = _unit(known.name, line[at : at + 4])
        if unit is None:
            return []
        units.append(_Unit(line[at : at + unit[0]], unit[1], 0, unit[3]))
        at += unit[0]
    return units


@lru_cache(maxsize=1 << 17)
def _unit(name: str, head: bytes) -> tuple[int, str, float, bool] | None:
    """The character that stands at the head of four bytes: its length, text, cost in nats, and whether it encodes back."""
    known = codec(name)
    for length in range(1, min(known.unit, len(head)) + 1):
        piece = head[:length]
        text = known.extra.get(piece)
        if text is None:
            try:
                text = known.decode(piece)
            except UnicodeDecodeError:
                continue
        try:
            exact = known.encode(text) == piece
        except UnicodeEncodeError:
            exact = False
        return length, text, _unit_cost(text, script_of(name)), exact
    return None


def _unit_cost(text: str, script: Script) -> float:
    likely = model()
    code = min(ord(text[0]), 0xFFFF)
    number = int(likely.members[code])
    arrival = likely.steps.reshape(len(CLASSES), -1)[_EAST, number].min()
    table = likely.zh if script == "zh" else likely.ja
    return float(table[code] + arrival)


_EAST = [CLASSES.index(name) for name in ("hanzi", "kana", "hangul", "wide", "plain", "lower", "space")]


def align(line: bytes, known: tuple[Codec, ...], last: int = 0) -> list[_Unit]:
    """The likeliest units of a line, by dynamic programming from its end to its head; linear in its length.

    Args:
        line: the bytes.
        known: the codecs that may stand in it.
        last: the number of the codec that the line before ended in.
    """
    states = range(len(known))
    size = len(line)
    best: list[list[float]] = [[0.0] * len(known)] * (size + 4)
    steps: list[list[tuple[int, int]]] = []  # backwards: for each state, the length of the unit and the codec it is in
    for at in range(size - 1, -1, -1):
        costs, row = _row(line[at : at + 4], known, best, at)
        best[at] = costs
        steps.append(row)
    steps.reverse()
    state = min(states, key=lambda number: best[0][number] + (SWITCH_COST / 2 if number != last else 0.0))
    units = []
    at = 0
    while at < size:
        length, state = steps[at][state]
        units.append(_made(line[at : at + 4], length, known[state], state))
        at += abs(length)
    return units


def _row(
    head: bytes, known: tuple[Codec, ...], best: list[list[float]], at: int
) -> tuple[list[float], list[tuple[int, int]]]:
    """For each state before `at`: the least cost of the rest of the line, and the unit to take (length 0 is a lost byte)."""
    reach: list[tuple[float, int]] = []
    for number, codec_ in enumerate(known):
        lost = _lost_cost(head) + best[at + 1][number]
        unit = _unit(codec_.name, head)
        whole = unit[2] + best[at + unit[0]][number] if unit else lost + 1
        reach.append((whole, unit[0]) if unit and whole <= lost else (lost, -1))
    costs: list[float] = []
    row: list[tuple[int, int]] = []
    for number in range(len(known)):
        total, length, target = min(
            (cost + (SWITCH_COST if other != number else 0.0), length, other)
            for other, (cost, length) in enumerate(reach)
        )
        costs.append(total)
        row.append((length, target))
    return costs, row


def _lost_cost(head: bytes) -> float:
    if head[0] < 0x80:
        return inf
    return LOST_COST if len(head) > 1 else TAIL_COST


def _made(head: bytes, length: int, known: Codec, number: int) -> _Unit:
    unit = _unit(known.name, head) if length > 0 else None
    if unit is None:
        return _Unit(head[:1], LOST, number, exact=False)
    return _Unit(head[:length], unit[1], number, exact=unit[3])


def rebuilt(reading: Reading, name: str) -> bytes:
    """The bytes that a reading stands for; `name` is the codec where there are no segments."""
    if not reading.segments:
        return _piece(reading.text, 0, len(reading.text), name, reading.patches)
    return b"".join(
        _piece(reading.text, segment.start, segment.end, segment.codec, _inside(reading.patches, segment))
        for segment in reading.segments
    )


def _inside(patches: tuple[BytePatch, ...], segment: Segment) -> tuple[BytePatch, ...]:
    return tuple(patch for patch in patches if segment.start <= patch.start and patch.end <= segment.end)


def _piece(text: str, start: int, end: int, name: str, patches: Sequence[BytePatch]) -> bytes:
    known = codec(name)
    parts: list[bytes] = []
    at = start
    for patch in patches:
        parts += (known.encode(text[at : patch.start]), patch.data)
        at = patch.end
    return b"".join((*parts, known.encode(text[at:end])))
