"""What goes into the decode stage and what comes out of it: plain frozen values."""

from dataclasses import dataclass

from cleaner.core.document import BytePatch, Flag, Segment
from cleaner.errors import ConfigError

THRESHOLD = 0.97
"""Confidence from which on a decision counts as taken; `python -m benchmarks.decode confidence` measures it."""


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """How bytes become text.

    Attributes:
        strict: reject an input whose best codec stays below the threshold, instead of decoding and flagging it.
        threshold: the confidence, 0 to 1, from which on a decision counts as taken.
        encoding: decode everything with this codec, whatever the evidence says; empty to decide by evidence.
    """

    strict: bool = False
    threshold: float = THRESHOLD
    encoding: str = ""

    def __post_init__(self) -> None:
        """Refuses what cannot be.

        Raises:
            ConfigError: the threshold is no probability, or nobody knows the encoding.
        """
        if not 0 <= self.threshold <= 1:
            raise ConfigError(f"{self.threshold!r} cannot be", "decode.threshold", "use a number from 0 to 1")
        if self.encoding:
            from cleaner.decode.codec import canonical

            if not canonical(self.encoding):
                cure = "use a name such as utf-8, gb18030 or big5"
                raise ConfigError(f"unknown encoding {self.encoding!r}", "decode.encoding", cure)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A codec that was considered.

    Attributes:
        codec: WHATWG spelling, lower case.
        score: log-likelihood of the sample in nats, relative to the best candidate (0.0).
        errors: bytes of the sample that the codec does not decode.
        first_failure: offset in the file of the first byte that the codec does not decode; -1 when it decodes
            everything or nobody looked.
    """

    codec: str
    score: float
    errors: int = 0
    first_failure: int = -1


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, how it was read, and all that is needed to write its bytes again.

    Attributes:
        text: the decoded text, without byte order mark.
        codec: WHATWG spelling, lower case; of most of the text when there are segments.
        confidence: 0 to 1; calibrated, see `THRESHOLD`.
        runner_up: the next best codec, or empty.
        bom: the byte order marks that stood before the text.
        segments: the runs of a file that holds several encodings; empty otherwise.
        byte_patches: what encoding the text would not give back.
        flags: what a reader should look at; rules are ``decode/...``.
        candidates: the codecs that were compared, best first; empty when nothing had to be compared.
        evidence: what the decision rests on, as sentences.
    """

    text: str
    codec: str = "utf-8"
    confidence: float = 1.0
    runner_up: str = ""
    bom: bytes = b""
    segments: tuple[Segment, ...] = ()
    byte_patches: tuple[BytePatch, ...] = ()
    flags: tuple[Flag, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """The answer of ``cleaner detect`` for one file.

    Attributes:
        encoding: WHATWG spelling, lower case.
        confidence: 0 to 1.
        runner_up: the next best codec, or empty.
        undecided: the confidence stays below the threshold.
        candidates: all codecs that were compared, best first, each with its first failing offset.
        segments: the runs of a file that holds several encodings, in code points of the decoded text.
        evidence: what the decision rests on, as sentences.
    """

    encoding: str
    confidence: float
    runner_up: str
    undecided: bool
    candidates: tuple[Candidate, ...]
    segments: tuple[Segment, ...]
    evidence: tuple[str, ...]
