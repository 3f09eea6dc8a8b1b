"""What can be set about repeats."""

from dataclasses import dataclass
from typing import Literal, get_args

from cleaner.errors import UsageError

Keep = Literal["first", "last", "whole"]


@dataclass(frozen=True, slots=True)
class RepeatsOptions:
    """How passages that stand twice in a document are treated.

    Attributes:
        min_chars: characters from which on a passage counts as one (10 or more); what is shorter is a turn of phrase.
        keep: the copy that stays: "first", "last", or "whole": the one that stands as a paragraph of its own rather
            than the one stuck into another (the first, if both or none do).
        quotes: whether a quotation of an earlier post goes as well.

    Raises:
        UsageError: a value that is none of these.
    """

    min_chars: int = 40
    keep: str = "first"
    quotes: bool = False

    def __post_init__(self) -> None:
        if self.keep not in get_args(Keep):
            raise UsageError(f"keep is '{self.keep}'", "repeats.keep", f"take one of {', '.join(get_args(Keep))}")
        if self.min_chars < 10:
            cure = "take 10 or more: shorter passages are turns of phrase"
            raise UsageError(f"min_chars is {self.min_chars}", "repeats.min_chars", cure)
