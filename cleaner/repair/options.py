"""What the stage does, as plain values."""

from dataclasses import dataclass

from cleaner.errors import ConfigError

# The configurations that OpenCC ships. Those that end in p rewrite vocabulary (計程車 becomes 出租车), which is
# translation and not cleaning.
CONVERSIONS = ("s2t", "s2tw", "s2hk", "t2s", "tw2s", "hk2s", "t2tw", "t2hk", "tw2t", "hk2t")
VOCABULARY = ("s2twp", "s2hkp", "tw2sp", "hk2sp")


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What repair does to a document.

    Attributes:
        mojibake: undo readings in the wrong codec, where the result reads better and the bytes round-trip.
        control: remove control characters, terminal escapes and byte order marks; join or replace surrogates.
        convert: an OpenCC configuration (s2t, s2tw, s2hk, t2s, tw2s, hk2s, t2tw, t2hk, tw2t, hk2t); empty for none.
        punctuation: "full" turns half-width , : ; ? ! ( ) between hanzi into their full-width forms; empty for none.
        decimal_point: turn a full-width full stop inside a number back into a point (725。6亿).
        unwrap: rejoin paragraphs that were broken inside a sentence.

    Raises:
        ConfigError: a value that an option cannot have.

    >>> RepairOptions(convert="t2x")
    Traceback (most recent call last):
    cleaner.errors.ConfigError: repair.convert: there is no conversion 't2x'; use one of s2t s2tw s2hk t2s tw2s ...
    """

    mojibake: bool = True
    control: bool = True
    convert: str = ""
    punctuation: str = ""
    decimal_point: bool = False
    unwrap: bool = False

    def __post_init__(self) -> None:
        if self.convert in VOCABULARY:
            plain = self.convert[:-1]
            what = f"the conversion {self.convert!r} rewrites vocabulary and not only script"
            raise ConfigError(what, "repair.convert", f"use {plain!r}")
        if self.convert and self.convert not in CONVERSIONS:
            what = f"there is no conversion {self.convert!r}"
            raise ConfigError(what, "repair.convert", f"use one of {' '.join(CONVERSIONS)}")
        if self.punctuation not in ("", "full"):
            what = f"there is no punctuation {self.punctuation!r}"
            raise ConfigError(what, "repair.punctuation", "use 'full', or leave it empty")

    @property
    def asked(self) -> bool:
        """Whether anything is asked for that is off by default, and that clean text may call for."""
        return bool(self.convert or self.punctuation or self.decimal_point or self.unwrap)
