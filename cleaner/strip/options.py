"""The options of strip."""

from dataclasses import dataclass
from typing import Literal, get_args

from cleaner.errors import UsageError

Mode = Literal["safe", "balanced", "aggressive"]


@dataclass(frozen=True, slots=True)
class StripOptions:
    """How chrome is removed.

    Attributes:
        mode: ``safe`` (anchors, strong rules, and what the line model is almost certain of), ``balanced`` (weak rules
            beside them; head, tail and profiles) or ``aggressive`` (weak rules of every pack, once one is awake).
        packs: the TOML texts of further rule packs, learned ones included; one that bears the name of a built-in pack
            takes its place. A stage knows no file system: whoever takes paths from the user reads them.
        only: names of packs or globs of ``pack/id``; nothing else acts.
        disable: names of packs or globs of ``pack/id`` that do not act.
        model: whether the line model takes what no rule knows (never with `only`).

    Raises:
        UsageError: a mode that is none of these.
    """

    mode: Mode = "balanced"
    packs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    model: bool = True

    def __post_init__(self) -> None:
        if self.mode not in get_args(Mode):
            raise UsageError(f"mode is '{self.mode}'", "strip.mode", f"take one of {', '.join(get_args(Mode))}")
