"""Where the characters of a damaged or mixed line begin: a Viterbi search over its bytes.

Each step takes one unit: a character of one of the codecs, or one lost byte. The cheapest way through the line is the
likeliest text; it finds its step again after half a character was lost, and it sees where a line goes over to another
codec.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import inf

from cleaner.decode.codec import Codec, codec
from cleaner.decode.model import CLASSES, Script, model

LOST = "\ufffd"
LOST_COST = 12.0
"""Nats for a byte that belongs to no character: shifting a few hanzi by a byte makes each some five nats rarer."""
RAREST_COST = 13.0
"""Nats for the rarest character: about a lost byte, or else lists of rare characters would be torn apart."""
TAIL_COST = 3.0
"""Nats for a lost byte at the very end of the data, where a character may be cut off."""
SWITCH_COST = 9.0
"""Nats for going over to the other codec within a line; half of it at the head of a line."""

STRAIN = 0.7
"""How much of the cost of an unlikely neighbour counts: with none of it, damaged Big5 loses five times as many
characters that no bad byte touched; with all of it, mixed Latin and hanzi lose a little more."""

REPEAT_COST = 2.0
"""Nats for one more of the same character."""

Spelled = tuple[int, str, float, bool]
"""How many bytes a character takes, the character, its cost in nats, and whether encoding it gives the bytes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Some bytes and their text in one codec; `exact` when encoding the text gives the bytes."""

    data: bytes
    text: str
    codec: int
    exact: bool
    cost: float = 0.0


def script_of(name: str) -> Script:
    """Whose hanzi a codec is expected to hold."""
    return "ja" if name in {"shift_jis", "euc-jp", "iso-2022-jp"} else "zh"


def plain(line: bytes, known: Codec, number: int = 0) -> list[Unit]:
    """The units from left to right, as a decoder takes them that gives up one byte wherever it cannot go on."""
    units = []
    at = 0
    while at < len(line):
        spelled = _spelled(known, line[at : at + 4])
        if spelled is None:
            units.append(_lost(line, at, number))
            at += 1
        else:
            units.append(_unit(line, at, spelled, number))
            at += spelled[0]
    return units


def align(line: bytes, known: Sequence[Codec], last: int = 0) -> list[Unit]:
    """The likeliest units of a line, by dynamic programming from its end to its head; linear in its length.

    Args:
        line: the bytes.
        known: the codecs that may stand in it.
        last: the number of the codec that the line before ended in.
    """
    if not line:
        return []
    lattice = _Lattice(line, tuple(known))
    for at in range(len(line) - 1, -1, -1):
        lattice.step(at)
    start = lattice.best[0]
    state = min(range(len(known)), key=lambda number: start[number] + (SWITCH_COST / 2 if number != last else 0.0))
    return _walk(line, lattice.steps, state)


_Step = tuple[float, int, Spelled | None]
"""The cost of the rest of the line, the codec of the unit to take, and the unit (None for a lost byte)."""


class _Lattice:
    """The cheapest ways through a line, filled from its end.

    ``best[at][state]`` is the least cost of the rest of the line from `at` on, being in the codec `state`;
    ``steps`` has the steps that lead there.
    """

    __slots__ = ("best", "known", "line", "steps")

    def __init__(self, line: bytes, known: tuple[Codec, ...]) -> None:
        self.line, self.known = line, known
        self.best = [[0.0] * len(known)] * (len(line) + 1)
        self.steps: list[list[_Step]] = [[]] * len(line)

    def step(self, at: int) -> None:
        """Finds the best steps from `at`, all later ones being known."""
        head = self.line[at : at + 4]
        reach = [self._reach(head, at, number) for number in range(len(self.known))]
        self.steps[at] = [_cheapest(reach, number) for number in range(len(reach))]
        self.best[at] = [step[0] for step in self.steps[at]]

    def _reach(self, head: bytes, at: int, number: int) -> _Step:
        """The cheaper of taking the character at the head of some bytes and of losing its first byte."""
        spelled = _spelled(self.known[number], head)
        lost = _lost_cost(head) + self.best[at + 1][number]
        if spelled:
            behind = at + spelled[0]
            whole = spelled[2] + self.best[behind][number]
            if behind < len(self.steps) and (then := self.steps[behind][number][2]):
                whole += beside(spelled[1], then[1], spelled[2])
            if whole <= lost:
                return whole, number, spelled
        return lost, number, None


def _walk(line: bytes, steps: list[list[_Step]], state: int) -> list[Unit]:
    units = []
    at = 0
    while at < len(line):
        _, state, spelled = steps[at][state]
        if spelled is None:
            units.append(_lost(line, at, state))
            at += 1
        else:
            units.append(_unit(line, at, spelled, state))
            at += spelled[0]
    return units


def _lost(line: bytes, at: int, number: int) -> Unit:
    cost = LOST_COST if at + 1 < len(line) else TAIL_COST
    return Unit(line[at : at + 1], LOST, number, exact=False, cost=cost)


def _unit(line: bytes, at: int, spelled: Spelled, number: int) -> Unit:
    length, text, cost, exact = spelled
    return Unit(line[at : at + length], text, number, exact, cost)


def beside(first: str, second: str, cost: float = 0.0) -> float:
    """Nats, beyond their own, for two characters to stand beside each other: less for a word, more for a lone letter.

    Text that stands half a character off comes back into step over a letter of ASCII between hanzi. A run of one
    character has its cost once: a row of exclamation marks stays one where a row of full stops would be likelier.

    Args:
        first: a character.
        second: the next one.
        cost: what the first one costs by itself, in nats.
    """
    if first == second:
        return min(REPEAT_COST - cost, 0.0)
    one, two = min(ord(first[0]), 0xFFFF), min(ord(second[0]), 0xFFFF)
    gain = _gains().get(one << 16 | two)
    return -gain if gain else _strain()[_classes()[one]][_classes()[two]]


@cache
def _classes() -> bytes:
    """The class of each character of the basic plane."""
    return model().members.astype("u1").tobytes()


@cache
def _strain() -> list[list[float]]:
    """By how much coming to a class from another one costs more than its `_arrivals`."""
    steps = model().steps.reshape(len(CLASSES), -1)
    strain: list[list[float]] = (STRAIN * (steps - _arrivals()).clip(min=0)).tolist()
    return strain


@cache
def _gains() -> dict[int, float]:
    likely = model()
    return dict(zip(likely.pairs.tolist(), likely.gains.tolist(), strict=True))


def cost_of(units: Sequence[Unit]) -> float:
    """The cost of a way through a line, in nats."""
    cost = sum(unit.cost for unit in units)
    for one, two in pairwise(units):
        if one.codec != two.codec:
            cost += SWITCH_COST
        elif LOST not in {one.text, two.text}:
            cost += beside(one.text, two.text, one.cost)
    return cost


def _cheapest(reach: list[_Step], number: int) -> _Step:
    """The cheapest step from a state, other codecs at the price of a switch."""
    best = reach[number]
    for step in reach:
        if step[1] != number and step[0] + SWITCH_COST < best[0]:
            best = (step[0] + SWITCH_COST, step[1], step[2])
    return best


def _lost_cost(head: bytes) -> float:
    if head[0] < 0x80:
        return inf
    return LOST_COST if len(head) > 1 else TAIL_COST


def _spelled(known: Codec, head: bytes) -> Spelled | None:
    for length in range(1, min(known.unit, len(head)) + 1):
        if spelled := _whole(known.name, head[:length]):
            return spelled
    return None


@lru_cache(maxsize=1 << 17)
def _whole(name: str, piece: bytes) -> Spelled | None:
    known = codec(name)
    text = known.extra.get(piece)
    try:
        text = known.decode(piece) if text is None else text
    except UnicodeDecodeError:
        return None
    try:
        exact = known.encode(text) == piece
    except UnicodeEncodeError:
        exact = False
    return len(piece), text, _cost(text, script_of(name)), exact


def _cost(text: str, script: Script) -> float:
    likely = model()
    code = min(ord(text[0]), 0xFFFF)
    cost = (likely.zh if script == "zh" else likely.ja)[code] + _arrivals()[int(likely.members[code])]
    return min(float(cost), RAREST_COST)


@cache
def _arrivals() -> list[float]:
    """The least cost of coming to each class from one that stands in East Asian text."""
    steps = model().steps.reshape(len(CLASSES), -1)
    east = [CLASSES.index(name) for name in ("hanzi", "kana", "hangul", "wide", "plain", "lower", "space")]
    return [float(cost) for cost in steps[east].min(axis=0)]
