"""The exceptions of the project: what went wrong, where, and what to do about it.

CleanerError
├── UsageError             a command or a call that cannot start         exit 2
│   ├── ConfigError        a key or value in cleaner.toml                exit 2
│   ├── PackError          a rule pack that does not load                exit 2
│   └── OutputError        an output folder that may not be written      exit 2
├── RejectedError          one input that cannot be accepted; the rest goes on
│   ├── UnreadableError    the bytes could not be read
│   ├── BinaryError        the bytes are no text
│   ├── UndecidedError     no codec reaches the threshold (``--strict`` only)
│   └── RecordError        a line of JSON that is no record
├── IndexStoreError        a sketch index that cannot be used            exit 2
├── RestoreError           an output folder that does not give back what it took
└── EditError              an edit that does not fit its text: a bug of ours
"""


class CleanerError(Exception):
    """Base of every error that the project raises on purpose.

    Args:
        what: what went wrong, one sentence without a full stop.
        where: file, ``file:key`` or ``file:offset``; empty when there is no place.
        cure: what the reader can do about it; empty when nothing can be done.

    >>> str(CleanerError("unknown key 'treshold'", "cleaner.toml:dedup", "did you mean 'threshold'?"))
    "cleaner.toml:dedup: unknown key 'treshold'; did you mean 'threshold'?"
    """

    def __init__(self, what: str, where: str = "", cure: str = "") -> None:
        super().__init__(what, where, cure)
        self.what, self.where, self.cure = what, where, cure

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f"; {self.cure}" if self.cure else ""
        return f"{place}{self.what}{cure}"


class UsageError(CleanerError):
    """The command or call cannot start as it was given."""


class ConfigError(UsageError):
    """A setting is unknown or has a value it cannot have."""


class PackError(UsageError):
    """A rule pack does not load."""


class OutputError(UsageError):
    """The output folder may not be written."""


class RejectedError(CleanerError):
    """One input is not accepted; it is named in rejected.jsonl and the run goes on."""


class UnreadableError(RejectedError):
    """The bytes of an input could not be read."""


class BinaryError(RejectedError):
    """The bytes of an input are no text."""


class UndecidedError(RejectedError):
    """No codec reaches the confidence that ``--strict`` demands."""


class RecordError(RejectedError):
    """A line of JSON Lines is no record with an id and a text."""


class IndexStoreError(CleanerError):
    """A sketch index is locked, foreign or of another make."""


class RestoreError(CleanerError):
    """An output folder does not give back the originals that it should hold."""


class EditError(CleanerError):
    """An edit does not fit the text it is applied to."""
