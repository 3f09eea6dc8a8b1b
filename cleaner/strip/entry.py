"""Rules as they are used: an entry, checked and folded, and the pack. What they may say: `cleaner.strip.pack`."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["line", "inline", "block"]
Zone = Literal["any", "head", "post", "tail"]
Strength = Literal["anchor", "strong", "weak"]
Role = Literal["", "post", "end", "foot", "nav", "meta", "list"]
Grammar = Literal["", "profile", "vocabulary", "metadata", "cycle", "span", "heading", "posts"]

# So many lines an entry that is needed may be away, when the entry does not say.
WITHIN = 8


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One rule of a pack, checked, its literals folded, its macros written out; the fields: `cleaner.strip.pack`.

    Compared and hashed by identity: an entry is a key of many tables, and hashing its fields each time costs more than
    matching it.
    """

    id: str
    pack: str
    kind: Kind
    why: str
    strength: Strength = "strong"
    zone: Zone = "any"
    pattern: str = ""
    literals: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    within: int = WITHIN
    unless: str = ""
    acts: bool = True
    role: Role = ""
    site: str = ""
    masked: bool = False
    learned: bool = False
    grammar: Grammar = ""
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    least: int = 0
    most: int = 0
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    name: str = field(init=False)  # pack/id
    rule: str = field(init=False)  # as it stands in an edit: strip/pack/id
    sure: bool = field(init=False)  # whether it is not weak
    plays: Role = field(init=False)  # its role if it is sure: weak entries do not shape the page

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.pack}/{self.id}")
        object.__setattr__(self, "rule", f"strip/{self.name}")
        object.__setattr__(self, "sure", self.strength != "weak")
        object.__setattr__(self, "plays", self.role if self.sure else "")

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every RE2 pattern of the entry, in the order of the fields."""
        single = (self.pattern, self.unless, self.first, self.last)
        return tuple(filter(None, (*single, *self.values, *self.lines)))


@dataclass(frozen=True, slots=True)
class Pack:
    """A named list of entries; `wake` different anchors wake its weak ones."""

    name: str
    why: str
    entries: tuple[Entry, ...]
    wake: int = 1
    learned: bool = False
